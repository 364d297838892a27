#include "delivery/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace dreams::delivery {
namespace {

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};

std::chrono::year_month_day calendar(Date day) {
    return std::chrono::year_month_day(day);
}

/// `January 20`, and `, 2025` if that is another year than today's.
std::string date_text(Date day, Date today) {
    const auto at = calendar(day);
    std::string text = fmt::format("{} {}", months[static_cast<unsigned>(at.month()) - 1],
                                   static_cast<unsigned>(at.day()));
    if (at.year() != calendar(today).year())
        text += fmt::format(", {}", static_cast<int>(at.year()));
    return text;
}

/// `3 days`: the largest unit that fits.
std::string length_text(std::chrono::seconds length) {
    using namespace std::chrono;
    if (length < hours{1}) return counted(length / minutes{1}, "minute", "minutes");
    if (length < days{1}) return counted(length / hours{1}, "hour", "hours");
    const auto whole_days = length / days{1};
    if (whole_days < 14) return counted(whole_days, "day", "days");
    if (whole_days < 60) return counted(whole_days / 7, "week", "weeks");
    if (whole_days < 730) return counted(whole_days * 12 / 365, "month", "months");
    return counted(whole_days / 365, "year", "years");
}

}  // namespace

std::string ago(Instant then, Instant now) {
    const std::chrono::seconds past = now - then;
    if (past <= -std::chrono::minutes{1}) return "in " + length_text(-past);
    if (past < std::chrono::minutes{1}) return "just now";
    if (past >= std::chrono::days{1} && past < std::chrono::days{2}) return "yesterday";
    return length_text(past) + " ago";
}

std::optional<std::string> ago(const std::optional<Instant>& then, Instant now) {
    return then ? std::optional(ago(*then, now)) : std::nullopt;
}

std::string day_text(Date day, Date today) {
    const auto weekday = std::chrono::weekday(day).c_encoding();
    return fmt::format("{}, {}", weekdays[weekday], date_text(day, today));
}

std::string time_text(Instant at, const Zone& zone) {
    const auto local = zone.to_local_text(at);  // `2026-01-19 16:05`
    const auto hour = text::integer(std::string_view(local).substr(11, 2)).value_or(0);
    return fmt::format("{}:{} {}", hour % 12 == 0 ? 12 : hour % 12, local.substr(14, 2),
                       hour < 12 ? "am" : "pm");
}

std::string moment_text(Instant at, const Zone& zone, Date today) {
    return date_text(zone.date_of(at), today) + ", " + time_text(at, zone);
}

std::string took_text(Instant begun, Instant ended) {
    const auto seconds = (ended - begun).count();
    if (seconds < 60) return std::to_string(seconds) + " s";
    return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
}

std::string size_text(std::int64_t bytes) {
    return bytes < 10'000'000 ? text::grouped((bytes + 999) / 1000) + " kB"
                              : text::grouped(bytes / 1'000'000) + " MB";
}

std::string money(std::int64_t dollars) {
    return (dollars < 0 ? "−$" : "$") + text::grouped(std::abs(dollars));
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", text::grouped(number), number == 1 ? one : many);
}

std::string fit_text(double points) {
    return std::to_string(std::lround(points));
}

std::string signed_points(double points) {
    const std::string digits = fmt::format("{:.1f}", std::abs(points));
    if (digits == "0.0") return digits;
    return (points < 0 ? "−" : "+") + digits;
}

std::optional<std::string> dialled(const std::optional<std::string>& phone) {
    if (!phone) return std::nullopt;
    std::string digits;
    for (const char c : *phone)
        if (c >= '0' && c <= '9') digits += c;
    if (digits.size() < 7) return std::nullopt;
    if (text::trimmed(*phone).starts_with('+')) return "+" + digits;
    if (digits.size() == 10) return "+1" + digits;
    if (digits.size() == 11 && digits.front() == '1') return "+" + digits;
    return digits;
}

std::optional<std::string> shown_phone(const std::optional<std::string>& phone) {
    if (!phone) return std::nullopt;
    const auto number = text::trimmed(*phone);
    if (number.find_first_not_of("+0123456789()-. ") != std::string_view::npos)
        return phone;  // words, an extension: only a person reads those
    const auto to_dial = dialled(phone).value_or("");
    constexpr std::size_t american = 12;  // +1 and ten digits
    if (to_dial.size() != american || !to_dial.starts_with("+1")) return phone;
    return "(" + to_dial.substr(2, 3) + ") " + to_dial.substr(5, 3) + "-" + to_dial.substr(8);
}

std::optional<std::string> source_text(const std::optional<std::string>& source) {
    const bool unknown = !source || source->empty() || source->starts_with('<');
    return unknown ? std::nullopt : source;
}

std::string name_of_source(std::string_view source) {
    if (source == "fub") return "Follow Up Boss";
    if (source == "idx") return "Your listing site";
    if (source == "listings") return "Your MLS's feed";
    if (source == "notion") return "Notion";
    if (source == "watch") return "The watched homes";
    return "The source " + std::string(source);
}

std::string label_of(std::string_view word) {
    std::string label(word);
    std::ranges::replace(label, '_', ' ');
    if (!label.empty() && label.front() >= 'a' && label.front() <= 'z')
        label.front() = static_cast<char>(label.front() - 32);
    return label;
}

}  // namespace dreams::delivery
