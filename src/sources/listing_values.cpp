#include "sources/listing_values.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

namespace dreams::sources {
namespace {

constexpr std::array nothings{
    std::string_view("-"),       std::string_view("--"),   std::string_view("—"),
    std::string_view("n/a"),     std::string_view("na"),   std::string_view("none"),
    std::string_view("nan"),     std::string_view("null"), std::string_view("nat"),
    std::string_view("unknown"), std::string_view("tbd")};

constexpr std::array months{
    std::string_view("jan"), std::string_view("feb"), std::string_view("mar"),
    std::string_view("apr"), std::string_view("may"), std::string_view("jun"),
    std::string_view("jul"), std::string_view("aug"), std::string_view("sep"),
    std::string_view("oct"), std::string_view("nov"), std::string_view("dec")};

std::optional<Date> day(std::int64_t year, std::int64_t month, std::int64_t of_month) {
    const std::chrono::year_month_day date{
        std::chrono::year{static_cast<int>(year)},
        std::chrono::month{static_cast<unsigned>(std::clamp<std::int64_t>(month, 0, 13))},
        std::chrono::day{static_cast<unsigned>(std::clamp<std::int64_t>(of_month, 0, 32))}};
    if (year < 1600 || year > 2200 || !date.ok()) return std::nullopt;
    return Date{date};
}

/// 1 for `Jan`, `january`; none: no month.
std::optional<std::int64_t> month_in(std::string_view word) {
    const auto at = std::ranges::find(months, text::lower(word.substr(0, 3)));
    if (word.size() < 3 || at == months.end()) return std::nullopt;
    return at - months.begin() + 1;
}

std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> pieces(1);
    for (const char c : text) {
        const bool separates = c == '/' || c == '-' || c == ' ' || c == ',';
        if (!separates)
            pieces.back() += c;
        else if (!pieces.back().empty())
            pieces.emplace_back();
    }
    std::erase(pieces, "");
    return pieces;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// `July-21-2022`, `Jul 21, 2022`, `Wed May 21 00:00:00 EDT 2008`.
std::optional<Date> day_by_words(const std::vector<std::string>& pieces) {
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
        const auto month = month_in(pieces[i]);
        const auto of_month = text::integer(pieces[i + 1]);
        const auto year = text::integer(pieces.back());
        if (month && of_month && year && is_digits(pieces[i + 1]))
            return day(*year, *month, *of_month);
    }
    return std::nullopt;
}

std::optional<Date> day_by_numbers(const std::vector<std::string>& pieces) {
    if (pieces.size() < 3) return std::nullopt;
    const auto month = text::integer(pieces[0]), of_month = text::integer(pieces[1]),
               year = text::integer(pieces[2].substr(0, 4));
    return month && of_month && year ? day(*year, *month, *of_month) : std::nullopt;
}

// ---- A number and what stands around it

constexpr double square_feet_per_acre = 43'560;

struct Unit {
    Measure measure;
    std::string_view letters;  ///< of the words behind the number, lower case
    double worth = 1;          ///< of one in the measure
};

constexpr auto units = std::to_array<Unit>({
    {Measure::dollars, "usd"},
    {Measure::dollars, "dollars"},
    {Measure::dollars, "mo"},
    {Measure::dollars, "month"},
    {Measure::dollars, "monthly"},
    {Measure::dollars, "permonth"},
    {Measure::dollars, "yr"},
    {Measure::dollars, "year"},
    {Measure::dollars, "yearly"},
    {Measure::dollars, "peryear"},
    {Measure::square_feet, "sqft"},
    {Measure::square_feet, "sf"},
    {Measure::square_feet, "squarefeet"},
    {Measure::square_feet, "squarefoot"},
    {Measure::lot, "sqft"},
    {Measure::lot, "sf"},
    {Measure::lot, "squarefeet"},
    {Measure::lot, "acre", square_feet_per_acre},
    {Measure::lot, "acres", square_feet_per_acre},
    {Measure::lot, "ac", square_feet_per_acre},
    {Measure::acres, "acre"},
    {Measure::acres, "acres"},
    {Measure::acres, "ac"},
    {Measure::acres, "sqft", 1 / square_feet_per_acre},
    {Measure::acres, "sf", 1 / square_feet_per_acre},
    {Measure::acres, "squarefeet", 1 / square_feet_per_acre},
    {Measure::baths, "ba"},
    {Measure::baths, "bath"},
    {Measure::baths, "baths"},
    {Measure::baths, "bathroom"},
    {Measure::baths, "bathrooms"},
    {Measure::count, "bd"},
    {Measure::count, "bds"},
    {Measure::count, "bed"},
    {Measure::count, "beds"},
    {Measure::count, "bedroom"},
    {Measure::count, "bedrooms"},
    {Measure::count, "br"},
    {Measure::count, "day"},
    {Measure::count, "days"},
    {Measure::count, "story"},
    {Measure::count, "stories"},
    {Measure::count, "level"},
    {Measure::count, "levels"},
    {Measure::count, "floor"},
    {Measure::count, "floors"},
    {Measure::count, "view"},
    {Measure::count, "views"},
    {Measure::count, "favorite"},
    {Measure::count, "favorites"},
});

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool has_fractions(Measure measure) {
    return measure == Measure::acres || measure == Measure::lot || measure == Measure::baths ||
           measure == Measure::plain;
}

/// `450.000`: in most of the world, 450 thousand.
bool may_be_thousands(std::string_view digits) {
    const auto point = digits.find('.');
    return point != std::string_view::npos && point >= 1 && point <= 3 &&
           digits.size() - point == 4;
}

/// The digits that `rest` begins with, taken from it, without their commas. None: they are none, or
/// the commas part something else than groups of three.
std::optional<std::string> number_at_start(std::string_view& rest) {
    constexpr std::size_t group = 3;
    std::string digits;
    std::size_t since_comma = 0;
    bool comma = false;
    const auto is_whole_group = [&] { return comma ? since_comma == group : since_comma <= group; };
    for (; !rest.empty(); rest.remove_prefix(1)) {
        const char c = rest.front();
        if (c == ',') {
            if (since_comma == 0 || !is_whole_group()) return std::nullopt;
            comma = true;
            since_comma = 0;
        } else if (is_digit(c)) {
            digits += c;
            ++since_comma;
        } else {
            break;
        }
    }
    if (comma && !is_whole_group()) return std::nullopt;
    if (rest.starts_with('.')) {
        do {
            digits += rest.front();
            rest.remove_prefix(1);
        } while (!rest.empty() && is_digit(rest.front()));
    }
    return digits.empty() || digits == "." ? std::nullopt : std::optional(digits);
}

/// ` 1/2` behind a number, taken from `rest`; 0: there is no such thing.
double part_of_a_bath(std::string_view& rest) {
    constexpr std::array<std::pair<std::string_view, double>, 6> parts{
        {{"1/2", 0.5}, {"1/4", 0.25}, {"3/4", 0.75}, {"½", 0.5}, {"¼", 0.25}, {"¾", 0.75}}};
    const auto behind = text::trimmed(rest);
    for (const auto& [written, worth] : parts)
        if (behind.starts_with(written) && (behind != rest || written.front() != '1')) {
            rest = behind.substr(written.size());
            return worth;
        }
    return 0;
}

/// What one of the unit that `rest` names is worth. None: it says something else.
std::optional<double> worth_of_unit(std::string_view rest, Measure measure) {
    const bool words_only = rest.find_first_of("0123456789,;:$%") == std::string_view::npos;
    if (!words_only) return std::nullopt;
    if (text::trimmed(rest).empty() || text::trimmed(rest) == "+") return 1;
    const auto letters = text::letters(rest);
    const auto unit = std::ranges::find_if(units, [&](const Unit& each) {
        return each.measure == measure && each.letters == letters;
    });
    return unit == units.end() ? std::nullopt : std::optional(unit->worth);
}

/// One Python string, its quotes and escapes turned into JSON's; `at` stands on the quote.
bool string_as_json(std::string_view text, std::size_t& at, std::string& json) {
    const char quote = text[at];
    json += '"';
    for (++at; at < text.size() && text[at] != quote; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) {
            const char next = text[++at];
            if (next == '\'')
                json += next;
            else if (std::string_view("\"\\nrtu").find(next) != std::string_view::npos)
                json += {'\\', next};
            else
                return false;
        } else if (text[at] == '"') {
            json += "\\\"";
        } else {
            json += text[at];
        }
    }
    if (at >= text.size()) return false;
    ++at;
    json += '"';
    return true;
}

}  // namespace

