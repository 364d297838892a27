#include "store/migrate_tables.h"

#include <algorithm>

#include "base/text.h"
#include "store/migrate_ddl.h"
#include "store/migrate_values.h"
#include "store/schema.h"

namespace dreams::store {
namespace {

std::vector<std::string> stored_columns(Db& db, std::string_view table) {
    return db.list<std::string>(
        "SELECT name FROM pragma_table_xinfo(:table) WHERE hidden = 0 ORDER BY cid",
        {{"table", table}});
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::any_of(
        names, [&](const std::string& each) { return text::same_word(each, name); });
}

std::optional<std::string> create_text(Db& db, std::string_view table) {
    return db.one<std::string>(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name COLLATE NOCASE",
        {{"name", table}});
}

bool is_integer_key(const TableSpec& table) {
    return table.columns.front().type == "INTEGER";
}

/// Moves rows from the old table into the new one, which may refuse some.
class Copy {
public:
    Copy(Db& db, const TableSpec& table, const Widened& widened)
        : db_(db), from_(table.name), into_("dreams_new_" + from_) {
        // The engine's row numbers stay: an owner's own tables may lean on them.
        if (!is_integer_key(table)) add("_rowid_", "_rowid_");
        const auto there = stored_columns(db, from_);
        for (const auto& column : table.columns) {
            if (contains(there, column.name))
                add(std::string(column.name), std::string(column.name));
            else if (meaning_of(column) == Meaning::instant)
                add(std::string(column.name), "NULL");  // not the moment of this migration
        }
        for (const auto& column : widened.extra_columns())
            if (contains(there, column)) add(quoted_name(column), quoted_name(column));
    }

