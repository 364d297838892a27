#pragma once

#include <array>
#include <optional>
#include <span>

#include "score/match_profile.h"

namespace dreams::score {

/// A home's measures as bands have them: ln for price, size and land; none: not told.
struct Measures {
    std::optional<double> price, beds, baths, size, land;
    std::optional<double> freshness;  ///< 0–1: how new the listing is
    double drop = 0;                  ///< 0–1: how much and how lately the price fell
};
/// `as_of` is what the listing's age and a price's drop are counted to.
Measures measures_of(const MatchHome& home, const MatchPolicy& policy, Instant as_of);

/// What a profile says of one factor of a home.
enum class Speech : std::uint8_t {
    silent,  ///< it has no opinion of this factor, whatever the home
    untold,  ///< it has one, and the home's listing does not tell
    told
};
/// How well a factor of a home suits a profile.
struct Fit {
    Speech speech = Speech::silent;
    double value = 0;  ///< 0–1, when told
};

/// A buyer, ready to be held against homes.
struct Taste {
    Behavior behavior;
    Wishes wishes;
    const Stated* stated = nullptr;
    double alpha = 0;  ///< the behavior's share where both profiles speak
    std::array<double, factors> liked_mean{}, wished_mean{};  ///< of homes on offer
    double fresh_mean = 0.5;
    std::array<double, factors> most{};  ///< points that a home can have of each factor
};

/// What the homes that a buyer looked at say of one factor of this home.
Fit liked(Factor factor, const Taste& taste, const MatchHome& home, const Measures& measures,
          const MatchPolicy& policy);
/// What a buyer told of it.
Fit wished(Factor factor, const Taste& taste, const MatchHome& home, const Measures& measures,
           const MatchPolicy& policy);

/// Both profiles' word on one factor of one home, held back as far as little is known.
struct Blend {
    Speech speech = Speech::silent;
    double value = 0;                     ///< 0–1
    std::optional<double> liked, wished;  ///< each profile's own; none: silent
};
/// Where only one profile speaks, its word alone; of freshness and price drops the home's
/// own measure.
Blend blend(Factor factor, const Taste& taste, const MatchHome& home, const Measures& measures,
            const MatchPolicy& policy);

}  // namespace dreams::score
