#include "sources/notion_read.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "model/listing_status.h"

namespace dreams::sources {
namespace {

struct Word {
    std::string_view column, ours, theirs;
};
constexpr std::array words{
    Word{"status", "active", "Active"},
    Word{"status", "pending", "Pending"},
    Word{"status", "sold", "Sold"},
    Word{"source", "redfin", "Redfin"},
    Word{"source", "zillow", "Zillow"},
    Word{"source", "realtor", "Realtor.com"},
    Word{"idx_validation_status", "pending", "Pending"},
    Word{"idx_validation_status", "validated", "Validated"},
    Word{"idx_validation_status", "not_found", "Not Found"},
    Word{"idx_validation_status", "error", "Error"},
};

template <class Number>
std::string shortest(Number number) {
    std::array<char, 32> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + 32, number).ptr};
}

std::string plain_text(const json::Array& parts) {
    std::string text;
    for (const auto& part : parts)
        if (const auto* plain = json::member(part, "plain_text"); plain && plain->is_string())
            text += std::string_view(plain->get_string());
    return text::valid_utf8(text);
}

std::optional<std::string> said(std::string text) {
    if (text::trimmed(text).empty()) return std::nullopt;
    return text;
}

/// What a person sees of a property, whatever its type; `fits` is false for types that hold none.
std::optional<std::string> shown(const std::string& type, const json::Value& value, bool& fits) {
    const auto* held = json::member(value, type);
    if (!held) return std::nullopt;
    if (const auto* parts = held->if_array(); parts && (type == "title" || type == "rich_text"))
        return said(plain_text(*parts));
    if (type == "select" || type == "status") return said(json::text(*held, "name").value_or(""));
    if (type == "number" && held->is_number()) {
        const auto* whole = held->if_int64();
        return whole ? shortest(*whole) : shortest(held->to_number<double>());
    }
    if (type == "date") return said(json::text(*held, "start").value_or(""));
    if (type == "checkbox")
        return held->is_bool() && held->get_bool() ? std::optional<std::string>("yes")
                                                   : std::nullopt;
    if (held->is_string()) return said(text::valid_utf8(held->get_string()));
    if (type == "multi_select" && held->is_array()) {
        std::string text;
        for (const auto& each : held->get_array())
            text += (text.empty() ? "" : ", ") + json::text(each, "name").value_or("");
        return said(text);
    }
    fits = false;
    return std::nullopt;
}

/// The first file that lies elsewhere. Notion's own addresses expire within the hour: they are
/// nothing to keep, and what a person uploaded is not to be written over.
void read_files(const std::string& column, const json::Value& value, NotionPage& page) {
    const auto* files = json::array(value, "files");
    std::optional<std::string> first;
    std::size_t others = 0;
    for (const auto& file : files ? *files : json::Array{}) {
        const auto* external = json::object(file, "external");
        const auto url = external ? json::text(*external, "url") : std::nullopt;
        if (url && !first)
            first = url;
        else
            ++others;
    }
    if (others > 0) page.kept.insert(column);
    if (first || others == 0) page.values[column] = first;
}

/// The text as `kind` has it. None: it is not of that kind.
std::optional<std::string> as_kind(NotionKind kind, const std::string& text) {
    if (kind == NotionKind::text || kind == NotionKind::link || kind == NotionKind::yes)
        return text;
    if (kind == NotionKind::day)
        return date_from(text.substr(0, 10)) ? std::optional(text.substr(0, 10)) : std::nullopt;
    const auto number = text::number(text);
    if (!number || !std::isfinite(*number)) return std::nullopt;
    if (kind == NotionKind::real) return shortest(*number);
    constexpr double beyond = 9e15;  // where doubles no longer tell wholes apart
    if (std::trunc(*number) != *number || std::abs(*number) > beyond) return std::nullopt;
    return shortest(static_cast<std::int64_t>(*number));
}

void read_field(const NotionField& field, const std::string& type, const json::Value& value,
                NotionPage& page) {
    const std::string column(field.column);
    if (type == "files") return read_files(column, value, page);
    bool fits = true;
    const auto text = shown(type, value, fits);
    if (!text) {
        // An unforeseen type, and null where a value could be, are told apart: only the second
        // says that nothing stands there.
        const auto* held = json::member(value, type);
        if (fits && (held || from_word<NotionType>(type))) page.values[column] = std::nullopt;
        return;
    }
    auto ours = as_kind(field.kind, *text);
    if (!ours) {
        const auto* wanted = field.kind == NotionKind::whole  ? "a whole number"
                             : field.kind == NotionKind::real ? "a number"
                                                              : "a day";
        page.remarks.push_back(
            {column, "is '" + text->substr(0, 60) + "', which is not " + wanted});
        return;
    }
    if (type == "select" || type == "status") ours = our_word(column, *ours);
    page.values[column] = std::move(*ours);
}

const json::Value* by_id(const json::Object& properties, const std::string& id) {
    for (const auto& [name, value] : properties)
        if (json::text(value, "id") == id) return &value;
    return nullptr;
}

}  // namespace

std::string notion_word(std::string_view column, const std::string& ours) {
    for (const auto& word : words)
        if (word.column == column && word.ours == ours) return std::string(word.theirs);
    return ours;
}

std::string our_word(std::string_view column, const std::string& theirs) {
    std::string text = theirs;
    for (auto at = text.find(low_comma); at != std::string::npos; at = text.find(low_comma, at))
        text.replace(at, low_comma.size(), ",");
    for (const auto& word : words)
        if (word.column == column && text::same_word(word.theirs, text))
            return std::string(word.ours);
    return column == "status" ? listing_status(text).value_or(text) : text;
}

NotionPage read_notion_page(const json::Value& page, const NotionMapping& mapping) {
    const auto id = json::text(page, "id");
    const auto edited = json::text(page, "last_edited_time");
    const auto at = edited ? instant_from(*edited) : std::nullopt;
    const auto* properties = json::object(page, "properties");
    if (!id || !at || !properties)
        throw Error(Fault::unavailable, "Notion sent a page without an id, a time or properties");
    NotionPage read{.id = *id, .url = json::text(page, "url").value_or(""), .edited = *at};
    read.in_trash = json::truth(page, "in_trash")
                        .value_or(json::truth(page, "archived")
                                      .value_or(false));  // as later and earlier versions say it
    for (const auto& mapped : mapping) {
        const auto* value = by_id(*properties, mapped.property_id);
        if (!value) continue;
        const auto type = json::text(*value, "type").value_or("");
        bool fits = true;
        if (mapped.column == "id")
            read.own_id = shown(type, *value, fits).value_or("");
        else if (const auto* field = notion_field(mapped.column);
                 field && field->rule != NotionRule::once && field->rule != NotionRule::stamp)
            read_field(*field, type, *value, read);
    }
    return read;
}

}  // namespace dreams::sources