    /// All rows at once. False: the new table refuses some, and none was moved.
    bool all() {
        const auto rows = db_.value<std::int64_t>("SELECT count(*) FROM " + from_);
        if (db_.run(insert("") + " ORDER BY _rowid_") == rows) return true;
        db_.script("DELETE FROM " + into_);
        return false;
    }
    /// One row; `without`: a column to be left NULL. False: the new table refuses it.
    bool one(std::int64_t row, std::string_view without = "") {
        return db_.run(insert(without) + " WHERE _rowid_ = :row", {{"row", row}}) == 1;
    }

private:
    void add(const std::string& column, const std::string& value) {
        columns_ += (columns_.empty() ? "" : ", ") + column;
        values_.push_back(value);
    }
    std::string insert(std::string_view without) const {
        std::string values;
        for (const auto& value : values_)
            values += (values.empty() ? "" : ", ") + (value == without ? "NULL" : value);
        return "INSERT OR IGNORE INTO " + into_ + " (" + columns_ + ") SELECT " + values +
               " FROM " + from_;
    }
    Db& db_;
    std::string from_, into_, columns_;
    std::vector<std::string> values_;
};

/// A person must not be lost to a rule about where they came from: of two with one external id,
/// the second keeps its row and gives up the id, which is listed.
bool readmit_lead(Db& db, Copy& copy, std::int64_t row, Ledger& ledger) {
    if (!contains(stored_columns(db, "leads"), "external_id")) return false;
    const auto external = db.value<std::optional<std::string>>(
        "SELECT external_id FROM leads WHERE _rowid_ = :row", {{"row", row}});
    if (!external || !copy.one(row, "external_id")) return false;
    ledger.list_value("leads", row, "external_id", external,
                      "another person of the same source has it");
    return true;
}

/// What breaks a rule of the new table is found row by row, and set aside.
void copy_one_by_one(Db& db, const std::string& table, Copy& copy, Ledger& ledger) {
    for (const auto row :
         db.list<std::int64_t>("SELECT _rowid_ FROM " + table + " ORDER BY _rowid_")) {
        if (copy.one(row) || (table == "leads" && readmit_lead(db, copy, row, ledger))) continue;
        ledger.set_aside(table, row, "breaks a rule of the table: a key twice, or a value missing");
    }
}

void rebuild(Db& db, const TableSpec& table, const std::string& old_sql, Ledger& ledger) {
    const std::string name(table.name), passing = "dreams_new_" + name;
    const Widened widened(table, old_sql);
    db.script(widened.create_sql(passing));
    Copy copy(db, table, widened);
    if (!copy.all()) copy_one_by_one(db, name, copy, ledger);
    db.script("DROP TABLE " + name);
    db.script("ALTER TABLE " + passing + " RENAME TO " + name);
}

/// Ids that were given out once are not given out again, though their rows may be gone.
void keep_sequence(Db& db, const std::string& table, std::optional<std::int64_t> sequence) {
    if (!sequence) return;
    if (db.run("UPDATE sqlite_sequence SET seq = max(seq, :seq) WHERE name = :table",
               {{"seq", *sequence}, {"table", table}}) == 0)
        db.run("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :seq)",
               {{"seq", *sequence}, {"table", table}});
}

std::optional<std::int64_t> sequence_of(Db& db, const std::string& table) {
    if (!create_text(db, "sqlite_sequence")) return std::nullopt;
    return db.one<std::int64_t>("SELECT seq FROM sqlite_sequence WHERE name = :table",
                                {{"table", table}});
}

const TableSpec* table_of_ours(std::string_view name) {
    for (const auto* tables : {&dictionary_tables(), &side_tables()})
        for (const auto* table : *tables)
            if (text::same_word(table->name, name)) return table;
    return nullptr;
}

bool is_index_of_ours(const TableSpec& table, std::string_view name) {
    return std::ranges::any_of(
        table.indexes, [&](const IndexSpec& index) { return text::same_word(index.name, name); });
}

struct MasterRow {
    std::string kind, name, table, sql;
    static constexpr auto columns() {
        return Columns{Column{"type", &MasterRow::kind}, Column{"name", &MasterRow::name},
                       Column{"tbl_name", &MasterRow::table}, Column{"sql", &MasterRow::sql}};
    }
};

}  // namespace

std::vector<OwnersObject> owners_objects(Db& db) {
    std::vector<OwnersObject> objects;
    for (auto& row : db.list<MasterRow>(R"sql(
             SELECT type, name, tbl_name, sql FROM sqlite_master
              WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type, name)sql")) {
        const auto* table = table_of_ours(row.table);
        if (table && !is_index_of_ours(*table, row.name))
            objects.push_back({row.kind, row.name, row.sql});
    }
    return objects;
}

void tell_what_is_owners(Db& db, MigrateReport& report) {
    for (const auto* table : dictionary_tables()) {
        const auto sql = create_text(db, table->name);
        if (!sql) continue;
        const Widened widened(*table, *sql);
        for (const auto& column : widened.extra_columns())
            report.kept.push_back("column " + std::string(table->name) + "." + column);
    }
    for (const auto& row : db.list<MasterRow>(R"sql(
             SELECT type, name, tbl_name, sql FROM sqlite_master
              WHERE name NOT LIKE 'sqlite#_%' ESCAPE '#' ORDER BY type, name)sql")) {
        const auto* table = table_of_ours(row.kind == "table" ? row.name : row.table);
        if (table && (row.kind == "table" || is_index_of_ours(*table, row.name))) continue;
        report.kept.push_back(row.kind + " " + row.name);
    }
}

void rebuild_tables(Db& db, Ledger& ledger) {
    for (const auto* table : side_tables())
        if (!create_text(db, table->name)) db.script(create_table_sql(*table, table->name));
    for (const auto* table : dictionary_tables()) {
        const std::string name(table->name);
        const auto sql = create_text(db, name);
        if (!sql) {
            db.script(create_table_sql(*table, name));
            ledger.open_table(name, 0);
            continue;
        }
        ledger.open_table(name, db.value<std::int64_t>("SELECT count(*) FROM " + name));
        const auto sequence = sequence_of(db, name);
        rebuild(db, *table, *sql, ledger);
        keep_sequence(db, name, sequence);
    }
}

void restore_objects(Db& db, const std::vector<OwnersObject>& objects, Ledger& ledger) {
    for (const auto& object : objects) {
        try {
            db.script(object.sql);
        } catch (const Error& error) {
            if (error.fault() == Fault::unavailable) throw;
            ledger.list_object(object.kind, object.name, object.sql, error.what());
        }
    }
}

}  // namespace dreams::store
