#include "score/trend.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace dreams::score {

namespace {

/// One standard deviation of what a week does to the energy, had the person's active days come at
/// random at their own pace: the squares of fading shots add up to the variance (Campbell).
double chance_of_a_week(const Tally& tally) {
    double squares = 0;
    for (const Quanta day : tally.chance) {
        const double energy = static_cast<double>(day) * one_quantum;
        squares += energy * energy;
    }
    return std::sqrt(squares);
}

}  // namespace

double theil_sen(std::span<const double> values) {
    std::vector<double> slopes;
    slopes.reserve(values.size() * (values.size() - 1) / 2);
    for (std::size_t newer = 0; newer < values.size(); ++newer)
        for (std::size_t older = newer + 1; older < values.size(); ++older)
            slopes.push_back((values[newer] - values[older]) / static_cast<double>(older - newer));
    const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
    std::nth_element(slopes.begin(), middle, slopes.end());
    if (slopes.size() % 2 == 1) return *middle;
    return (*middle + *std::max_element(slopes.begin(), middle)) / 2;
}

double one_decimal(double number) {
    char digits[400];
    const auto end =
        std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, 1);
    double rounded = 0;
    std::from_chars(digits, end.ptr, rounded);
    return rounded;
}

Course course(const Tally& tally, const HeatPolicy& heat, const TrendPolicy& policy) {
    const auto days = daily_energies(tally, heat);
    std::array<double, trend_days> heats{};
    double sum = 0;
    Energy mean;
    for (std::size_t day = 0; day < trend_days; ++day) {
        heats[day] = shown(days[day], heat).heat();
        sum += heats[day];
        mean.web += days[day].web / trend_days;
        mean.direct += days[day].direct / trend_days;
    }
    Course found;
    if (sum == 0) return found;
    found.average = one_decimal(sum / trend_days);
    found.change = theil_sen(heats) * trend_days;
    // Against the energy between today's and the week's mean: against today's alone nobody who
    // fell silent would be noticed, against the mean alone chance would be called too often.
    const double now = days[0].web + days[0].direct;
    const double noise = chance_of_a_week(tally) / std::sqrt(now * (mean.web + mean.direct));
    found.noise = shown(mean * (1 + noise / 2), heat).heat() -
                  shown(mean * std::max(0.0, 1 - noise / 2), heat).heat();
    const double size = std::abs(found.change);
    if (size > policy.noise_ratio * found.noise && size >= policy.least_change)
        found.trend = found.change > 0 ? Trend::warming : Trend::cooling;
    return found;
}

}  // namespace dreams::score
