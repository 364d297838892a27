#pragma once

#include <cstdint>
#include <vector>

#include "sim/town/habits.h"
#include "sim/town/records.h"

namespace dreams::sim {

/// Where people act.
struct Scene {
    const std::vector<Home>& homes;
    int built;          ///< so many of them are the town's own
    Instant not_after;  ///< what would come later happens then; for the founding
};

/// How many of the four acts (a visit, views, favourites, shares) one session holds.
int acts_of_session(Intent intent, Random& random);

/// One evening on the website: exactly `acts` of the four, and now and then something else
/// (a search, a saved search, an inquiry, an open house …). Appends events without ids.
void browse(const Scene& scene, std::int64_t person, const Habits& habits, Intent intent,
            Instant start, int acts, Random random, std::vector<Event>& out);

/// What the town says of an event that has no texts of its own: page titles, search forms, words
/// of an inquiry. Follows from the event's id, so that it need not be stored.
EventMore told_by(const Event& event, const std::vector<Home>& homes);

}  // namespace dreams::sim
