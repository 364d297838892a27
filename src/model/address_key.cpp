#include "model/address_key.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "model/street_words.h"

namespace dreams {
namespace {

using Name = std::string_view;

/// Words that say "what follows is a unit"; the building comes before the unit in it.
constexpr std::array unit_words{Name("unit"), Name("apt"), Name("apartment"), Name("suite"),
                                Name("ste"),  Name("no"),  Name("#")};
constexpr std::array building_words{Name("bldg"), Name("building")};
constexpr std::array penthouse_words{Name("ph"), Name("penthouse")};

/// What a street is, in its short form: what people leave off first.
constexpr std::array suffixes{Name("st"),   Name("rd"),   Name("dr"),   Name("ln"),   Name("ave"),
                              Name("blvd"), Name("ct"),   Name("cir"),  Name("way"),  Name("pl"),
                              Name("ter"),  Name("trl"),  Name("pkwy"), Name("loop"), Name("cv"),
                              Name("aly"),  Name("sq"),   Name("trce"), Name("xing"), Name("ext"),
                              Name("bnd"),  Name("lndg"), Name("cres")};
constexpr std::array directions{Name("n"),  Name("s"),  Name("e"),  Name("w"),
                                Name("ne"), Name("nw"), Name("se"), Name("sw")};
/// Whose a numbered road is; the states are those whose homes the office has to do with.
constexpr std::array owners{Name("us"), Name("state"), Name("nc"), Name("sc"),
                            Name("ga"), Name("tn"),    Name("va")};
constexpr std::array road_words{Name("highway"), Name("hwy"), Name("route"), Name("rte"),
                                Name("rt")};

template <std::size_t N>
bool is_in(const std::array<Name, N>& words, Name word) {
    return std::ranges::find(words, word) != words.end();
}

using Words = std::vector<std::string>;

/// `12 1/2 Elm St` as `12½ Elm St`: the half is the number's, and no unit.
std::string with_whole_number(std::string_view address) {
    constexpr std::string_view half = "½";
    const auto digits = std::min(address.find_first_not_of("0123456789"), address.size());
    std::string_view rest = address.substr(digits);
    if (digits == 0) return std::string(address);
    while (rest.starts_with(' ') || rest.starts_with('-')) rest.remove_prefix(1);
    for (const auto written : {std::string_view("1/2"), half})
        if (rest.starts_with(written) && rest.substr(written.size()).starts_with(' '))
            return std::string(address.substr(0, digits)) + std::string(half) +
                   std::string(rest.substr(written.size()));
    return std::string(address);
}

/// Lower-case words of letters and digits; `#` stands alone as a word of its own.
Words words_of(std::string_view street) {
    Words words(1);
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

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_number(Name word) {
    return !word.empty() && std::ranges::all_of(word, is_digit);
}
bool is_letter(Name word) {
    return word.size() == 1 && !is_digit(word.front());
}
bool says_unit(Name word) {
    return is_in(unit_words, word) || is_in(building_words, word);
}

/// `12 Elm Rd Sylva NC 28779`: what follows the street's suffix is a city, since a state and a ZIP
/// end the line. Without commas nothing else tells.
void cut_off_city(Words& words) {
    constexpr std::size_t zip_digits = 5, least = 5;
    if (words.size() < least || !is_number(words.back()) || words.back().size() != zip_digits)
        return;
    const auto& state = words[words.size() - 2];
    if (state.size() != 2 || !is_in(owners, state) || state == "us") return;
    words.resize(words.size() - 2);
    words.resize(words_of_street(words));
}

/// The words from `at` on that name a numbered road, up to its number, as one name; none: they name
/// something else.
std::optional<std::pair<std::size_t, std::string>> numbered_road(const Words& words,
                                                                 std::size_t at) {
    constexpr std::size_t longest = 4;
    std::size_t next = at;
    const auto word = [&](std::size_t i) { return i < words.size() ? Name(words[i]) : Name(); };
    const bool short_county = word(at) == "cr";
    const bool county = short_county || ((word(at) == "county" || word(at) == "co") &&
                                         (word(at + 1) == "road" || word(at + 1) == "rd"));
    if (county) {
        next = at + (short_county ? 1 : 2);
    } else if (word(at) == "sr") {
        ++next;
    } else {
        const bool owned = is_in(owners, word(next));
        if (owned) ++next;
        if (is_in(road_words, word(next)))
            ++next;
        else if (word(at) == "state" && (word(next) == "road" || word(next) == "rd"))
            ++next;
        else if (!owned || word(at) == "state")
            return std::nullopt;
    }
    const Name number = word(next);
    if (number.empty() || !is_digit(number.front()) || number.size() > longest) return std::nullopt;
    return std::pair(next + 1, (county ? "cr " : "hwy ") + std::string(number));
}

/// One address being read: the street's words, and what is said of the unit.
class Reading {
public:
    explicit Reading(Words words) : words_(std::move(words)) { cut_off_city(words_); }

    std::string key() {
        while (at_ < words_.size()) take();
        if (unit_.empty() && building_.empty()) take_letter_of_number();
        std::string key;
        for (const auto& word : street_) key += (key.empty() ? "" : " ") + word;
        const auto unit = joined(building_, unit_);
        return unit.empty() ? key : key + " #" + unit;
    }

private:
    Name word(std::size_t ahead = 0) const {
        return at_ + ahead < words_.size() ? Name(words_[at_ + ahead]) : Name();
    }

    void take() {
        const bool begun = !street_.empty();
        if (word() == "lot" && (word(1) == "#" || word(1) == "no")) {
            street_.emplace_back("lot");
            at_ += 2;
        } else if (begun && is_penthouse(word())) {
            unit_ = penthouse();
        } else if (begun && says_unit(word())) {
            take_unit();
        } else if (auto road = numbered_road(words_, at_)) {
            street_.push_back(std::move(road->second));
            at_ = road->first;
        } else {
            street_.emplace_back(short_form(word()));
            ++at_;
        }
    }

    /// `ph4`, `ph 4`, `penthouse`; not a street of that name.
    bool is_penthouse(Name said) const {
        if (is_in(penthouse_words, said)) return word(1).empty() || is_part_of_unit(word(1));
        return said.size() > 2 && said.starts_with("ph") && is_number(said.substr(2));
    }
    std::string penthouse() {
        const Name said = word();
        ++at_;
        std::string number(is_in(penthouse_words, said) ? Name() : said.substr(2));
        if (number.empty() && is_part_of_unit(word())) number = words_[at_++];
        return "ph" + number;
    }
    static bool is_part_of_unit(Name said) { return is_number(said) || is_letter(said); }

    void take_unit() {
        const bool building = is_in(building_words, word());
        ++at_;
        while (is_in(unit_words, word())) ++at_;  // `Unit #3`
        if (word().empty()) return;
        if (is_penthouse(word())) {
            unit_ = penthouse();
            return;
        }
        std::string value = words_[at_++];
        // `#2-3`: the dash is gone, the rest of the unit is not.
        while (!building && is_part_of_unit(word()) && ends_unit(1))
            value = joined(value, words_[at_++]);
        (building ? building_ : unit_) = std::move(value);
    }
    bool ends_unit(std::size_t ahead) const {
        const Name next = word(ahead);
        return next.empty() || says_unit(next) || is_part_of_unit(next);
    }

    /// `12a elm st` is unit a of number 12; a direction may be meant by `12e`.
    void take_letter_of_number() {
        if (street_.size() < 2) return;
        auto& number = street_.front();
        const Name letter = Name(number).substr(number.size() - 1);
        if (number.size() < 2 || !is_number(Name(number).substr(0, number.size() - 1)) ||
            !is_letter(letter) || is_in(directions, letter))
            return;
        unit_ = letter;
        number.pop_back();
    }

    /// Two parts of a unit; a dash between digits only, which would else be another number.
    static std::string joined(const std::string& first, const std::string& second) {
        const bool digits =
            !first.empty() && !second.empty() && is_digit(first.back()) && is_digit(second.front());
        return first + (digits ? "-" : "") + second;
    }

    Words words_;
    std::size_t at_ = 0;
    Words street_;
    std::string building_, unit_;
};

}  // namespace

std::size_t words_of_street(const std::vector<std::string>& words) {
    const auto bare = [&](std::size_t i) {
        std::string word = text::folded(words[i]);
        std::erase(word, '.');
        return word;
    };
    const auto is_suffix = [&](std::size_t i) { return is_in(suffixes, short_form(bare(i))); };
    const auto belongs = [&](std::size_t i) {
        const auto word = bare(i);
        const bool of_unit = is_letter(word) && says_unit(bare(i - 1));
        return is_suffix(i) || is_in(directions, short_form(word)) || says_unit(word) || of_unit ||
               word.empty() || word.front() == '#' || is_digit(word.front());
    };
    for (std::size_t i = 2; i + 1 < words.size(); ++i) {
        if (!is_suffix(i)) continue;
        while (i + 1 < words.size() && belongs(i + 1)) ++i;
        return i + 1;
    }
    return words.size();
}

std::string address_key(std::string_view said) {
    const auto whole = with_whole_number(text::trimmed(said));
    const std::string_view address = whole;
    // What follows the first comma is the city, or units written behind commas: `12 Elm St, Unit
    // 3`.
    const auto comma = address.find(',');
    auto words = words_of(address.substr(0, comma));
    if (comma != std::string_view::npos) {
        for (const auto& part : text::split(address.substr(comma + 1), ',')) {
            const auto more = words_of(part);
            if (more.size() < 2 || !(says_unit(more[0]) || is_in(penthouse_words, more[0]))) break;
            words.insert(words.end(), more.begin(), more.end());
        }
    }
    return Reading(std::move(words)).key();
}

LooseAddress loose_address(const std::string& address_key) {
    auto words = text::split(address_key, ' ');
    LooseAddress loose;
    if (words.size() < 2 || (!is_digit(words.front().front()) && words.front() != "lot"))
        return loose;
    std::string unit;
    if (words.back().starts_with('#')) {
        unit = words.back().substr(1);
        words.pop_back();
    } else if (words.size() > 3 && words[words.size() - 2] == "lot") {
        unit = words.back();
        words.resize(words.size() - 2);
    }
    const auto last = std::find_if(words.rbegin(), words.rend(),
                                   [](const std::string& word) { return is_in(suffixes, word); });
    if (words.rend() - last > 2) {  // else it is the street's only name
        loose.suffix = *last;
        words.erase(std::next(last).base());
    }
    if (words.size() < 2) return loose;
    for (const auto& word : words) loose.key += (loose.key.empty() ? "" : " ") + word;
    if (!unit.empty()) loose.key += " " + unit;
    return loose;
}

}  // namespace dreams
