#pragma once

#include <cstdint>

#include "base/db.h"
#include "base/time.h"

namespace dreams::store {

/// What became of `contact_properties`.
struct LookedAtCounts {
    std::int64_t pairs = 0;  ///< a person and a home that they looked at
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
LookedAtCounts keep_contact_properties(Db& db, Instant now);

}  // namespace dreams::store
