#include <algorithm>

#include "base/text.h"
#include "sources/json_values.h"
#include "sources/notion_read.h"

// Values as Notion wants them.

namespace dreams::sources {
namespace {

constexpr std::size_t part_units = 1900, most_parts = 100;  // A5: 2,000 and 100
constexpr std::size_t longest_option = 100, longest_contact = 200, longest_link = 2000;
constexpr std::size_t longest_quoted = 60;

/// The text cut between code points into parts that Notion takes, however it counts.
std::vector<std::string> parts_of(const std::string& text) {
    std::vector<std::string> parts(1);
    std::size_t units = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t bytes = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        const std::size_t wide = bytes == 4 ? 2 : 1;  // beyond U+FFFF: a pair in UTF-16
        if (units + wide > part_units) {
            parts.emplace_back();
            units = 0;
        }
        parts.back() += text.substr(i, bytes);
        units += wide;
        i += bytes;
    }
    return parts;
}

Error too_long(std::size_t most) {
    return {Fault::invalid, "is longer than the " + text::grouped(static_cast<std::int64_t>(most)) +
                                " characters that Notion takes there"};
}

json::Value texts(const std::string& text) {
    const auto parts = parts_of(text);
    if (parts.size() > most_parts) throw too_long(part_units * most_parts);
    json::Array result;
    for (const auto& part : parts)
        result.push_back(json::Object{{"type", "text"}, {"text", {{"content", part}}}});
    return result;
}

/// The option that is offered and means the same, else the text itself.
json::Value choice(const NotionMapped& mapped, const std::string& ours) {
    std::string name = notion_word(mapped.column, ours);
    for (auto at = name.find(','); at != std::string::npos; at = name.find(',', at))
        name.replace(at, 1, low_comma);
    const auto offered = json::parse(mapped.options);
    bool known = false;
    for (const auto& option : offered.as_array()) known = known || option.as_string() == name;
    for (const auto& option : offered.as_array()) {
        if (known || our_word(mapped.column, option.as_string().c_str()) != ours) continue;
        name = option.as_string().c_str();
        known = true;
    }
    if (!known && mapped.type == NotionType::status)
        throw Error(Fault::invalid,
                    "offers no option '" + name + "', and Notion lets nobody add one but by hand");
    if (name.size() > longest_option) throw too_long(longest_option);
    return json::Object{{"name", name}};
}

json::Value line(const std::string& text, std::size_t longest) {
    if (text.size() > longest) throw too_long(longest);
    return json::Value(text);
}

json::Value number(const std::string& text) {
    if (const auto whole = text::integer(text)) return json::Value(*whole);
    const auto value = text::number(text);
    if (!value)
        throw Error(Fault::invalid,
                    "is '" + text::shortened(text, longest_quoted, "…") + "', which is no number");
    return json::Value(*value);
}

json::Value day(const std::string& text) {
    const auto start = date_from(text) || instant_from(text) ? text : text.substr(0, 10);
    if (!date_from(start) && !instant_from(start))
        throw Error(Fault::invalid,
                    "is '" + text::shortened(text, longest_quoted, "…") + "', which is no day");
    return json::Object{{"start", start}};
}

json::Value link(const std::string& text) {
    if (!is_web_address(text)) throw Error(Fault::invalid, "is no web address");
    return line(text, longest_link);
}

json::Value photo(const std::string& url) {
    json::Array files;
    files.push_back(json::Object{
        {"name", "Primary Photo"}, {"type", "external"}, {"external", {{"url", link(url)}}}});
    return files;
}

json::Value written(const NotionMapped& mapped, const std::string& text) {
    switch (mapped.type) {
        case NotionType::title:
        case NotionType::rich_text:
            return texts(text);
        case NotionType::select:
        case NotionType::status:
            return choice(mapped, text);
        case NotionType::number:
            return number(text);
        case NotionType::url:
            return link(text);
        case NotionType::email:
        case NotionType::phone_number:
            return line(text, longest_contact);
        case NotionType::date:
            return day(text);
        case NotionType::checkbox:
            return json::Value(true);
        case NotionType::files:
            return photo(text);
        case NotionType::multi_select:
            break;
    }
    throw Error(Fault::internal, "no field of ours is written as a multi_select");
}

json::Value emptied(const NotionMapped& mapped) {
    switch (mapped.type) {
        case NotionType::title:
        case NotionType::rich_text:
        case NotionType::files:
            return json::Array{};
        case NotionType::checkbox:
            return json::Value(false);
        case NotionType::status:
            throw Error(Fault::invalid,
                        "cannot be emptied in Notion: a status always has an option");
        default:
            return nullptr;
    }
}

}  // namespace

NotionBody notion_body(const NotionValues& values, const NotionMapping& mapping) {
    NotionBody body;
    json::Object properties;
    for (const auto& mapped : mapping) {
        const auto value = values.find(mapped.column);
        if (value == values.end()) continue;
        try {
            auto held =
                value->second ? written(mapped, text::valid_utf8(*value->second)) : emptied(mapped);
            properties[mapped.property_id] =
                json::Object{{std::string(word(mapped.type)), std::move(held)}};
        } catch (const Error& error) {
            if (error.fault() != Fault::invalid) throw;
            body.refused.push_back({mapped.column, error.what()});
        }
    }
    body.empty = properties.empty();
    body.properties = json::serialized(properties);
    return body;
}

}  // namespace dreams::sources
