#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "cli/context.h"
#include "jobs/rescore.h"
#include "jobs/sync_options.h"
#include "model/sync_run.h"

namespace dreams::cli {

/// What came of the runs.
struct Ran {
    std::vector<SyncReport> runs;
    std::optional<jobs::RescoreReport> scored;
    std::vector<std::string> failures;  ///< sentences
    bool busy = false;                  ///< another run held a lease
};

/// Runs the source that was named; with no name all that are set up, and the first if none is: it
/// says what to do. Then whom events looked at and, where people came, everyone's scores.
Ran run_sources(const Context& context, Db& db, const std::string& name,
                const jobs::SyncOptions& options, jobs::Progress& progress);

}  // namespace dreams::cli