bool says_nothing(std::string_view cell) {
    const auto trimmed = text::lower(text::trimmed(cell));
    return trimmed.empty() || std::ranges::find(nothings, trimmed) != nothings.end();
}

std::string_view shown_cell(std::string_view cell) {
    const auto trimmed = text::trimmed(cell);
    if (trimmed.size() >= 3 && trimmed.starts_with("=\"") && trimmed.ends_with('"'))
        return trimmed.substr(2, trimmed.size() - 3);
    constexpr std::string_view kept_a_text = "0123456789=+-@";
    if (trimmed.size() >= 2 && trimmed.front() == '\'' &&
        kept_a_text.find(trimmed[1]) != kept_a_text.npos)
        return trimmed.substr(1);
    return cell;
}

std::optional<double> baths_in(std::string_view cell) {
    if (const auto number = number_in(cell, Measure::baths)) return number;
    auto rest = text::trimmed(cell);
    double baths = 0;
    int kinds = 0;
    for (; !rest.empty(); ++kinds) {
        const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        const auto count = text::integer(rest.substr(0, digits));
        if (!count || kinds == 2) return std::nullopt;
        rest.remove_prefix(digits);
        const auto end = std::min(rest.find_first_of("0123456789"), rest.size());
        const auto kind = text::letters(rest.substr(0, end));
        const bool full = kind.starts_with("f"),
                   half = kind.starts_with("h") || kind.starts_with("p");
        if (full == (kinds > 0) || half == (kinds == 0)) return std::nullopt;
        baths += static_cast<double>(*count) * (full ? 1 : 0.5);
        rest.remove_prefix(end);
    }
    return kinds > 0 ? std::optional(baths) : std::nullopt;
}

