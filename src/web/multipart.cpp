#include "web/multipart.h"

#include <algorithm>

#include "base/text.h"

namespace dreams::web {
namespace {

constexpr std::size_t most_parts = 2000;
constexpr std::size_t longest_header = 4096;
constexpr std::size_t longest_boundary = 70;  // RFC 2046, 5.1.1

[[noreturn]] void refuse(const std::string& why) {
    throw Error(Fault::invalid, "That is no form as a browser sends it: " + why + ".");
}

/// The value of `key` in a header: `form-data; name="file"; filename="a;b.csv"`. Browsers write
/// quotes in a name as %22 or with a backslash, and everything else as it is.
std::string parameter(std::string_view header, std::string_view key) {
    std::size_t at = header.find(';');
    while (at != std::string_view::npos && at < header.size()) {
        const auto equals = header.find('=', ++at);
        if (equals == std::string_view::npos) return "";
        const auto name = text::trimmed(header.substr(at, equals - at));
        std::string value;
        at = equals + 1;
        if (at < header.size() && header[at] == '"') {
            for (++at; at < header.size() && header[at] != '"'; ++at) {
                if (header[at] == '\\' && at + 1 < header.size() && header[at + 1] == '"') ++at;
                value += header[at];
            }
            at = header.find(';', at);
        } else {
            const auto end = std::min(header.find(';', at), header.size());
            value = text::trimmed(header.substr(at, end - at));
            at = end;
        }
        if (text::same_word(name, key)) return value;
    }
    return "";
}

/// What comes before `mark`; the mark and what is before it are taken off `rest`.
std::string_view take_until(std::string_view& rest, std::string_view mark, const char* otherwise) {
    const auto end = rest.find(mark);
    if (end == std::string_view::npos) refuse(otherwise);
    const auto taken = rest.substr(0, end);
    rest.remove_prefix(end + mark.size());
    return taken;
}

std::string without_folders(const std::string& name) {
    return text::valid_utf8(name.substr(name.find_last_of("/\\") + 1));
}

FormPart part_of(std::string_view headers, std::string_view content) {
    FormPart part{.content = content};
    while (!headers.empty()) {
        const auto end = std::min(headers.find("\r\n"), headers.size());
        const auto line = headers.substr(0, end);
        headers.remove_prefix(std::min(end + 2, headers.size()));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) refuse("a part's header has no colon");
        if (!text::same_word(line.substr(0, colon), "Content-Disposition")) continue;
        part.name = parameter(line.substr(colon + 1), "name");
        part.file_name = without_folders(parameter(line.substr(colon + 1), "filename"));
    }
    if (part.name.empty()) refuse("a part has no name");
    return part;
}

}  // namespace

std::vector<FormPart> form_parts(const Request& request) {
    const auto type = request.header("Content-Type");
    if (!text::same_word(text::trimmed(std::string_view(type).substr(0, type.find(';'))),
                         "multipart/form-data"))
        refuse("it wants multipart/form-data");
    const auto boundary = parameter(type, "boundary");
    if (boundary.empty() || boundary.size() > longest_boundary) refuse("its boundary is missing");

    const std::string mark = "\r\n--" + boundary;
    std::string_view rest = request.body();
    if (!rest.starts_with(mark.substr(2)))
        take_until(rest, mark, "its first boundary is missing");
    else
        rest.remove_prefix(mark.size() - 2);
    std::vector<FormPart> parts;
    while (!rest.starts_with("--")) {
        if (parts.size() == most_parts) refuse("it has too many parts");
        take_until(rest, "\r\n", "a boundary does not end");
        const auto headers = take_until(rest, "\r\n\r\n", "it ends within a part's header");
        if (headers.size() > longest_header) refuse("a part's header is too long");
        parts.push_back(part_of(headers, take_until(rest, mark, "it was cut off")));
    }
    return parts;
}

std::string value_of(const std::vector<FormPart>& parts, std::string_view name) {
    const auto part = std::ranges::find(parts, name, &FormPart::name);
    return part == parts.end() ? "" : text::valid_utf8(text::trimmed(part->content));
}

}  // namespace dreams::web
