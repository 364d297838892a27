#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"

namespace dreams::store {

/// So many rows of a table refer to a row that is not there.
struct Orphans {
    std::string table, parent;
    std::int64_t rows = 0;

    static constexpr auto columns() {
        return Columns{Column{"child", &Orphans::table}, Column{"parent", &Orphans::parent},
                       Column{"orphans", &Orphans::rows}};
    }
};

/// The last instant that the file holds of one kind.
struct LastInstant {
    std::string what;  ///< in words: `a run of a sync`
    Instant at;
    bool ours = true;  ///< a clock of ours said it; false: a service did

    static constexpr auto columns() {
        return Columns{Column{"what", &LastInstant::what}, Column{"at", &LastInstant::at},
                       Column{"ours", &LastInstant::ours}};
    }
};

/// What the file itself says of its state.
struct Health {
    std::string integrity;          ///< `ok`, or what SQLite found first
    std::vector<Orphans> orphans;   ///< by the declared references
    std::vector<LastInstant> last;  ///< what happened last, as clocks had it then
};

/// Reads the whole file once: seconds for a gigabyte.
Health examine(Db& db);

}  // namespace dreams::store
