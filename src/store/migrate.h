#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "base/time.h"

namespace dreams::store {

/// What became of a table's rows: before = after + waiting + unresolved, always.
struct MigratedTable {
    std::string table;
    std::int64_t before = 0;
    std::int64_t after = 0;
    std::int64_t waiting = 0;     ///< in dreams_waiting until their person arrives
    std::int64_t unresolved = 0;  ///< whole, as JSON, in dreams_unresolved

    static constexpr auto columns() {
        return Columns{
            Column{"table", &MigratedTable::table},
            Column{"before", &MigratedTable::before},
            Column{"after", &MigratedTable::after},
            Column{"waiting", &MigratedTable::waiting},
            Column{"unresolved", &MigratedTable::unresolved},
        };
    }
};

/// What was done to the values of one column, or was found in them.
struct MigratedColumn {
    std::string table;
    std::string column;
    std::string what;       ///< `made an instant in UTC`, `no instant`
    std::int64_t rows = 0;  ///< in how many rows

    static constexpr auto columns() {
        return Columns{
            Column{"table", &MigratedColumn::table},
            Column{"column", &MigratedColumn::column},
            Column{"what", &MigratedColumn::what},
            Column{"rows", &MigratedColumn::rows},
        };
    }
};

/// What `dreams migrate` did.
struct MigrateReport {
    bool up_to_date = false;              ///< nothing had to be done, nothing was
    std::string snapshot;                 ///< the copy of the file as it was; empty: up to date
    std::vector<MigratedTable> tables;    ///< the twelve
    std::vector<MigratedColumn> changed;  ///< values put right
    /// Values that could not be understood, or had to give way: listed in dreams_unresolved.
    std::vector<MigratedColumn> unresolved;
    std::vector<std::string> kept;  ///< the owner's own: `column leads.nickname`, `view hot` …
    std::vector<std::string> notices;

    std::vector<std::string> lines() const;  ///< for people, a sentence each
};

/// Brings a file that the predecessor wrote up to schema_version. A verified copy of the file as it
/// was is put beside it first (`dreams.db.before-migrate-20260119-160000.db`). Then, in one
/// transaction: tables as the data dictionary has them, the owner's own columns, tables, views,
/// triggers and indexes kept word for word; instants in UTC (`legacy_zone` is where the older
/// program's clock stood), dates, whole numbers and JSON made what the dictionary says; every row
/// joined to its person. Nothing is dropped: what could not be understood stays as it is and is
/// listed in dreams_unresolved; a row whose person is unknown waits in dreams_waiting or is kept
/// whole in dreams_unresolved. A file that is up to date is not touched.
///
/// Throws Error: not_found (no file), invalid (no database, a damaged one, a database of something
/// else, one that a newer program wrote), conflict (the owner's own rules do not bear it),
/// unavailable (read-only, disk full, busy). Then the file is as it was; so it is after a kill.
MigrateReport migrate(const std::string& path, const Zone& legacy_zone, Instant now);

}  // namespace dreams::store
