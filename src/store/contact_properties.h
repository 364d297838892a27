#pragma once

#include <cstdint>

#include "base/db.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams::store {

/// What became of `contact_properties`.
struct LookedAtCounts {
    std::int64_t pairs = 0;  ///< a person and a home that they looked at, of those that were due
    std::int64_t created = 0, updated = 0, unchanged = 0;
    std::int64_t removed = 0;   ///< of which no event tells any more
    std::int64_t homeless = 0;  ///< events about homes that are not in `properties`
};

/// Brings contact_properties up to date with contact_events: a row a person and home, with
/// view_count, first_viewed_at and last_viewed_at (of views), saved_at (of the first favorite),
/// shared_at (of the latest share), and the relationship: favorited before shared before viewed.
/// A relationship that people or the matching chose (`saved`, `matched`) stays, and so do notes,
/// match_score and shared_with. Rows that this function made and that no event tells of any more
/// go, unless somebody wrote something on them. Within a transaction of the caller's.
///
/// Looks only at people with new events; at everyone when homes came, changed or went, and when
/// the number of events shows that somebody else wrote some.
LookedAtCounts keep_contact_properties(Db& db, Instant now);

/// How many people have something to do with a home.
std::int64_t people_who_look_at(Db& db, const PropertyId& home);

/// Says that `person` has so many events more (0: some changed), in the commit that holds them.
void events_to_look_at(Db& db, const FubId& person, std::int64_t events);

/// Says that homes, or what they are known by, are others than before, in the commit that does it.
void homes_to_look_at(Db& db);

}  // namespace dreams::store
