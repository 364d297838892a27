#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "jobs/progress.h"
#include "jobs/sync_options.h"
#include "model/id.h"
#include "model/idx_listing.h"
#include "model/sync_run.h"
#include "sources/idx.h"

namespace dreams::jobs {

struct IdxOptions {
    std::int64_t numbers = 200;  ///< to ask for in one run, at most
    std::int64_t homes = 100;    ///< to validate in one run, at most
    /// Not empty: only these homes, due or not, and their numbers.
    std::vector<PropertyId> only = {};
};

/// Asks the team's listing site for the MLS numbers that are due (store::numbers_due), keeps
/// address, price, status and photo in idx_property_cache, and validates properties: by their
/// number where the site shows a like address, else by their address. Each answer is a commit; no
/// transaction is held while the site is asked. A site that turns us away ends the run, changes
/// nothing, and is not asked again before the time that `fetcher` keeps.
///
/// `fetcher` is the one that `idx` asks through; what it learns of sites is kept in the file.
/// Throws Error{conflict} when another run holds the lease. Every other failure is in the report.
SyncReport sync_idx(Db& db, sources::Idx& idx, const sources::Fetcher& fetcher, Clock& clock,
                    const IdxOptions& options, Progress& progress);

/// When a number is to be asked for again: what is looked at and for sale, the next day (20 hours,
/// so that a run at the same hour meets it); what nobody looks at, after six days; what is sold,
/// after sixty. What was not found or is gone waits longer each time.
Instant next_visit(IdxVerdict verdict, const std::string& status, std::int64_t looks,
                   std::int64_t in_a_row, Instant now);

}  // namespace dreams::jobs
