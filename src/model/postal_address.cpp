#include "model/postal_address.h"

#include <algorithm>

#include "base/text.h"

namespace dreams {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_state(std::string_view text) {
    return text.size() == 2 &&
           std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// `28723`, `28723-1234`.
bool is_zip(std::string_view text) {
    if (text.size() != 5 && text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i == 5 ? text[i] != '-' : !is_digit(text[i])) return false;
    return true;
}

}  // namespace

std::optional<PostalAddress> postal_address(std::string_view line) {
    const auto last = line.rfind(',');
    if (last == std::string_view::npos || last == 0) return std::nullopt;
    const auto before = line.rfind(',', last - 1);
    if (before == std::string_view::npos) return std::nullopt;
    const auto end = text::trimmed(line.substr(last + 1));
    const auto blank = end.find(' ');
    const auto state = end.substr(0, blank);
    const auto zip = blank == std::string_view::npos ? "" : text::trimmed(end.substr(blank));
    const auto city = text::trimmed(line.substr(before + 1, last - before - 1));
    const auto street = text::trimmed(line.substr(0, before));
    const bool named = !city.empty() && std::ranges::none_of(city, is_digit);
    if (street.empty() || !named || !is_state(state) || !(zip.empty() || is_zip(zip)))
        return std::nullopt;
    return PostalAddress{std::string(street), std::string(city), std::string(state),
                         std::string(zip)};
}

}  // namespace dreams
