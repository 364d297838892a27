#include "score/match_phrases.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dreams::score {

namespace {

/// In the order of the text.
std::vector<std::string> words_of(std::string_view text) {
    constexpr std::array small{std::string_view("a"),   std::string_view("an"),
                               std::string_view("the"), std::string_view("with"),
                               std::string_view("of"),  std::string_view("in"),
                               std::string_view("on"),  std::string_view("has"),
                               std::string_view("and"), std::string_view("or")};
    std::vector<std::string> words;
    std::string word;
    for (const char c : text::folded(text) + " ") {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            word += c;
            continue;
        }
        if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
        if (!word.empty() && std::ranges::find(small, word) == small.end()) words.push_back(word);
        word.clear();
    }
    return words;
}

}  // namespace

std::vector<std::string> listing_words(std::string_view text) {
    auto words = words_of(text);
    std::ranges::sort(words);
    return words;
}

Phrase::Phrase(std::string_view text) : words_(words_of(text)) {
    absent_ = words_.size() > 1 && (words_[0] == "no" || words_[0] == "without");
    if (absent_) words_.erase(words_.begin());
}

bool Phrase::in(const std::vector<std::string>& words) const {
    if (words_.empty()) return false;
    const bool all = std::ranges::all_of(
        words_, [&](const std::string& word) { return std::ranges::binary_search(words, word); });
    return all != absent_;
}

bool speaks_of_people(std::string_view phrase) {
    // Of the classes that the Fair Housing Act protects, and what stands for them.
    constexpr std::array about_people{
        std::string_view("school"),    std::string_view("church"),
        std::string_view("mosque"),    std::string_view("temple"),
        std::string_view("synagogue"), std::string_view("christian"),
        std::string_view("jewish"),    std::string_view("muslim"),
        std::string_view("catholic"),  std::string_view("religiou"),
        std::string_view("religion"),  std::string_view("kid"),
        std::string_view("child"),     std::string_view("children"),
        std::string_view("familie"),   std::string_view("neighbor"),
        std::string_view("people"),    std::string_view("adult"),
        std::string_view("senior"),    std::string_view("white"),
        std::string_view("black"),     std::string_view("hispanic"),
        std::string_view("latino"),    std::string_view("asian"),
        std::string_view("race"),      std::string_view("ethnic"),
        std::string_view("immigrant"), std::string_view("crime"),
        std::string_view("safe"),      std::string_view("demographic"),
        std::string_view("disabled"),  std::string_view("english"),
        std::string_view("spanish"),   std::string_view("diverse"),
        std::string_view("diversity")};
    const auto words = words_of(phrase);
    return std::ranges::any_of(words, [&](const std::string& word) {
        return std::ranges::find(about_people, word) != about_people.end() ||
               word.starts_with("neighb");
    });
}

}  // namespace dreams::score
