#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/record.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams {

/// How a run ended: all of it; some records or streams refused; stopped by an error.
enum class Outcome : std::uint8_t { done, partial, failed };

template <>
struct Words<Outcome> {
    static constexpr std::array<std::pair<Outcome, std::string_view>, 3> list{
        {{Outcome::done, "done"}, {Outcome::partial, "partial"}, {Outcome::failed, "failed"}}};
};

/// What became of records: processed = created + updated + unchanged + failed, always.
struct Counts {
    std::int64_t processed = 0;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;
    std::int64_t failed = 0;

    Counts& operator+=(const Counts& other) {
        processed += other.processed;
        created += other.created;
        updated += other.updated;
        unchanged += other.unchanged;
        failed += other.failed;
        return *this;
    }
    friend bool operator==(const Counts&, const Counts&) = default;
};

/// A record that was not taken, and the sentence why.
struct Refused {
    std::string what;  ///< `event 7001`: kind and the source's id, never a name
    std::string why;
};

/// One stream of a run: `people`, `events`, `calls`, `texts`, `emails` …
struct StreamCounts {
    std::string stream;
    std::int64_t requests = 0;
    Counts counts;
};

/// One run of one source, as it is told to people; its row in sync_log holds the same.
struct SyncReport {
    std::string source;  ///< `fub`
    Outcome outcome = Outcome::done;
    std::int64_t sync_id = 0;  ///< sync_log.id; 0: it never began
    std::int64_t requests = 0;
    Counts counts;
    double seconds = 0;
    /// How far our clock was ahead of the source's; none: they were not compared.
    std::optional<std::chrono::seconds> clock_ahead;
    std::deque<StreamCounts> streams;  ///< a deque: the stream under way is held by reference
    std::vector<Refused> refused;      ///< the first hundred
    std::vector<std::string>
        notices;  ///< what an agent should know: an unknown stage, stale people
    /// Why it failed, or which streams did: a sentence each. Empty: nothing went wrong but what
    /// stands in `refused`.
    std::string error;
};

/// A row of `sync_log`.
struct SyncLogEntry {
    std::int64_t id = 0;
    std::string sync_type;
    std::string source;
    std::string direction;
    std::int64_t processed = 0;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::int64_t failed = 0;
    std::optional<Instant> started_at;
    std::optional<Instant> completed_at;
    std::optional<std::string> error_message;
    std::optional<JsonText> details;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &SyncLogEntry::id},
            Column{"sync_type", &SyncLogEntry::sync_type},
            Column{"source", &SyncLogEntry::source},
            Column{"direction", &SyncLogEntry::direction},
            Column{"records_processed", &SyncLogEntry::processed},
            Column{"records_created", &SyncLogEntry::created},
            Column{"records_updated", &SyncLogEntry::updated},
            Column{"records_failed", &SyncLogEntry::failed},
            Column{"started_at", &SyncLogEntry::started_at},
            Column{"completed_at", &SyncLogEntry::completed_at},
            Column{"error_message", &SyncLogEntry::error_message},
            Column{"details", &SyncLogEntry::details},
        };
    }
};

}  // namespace dreams
