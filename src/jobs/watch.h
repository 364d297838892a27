#pragma once

#include <cstdint>

#include "base/db.h"
#include "base/time.h"
#include "jobs/progress.h"
#include "model/sync_run.h"
#include "sources/idx.h"

namespace dreams::jobs {

/// A home is not looked at again before: three looks a day come out as three.
constexpr std::chrono::hours looks_apart{5};

/// Looks at the homes on the market that somebody cares for (store::homes_to_watch), at most
/// `homes` of them, on the team's listing site, and keeps what it says of price and status as any
/// other sighting: what became different is in property_changes and the homes' histories. A page
/// that shows another home under our number changes nothing. That the site has a home no longer is
/// noted, and is no sale: nobody but the MLS can tell.
///
/// Shares cache, visits and manners with sync_idx, and its lease: a number that was answered within
/// half a day is not asked for again. A site that turns us away ends the run. Each home is a
/// commit. Throws Error{conflict} when a run of sync_idx or watch is under way; every other failure
/// is in the report, whose source is `watch`.
SyncReport watch(Db& db, sources::Idx& idx, const sources::Fetcher& fetcher, Clock& clock,
                 std::int64_t homes, Progress& progress);

}  // namespace dreams::jobs
