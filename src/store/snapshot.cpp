#include "store/snapshot.h"

#include <filesystem>

#include "base/db_copy.h"
#include "base/unfinished_file.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;

/// Virtual tables are views of tables that are counted.
RowCounts count_rows(Db& db) {
    RowCounts counts;
    for (auto& table : db.list<std::string>(R"sql(
             SELECT name FROM pragma_table_list
              WHERE schema = 'main' AND type IN ('table', 'shadow') AND name <> 'sqlite_schema'
              ORDER BY name)sql")) {
        std::string sql = "SELECT count(*) FROM \"";
        for (const char c : table) sql.append(c == '"' ? 2 : 1, c);
        const auto rows = db.value<std::int64_t>(sql + "\"");
        counts.emplace_back(std::move(table), rows);
    }
    return counts;
}

/// What `what` gives in one transaction that only reads.
template <class What>
auto at_one_moment(Db& db, What what) {
    db.script("BEGIN");
    try {
        auto result = what();
        db.script("COMMIT");
        return result;
    } catch (...) {
        if (db.in_transaction()) db.script("ROLLBACK");
        throw;
    }
}

}  // namespace

Db open_private(const std::string& copy) {
    Db db = Db::open(copy, Db::Mode::read_only);
    db.query("PRAGMA mmap_size = 1073741824").step();
    return db;
}

RowCounts copy_unchecked(Db& db, const std::string& copy) {
    // Who works on the file does not work on the copy, nor has marked it (store/whole_file).
    const bool leases = has_table(db, "dreams_leases");
    auto rows = at_one_moment(db, [&] {
        auto counted = count_rows(db);
        copy_to_file(db, copy,
                     std::string("PRAGMA application_id = 0;") +
                         (leases ? "DELETE FROM dreams_leases" : ""));
        return counted;
    });
    for (auto& [table, count] : rows)
        if (table == "dreams_leases") count = 0;
    return rows;
}

void check_copy(const std::string& copy, const RowCounts& rows, const std::string& db) {
    Db opened = open_private(copy);
    const auto verdict = opened.value<std::string>("PRAGMA integrity_check(1)");
    if (verdict != "ok")
        throw Error(Fault::invalid, db + " is damaged; restore a backup (" + verdict + ")");
    if (count_rows(opened) != rows)
        throw Error(Fault::unavailable,
                    "the copy of " + db + " holds other rows than the file; try again");
}

Snapshot take_snapshot(Db& db, const std::string& target) {
    const auto is_there = [&] {
        return Error(Fault::conflict, target + " is there already; it was not touched");
    };
    std::error_code unseen;  // a folder that may not be looked into: making the copy says so
    if (fs::exists(target, unseen)) throw is_there();
    remove_leftovers(db.path() + ".");
    UnfinishedFile copy(target);
    auto rows = copy_unchecked(db, copy.name());
    check_copy(copy.name(), rows, db.path());
    if (!copy.finish_new()) throw is_there();  // it came meanwhile
    return {target, static_cast<std::int64_t>(fs::file_size(target)), std::move(rows)};
}

std::string name_before(const std::string& path, const std::string& what, Instant now) {
    std::string stamp;
    for (const char c : to_text(now))
        if (c >= '0' && c <= '9') stamp += c;
    stamp.insert(8, "-");
    const std::string stem = path + ".before-" + what + "-" + stamp;
    std::string name = stem + ".db";
    for (int twin = 2; fs::exists(name); ++twin) name = stem + "-" + std::to_string(twin) + ".db";
    return name;
}

}  // namespace dreams::store
