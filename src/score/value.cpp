#include "score/value.h"

#include <algorithm>
#include <cmath>

#include "score/explained.h"

namespace dreams::score {

double commission(std::int64_t price, const ValuePolicy& policy) {
    return static_cast<double>(price) * policy.commission_share;
}

Explained value(const Homes& homes, const ValuePolicy& policy) {
    Explained score;
    if (homes.median_price <= 0) return score;
    const double least = policy.least_commission;
    const double level = std::log(commission(homes.median_price, policy) / least) /
                         std::log(policy.most_commission / least);
    const double points = 100 * std::clamp(level, 0.0, 1.0);
    const double trust = homes.priced / (homes.priced + policy.homes_for_half_trust);
    contribute(score, "price_level", points);
    contribute(score, "few_homes", -points * (1 - trust));
    settle(score);
    return score;
}

}  // namespace dreams::score
