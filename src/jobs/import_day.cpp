#include <algorithm>
#include <array>
#include <cctype>

#include "jobs/import.h"

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

}  // namespace

std::optional<Instant> observed_in_name(const std::string& name, const Zone& zone, Instant now) {
    constexpr std::array<std::size_t, 3> day_digits{4, 2, 2};
    constexpr std::array<std::size_t, 6> time_digits{4, 2, 2, 2, 2, 2};
    for (std::size_t at = 0; at < name.size(); ++at) {
        const auto day = numbers_at(name, at, day_digits);
        if (!day || (at > 0 && name[at - 1] >= '0' && name[at - 1] <= '9')) continue;
        const std::string date = (*day)[0] + "-" + (*day)[1] + "-" + (*day)[2];
        const auto parsed = date_from(date);
        if (!parsed || zone.start_of(*parsed) > now) continue;
        std::optional<Instant> found;
        if (const auto time = numbers_at(name, at, time_digits))
            found = zone.instant_from_local(date + " " + (*time)[3] + ":" + (*time)[4] + ":" +
                                            (*time)[5]);
        if (!found) found = zone.start_of(*parsed + std::chrono::days{1}) - std::chrono::seconds{1};
        return std::min(*found, now);
    }
    return std::nullopt;
}

}  // namespace dreams::jobs
