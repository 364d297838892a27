#pragma once

// What `dreams migrate` writes down while it works: nothing is dropped, everything is counted.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/db.h"
#include "store/migrate.h"

namespace dreams::store {

class Ledger {
public:
    Ledger(Db& db, Instant now, MigrateReport& report) : db_(db), now_(now), report_(report) {}

    /// Begins the account of a table with the rows it has.
    void open_table(std::string_view table, std::int64_t rows);

    void count_change(std::string_view table, std::string_view column, std::string_view what,
                      std::int64_t rows = 1);

    /// Lists a value in dreams_unresolved: it stays, or had to give way and is kept there alone.
    void list_value(std::string_view table, std::int64_t rowid, std::string_view column,
                    const std::optional<std::string>& value, std::string_view why);

    /// Takes the row out of its table and keeps it whole, as JSON, in dreams_unresolved.
    void set_aside(std::string_view table, std::int64_t rowid, std::string_view why);

    /// Takes the row of contact_events, contact_communications or lead_activities out of its table
    /// and lets it wait for its person in dreams_waiting; what a waiting record cannot carry (the
    /// owner's own columns) is listed. A record that could not be adopted later is set aside.
    void let_wait(std::string_view table, std::int64_t rowid, const std::string& fub_id);

    /// Something of the owner's that could not be made again: kept as SQL in dreams_unresolved.
    void list_object(const std::string& kind, const std::string& name, const std::string& sql,
                     std::string_view why);

    /// Counts the rows that are left in each table. Throws Error{internal}: rows would be lost.
    void close_tables();

private:
    std::string row_id(std::string_view table, std::int64_t rowid);
    std::string row_json(std::string_view table, std::int64_t rowid);
    void write(std::string_view table, std::string row, std::string_view column,
               const std::optional<std::string>& value, std::string_view why);
    void remove(std::string_view table, std::int64_t rowid);
    MigratedTable& account(std::string_view table);

    Db& db_;
    Instant now_;
    MigrateReport& report_;
};

}  // namespace dreams::store
