#include "base/json.h"
#include "base/text.h"
#include "store/property_changes.h"

namespace dreams::store {

// The histories may have been begun by other programs: they are lengthened and shortened as text,
// so that what stands in them stays to the letter.

JsonText with_entry(const std::optional<JsonText>& array, const std::string& entry) {
    if (!array || array->text.empty() || array->text == "[]") return {"[" + entry + "]"};
    std::string text = array->text;
    const auto end = text.find_last_not_of(" \t\r\n");
    if (text.front() != '[' || text[end] != ']') return {"[" + text + "," + entry + "]"};
    text.resize(end);
    return {text + "," + entry + "]"};
}

std::optional<JsonText> without_entry(const std::optional<JsonText>& array,
                                      const std::string& entry) {
    if (!array || entry.empty()) return array;
    std::string text = array->text;
    const auto at = text.rfind(entry);
    if (at == std::string::npos) return array;
    text.erase(at, entry.size());
    if (at > 0 && text[at - 1] == ',')
        text.erase(at - 1, 1);
    else if (at < text.size() && text[at] == ',')
        text.erase(at, 1);
    return text == "[]" ? std::nullopt : std::optional(JsonText{text});
}

std::vector<std::string> history_entries(const std::optional<JsonText>& array) {
    std::vector<std::string> entries;
    const auto text = text::trimmed(array ? std::string_view(array->text) : std::string_view());
    if (!text.starts_with('[') || !text.ends_with(']')) return entries;
    int depth = 0;
    bool quoted = false;
    std::size_t from = 1;
    for (std::size_t at = 1; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (depth > 0 && (c == '}' || c == ']')) {
            --depth;
        } else if (depth == 0 && (c == ',' || c == ']')) {
            const auto entry = text::trimmed(text.substr(from, at - from));
            if (!entry.empty()) entries.emplace_back(entry);
            from = at + 1;
        }
    }
    return entries;
}

std::string history_moment(const std::string& entry) {
    boost::system::error_code no_json;
    const auto value = boost::json::parse(entry, no_json);
    if (no_json) return "";
    return json::text(value, "at").value_or("");
}

}  // namespace dreams::store
