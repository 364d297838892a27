#include <algorithm>
#include <map>

#include "store/contact_properties.h"
#include "store/doubtful_homes.h"
#include "store/doubtful_homes_sightings.h"
#include "store/hidden_homes.h"
#include "store/properties.h"
#include "store/schema.h"

namespace dreams::store {
namespace {

using Row = std::pair<std::string, std::string>;  // table and key

/// The journal names tables and columns; only those of the schema get into an SQL text.
bool is_known(const std::string& table, const std::string& column) {
    for (const auto* tables : {&dictionary_tables(), &side_tables()})
        for (const auto* spec : *tables)
            if (spec->name == table)
                return std::ranges::find(spec->columns, column, &ColumnSpec::name) !=
                       spec->columns.end();
    return false;
}

void require_known(const JournalEntry& entry) {
    if (!is_known(entry.table_name, entry.column_name))
        throw Error(Fault::invalid, "the journal of this join names " + entry.table_name + "." +
                                        entry.column_name + ", which the file does not have");
}

/// What the journal does not name was NULL: no default of the column's may stand in its place.
void insert_row(Db& db, const std::string& table, const std::vector<JournalEntry>& cells) {
    std::string names, values;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        names += (i ? ", " : "") + cells[i].column_name;
        values += (i ? ", :v" : ":v") + std::to_string(i);
    }
    for (const auto& column : db.list<std::string>(
             R"sql(SELECT name FROM pragma_table_info(:table)
                    WHERE dflt_value IS NOT NULL AND "notnull" = 0)sql",
             {{"table", table}})) {
        if (std::ranges::find(cells, column, &JournalEntry::column_name) != cells.end()) continue;
        names += ", " + column;
        values += ", NULL";
    }
    Statement insert =
        db.prepare("INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")");
    for (std::size_t i = 0; i < cells.size(); ++i)
        insert.bind(insert.parameter(("v" + std::to_string(i)).c_str()),
                    std::string_view(*cells[i].old_value));
    insert.step();
}

/// Rows that the join laid aside are there again, homes before what refers to them.
void bring_back_rows(Db& db, std::int64_t join) {
    std::map<Row, std::vector<JournalEntry>> rows;
    for (auto& entry : journal_backwards(db, {"join-gone", join})) {
        require_known(entry);
        rows[{entry.table_name, entry.row_id}].push_back(entry);
    }
    for (const bool homes : {true, false})
        for (const auto& [row, cells] : rows)
            if ((row.first == "properties") == homes) insert_row(db, row.first, cells);
}

void take_value_back(Db& db, const JournalEntry& entry) {
    require_known(entry);
    db.run("UPDATE " + entry.table_name + " SET " + entry.column_name +
               " = :old WHERE id = :row AND " + entry.column_name + " = :new",
           {{"old", entry.old_value}, {"row", entry.row_id}, {"new", entry.new_value}});
}

void put_values_back(Db& db, std::int64_t join, const PropertyId& kept, Instant now) {
    auto row = db.one<HomeRow>("SELECT * FROM properties WHERE id = :id", {{"id", kept}});
    const HomeRow before = *row;
    for (const auto& entry : journal_backwards(db, {"join", join})) {
        if (take_sighting_back(db, entry, kept)) continue;
        if (entry.table_name != "properties" || !put_back(*row, entry)) take_value_back(db, entry);
    }
    row->stamps.updated_at = now;
    static const Keep how{
        .table = "properties", .key = "id", .once = {"created_at"}, .touch = {"updated_at"}};
    Keeper<HomeRow>(db, how).keep(*row);
}

}  // namespace

void undo_join(Db& db, std::int64_t join, Instant now) {
    const auto found =
        db.one<HomeJoin>("SELECT * FROM dreams_home_joins WHERE id = :id", {{"id", join}});
    if (!found) throw Error(Fault::not_found, "there is no join number " + std::to_string(join));
    if (found->undone_at) throw Error(Fault::conflict, "that join was undone already");
    if (!property(db, found->kept))
        throw Error(Fault::conflict, "the home that the other went into is no longer there");
    bring_back_rows(db, join);
    put_values_back(db, join, found->kept, now);
    repair_keys(db);
    homes_to_look_at(db);
    for (const auto& home : {found->kept, found->gone}) settle_view(db, home, now);
    list_doubtful_homes(db, found->kept, found->gone,
                        found->why.value_or("they were joined, and the join was undone"), now);
    db.run("UPDATE dreams_home_joins SET undone_at = :now WHERE id = :id",
           {{"now", now}, {"id", join}});
}

}  // namespace dreams::store
