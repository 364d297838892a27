#pragma once

#include <array>
#include <cstdint>

#include "sim/town/random.h"

namespace dreams::sim {

/// What stays the same about a person: how busy they are, and what they look for. Follows from
/// (seed, person id) alone, so that it need not be stored.
struct Habits {
    std::uint64_t zeal = 10;  ///< tenths: 10 is an average visitor
    bool window_shopper = false;
    int place = 0;                ///< index into words::places
    int centre_permille = 0;      ///< where in the place's price order their homes lie
    int evening = 0;              ///< hours by which their day is shifted
    std::uint64_t shortlist = 0;  ///< a seed: the few homes they come back to
};

Habits habits_of(std::uint64_t seed, std::int64_t person);

/// Weight of a day of second `of_day` (UTC): people of the mountains act between 7 and 23 local.
int second_of_day(const Habits& habits, Random& random);

}  // namespace dreams::sim
