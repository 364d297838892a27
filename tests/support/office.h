#pragma once

// A simulated office for tests of the sync: a town, its Follow Up Boss account, and a clock whose
// waits cost no time.

#include <string>
#include <vector>

#include "jobs/progress.h"
#include "jobs/sync.h"
#include "sim/fub/account.h"
#include "sim/town/town.h"
#include "sources/fub.h"
#include "support/database.h"

namespace dreams::test {

/// Intervals pass when they are slept, the wall stands still: two runs with different waits write
/// the same stamps.
class StillClock : public ManualClock {
public:
    explicit StillClock(Instant wall) : ManualClock(wall), wall_(wall) {}
    Instant now() const override { return wall_; }
    void set(Instant wall) { wall_ = wall; }

private:
    Instant wall_;
};

/// Sixty people: a second's work.
inline sim::TownSize small_town() {
    return sim::TownSize::of(60);
}

struct Office {
    explicit Office(sim::TownSize size = small_town(), std::uint64_t seed = 1,
                    sim::FubOptions options = {})
        : clock(monday), town(size, seed, monday), account(town, clock, std::move(options)) {}

    sources::FubSettings settings() const {
        return {.url = "http://fub.example/v1",
                .api_key = "fka_owner",
                .system = "DREAMS",
                .system_key = "system-key"};
    }
    sources::Fub fub() { return sources::Fub(settings(), account.network(), clock); }
    sources::Fub fub(const sources::FubSettings& others) {
        return sources::Fub(others, account.network(), clock);
    }
    /// One run into `db`, as `dreams sync fub` makes it.
    SyncReport sync(Db& db, jobs::SyncOptions options = {}) {
        jobs::Progress silent;
        return jobs::sync_fub(db, fub(), clock, options, silent);
    }
    /// Time passes for the office and for us alike; nobody does anything.
    void wait(std::chrono::seconds how_long) {
        clock.set(clock.now() + how_long);
        town.wait_until(clock.now());
    }

    StillClock clock;
    sim::Town town;
    sim::FubAccount account;
};

/// The tables that hold what FUB said: equal dumps, equal files, whatever runs came before.
inline std::string synced_rows(Db& db) {
    std::string rows;
    const std::string whole = dump(db);
    // sync_log tells of runs and leases of processes; the counters of autoincrement follow them.
    for (std::size_t at = 0; at < whole.size();) {
        const auto next = whole.find("\n== ", at);
        const auto end = next == std::string::npos ? whole.size() : next + 1;
        const auto table = whole.substr(at, end - at);
        if (!table.starts_with("== sync_log") && !table.starts_with("== sqlite_sequence") &&
            !table.starts_with("== dreams_leases") && !table.starts_with("== dreams_cursors"))
            rows += table;
        at = end;
    }
    return rows;
}

/// The first line in which two dumps differ; empty: none does. What a failed test prints, where
/// the whole dumps would fill the screen.
inline std::string difference(const std::string& a, const std::string& b) {
    const auto [x, y] = std::ranges::mismatch(a, b);
    if (x == a.end() && y == b.end()) return "";
    const auto line = [](const std::string& text, std::size_t at) {
        const auto from = text.rfind('\n', at == 0 ? 0 : at - 1);
        const auto start = from == std::string::npos ? 0 : from + 1;
        return text.substr(start, text.find('\n', start) - start);
    };
    const auto at = static_cast<std::size_t>(x - a.begin());
    return "'" + line(a, at) + "' against '" + line(b, at) + "'";
}

}  // namespace dreams::test
