#include "jobs/import_day.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "delivery/wording.h"
#include "score/match_policy.h"

namespace dreams::jobs {
namespace {

/// The numbers in `text` from `at` on, `count` of them, each of so many digits as `digits` says,
/// with one character between; none: there is something else.
template <std::size_t N>
std::optional<std::array<std::string, N>> numbers_at(const std::string& text, std::size_t at,
                                                     const std::array<std::size_t, N>& digits) {
    std::array<std::string, N> numbers;
    for (std::size_t n = 0; n < N; ++n) {
        if (n > 0 && (at >= text.size() || !std::ispunct(static_cast<unsigned char>(text[at++]))))
            return std::nullopt;
        numbers[n] = text.substr(std::min(at, text.size()), digits[n]);
        const bool all =
            std::ranges::all_of(numbers[n], [](char c) { return c >= '0' && c <= '9'; });
        if (numbers[n].size() != digits[n] || !all) return std::nullopt;
        at += digits[n];
    }
    return numbers;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Whether a number may begin at `at`.
bool begins(const std::string& name, std::size_t at) {
    return at == 0 || !is_digit(name[at - 1]);
}

/// The end of the first day in the name that has come; its moment where the name has one.
std::optional<Instant> day_in(const std::string& name, const Zone& zone, Instant now) {
    constexpr std::array<std::size_t, 3> day_digits{4, 2, 2};
    constexpr std::array<std::size_t, 6> time_digits{4, 2, 2, 2, 2, 2};
    for (std::size_t at = 0; at < name.size(); ++at) {
        const auto day = numbers_at(name, at, day_digits);
        if (!day || !begins(name, at)) continue;
        const std::string date = (*day)[0] + "-" + (*day)[1] + "-" + (*day)[2];
        const auto parsed = date_from(date);
        if (!parsed || zone.start_of(*parsed) > now) continue;
        if (const auto time = numbers_at(name, at, time_digits))
            if (const auto moment = zone.instant_from_local(date + " " + (*time)[3] + ":" +
                                                            (*time)[4] + ":" + (*time)[5]))
                return moment;
        return zone.start_of(*parsed + std::chrono::days{1}) - std::chrono::seconds{1};
    }
    return std::nullopt;
}

/// The end of the first month in the name that has begun: `2024-09`, no more digits behind it.
std::optional<Instant> month_in(const std::string& name, const Zone& zone, Instant now) {
    constexpr std::array<std::size_t, 2> month_digits{4, 2};
    constexpr std::size_t length = 7;
    for (std::size_t at = 0; at < name.size(); ++at) {
        const auto month = numbers_at(name, at, month_digits);
        const bool longer = at + length < name.size() && is_digit(name[at + length]);
        if (!month || longer || !begins(name, at) || !(*month)[0].starts_with("20")) continue;
        const auto first = date_from((*month)[0] + "-" + (*month)[1] + "-01");
        if (!first || zone.start_of(*first) > now) continue;
        const std::chrono::year_month_day parts{*first};
        const Date next{parts.year() / parts.month() / 1 + std::chrono::months{1}};
        return zone.start_of(next) - std::chrono::seconds{1};
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> age_remark(Instant at, const Zone& zone, Instant now) {
    constexpr std::chrono::days told_of{31};
    if (now - at < told_of) return std::nullopt;
    std::string remark = "this file is of " +
                         delivery::day_text(zone.date_of(at), zone.date_of(now)) + ", " +
                         delivery::ago(at, now) + ": its homes count as of that day";
    const std::chrono::duration<double, std::ratio<86'400>> stale{score::match_policy().stale_days};
    if (now - at > stale) remark += ", and are suggested to nobody until something newer is told";
    return remark;
}

std::optional<Instant> observed_in_name(const std::string& name, const Zone& zone, Instant now) {
    auto found = day_in(name, zone, now);
    if (!found) found = month_in(name, zone, now);
    return found ? std::optional(std::min(*found, now)) : std::nullopt;
}

}  // namespace dreams::jobs
