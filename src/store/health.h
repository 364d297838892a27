#pragma once

#include <cstdint>
#include <optional>
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
        return std::tuple{Column{"child", &Orphans::table}, Column{"parent", &Orphans::parent},
                          Column{"orphans", &Orphans::rows}};
    }
};

/// What the file itself says of its state.
struct Health {
    std::string integrity;              ///< `ok`, or what SQLite found first
    std::vector<Orphans> orphans;       ///< by the declared references
    std::optional<Instant> newest_run;  ///< when a run of a sync began last
};

/// Reads the whole file once: seconds for a gigabyte.
Health examine(Db& db);

}  // namespace dreams::store
