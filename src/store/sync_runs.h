#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/db.h"
#include "model/sync_run.h"

namespace dreams::store {

struct SyncRuns {
    std::vector<SyncLogEntry> runs;    ///< newest first
    std::optional<std::int64_t> next;  ///< the `before` of the older ones; none: there are none
};

/// Runs of all sources, newest first, `size` at a time; those with an id below `before`, if given.
SyncRuns sync_runs(Db& db, std::optional<std::int64_t> before, int size = 50);

}  // namespace dreams::store
