#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "model/history.h"
#include "model/lead.h"

namespace dreams::store {

/// What a rescore has to know of a person besides their history.
struct Standing {
    Scores scores;       ///< as they are now
    std::string tags;    ///< JSON
    bool stale = false;  ///< what they did or said could not be read
    bool phone_works = true;
    std::optional<double> heat_before;           ///< of the last snapshot of an earlier day
    std::optional<std::int64_t> snapshot_today;  ///< id of the day's snapshot, if there is one
};

/// Everyone, ordered by leads.id; the n-th history and the n-th standing are the same person's.
struct Everyone {
    std::vector<History> histories;
    std::vector<Standing> standings;
};

/// What a rescore of all is made from, but for the snapshots: one scan of each table.
Everyone everyone(Db& db);

/// Adds to the standings what their snapshots say: `heat_before` and `snapshot_today`, and changes
/// nothing else, so that others may read the rest meanwhile. `day_start` is the business day's
/// first instant, `day_end` the next one's.
void add_snapshots(Db& db, Everyone& all, Instant day_start, Instant day_end);

/// Everyone's history alone, ordered by leads.id.
std::vector<History> histories(Db& db);

}  // namespace dreams::store
