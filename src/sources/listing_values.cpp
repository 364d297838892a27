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

std::optional<double> number_in(std::string_view cell) {
    std::string digits;
    auto rest = text::trimmed(cell);
    const bool negative = rest.starts_with('-');
    while (!rest.empty() && (rest.front() == '$' || rest.front() == '-' || rest.front() == ' '))
        rest.remove_prefix(1);
    while (!rest.empty() &&
           (std::string_view("0123456789.,").find(rest.front()) != std::string_view::npos)) {
        if (rest.front() != ',') digits += rest.front();
        rest.remove_prefix(1);
    }
    // A unit may follow; letters glued to digits are no number (`12A`).
    if (!rest.empty() && rest.front() != ' ' && rest.front() != '+') return std::nullopt;
    const auto number = text::number(digits);
    return number && negative ? std::optional(-*number) : number;
}

std::optional<std::int64_t> whole_in(std::string_view cell) {
    constexpr double beyond = 1e12;
    const auto number = number_in(cell);
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
