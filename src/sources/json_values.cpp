#include "sources/json_values.h"

#include <cmath>

#include "base/text.h"
#include "sources/listing_values.h"

namespace dreams::sources {
namespace {

constexpr std::size_t longest_text = 20'000, longest_address = 4'000;
constexpr double beyond = 1e12;  ///< any price

/// The value as a sentence shows it.
std::string shown(const json::Value& value) {
    if (value.is_object()) return "an object";
    if (value.is_array()) return "a list";
    std::string text =
        value.is_string() ? std::string(value.get_string()) : json::serialized(value);
    constexpr std::size_t most = 60;
    if (text.size() > most) text = text.substr(0, most) + "…";
    return "'" + text::valid_utf8(text) + "'";
}

std::string text_of(const json::Value& value) {
    return text::valid_utf8(text::trimmed(value.get_string()));
}

/// `28779` and `28779.0` without the point; none: it has a fraction, or more digits than are sure.
std::optional<std::string> whole_as_text(const json::Value& value) {
    constexpr double surely_whole = 9e15;
    const double number = value.to_number<double>();
    if (number != std::floor(number) || std::abs(number) > surely_whole) return std::nullopt;
    return std::to_string(static_cast<std::int64_t>(number));
}

/// A text, number or truth as text; none: it is a list or an object.
std::optional<std::string> scalar(const json::Value& value) {
    if (value.is_null()) return "";
    if (value.is_string()) return text_of(value);
    if (value.is_bool()) return value.get_bool() ? "yes" : "no";
    if (value.is_number()) return whole_as_text(value).value_or(json::serialized(value));
    return std::nullopt;
}

std::string take(std::string text, std::optional<std::string>& into) {
    if (text.size() > longest_text)
        return "is longer than " + text::grouped(longest_text) + " bytes";
    if (!text.empty()) into = std::move(text);
    return "";
}

/// None where nothing is said; `wrong` where it is no number.
std::optional<double> number_of(const json::Value& value, Measure measure, bool& wrong) {
    std::optional<double> number;
    if (value.is_null()) return number;
    if (value.is_number()) {
        number = value.to_number<double>();
    } else if (value.is_string()) {
        if (says_nothing(value.get_string())) return std::nullopt;
        number = number_in(value.get_string(), measure);
    }
    wrong = !number || !std::isfinite(*number) || std::abs(*number) > beyond;
    return wrong ? std::nullopt : number;
}

}  // namespace

std::string read_text(const json::Value& value, std::optional<std::string>& into) {
    if (value.is_null()) return "";
    if (!value.is_string()) return "is a text, not " + shown(value);
    return take(text_of(value), into);
}

std::string read_code(const json::Value& value, std::optional<std::string>& into) {
    if (!value.is_number()) return read_text(value, into);
    auto digits = whole_as_text(value);
    if (!digits) return "is a text or a whole number, not " + shown(value);
    return take(std::move(*digits), into);
}

std::string read_words(const json::Value& value, std::optional<std::string>& into) {
    const auto* list = value.if_array();
    if (!list) {
        auto one = scalar(value);
        if (!one) return "is a text or a list of texts, not " + shown(value);
        return take(std::move(*one), into);
    }
    std::string words;
    for (const auto& each : *list) {
        const auto part = scalar(each);
        if (!part) return "is a text or a list of texts, and holds " + shown(each);
        if (!part->empty()) words += (words.empty() ? "" : ", ") + *part;
    }
    return take(std::move(words), into);
}

std::string read_whole(const json::Value& value, std::optional<std::int64_t>& into,
                       Measure measure) {
    bool wrong = false;
    const auto number = number_of(value, measure, wrong);
    const bool may_round = measure == Measure::dollars || measure == Measure::square_feet;
    if (wrong || (number && (*number < 0 || (!may_round && *number != std::floor(*number)))))
        return "is a whole number, zero or more, not " + shown(value);
    if (number) into = std::llround(*number);
    return "";
}

std::string read_number(const json::Value& value, std::optional<double>& into, Measure measure) {
    bool wrong = false;
    const auto number = number_of(value, measure, wrong);
    if (wrong || (number && *number < 0)) return "is a number, zero or more, not " + shown(value);
    if (number) into = number;
    return "";
}

std::string read_degrees(const json::Value& value, double most, std::optional<double>& into) {
    bool wrong = false;
    const auto number = number_of(value, Measure::plain, wrong);
    if (wrong || (number && std::abs(*number) > most))
        return "is a number of degrees from -" + std::to_string(std::lround(most)) + " to " +
               std::to_string(std::lround(most)) + ", not " + shown(value);
    if (number) into = number;
    return "";
}

bool is_web_address(std::string_view url) {
    const auto scheme = text::lower(url.substr(0, 8));
    const bool web = scheme.starts_with("http://") || scheme.starts_with("https://");
    return web && url.size() <= longest_address &&
           url.find_first_of(" \t\r\n\"<>") == std::string_view::npos;
}

std::string read_addresses(const json::Value& value, std::optional<JsonText>& into, int& left_out) {
    std::vector<std::string> urls;
    const auto take = [&](const json::Value& each) {
        if (!each.is_string()) return each.is_null();
        std::string url(text::trimmed(each.get_string()));
        if (is_web_address(url))
            urls.push_back(std::move(url));
        else
            ++left_out;
        return true;
    };
    if (const auto* list = value.if_array()) {
        for (const auto& each : *list)
            if (!take(each)) return "is a list of web addresses, and holds " + shown(each);
    } else if (!take(value)) {
        return "is a list of web addresses, not " + shown(value);
    }
    if (!urls.empty()) into = JsonText{text::json_array(urls)};
    return "";
}

}  // namespace dreams::sources
