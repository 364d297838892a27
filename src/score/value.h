#pragma once

#include "score/homes.h"
#include "score/policy.h"
#include "score/scores.h"

namespace dreams::score {

/// What a deal with this person would be worth to the office, if there was one, 0–100.
///
/// The commission on the median home they look at (newer looks weigh more), on a logarithmic
/// scale between two fixed commissions; less what must be held back because few homes are known.
/// Does not fade with silence: that is heat's business.
Explained value(const Homes& homes, const ValuePolicy& policy);

/// US dollars the office would earn on a home of that price.
double commission(std::int64_t price, const ValuePolicy& policy);

}  // namespace dreams::score
