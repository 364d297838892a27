#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/db.h"
#include "base/time.h"
#include "model/sync_run.h"

namespace dreams::store {

/// Opens a run's row, started now and not completed; gives its id.
std::int64_t open_run(Db& db, std::string_view type, std::string_view source, Instant now);
/// The counts so far, in the commit that holds the rows they count.
void count_run(Db& db, std::int64_t id, const Counts& counts);
/// Ends the run with its counts, its details (JSON) and, if it failed, the sentence why.
void close_run(Db& db, const SyncReport& report, const JsonText& details, Instant now);
/// Closes the rows of runs of `source` that were killed. Only who holds the lease may ask.
std::int64_t close_interrupted(Db& db, std::string_view source, Instant now);

/// How far our clock was ahead of a service's, and when that was seen.
struct ClockSeen {
    std::chrono::seconds ahead;
    Instant at;

    friend bool operator==(const ClockSeen&, const ClockSeen&) = default;
};
/// As the last run of `source` that compared them has it in its details; none: none of late did.
std::optional<ClockSeen> clock_ahead(Db& db, const std::string& source);

}  // namespace dreams::store
