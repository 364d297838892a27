#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "store/migrate_values.h"

namespace dreams::store {
namespace {

/// An empty text said nothing when it was written: NULL says that, `[]` would say "none at all".
Reading nothing() {
    return {Verdict::changed, std::nullopt, ""};
}

Reading written(std::string_view value, std::string text) {
    if (text == value) return {};
    return {Verdict::changed, std::move(text), ""};
}

/// A number of one to `most` digits at the start of `text`, which it is taken off; −1: none.
int leading_number(std::string_view& text, std::size_t most) {
    std::size_t digits = 0;
    while (digits < text.size() && digits < most && text[digits] >= '0' && text[digits] <= '9')
        ++digits;
    const auto number = text::integer(text.substr(0, digits));
    text.remove_prefix(digits);
    return number ? static_cast<int>(*number) : -1;
}

/// The three numbers of `9/30/2026` or `2026-9-30`, and what stands behind them in `text`.
std::optional<std::array<int, 3>> three_numbers(std::string_view& text) {
    std::array<int, 3> numbers{};
    const auto first_mark = text.find_first_not_of("0123456789");
    if (first_mark == std::string_view::npos) return std::nullopt;
    const char mark = text[first_mark];
    if (mark != '-' && mark != '/') return std::nullopt;
    for (std::size_t i = 0; i < 3; ++i) {
        numbers[i] = leading_number(text, 4);
        if (numbers[i] < 0) return std::nullopt;
        if (i == 2) break;
        if (text.empty() || text[0] != mark) return std::nullopt;
        text.remove_prefix(1);
    }
    return numbers;
}

/// The day that `text` begins with; it is taken off.
std::optional<Date> leading_date(std::string_view& text) {
    const bool year_first = text.find_first_not_of("0123456789") == 4;
    const auto found = three_numbers(text);
    if (!found) return std::nullopt;
    const auto [year, month, day] =
        year_first ? *found : std::array{(*found)[2], (*found)[0], (*found)[1]};
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (year < 1000 || !date.ok()) return std::nullopt;
    return Date{date};
}

std::string_view without_quotes(std::string_view item) {
    const bool quoted =
        item.size() >= 2 && (item[0] == '\'' || item[0] == '"') && item.back() == item[0];
    return quoted ? item.substr(1, item.size() - 2) : item;
}

/// The items of `a, b`. A comma inside a web address is part of it.
std::vector<std::string> comma_list(std::string_view text) {
    const auto is_url = [](std::string_view item) { return item.starts_with("http"); };
    std::vector<std::string> items;
    for (const auto& part : text::split(text, ',')) {
        const auto item = without_quotes(part);
        if (!items.empty() && is_url(items.front()) && !is_url(item))
            (items.back() += ',') += item;
        else
            items.emplace_back(item);
    }
    return items;
}

std::optional<json::Value> as_json(std::string_view text) {
    try {
        return json::parse(text);
    } catch (const Error&) {
        return std::nullopt;  // the answer that was asked for: it is none
    }
}

/// A list that is no JSON: Python's writing of one, or a comma list.
Reading plain_list(std::string_view value, std::string_view text) {
    const bool bracketed = text.size() >= 2 && text.front() == '[' && text.back() == ']';
    const auto inside = bracketed ? text.substr(1, text.size() - 2) : text;
    if (bracketed && inside.find_first_of("{[") != std::string_view::npos)
        return {Verdict::doubtful, text::json_array({std::string(value)}),
                "no list that can be read; kept as its only item"};
    return {Verdict::changed, text::json_array(comma_list(inside)), ""};
}

/// `$1,234,567.50` as `1234567.50`; none: not how a number is written.
std::optional<double> money(std::string_view text) {
    text = text::trimmed(text);
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.starts_with('$')) text.remove_prefix(1);
    if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
    std::string digits(text.substr(0, text.find(',')));
    if (digits.size() > 3 && digits.size() < text.size()) return std::nullopt;
    for (auto comma = text.find(','); comma != std::string_view::npos; comma = text.find(',')) {
        text.remove_prefix(comma + 1);
        if (text.find_first_not_of("0123456789") < 3 || text.size() < 3) return std::nullopt;
        if (text.size() > 3 && text[3] != ',' && text[3] != '.') return std::nullopt;
        digits += text.substr(0, text.find(','));
    }
    const auto number = text::number(digits);
    return number && negative ? -*number : number;
}

}  // namespace

Reading read_instant(std::string_view value, const Zone& zone) {
    const auto text = text::trimmed(value);
    if (text.empty()) return nothing();
    if (const auto instant = instant_from(text)) return written(value, to_text(*instant));
    if (text.size() == 19 && text[10] == ' ')
        if (const auto instant = instant_from(std::string(text) + "Z"))
            return written(value, to_text(*instant));
    if (const auto instant = zone.instant_from_local(text))
        return written(value, to_text(*instant));
    if (const auto date = date_from(text)) return written(value, to_text(zone.start_of(*date)));
    return {Verdict::unreadable, std::nullopt, "no instant"};
}

Reading read_date(std::string_view value) {
    auto rest = text::trimmed(value);
    if (rest.empty()) return nothing();
    const auto date = leading_date(rest);
    if (!date || (!rest.empty() && rest[0] != ' ' && rest[0] != 'T'))
        return {Verdict::unreadable, std::nullopt, "no date"};
    const bool midnight = rest.find_first_of("123456789") == std::string_view::npos;
    if (midnight) return written(value, to_text(*date));
    return {Verdict::doubtful, to_text(*date), "a time of day stood beside the date"};
}

Reading read_list(std::string_view value) {
    const auto text = text::trimmed(value);
    if (text.empty()) return nothing();
    const auto json = as_json(text);
    if (!json) return plain_list(value, text);
    if (json->is_null()) return nothing();
    if (json->is_array() || json->is_object())
        return text::valid_utf8(text) == text ? Reading{} : written(value, json::serialized(*json));
    const std::string only(json->is_string() ? std::string_view(json->get_string()) : text);
    return {Verdict::changed, text::json_array(comma_list(only)), ""};
}

Reading read_document(std::string_view value) {
    const auto text = text::trimmed(value);
    if (text.empty()) return nothing();
    if (as_json(text) && text::valid_utf8(text) == text) return {};
    return {Verdict::changed, json::serialized(json::Value(text::valid_utf8(value))), ""};
}

Reading read_whole(std::string_view value) {
    if (text::trimmed(value).empty()) return nothing();
    if (const auto exact = text::integer(text::trimmed(value)))
        return written(value, std::to_string(*exact));
    auto number = text::number(text::trimmed(value));
    if (!number) number = money(value);
    if (!number || std::abs(*number) >= 9.2e18)
        return {Verdict::unreadable, std::nullopt, "no whole number"};
    return written(value, std::to_string(std::llround(*number)));
}

Reading read_real(std::string_view value) {
    if (text::trimmed(value).empty()) return nothing();
    const auto number = money(value);
    if (!number) return {Verdict::unreadable, std::nullopt, "no number"};
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, *number).ptr;
    return {Verdict::changed, std::string(text, end), ""};
}

}  // namespace dreams::store
