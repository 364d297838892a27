#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "score/match_market.h"
#include "score/match_policy.h"

namespace dreams::score {

/// What is left of 1 since `then`, halved each half-life; what is to come counts as now.
double left_of(Instant then, Instant as_of, double half_life_days);

/// What fits: everything from `low` to `high` fully; outside the fit fades by e with each `under`
/// or `over`.
struct Band {
    double low, high, under, over;
};
double fit(const Band& band, double x);  ///< 0–1

/// The value below which `share` of the weight lies. `values`: (value, weight > 0), not empty.
double weighted_quantile(std::vector<std::pair<double, double>>& values, double share);

/// A home that draws a buyer, or, with a negative weight, drives them away.
struct Pull {
    Spot spot;
    double weight = 0;
};

/// How much of what a buyer looks at has one number, against the one that has most: 1 for that
/// one, less than 0 never. Sorted by number.
using Shares = std::vector<std::pair<std::uint32_t, double>>;
double share_of(const Shares& shares, std::uint32_t number);  ///< 0: none has it

/// What the homes somebody looked at say of them.
struct Behavior {
    double homes = 0;  ///< n: distinct homes, each by how fresh the last look is
    std::optional<Band> price, beds, baths, size, land;  ///< ln for price, size and land
    double median_price = 0;                             ///< US dollars; 0: none known
    std::vector<Pull> pulls;                             ///< the heaviest
    double reach = 0;                                    ///< d0, kilometres
    double peak = 0;                                     ///< of the pulls' density: what 1 is
    Shares places, regions, kinds;
    double view = 0, water = 0;  ///< leaning, 0–1
};

/// Of the homes on offer that tell of such things, the share that has a view, and water.
struct Usual {
    double view = 0, water = 0;
};
/// 0 where no home tells.
Usual usual_of(const Market& market);

/// What the glances of a buyer until `as_of` say.
Behavior behavior_of(const Buyer& buyer, const Market& market, const Usual& usual,
                     const MatchPolicy& policy, Instant as_of);

/// What they told, as bands; and how far it is to be trusted.
struct Wishes {
    std::optional<Band> price, beds, baths, size, land;
    double trust = 0;  ///< 0–1
};
/// The older what they told is, the less it is trusted; of unknown age it counts as a half-life
/// old.
Wishes wishes_of(const Stated& stated, const MatchPolicy& policy, Instant as_of);

/// How strongly a spot draws: each pull's weight, less by e with each `reach` of distance. Not
/// scaled: `peak` is what is full.
double density(const Behavior& behavior, const Spot& spot);

// Sizes that are felt as ratios, not as differences.
double log_size(double sqft);   ///< ln, of square feet from 0 up
double log_land(double acres);  ///< ln, of acres from 0 up; below a yard's size little differs

}  // namespace dreams::score
