#include "model/address_key.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace dreams {
namespace {

using Word = std::pair<std::string_view, std::string_view>;

/// Street suffixes and directions as the USPS abbreviates them (Publication 28), and the spellings
/// that listings use for them.
constexpr auto short_forms = std::to_array<Word>({
    {"alley", "aly"},     {"avenue", "ave"},   {"av", "ave"},       {"boulevard", "blvd"},
    {"branch", "br"},     {"bridge", "brg"},   {"circle", "cir"},   {"circ", "cir"},
    {"court", "ct"},      {"cove", "cv"},      {"creek", "crk"},    {"crossing", "xing"},
    {"drive", "dr"},      {"drv", "dr"},       {"east", "e"},       {"estates", "ests"},
    {"extension", "ext"}, {"falls", "fls"},    {"fork", "frk"},     {"gap", "gap"},
    {"heights", "hts"},   {"highway", "hwy"},  {"hill", "hl"},      {"hills", "hls"},
    {"hollow", "holw"},   {"knob", "knb"},     {"knoll", "knl"},    {"lake", "lk"},
    {"lane", "ln"},       {"loop", "loop"},    {"meadow", "mdw"},   {"meadows", "mdws"},
    {"mount", "mt"},      {"mountain", "mtn"}, {"north", "n"},      {"northeast", "ne"},
    {"northwest", "nw"},  {"parkway", "pkwy"}, {"place", "pl"},     {"plaza", "plz"},
    {"point", "pt"},      {"ridge", "rdg"},    {"river", "riv"},    {"road", "rd"},
    {"route", "rte"},     {"saint", "st"},     {"south", "s"},      {"southeast", "se"},
    {"southwest", "sw"},  {"spring", "spg"},   {"springs", "spgs"}, {"square", "sq"},
    {"street", "st"},     {"str", "st"},       {"terrace", "ter"},  {"trace", "trce"},
    {"trail", "trl"},     {"tr", "trl"},       {"trails", "trl"},   {"turnpike", "tpke"},
    {"valley", "vly"},    {"view", "vw"},      {"village", "vlg"},  {"west", "w"},
    {"wy", "way"},
});

/// Words that say "what follows is a unit".
constexpr std::array unit_words{std::string_view("unit"),      std::string_view("apt"),
                                std::string_view("apartment"), std::string_view("suite"),
                                std::string_view("ste"),       std::string_view("no")};

std::string_view short_form(std::string_view word) {
    for (const auto& [whole, brief] : short_forms)
        if (whole == word) return brief;
    return word;
}

/// Lower-case words of letters and digits; `#` stands alone as a word of its own.
std::vector<std::string> words_of(std::string_view street) {
    std::vector<std::string> words(1);
    for (const char c : text::folded(street)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
            static_cast<unsigned char>(c) >= 0x80) {
            words.back() += c;
        } else if (c == '#') {
            words.emplace_back("#");
            words.emplace_back();
        } else if (c != '\'' && c != '.' && !words.back().empty()) {
            words.emplace_back();
        }
    }
    std::erase(words, "");
    return words;
}

bool says_unit(std::string_view word) {
    return word == "#" || std::ranges::find(unit_words, word) != unit_words.end();
}

}  // namespace

std::string address_key(std::string_view address) {
    // What follows the first comma is the city, or a unit written behind one: `12 Elm St, Unit 3`.
    const auto comma = address.find(',');
    auto words = words_of(address.substr(0, comma));
    if (comma != std::string_view::npos) {
        const auto after = address.substr(comma + 1);
        auto second = words_of(after.substr(0, after.find(',')));
        if (second.size() >= 2 && says_unit(second.front()))
            words.insert(words.end(), second.begin(), second.end());
    }
    std::string key;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string word(short_form(words[i]));
        if (says_unit(words[i]) && i > 0) {
            while (i + 1 < words.size() && says_unit(words[i + 1])) ++i;  // `Unit #3`
            if (i + 1 == words.size()) break;
            word = "u" + words[++i];
        }
        key += (key.empty() ? "" : " ") + word;
    }
    return key;
}

}  // namespace dreams
