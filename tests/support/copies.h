#pragma once

// Copies of a small file, and what people and programs do in them.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "store/merge.h"
#include "store/origin.h"
#include "store/property_identity.h"
#include "store/table_shape.h"
#include "support/database.h"

namespace dreams::test {

using Cells = std::set<std::string>;  ///< `leads|lead-ana-bell|notes`

/// A file with three people and two homes, stamped, as `name` in `folder`.
inline void original(const Folder& folder, const std::string& name) {
    Db db = database(folder, name);
    for (const char* who : {"Ana Bell", "Ben Cole", "Cleo Dunn"}) add_lead(db, who);
    db.script(R"sql(
        INSERT INTO properties (id, address, city, mls_number, mls_source, price, created_at, updated_at)
        VALUES ('home_1', '1 Elm St', 'Sylva', '11', 'Canopy', 100, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
               ('home_2', '2 Elm St', 'Sylva', '12', 'Canopy', 200, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
        INSERT INTO dreams_homes (property_id, identity, observed_at)
        VALUES ('home_1', '', '2026-01-01T00:00:00Z'), ('home_2', '', '2026-01-01T00:00:00Z'))sql");
    store::repair_keys(db);
    store::stamp(db, "prd", monday);
}

/// What `cp` and the next opening make of it.
inline void copy(const Folder& folder, const std::string& from, const std::string& to,
                 Instant now = monday) {
    std::filesystem::copy_file(folder.file(from), folder.file(to),
                               std::filesystem::copy_options::overwrite_existing);
    Db db = store::open_file(folder.file(to));
    store::stamp(db, "prd", now);
}

inline store::MergeReport merge(const Folder& folder, const std::string& into,
                                const std::string& from, Instant now) {
    Db ours = store::open_file(folder.file(into));
    Db theirs = Db::open(folder.file(from), Db::Mode::read_only);
    auto transaction = ours.begin();
    auto report = store::merge(ours, theirs, Zone("America/New_York"), now);
    transaction.commit();
    return report;
}

/// What a merge changed, table by table; empty: nothing.
inline std::string changes(const store::MergeReport& report) {
    std::string all;
    for (const auto& table : report.tables)
        if (table.added + table.updated + table.removed + table.conflicts > 0)
            all += table.table + " +" + std::to_string(table.added) + " ~" +
                   std::to_string(table.updated) + " -" + std::to_string(table.removed) + " !" +
                   std::to_string(table.conflicts) + "\n";
    return all;
}

inline Cells cells_in_conflict(Db& db) {
    Cells cells;
    for (const auto& each : db.list<store::MergeConflict>("SELECT * FROM dreams_merge_conflicts"))
        cells.insert(each.table + "|" + each.row + "|" + each.column);
    return cells;
}

/// The twelve tables as text, but for numbers that a file gives itself and the cells in `masked`.
inline std::string twelve(Db& db, const Cells& masked) {
    std::string all;
    for (const auto* table : store::dictionary_tables()) {
        const std::string name(table->name);
        const bool numbered = table->columns.front().type == "INTEGER";
        std::vector<std::string> rows;
        Statement row = db.prepare("SELECT * FROM " + name);
        while (row.step()) {
            std::string line;
            for (int i = 0; i < row.columns(); ++i) {
                const std::string column(row.column_name(i));
                if (column == "sync_id" || (numbered && column == "id")) continue;
                const bool hidden =
                    masked.contains(name + "|" + std::string(row.text(0)) + "|" + column);
                line += column + "=" +
                        (hidden           ? "?"
                         : row.is_null(i) ? "NULL"
                                          : std::string(row.text(i))) +
                        " ";
            }
            rows.push_back(line);
        }
        std::ranges::sort(rows);
        all += "== " + name + "\n";
        for (const auto& line : rows) all += line + "\n";
    }
    return all;
}

}  // namespace dreams::test