std::optional<double> number_in(std::string_view cell, Measure measure) {
    auto rest = text::trimmed(cell);
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    if (measure == Measure::dollars && rest.starts_with('$')) rest = text::trimmed(rest.substr(1));
    const auto digits = number_at_start(rest);
    if (!digits || (may_be_thousands(*digits) && !has_fractions(measure))) return std::nullopt;
    auto number = text::number(*digits);
    if (!number) return std::nullopt;
    if (measure == Measure::baths) *number += part_of_a_bath(rest);
    const auto worth = worth_of_unit(rest, measure);
    if (!worth || (measure == Measure::count && *number != std::floor(*number)))
        return std::nullopt;
    if (*worth != 1) number = std::round(*number * *worth * 1e4) / 1e4;
    return negative ? -*number : *number;
}

std::optional<std::int64_t> whole_in(std::string_view cell, Measure measure) {
    constexpr double beyond = 1e12;
    const auto number = number_in(cell, measure);
    if (!number || std::abs(*number) > beyond) return std::nullopt;
    return std::llround(*number);
}

std::optional<Date> day_in(std::string_view cell) {
    const auto text = text::trimmed(cell);
    if (const auto iso = date_from(text.substr(0, 10))) return iso;
    if (text.size() >= 8 && is_digits(text.substr(0, 8)))
        return day(*text::integer(text.substr(0, 4)), *text::integer(text.substr(4, 2)),
                   *text::integer(text.substr(6, 2)));
    const auto pieces = pieces_of(text);
    if (const auto worded = day_by_words(pieces)) return worded;
    return day_by_numbers(pieces);
}

std::optional<std::string> python_as_json(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> words{
        {{"None", "null"}, {"True", "true"}, {"False", "false"}, {"nan", "null"}}};
    std::string json;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\'' || text[at] == '"') {
            if (!string_as_json(text, at, json)) return std::nullopt;
            continue;
        }
        const auto rest = text.substr(at);
        const auto word = std::ranges::find_if(
            words, [&](const auto& each) { return rest.starts_with(each.first); });
        if (word == words.end()) {
            json += text[at++];
        } else {
            json += word->second;
            at += word->first.size();
        }
    }
    return json;
}

std::optional<std::string> python_value(std::string_view cell, std::string_view key) {
    if (!text::trimmed(cell).starts_with('[')) return std::nullopt;
    const auto as_json = python_as_json(text::trimmed(cell));
    if (!as_json) return std::nullopt;
    std::optional<std::string> first;
    try {
        const auto list = json::parse(*as_json);
        if (!list.is_array()) return std::nullopt;
        for (const auto& entry : list.as_array()) {
            const auto value = json::text(entry, key);
            if (value && json::truth(entry, "primary").value_or(false)) return value;
            if (value && !first) first = value;
        }
    } catch (const Error&) {
        return std::nullopt;  // no list after all: the cell then tells nothing
    }
    return first;
}

}  // namespace dreams::sources
