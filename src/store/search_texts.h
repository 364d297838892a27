#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dreams::store {

/// Texts to be searched, end to end in one piece of memory, a line each: forty thousand strings of
/// their own cost more time and memory than what is in them.
class SearchTexts {
public:
    void clear();
    /// `text` as text::folded gives it; it gets the next number, from 0.
    void add(std::string_view text);

    /// As it was added, with a line feed at its end.
    std::string_view operator[](std::uint32_t number) const;
    void reserve(std::size_t texts, std::size_t bytes);
    std::size_t bytes() const { return texts_.size(); }

    /// The numbers of those that hold every word of `search`, ascending; all of them, if there is
    /// no word in it. Case and accents do not matter; a phone number is one word, however written.
    std::vector<std::uint32_t> found(std::string_view search) const;
    /// The numbers of those that hold `phrase` (folded, not empty) as it is, ascending.
    std::vector<std::uint32_t> holding(std::string_view phrase) const;

private:
    template <class Is>
    std::vector<std::uint32_t> with(std::string_view first, Is is) const;

    std::vector<std::uint32_t> begins_;
    std::string texts_;
};

}  // namespace dreams::store
