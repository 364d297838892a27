#include "store/migrate_ledger.h"

#include <algorithm>

#include "base/json_record.h"
#include "model/contact_communication.h"
#include "model/contact_event.h"
#include "model/lead_activity.h"
#include "store/migrate_ddl.h"
#include "store/schema.h"
#include "store/waiting.h"

namespace dreams::store {
namespace {

constexpr std::string_view whole_row = "*";

std::string key_column(std::string_view table) {
    for (const auto* spec : dictionary_tables())
        if (spec->name == table) return std::string(spec->columns.front().name);
    throw Error(Fault::internal, "no table of the dictionary: " + std::string(table));
}

/// The row as the record that the sync keeps, read as leniently as the program reads everywhere.
template <Record R>
R record_in(Db& db, std::string_view table, std::int64_t rowid, Instant now) {
    // The first of two columns of a name is read: a row without a stamp was imported by this run.
    return db.value<R>("SELECT coalesce(imported_at, :now) AS imported_at, * FROM " +
                           std::string(table) + " WHERE _rowid_ = :row",
                       {{"now", now}, {"row", rowid}});
}

struct WaitingRecord {
    std::string kind, id, json;
};

WaitingRecord waiting_record(Db& db, std::string_view table, std::int64_t rowid, Instant now) {
    if (table == "contact_events") {
        const auto record = record_in<ContactEvent>(db, table, rowid, now);
        return {"event", record.id.text, json::to_json(record)};
    }
    if (table == "lead_activities") {
        const auto record = record_in<LeadActivity>(db, table, rowid, now);
        return {"activity", record.id.text, json::to_json(record)};
    }
    const auto record = record_in<ContactCommunication>(db, table, rowid, now);
    return {"communication", record.id.text, json::to_json(record)};
}

}  // namespace

MigratedTable& Ledger::account(std::string_view table) {
    for (auto& each : report_.tables)
        if (each.table == table) return each;
    return report_.tables.emplace_back(MigratedTable{.table = std::string(table)});
}

void Ledger::open_table(std::string_view table, std::int64_t rows) {
    account(table).before = rows;
}

namespace {
void count_in(std::vector<MigratedColumn>& list, std::string_view table, std::string_view column,
              std::string_view what, std::int64_t rows) {
    const auto same = std::ranges::find_if(list, [&](const MigratedColumn& each) {
        return each.table == table && each.column == column && each.what == what;
    });
    if (same != list.end())
        same->rows += rows;
    else if (rows > 0)
        list.push_back({std::string(table), std::string(column), std::string(what), rows});
}
}  // namespace

void Ledger::count_change(std::string_view table, std::string_view column, std::string_view what,
                          std::int64_t rows) {
    count_in(report_.changed, table, column, what, rows);
}

void Ledger::list_value(std::string_view table, std::int64_t rowid, std::string_view column,
                        const std::optional<std::string>& value, std::string_view why) {
    write(table, row_id(table, rowid), column, value, why);
}

void Ledger::set_aside(std::string_view table, std::int64_t rowid, std::string_view why) {
    write(table, row_id(table, rowid), whole_row, row_json(table, rowid), why);
    remove(table, rowid);
    ++account(table).unresolved;
}

void Ledger::let_wait(std::string_view table, std::int64_t rowid, const std::string& fub_id) {
    WaitingRecord record;
    try {
        record = waiting_record(db_, table, rowid, now_);
    } catch (const Error& error) {
        if (error.fault() != Fault::invalid) throw;
        return set_aside(table, rowid, std::string("its person is unknown, and ") + error.what());
    }
    if (db_.one<int>("SELECT 1 FROM dreams_waiting WHERE id = :id", {{"id", record.id}}))
        return set_aside(table, rowid, "its person is unknown, and another row of its id waits");
    const auto whole = json::parse(row_json(table, rowid));
    const auto carried = json::parse(record.json);
    for (const auto& [column, value] : whole.as_object())
        if (!value.is_null() && !json::member(carried, column))
            list_value(
                table, rowid, column,
                value.is_string() ? std::string(value.get_string()) : json::serialized(value),
                "the row waits for its person; this does not fit into what waits");
    wait(db_, {record.id, fub_id, record.kind, record.json, now_});
    remove(table, rowid);
    ++account(table).waiting;
}

void Ledger::list_object(const std::string& kind, const std::string& name, const std::string& sql,
                         std::string_view why) {
    write("sqlite_master", name, kind, sql, why);
}

void Ledger::close_tables() {
    for (const auto* spec : dictionary_tables()) {
        auto& table = account(spec->name);
        table.after = db_.value<std::int64_t>("SELECT count(*) FROM " + std::string(spec->name));
        if (table.before != table.after + table.waiting + table.unresolved)
            throw Error(Fault::internal,
                        "rows of " + table.table + " would be lost; nothing was changed");
    }
}

std::string Ledger::row_id(std::string_view table, std::int64_t rowid) {
    const auto key = db_.value<std::optional<std::string>>(
        "SELECT CAST(" + key_column(table) + " AS TEXT) FROM " + std::string(table) +
            " WHERE _rowid_ = :row",
        {{"row", rowid}});
    return key ? *key : "row " + std::to_string(rowid);
}

std::string Ledger::row_json(std::string_view table, std::int64_t rowid) {
    std::string members;
    for (const auto& column :
         db_.list<std::string>("SELECT name FROM pragma_table_xinfo(:table)", {{"table", table}})) {
        const std::string name = quoted_name(column);
        std::string literal = "'";
        for (const char c : column) literal.append(c == '\'' ? 2 : 1, c);
        // JSON knows no bytes: they are written as digits.
        members += (members.empty() ? "" : ", ") + literal + "', CASE typeof(" + name +
                   ") WHEN 'blob' THEN 'hex ' || hex(" + name + ") ELSE " + name + " END";
    }
    return db_.value<std::string>(
        "SELECT json_object(" + members + ") FROM " + std::string(table) + " WHERE _rowid_ = :row",
        {{"row", rowid}});
}

void Ledger::write(std::string_view table, std::string row, std::string_view column,
                   const std::optional<std::string>& value, std::string_view why) {
    const std::string id = row;
    for (int twin = 2;; ++twin) {  // two rows of one key, in a table that had no key
        const auto added = db_.run(R"sql(
            INSERT INTO dreams_unresolved (table_name, row_id, column_name, value, why, found_at)
            VALUES (:table, :row, :column, :value, :why, :now)
                ON CONFLICT DO NOTHING)sql",
                                   {{"table", table},
                                    {"row", row},
                                    {"column", column},
                                    {"value", value},
                                    {"why", why},
                                    {"now", now_}});
        if (added > 0) break;
        row = id + " (" + std::to_string(twin) + ")";
    }
    count_in(report_.unresolved, table, column, why, 1);
}

void Ledger::remove(std::string_view table, std::int64_t rowid) {
    db_.run("DELETE FROM " + std::string(table) + " WHERE _rowid_ = :row", {{"row", rowid}});
}

}  // namespace dreams::store
