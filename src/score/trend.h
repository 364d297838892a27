#pragma once

#include <array>
#include <span>

#include "score/heat.h"

namespace dreams::score {

/// Where heat is going.
struct Course {
    Trend trend = Trend::stable;
    double change = 0;   ///< points a week: seven times the slope
    double noise = 0;    ///< points that a week can bring by chance
    double average = 0;  ///< mean heat of the seven days, one decimal
};

/// The Theil–Sen slope of the seven daily heats, called warming or cooling only when it stands out
/// from what chance brings: see docs/scoring.md, "Trend".
Course course(const Tally& tally, const HeatPolicy& heat, const TrendPolicy& policy);

/// The median slope over all pairs, a day being one step. `values` newest first; at least two.
double theil_sen(std::span<const double> values);

/// Rounded to one decimal as its decimal digits say: 12.25 is 12.2, since the number is that.
double one_decimal(double number);

}  // namespace dreams::score
