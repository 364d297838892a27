#include "store/schema.h"

#include <algorithm>
#include <filesystem>
#include <unordered_set>

#include "base/db_guard.h"
#include "base/unfinished_file.h"
#include "store/copy_changes.h"
#include "store/home_edits.h"
#include "store/schema_tables.h"
#include "store/whole_file.h"

namespace dreams::store {

const std::vector<const TableSpec*>& dictionary_tables() {
    static const std::vector<const TableSpec*> tables{&leads_table,
                                                      &contact_events_table,
                                                      &contact_communications_table,
                                                      &contact_scoring_history_table,
                                                      &properties_table,
                                                      &contact_properties_table,
                                                      &property_changes_table,
                                                      &idx_property_cache_table,
                                                      &lead_activities_table,
                                                      &matches_table,
                                                      &packages_table,
                                                      &sync_log_table};
    return tables;
}

const std::vector<const TableSpec*>& side_tables() {
    static const std::vector<const TableSpec*> tables{&dreams_cursors_table,
                                                      &dreams_fub_people_table,
                                                      &dreams_waiting_table,
                                                      &dreams_automated_table,
                                                      &dreams_lead_scores_table,
                                                      &dreams_match_buyers_table,
                                                      &dreams_lead_search_table,
                                                      &dreams_stages_table,
                                                      &dreams_users_table,
                                                      &dreams_leases_table,
                                                      &dreams_unresolved_table,
                                                      &dreams_kept_answers_table,
                                                      &dreams_property_keys_table,
                                                      &dreams_homes_table,
                                                      &dreams_property_sources_table,
                                                      &dreams_doubtful_homes_table,
                                                      &dreams_home_joins_table,
                                                      &dreams_home_journal_table,
                                                      &dreams_imports_table,
                                                      &dreams_import_rows_table,
                                                      &dreams_import_mappings_table,
                                                      &dreams_looked_at_table,
                                                      &dreams_home_edits_table,
                                                      &dreams_mls_listings_table,
                                                      &dreams_hidden_homes_table,
                                                      &dreams_request_counts_table,
                                                      &dreams_fetch_hosts_table,
                                                      &dreams_idx_visits_table,
                                                      &dreams_notion_seen_table,
                                                      &dreams_notion_mapping_table,
                                                      &dreams_notion_conflicts_table,
                                                      &dreams_jobs_table,
                                                      &dreams_briefs_table,
                                                      &dreams_unsent_table,
                                                      &dreams_origin_table,
                                                      &dreams_merge_bases_table,
                                                      &dreams_merge_seen_table,
                                                      &dreams_merge_conflicts_table};
    return tables;
}

std::string create_table_sql(const TableSpec& table, std::string_view name) {
    std::string sql = "CREATE TABLE " + std::string(name) + " (";
    for (const auto& column : table.columns) {
        sql += sql.back() == '(' ? "\n    " : ",\n    ";
        sql += std::string(column.name) + " " + std::string(column.type);
        if (!column.rule.empty()) sql += " " + std::string(column.rule);
    }
    if (!table.constraint.empty()) sql += ",\n    " + std::string(table.constraint);
    return sql + "\n)";
}

std::string create_index_sql(const IndexSpec& index, std::string_view table) {
    return std::string("CREATE ") + (index.unique == Unique::yes ? "UNIQUE " : "") + "INDEX " +
           std::string(index.name) + " ON " + std::string(table) + "(" +
           std::string(index.columns) + ")";
}

namespace {

bool exists(Db& db, std::string_view kind, std::string_view name) {
    return db
        .one<int>("SELECT 1 FROM sqlite_master WHERE type = :kind AND name = :name",
                  {{"kind", kind}, {"name", name}})
        .has_value();
}

void create_indexes(Db& db, const TableSpec& table) {
    for (const auto& index : table.indexes)
        if (!exists(db, "index", index.name)) db.script(create_index_sql(index, table.name));
}

void create_missing(Db& db, const TableSpec& table) {
    if (!exists(db, "table", table.name)) db.script(create_table_sql(table, table.name));
    create_indexes(db, table);
}

std::vector<TriggerSpec> all_triggers() {
    auto triggers = home_triggers();
    triggers.insert(triggers.end(), copy_triggers().begin(), copy_triggers().end());
    return triggers;
}

void create_triggers(Db& db) {
    for (const auto& trigger : all_triggers())
        if (exists(db, "table", trigger.table) && !exists(db, "trigger", trigger.name))
            db.script(trigger.sql);
}

/// `table.column` of every table that is our own.
std::unordered_set<std::string> side_columns(Db& db) {
    const auto names = db.list<std::string>(R"sql(
        SELECT m.name || '.' || p.name FROM sqlite_master m, pragma_table_info(m.name) p
         WHERE m.type = 'table' AND m.name LIKE 'dreams@_%' ESCAPE '@')sql");
    return {names.begin(), names.end()};
}

std::string full_name(const TableSpec& table, const ColumnSpec& column) {
    return std::string(table.name) + "." + std::string(column.name);
}

/// Columns that a later program gave to a table of ours. Only those without a rule: rows that are
/// there have nothing that would fulfil one, so that a lack of such is damage and stays visible.
void add_columns(Db& db, const TableSpec& table) {
    const auto there = side_columns(db);
    for (const auto& column : table.columns)
        if (column.rule.empty() && !there.contains(full_name(table, column)))
            db.script("ALTER TABLE " + std::string(table.name) + " ADD COLUMN " +
                      std::string(column.name) + " " + std::string(column.type) + " " +
                      std::string(column.rule));
}

/// Whether the file lacks what a later program of the same schema version keeps beside the tables.
bool lacks_something(Db& db) {
    const auto names = db.list<std::string>("SELECT name FROM sqlite_master");
    const std::unordered_set<std::string_view> there(names.begin(), names.end());
    const auto lacks_index = [&](const TableSpec* table) {
        return std::ranges::any_of(table->indexes, [&](const IndexSpec& index) {
            return there.contains(table->name) && !there.contains(index.name);
        });
    };
    const auto columns = side_columns(db);
    const auto lacks = [&](const TableSpec* table) {
        return !there.contains(table->name) || lacks_index(table) ||
               std::ranges::any_of(table->columns, [&](const ColumnSpec& column) {
                   return column.rule.empty() && !columns.contains(full_name(*table, column));
               });
    };
    const auto lacks_trigger = [&](const TriggerSpec& trigger) {
        return there.contains(trigger.table) && !there.contains(trigger.name);
    };
    return std::ranges::any_of(all_triggers(), lacks_trigger) ||
           std::ranges::any_of(dictionary_tables(), lacks_index) ||
           std::ranges::any_of(side_tables(), lacks);
}

/// A table of the dictionary that is not there is none of this: an empty one would hide a loss.
void add_what_is_missing(Db& db) {
    auto transaction = db.begin();
    for (const auto* table : dictionary_tables())
        if (exists(db, "table", table->name)) create_indexes(db, *table);
    for (const auto* table : side_tables()) {
        create_missing(db, *table);
        add_columns(db, *table);
    }
    create_triggers(db);
    transaction.commit();
}

Error is_there(const std::string& path) {
    return {Fault::conflict, path + " is there already; it was not touched"};
}

}  // namespace

void create_schema(Db& db) {
    for (const auto* table : dictionary_tables()) create_missing(db, *table);
    for (const auto* table : side_tables()) create_missing(db, *table);
    create_triggers(db);
}

int known_version(Db& db, const std::string& name) {
    const int version = db.value<int>("PRAGMA user_version");
    if (version > schema_version)
        throw Error(Fault::invalid, name + " was written by a newer DREAMS (schema " +
                                        std::to_string(version) + ", this program knows " +
                                        std::to_string(schema_version) +
                                        "); use the newer program");
    return version;
}

void require_people(Db& db, const std::string& name) {
    if (!db.one<int>("SELECT 1 FROM pragma_table_info('leads') WHERE name = 'id' COLLATE NOCASE"))
        throw Error(Fault::invalid,
                    name + " is a database of something else: it has no table of people (leads)");
}

Db open_file(const std::string& path, Db::Mode mode) {
    if (!std::filesystem::exists(path))
        throw Error(Fault::not_found, "there is no file " + path + "; `dreams init` makes one");
    Db db = open_whole(path, mode);
    const int version = known_version(db, path);
    if (version < schema_version)
        throw Error(
            Fault::invalid,
            path + " was written by an older program; `dreams migrate` brings it up to date");
    if (lacks_something(db)) {
        if (is_read_as_it_lies(db))
            throw Error(Fault::unavailable,
                        path +
                            " lacks what this program adds to it, and may not be written here; "
                            "copy it into a folder of your own");
        if (mode == Db::Mode::read_only) {
            Db writing = Db::open(path);
            add_what_is_missing(writing);
        } else {
            add_what_is_missing(db);
        }
    }
    return db;
}

void init_file(const std::string& path) {
    if (std::filesystem::exists(path)) throw is_there(path);
    const auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder))
        throw Error(Fault::not_found, "there is no folder " + folder.string());
    remove_leftovers(path + ".");
    UnfinishedFile made(path);
    {
        Db db = Db::open(made.name(), Db::Mode::create);
        auto transaction = db.begin();
        create_schema(db);
        db.script("PRAGMA user_version = " + std::to_string(schema_version));
        transaction.commit();
        // All of it into the file itself: closing would not say that the disk was full.
        db.query("PRAGMA wal_checkpoint(TRUNCATE)").step();
    }
    if (!made.finish_new()) throw is_there(path);
}

}  // namespace dreams::store
