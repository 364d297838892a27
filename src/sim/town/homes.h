#pragma once

#include <cstdint>
#include <vector>

#include "sim/town/habits.h"
#include "sim/town/records.h"

namespace dreams::sim {

/// The town's houses, by place and then by price.
std::vector<Home> build_homes(std::uint64_t seed, int count, Instant as_of);

/// `12 Balsam Ridge Rd`.
std::string a_street(Random& random);

/// Which home a person opens next: mostly one of the few they keep coming back to
/// (`faithful_permille`), else one of about their price in their place. `count` homes were built.
std::int32_t next_home(const Habits& habits, int count, int faithful_permille, Random& random);

}  // namespace dreams::sim
