#pragma once

#include <cstdint>
#include <span>

#include "base/time.h"
#include "model/history.h"
#include "score/policy.h"

namespace dreams::score {

/// An act that concerned a home.
struct Look {
    std::uint64_t home;  ///< 0: not known which
    Instant at;
    std::int64_t weight;  ///< at least 1: heat energy left, so that what is wanted now decides
    std::int32_t price;   ///< US dollars; 0: unknown
    Act act;
};

/// What the homes that a person looked at say.
struct Homes {
    std::int64_t median_price =
        0;                   ///< US dollars, weighted by what is left of each look; 0: none known
    int priced = 0;          ///< distinct homes with a price
    bool returning = false;  ///< they keep coming back to one home
    std::int64_t returning_price = 0;  ///< what that home costs; 0: unknown
};

/// Sums up `looks`, which it reorders.
Homes homes_of(std::span<Look> looks, const IntentPolicy& policy, Instant as_of);

}  // namespace dreams::score
