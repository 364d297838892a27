#include "base/html.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"

namespace dreams::html {
namespace {

/// What stands for each byte in HTML; null: itself.
constexpr auto entities = [] {
    std::array<const char*, 256> list{};
    list['&'] = "&amp;";
    list['<'] = "&lt;";
    list['>'] = "&gt;";
    list['"'] = "&quot;";
    list['\''] = "&#39;";
    return list;
}();

bool is_plain_ascii(std::string_view value) {
    return std::ranges::all_of(value, [](char c) { return c > 0; });
}

void append_entities(std::string& out, std::string_view value) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char* entity = entities[static_cast<unsigned char>(value[i])];
        if (!entity) continue;
        out.append(value.substr(begin, i - begin)).append(entity);
        begin = i + 1;
    }
    out.append(value.substr(begin));
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// Whether a browser that follows `url` stays on http, https, mailto or tel. Browsers drop tabs and
/// line ends inside a scheme; with one of those in it, it is none of the four here.
bool leads_somewhere_harmless(std::string_view url) {
    const auto end = url.find_first_of(":/?#");
    if (end == std::string_view::npos || url[end] != ':') return true;
    const auto scheme = url.substr(0, end);
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{"http", "https", "mailto", "tel"},
        [&](std::string_view allowed) { return text::same_word(scheme, allowed); });
}

}  // namespace

void append_escaped(std::string& out, std::string_view value) {
    if (is_plain_ascii(value))
        append_entities(out, value);
    else
        append_entities(out, text::valid_utf8(value));
}

void append_url(std::string& out, std::string_view value) {
    const auto url = text::trimmed(value);
    if (leads_somewhere_harmless(url))
        append_escaped(out, url);
    else
        out += "#blocked";
}

void append_percent_encoded(std::string& out, std::string_view value, std::string_view keep) {
    static constexpr char digits[] = "0123456789ABCDEF";
    const std::string repaired = is_plain_ascii(value) ? std::string() : text::valid_utf8(value);
    for (const char c : repaired.empty() ? value : std::string_view(repaired)) {
        if (is_unreserved(c) || keep.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        const char encoded[] = {'%', digits[byte >> 4], digits[byte & 15]};
        out.append(encoded, sizeof encoded);
    }
}

}  // namespace dreams::html
