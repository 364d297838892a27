#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "sim/town/records.h"

namespace dreams::sim {

/// Chances of a day, in 100,000: how the hidden intent moves. A person stays curious for about a
/// month, shops for seven weeks, and is about to buy for a month and a half; three of four of
/// those who are about to buy do.
struct Hazard {
    int idle, curious, shopping, about_to_buy, bought;
};
Hazard hazard(Intent from, bool window_shopper);

/// How much a person of that intent does: weights, relative to each other. `sessions` on the
/// website, `exchanges` by phone, text or mail.
struct Pace {
    std::uint64_t sessions, exchanges;
};
Pace pace(Intent intent);

/// What a stranger has in mind who has just come in.
Intent first_intent(std::uint64_t random);

/// The intent's next step on the day that begins at `day`, if the dice of (seed, person, day) say
/// so; none: it stays. A pure function, so that living on in one step or in many is the same.
std::optional<Truth::Step> step_of_day(std::uint64_t seed, std::int64_t person, Instant day,
                                       Intent now, bool window_shopper);

/// Carries a truth on over (from, to]: appends its steps, notes a purchase.
void live_on(Truth& truth, std::uint64_t seed, Instant from, Instant to);

}  // namespace dreams::sim
