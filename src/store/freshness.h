#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"

namespace dreams::store {

/// How old what we know from one source is.
struct Freshness {
    std::string source;                    ///< `fub`, `idx`, `listings`, `notion`
    std::optional<Instant> last_success;   ///< when a run last ended without an error; none: never
    std::optional<Instant> newest_record;  ///< when the newest thing it told of happened; none yet

    static constexpr auto columns() {
        return Columns{
            Column{"source", &Freshness::source},
            Column{"last_success", &Freshness::last_success},
            Column{"newest_record", &Freshness::newest_record},
        };
    }
};

/// Whether it is time to worry: the daily run is overdue by two hours, or there never was one.
bool is_stale(const Freshness& source, Instant now);

/// Of Follow Up Boss always, of every other source that has ever run or left a record.
std::vector<Freshness> freshness(Db& db);

/// Whether a run of `source` has ever ended without an error.
bool any_success(Db& db, std::string_view source);

/// How much there is of what grows.
struct Sizes {
    std::int64_t leads = 0, events = 0, communications = 0;

    static constexpr auto columns() {
        return Columns{Column{"leads", &Sizes::leads}, Column{"events", &Sizes::events},
                       Column{"communications", &Sizes::communications}};
    }
};
Sizes sizes(Db& db);

}  // namespace dreams::store
