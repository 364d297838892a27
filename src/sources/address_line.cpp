#include "sources/address_line.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "model/address_key.h"
#include "model/us_state.h"

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

bool has_digit(std::string_view text) {
    return std::ranges::any_of(text, is_digit);
}

/// Takes the last `count` words of `text` off; none: it has not so many.
std::optional<std::string> last_words(std::string& text, int count) {
    auto from = text.size();
    for (; count > 0 && from != std::string::npos && from > 0; --count)
        from = text.rfind(' ', from - 1);
    if (count > 0) return std::nullopt;
    const auto begin = from == std::string::npos ? 0 : from + 1;
    const auto words = text.substr(begin);
    text = std::string(text::trimmed(std::string_view(text).substr(0, begin)));
    return words;
}

std::optional<std::string> take_zip(std::string& text) {
    std::string rest = text;
    const auto word = last_words(rest, 1);
    if (!word || !is_zip(*word)) return std::nullopt;
    text = rest;
    return word;
}

/// The code of the state that ends `text`. A name counts where it is the whole text or stands
/// before a ZIP: `Mount Washington` is a town. So do small letters: `in` and `or` are words.
std::optional<std::string> take_state(std::string& text, bool before_zip) {
    constexpr int longest_name = 3;
    for (int count = longest_name; count > 0; --count) {
        std::string rest = text;
        const auto words = last_words(rest, count);
        if (!words) continue;
        const bool is_capitals = words->size() == 2 && text::lower(*words) != *words;
        const bool is_name = words->size() > 2 && text::letters(*words).size() > 2;
        const auto code = state_code(*words);
        if (!code || !(is_capitals || before_zip || (is_name && rest.empty()))) continue;
        text = rest;
        return code;
    }
    return std::nullopt;
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

bool is_country(const std::string& part) {
    const auto letters = text::letters(part);
    return letters == "usa" || letters == "us" || letters == "unitedstates" ||
           letters == "unitedstatesofamerica";
}

using Parts = std::vector<std::string>;

/// State and ZIP at the end of the last part, which goes when there is no more in it.
void take_state_and_zip(Parts& parts, AddressLine& line) {
    if (parts.empty()) return;
    line.zip = take_zip(parts.back());
    std::erase(parts, "");
    if (parts.empty()) return;
    // `12 Elm St, Washington` tells of a town, `12 Elm St, Spokane, Washington` of a state.
    if (parts.size() > 1 || line.zip || parts.back().size() == 2 || !state_code(parts.back()))
        line.state = take_state(parts.back(), line.zip.has_value());
    std::erase(parts, "");
}

/// `12 Elm Rd Sylva`, where it is known that a city stands before the state.
void take_city_off(AddressLine& line) {
    const auto words = text::split(line.street, ' ');
    const auto end = words_of_street(words);
    std::string street, city;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto& into = i < end ? street : city;
        into += (into.empty() ? "" : " ") + words[i];
    }
    if (city.empty() || has_digit(city)) return;
    line.street = street;
    line.city = city;
}

/// `12 Elm Rd Sylva NC 28779`, without a comma.
AddressLine without_commas(const std::string& text) {
    AddressLine line{.street = text}, whole;
    Parts parts{text};
    if (auto rest = text; text::letters(last_words(rest, 1).value_or("")) == "usa") parts = {rest};
    take_state_and_zip(parts, whole);
    if (parts.empty() || !whole.state) return line;
    whole.street = parts.front();
    take_city_off(whole);
    return whole.city ? whole : line;
}

/// Takes `parts` apart; `numbered`: the first one is the street, and not only `Lot 3`.
AddressLine line_of(Parts parts, bool numbered) {
    if (parts.size() == 1) return without_commas(parts.front());
    AddressLine line{.street = parts.front()};
    parts.erase(parts.begin());
    while (!parts.empty() && is_unit(parts.front())) {
        line.street += " " + parts.front();
        parts.erase(parts.begin());
    }
    std::erase_if(parts, is_country);
    take_state_and_zip(parts, line);
    while (parts.size() > 1 && (!numbered || has_digit(parts.front()))) {
        line.street += ", " + parts.front();
        parts.erase(parts.begin());
    }
    if (!parts.empty())
        line.city = parts.front();
    else if (line.state)
        take_city_off(line);
    return line;
}

}  // namespace

std::optional<AddressLine> address_line(std::string_view text) {
    if (text.size() > longest_address) return std::nullopt;
    auto parts = text::split(text, ',');
    if (parts.empty() || !is_street(parts.front())) return std::nullopt;
    return line_of(std::move(parts), true);
}

void split_address(Listing& home) {
    if (!home.address || home.address->size() > longest_address) return;
    auto parts = text::split(*home.address, ',');
    if (parts.empty()) return;
    const bool numbered = is_street(parts.front());
    auto line = line_of(std::move(parts), numbered);
    const bool named_so = line.city && home.city && text::same_word(*line.city, *home.city);
    const bool named = line.city && (line.state || named_so) && !has_digit(*line.city);
    if (!named && !(line.zip && !line.city)) return;
    home.address = line.street;
    if (!home.city) home.city = line.city;
    if (!home.state) home.state = line.state;
    if (!home.zip) home.zip = line.zip;
}

}  // namespace dreams::sources
