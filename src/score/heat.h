#pragma once

#include <array>

#include "score/scores.h"
#include "score/tally.h"

namespace dreams::score {

/// How warm a person is at the tally's instant: 0 is silent, 100 is never quite reached.
///
/// Each act is worth points of energy that fade by a half-life of its own. Clicks on the website
/// lead towards HeatPolicy::web_ceiling and no further; steps towards the office fill what is left
/// up to 100. Each group's points are shared among its acts by the energy left of each. No other
/// person has a say in it.
Explained heat(const Tally& tally, const HeatPolicy& policy);

/// Energy left, by group, in points.
struct Energy {
    double web = 0;
    double direct = 0;

    friend Energy operator*(Energy energy, double factor) {
        return {energy.web * factor, energy.direct * factor};
    }
};

/// What each group's energy shows as.
struct Shown {
    double web = 0;     ///< 0 to the web's ceiling
    double direct = 0;  ///< 0 to what that leaves of 100

    double heat() const { return web + direct; }
};
/// Each group saturates: its second click shows for less than its first.
Shown shown(Energy energy, const HeatPolicy& policy);

/// Energy as it was, recomputed from the traces that had happened by then.
/// Today first, then each day before it.
std::array<Energy, trend_days> daily_energies(const Tally& tally, const HeatPolicy& policy);

/// The name of an act as a contribution: `property_view`.
std::string_view act_name(Act act);

}  // namespace dreams::score
