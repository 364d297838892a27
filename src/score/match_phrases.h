#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dreams::score {

/// The words of a text as phrases are sought in: folded, sorted, without the endings of plurals and
/// without small words.
std::vector<std::string> listing_words(std::string_view text);

/// Something that a buyer asks for or refuses: `mountain view`, `no garage`.
class Phrase {
public:
    explicit Phrase(std::string_view text);

    /// Whether a listing's words (listing_words) hold every word, in any order; of one that begins
    /// with `no` or `without`: whether they do not. An empty phrase is in none.
    bool in(const std::vector<std::string>& words) const;
    bool absent() const { return absent_; }  ///< it begins with `no` or `without`

private:
    std::vector<std::string> words_;
    bool absent_;
};

/// Whether a wish is about people or schools and not about a house: such a wish is noted, and
/// never used. Fair housing.
bool speaks_of_people(std::string_view phrase);

}  // namespace dreams::score
