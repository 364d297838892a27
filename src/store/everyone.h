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
    bool stale = false;  ///< communications could not be fetched
    bool phone_works = true;
    std::optional<double> heat_before;           ///< of the last snapshot of an earlier day
    std::optional<std::int64_t> snapshot_today;  ///< id of the day's snapshot, if there is one
};

/// Everyone, ordered by leads.id; the n-th history and the n-th standing are the same person's.
struct Everyone {
    std::vector<History> histories;
    std::vector<Standing> standings;
};

/// What a rescore of all is made from: one scan of each table. `day_start` is the business day's
/// first instant, `day_end` the next one's.
Everyone everyone(Db& db, Instant day_start, Instant day_end);

/// Everyone's history alone, ordered by leads.id.
std::vector<History> histories(Db& db);

}  // namespace dreams::store
