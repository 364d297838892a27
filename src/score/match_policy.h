#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "score/match_market.h"

namespace dreams::score {

/// What a match is made of.
enum class Factor : std::uint8_t {
    price,
    place,
    beds,
    baths,
    size,
    land,
    kind,
    features,
    freshness,
    price_drop
};
constexpr std::size_t factors = 10;
constexpr std::array<std::string_view, factors> factor_names{
    "price", "place", "beds",     "baths",     "size",
    "land",  "kind",  "features", "freshness", "price_drop"};
constexpr std::string_view name_of(Factor factor) {
    return factor_names[static_cast<std::size_t>(factor)];
}

/// How fast a fit fades outside a band, in the band's own unit (ln for price, size and land).
struct Fading {
    double own_floor;  ///< least of what a buyer's own spread gives
    double stated;     ///< below a least that they told
};

/// Every number that a match depends on; argued in docs/matching.md. A value: change a copy.
struct MatchPolicy {
    /// Points at most, in the order of Factor: 100 together, so that no score needs a clamp.
    std::array<double, factors> points{28, 22, 8, 5, 9, 8, 5, 5, 5, 5};

    /// Of each Interest, on the day.
    std::array<double, interests> worth{1, 2.5, 3, 5, 8, -4};
    double half_life_days = 60;    ///< of a look
    double most_of_one_home = 10;  ///< so that one home looked at fifty times is not all they want

    double blend_homes = 8;          ///< alpha = n / (n + this)
    double homes_for_half = 1;       ///< so many homes say as much as the market's mean does
    double least_homes = 0.5;        ///< below this, and nothing told: unknown
    double contradicting_homes = 5;  ///< so many may overrule a stated most

    double stated_half_life_days = 365;
    double stated_confidence = 0.7;  ///< where nobody noted one

    double low = 0.2, high = 0.8;  ///< the quantiles of a band
    Fading price{0.08, 0.15};
    Fading beds{1.0, 0.75};
    Fading baths{0.75, 0.5};
    Fading size{0.12, 0.15};
    Fading land{0.7, 0.5};
    double over_budget = 2;         ///< over falls so many times as fast as under
    double over_rooms = 0.5;        ///< a bed or a foot too many falls half as fast as too few
    double hard_stop = 1.15;        ///< × the stated most: not suggested
    double looks_stop = 1.5;        ///< × the top of their band, where they told no most
    double cheapest_of_most = 0.6;  ///< who tells only a most looks from this share of it upwards

    double least_reach_km = 5;    ///< floor of d0
    std::size_t most_pulls = 24;  ///< looked-at homes that distances are taken to
    double same_region = 0.4;     ///< another place of the same region, × what the region has
    double elsewhere = 0.2;       ///< outside the places they named
    double least_leaning = 0.1;   ///< to views or water, to be one

    double fresh_half_life_days = 14;
    double drop_half_life_days = 21;
    double full_drop = 0.10;  ///< share of the price that earns all points

    double stale_days = 90;  ///< of whom nobody told for so long is not suggested

    double least_total = 45;  ///< below this: no suggestion
    std::size_t suggestions = 10;
    std::size_t diverse_every = 5;  ///< of so many slots the last is for something else
    double lambda = 0.7;            ///< of maximal marginal relevance
    std::size_t pool = 40;          ///< the best, of which the diverse ones are taken
    std::size_t sample = 128;       ///< homes of the market that means are taken over
};

const MatchPolicy& match_policy();  ///< ours

}  // namespace dreams::score
