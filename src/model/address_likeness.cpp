#include "model/address_likeness.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/text.h"
#include "model/address_key.h"
#include "model/us_state.h"

namespace dreams {
namespace {

struct Street {
    std::string number, unit, name;
};

Street street_of(const std::string& address) {
    Street street;
    for (const auto& word : text::split(address_key(address), ' ')) {
        const bool has_digit = word.find_first_of("0123456789") != std::string::npos;
        if (street.number.empty() && street.name.empty() && has_digit)
            street.number = word;
        else if (word.starts_with('#'))
            street.unit = word;
        else
            street.name += (street.name.empty() ? "" : " ") + word;
    }
    return street;
}

/// What stands behind the street, as far as it is named: a city in lower case, a state's code, a
/// ZIP's first five digits.
struct Place {
    std::string city, state, zip;
};

bool is_digits(std::string_view word) {
    return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// `NC 28779`, `NC`, `28779-1234`: the words that are none of a city's.
void read_state_and_zip(std::string_view part, Place& place) {
    for (const auto& word : text::split(part, ' ')) {
        const auto first_five = std::string_view(word).substr(0, 5);
        if (first_five.size() == 5 && is_digits(first_five))
            place.zip = first_five;
        else if (word.size() == 2)
            place.state = state_code(word).value_or(place.state);
    }
}

Place place_of(const std::string& address) {
    Place place;
    for (const auto& part :
         text::split(address.substr(std::min(address.find(','), address.size())), ',')) {
        const auto lower = text::folded(part);
        const bool has_digit = lower.find_first_of("0123456789#") != std::string::npos;
        if (has_digit || lower.size() <= 2)
            read_state_and_zip(part, place);
        else if (place.city.empty())
            place.city = lower;
    }
    return place;
}

bool are_told_apart(const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && a != b;
}

std::size_t edits(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0u);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
            diagonal = above;
        }
    }
    return row.back();
}

}  // namespace

double address_likeness(const std::string& a, const std::string& b) {
    constexpr std::size_t longest = 200;  // no street's name is longer
    const auto one = street_of(a.substr(0, longest)), other = street_of(b.substr(0, longest));
    if (one.number.empty() || one.number != other.number) return 0;
    if (one.name.empty() || other.name.empty()) return 0;
    if (!one.unit.empty() && !other.unit.empty() && one.unit != other.unit) return 0;
    const auto length = static_cast<double>(std::max(one.name.size(), other.name.size()));
    double likeness = 1 - static_cast<double>(edits(one.name, other.name)) / length;
    if (one.unit != other.unit) likeness *= 0.9;  // one of them names none
    if (likeness < 1 && are_told_apart(place_of(a).city, place_of(b).city)) return 0;
    return likeness;
}

double whole_address_likeness(const std::string& a, const std::string& b) {
    const auto here = place_of(a), there = place_of(b);
    const auto likeness = address_likeness(a, b);
    if (are_told_apart(here.state, there.state)) return 0;
    if (are_told_apart(here.city, there.city))
        return likeness == 1 && !here.zip.empty() && here.zip == there.zip ? alike_enough : 0;
    const bool in_one_city = !here.city.empty() && !there.city.empty();
    return !in_one_city && are_told_apart(here.zip, there.zip) ? 0 : likeness;
}

bool addresses_differ(const std::string& a, const std::string& b) {
    const auto one = address_key(a), other = address_key(b);
    if (one.empty() || other.empty()) return false;
    return one != other && address_likeness(a, b) < alike_enough;
}

}  // namespace dreams
