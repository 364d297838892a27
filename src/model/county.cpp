#include "model/county.h"

#include "base/text.h"

namespace dreams {

std::string_view county_name(std::string_view said) {
    constexpr std::string_view word = " county";
    const auto name = text::trimmed(said);
    if (name.size() <= word.size()) return name;
    const auto at = name.size() - word.size();
    return text::same_word(name.substr(at), word) ? text::trimmed(name.substr(0, at)) : name;
}

}  // namespace dreams
