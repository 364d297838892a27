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

}  // namespace dreams::store
