#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dreams::text {

std::string_view trimmed(std::string_view text);         ///< without blanks at either end
std::string lower(std::string_view text);                ///< ASCII letters only
std::string letters(std::string_view text);              ///< the ASCII ones alone, in lower case
bool same_word(std::string_view a, std::string_view b);  ///< equal but for ASCII case

/// The parts between `separator`, trimmed, empty ones left out.
std::vector<std::string> split(std::string_view text, char separator);

/// The whole text as a number; none: it is not one, or does not fit.
std::optional<std::int64_t> integer(std::string_view text);
std::optional<double> number(std::string_view text);

/// `text` as valid UTF-8: bytes that are none become U+FFFD, NUL too.
std::string valid_utf8(std::string_view text);

/// `text` in at most `most` bytes, cut between characters, with `ending` for what is missing; of an
/// ending that is longer than that, the ending alone. Valid UTF-8.
std::string shortened(std::string_view text, std::size_t most, std::string_view ending = "");

/// For searching: lower case, Latin accents taken off, so that `renee` finds `Renée`.
std::string folded(std::string_view text);

/// What is left to compare where blanks and signs say nothing: `folded`, the ASCII letters and
/// digits alone. `Peña Blvd. #4` becomes `penablvd4`.
std::string letters_and_digits(std::string_view text);

/// A JSON array of strings: `["a","b"]`.
std::string json_array(const std::vector<std::string>& items);

/// The name among `known` that `mistyped` is nearest to (edit distance), for "did you mean".
/// Empty: nothing is near.
std::string nearest(std::string_view mistyped, const std::vector<std::string>& known);

/// `1,234` — with thousands commas, as people here write numbers.
std::string grouped(std::int64_t number);

/// FNV-1a, 64 bits: a stable name for a text; not for secrets.
constexpr std::uint64_t hash(std::string_view text) {
    std::uint64_t h = 14695981039346656037u;
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return h;
}

}  // namespace dreams::text
