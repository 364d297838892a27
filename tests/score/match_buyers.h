#pragma once

// A market and buyers for tests of the matching.

#include "score/match.h"

namespace dreams::test {

/// A house in the first place for 400,000 dollars, three beds, listed a month ago.
inline score::MatchHome house(Instant as_of, std::int64_t price = 400'000) {
    return {.price = price,
            .beds = 3,
            .baths = 2,
            .sqft = 1'800,
            .acres = 1,
            .spot = score::Spot{0, 0},
            .place = 1,
            .region = 1,
            .kind = 1,
            .listed = as_of - std::chrono::days{30}};
}

/// `count` views of as many homes, the first ones of the market, a day apart.
inline std::vector<score::Glance> views(std::uint32_t count, Instant as_of) {
    std::vector<score::Glance> glances;
    for (std::uint32_t i = 0; i < count; ++i)
        glances.push_back({i, score::Interest::view, as_of - std::chrono::days{i}});
    return glances;
}

}  // namespace dreams::test
