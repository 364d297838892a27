#include "score/intent.h"

#include <algorithm>

namespace dreams::score {

namespace {

/// Whether the newest days are far busier than the person's own usual pace. Someone without a
/// past is held against silence: then it is the least number of acts that decides.
bool is_burst(const Tally& tally, const IntentPolicy& policy) {
    const auto lately = static_cast<double>(tally.own_acts_lately);
    const double known_days =
        static_cast<double>(tally.first_own_age) / day_seconds - policy.burst_days;
    const double usual_days = std::clamp(known_days, 7.0, static_cast<double>(policy.usual_days));
    const double expected =
        static_cast<double>(tally.own_acts_usually) / usual_days * policy.burst_days;
    return lately >= policy.burst_acts && lately >= policy.burst_ratio * expected;
}

}  // namespace

Intent intent(const Tally& tally, const IntentPolicy& policy) {
    Intent signs{.repeat_views = tally.homes.returning,
                 .high_favorites = tally.favorites_lately >= policy.favorites,
                 .activity_burst = is_burst(tally, policy),
                 .sharing = tally.shares_lately >= policy.shares};
    signs.signal_count =
        signs.repeat_views + signs.high_favorites + signs.activity_burst + signs.sharing;
    return signs;
}

}  // namespace dreams::score
