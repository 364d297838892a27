#include "sources/address_line.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dreams::sources {
namespace {

constexpr std::size_t longest_address = 200;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// `28700`, `28700-1234`.
bool is_zip(std::string_view word) {
    if (word.size() != 5 && !(word.size() == 10 && word[5] == '-')) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (i != 5 && !is_digit(word[i])) return false;
    return true;
}

/// Two capital letters, as states are written behind a city.
bool is_state(std::string_view word) {
    return word.size() == 2 &&
           std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Takes the last word of `text` off if it is of the kind asked for.
std::optional<std::string> take_last(std::string& text, bool (*is)(std::string_view)) {
    const auto blank = text.rfind(' ');
    const auto from = blank == std::string::npos ? 0 : blank + 1;
    const auto word = text.substr(from);
    if (!is(word)) return std::nullopt;
    text = std::string(text::trimmed(std::string_view(text).substr(0, from)));
    return word;
}

/// `Unit 3`, `#3`, `Apt B`, `Lot 12`: a part of the street behind a comma of its own.
bool is_unit(std::string_view part) {
    static constexpr std::array words{
        std::string_view("unit "),  std::string_view("apt "),  std::string_view("apartment "),
        std::string_view("suite "), std::string_view("ste "),  std::string_view("lot "),
        std::string_view("#"),      std::string_view("bldg "), std::string_view("building ")};
    const auto lower = text::lower(part);
    return std::ranges::any_of(words, [&](auto word) { return lower.starts_with(word); });
}

/// A house number and something behind it: `14 Elm`, `14-B Elm`, `1/2 Elm` not.
bool is_street(std::string_view part) {
    const auto blank = part.find(' ');
    if (part.empty() || !is_digit(part.front()) || blank == part.npos) return false;
    const auto number = part.substr(0, blank);
    const bool plain = std::ranges::all_of(number, [](char c) {
        return is_digit(c) || c == '-' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
    const auto name = part.substr(blank + 1);
    return plain && number.size() <= 8 && std::ranges::any_of(name, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

}  // namespace

std::optional<AddressLine> address_line(std::string_view text) {
    if (text.size() > longest_address) return std::nullopt;
    auto parts = text::split(text, ',');
    if (parts.empty() || !is_street(parts.front())) return std::nullopt;
    AddressLine line{.street = parts.front()};
    parts.erase(parts.begin());
    while (!parts.empty() && is_unit(parts.front())) {
        line.street += " " + parts.front();
        parts.erase(parts.begin());
    }
    const auto country = [](const std::string& part) {
        return part == "USA" || part == "US" || part == "United States";
    };
    std::erase_if(parts, country);
    if (!parts.empty()) line.zip = take_last(parts.back(), is_zip);
    std::erase(parts, "");
    if (!parts.empty()) line.state = take_last(parts.back(), is_state);
    std::erase(parts, "");
    if (!parts.empty()) line.city = parts.front();
    return line;
}

}  // namespace dreams::sources
