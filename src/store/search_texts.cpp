#include "store/search_texts.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace dreams::store {
namespace {

/// A search as words. A phone number is one word, however it is written.
std::vector<std::string> words_of(std::string_view search) {
    std::string digits;
    for (const char c : search)
        if (c >= '0' && c <= '9') digits += c;
    const bool phone = digits.size() >= 4 &&
                       search.find_first_not_of("0123456789 ()-+.") == std::string_view::npos;
    if (phone) return {digits};
    std::string folded = text::folded(search);
    std::ranges::replace_if(
        folded, [](char c) { return c >= 0 && c <= ' '; }, ' ');
    return text::split(folded, ' ');
}

}  // namespace

void SearchTexts::clear() {
    begins_.clear();
    texts_.clear();
}

void SearchTexts::reserve(std::size_t texts, std::size_t bytes) {
    begins_.reserve(texts);
    texts_.reserve(bytes);
}

void SearchTexts::add(std::string_view text) {
    const auto begin = texts_.size();
    begins_.push_back(static_cast<std::uint32_t>(begin));
    texts_ += text;
    std::replace(texts_.begin() + static_cast<std::ptrdiff_t>(begin), texts_.end(), '\n', ' ');
    texts_ += '\n';
}

std::string_view SearchTexts::operator[](std::uint32_t number) const {
    const std::size_t begin = begins_[number];
    const std::size_t end = number + 1 < begins_.size() ? begins_[number + 1] : texts_.size();
    return std::string_view(texts_).substr(begin, end - begin);
}

/// One pass over all texts for `first`; what else they have to be is asked only where it was.
template <class Is>
std::vector<std::uint32_t> SearchTexts::with(std::string_view first, Is is) const {
    std::vector<std::uint32_t> found;
    const std::string_view texts(texts_);
    std::uint32_t number = 0;
    for (std::size_t at = 0; (at = texts.find(first, at)) != std::string_view::npos;) {
        while (number + 1 < begins_.size() && begins_[number + 1] <= at) ++number;
        const auto text = (*this)[number];
        if (is(text)) found.push_back(number);
        at = begins_[number] + text.size();
    }
    return found;
}

std::vector<std::uint32_t> SearchTexts::holding(std::string_view phrase) const {
    return with(phrase, [](std::string_view) { return true; });
}

std::vector<std::uint32_t> SearchTexts::found(std::string_view search) const {
    const auto words = words_of(search);
    if (words.empty()) {
        std::vector<std::uint32_t> all(begins_.size());
        std::iota(all.begin(), all.end(), 0u);
        return all;
    }
    return with(words.front(), [&](std::string_view text) {
        return std::ranges::all_of(
            words, [&](const auto& word) { return text.find(word) != std::string_view::npos; });
    });
}

}  // namespace dreams::store
