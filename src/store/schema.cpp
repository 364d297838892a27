#include "store/schema.h"

#include <sys/stat.h>

#include <filesystem>

#include "store/schema_tables.h"

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
    static const std::vector<const TableSpec*> tables{
        &dreams_cursors_table,        &dreams_fub_people_table,
        &dreams_waiting_table,        &dreams_automated_table,
        &dreams_lead_scores_table,    &dreams_lead_search_table,
        &dreams_stages_table,         &dreams_users_table,
        &dreams_leases_table,         &dreams_unresolved_table,
        &dreams_kept_answers_table,   &dreams_property_keys_table,
        &dreams_homes_table,          &dreams_property_sources_table,
        &dreams_doubtful_homes_table, &dreams_home_joins_table,
        &dreams_home_journal_table,   &dreams_imports_table,
        &dreams_import_rows_table,    &dreams_import_mappings_table,
        &dreams_looked_at_table,      &dreams_mls_listings_table,
        &dreams_hidden_homes_table,   &dreams_request_counts_table};
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

void create_missing(Db& db, const TableSpec& table) {
    if (!exists(db, "table", table.name)) db.script(create_table_sql(table, table.name));
    for (const auto& index : table.indexes)
        if (!exists(db, "index", index.name)) db.script(create_index_sql(index, table.name));
}

}  // namespace

void create_schema(Db& db) {
    for (const auto* table : dictionary_tables()) create_missing(db, *table);
    for (const auto* table : side_tables()) create_missing(db, *table);
}

Db open_file(const std::string& path, Db::Mode mode) {
    if (!std::filesystem::exists(path))
        throw Error(Fault::not_found, "there is no file " + path + "; `dreams init` makes one");
    Db db = Db::open(path, mode);
    const int version = db.value<int>("PRAGMA user_version");
    if (version > schema_version)
        throw Error(Fault::invalid, path + " was written by a newer DREAMS (schema " +
                                        std::to_string(version) + ", this program knows " +
                                        std::to_string(schema_version) +
                                        "); use the newer program");
    if (version < schema_version)
        throw Error(
            Fault::invalid,
            path + " was written by an older program; `dreams migrate` brings it up to date");
    return db;
}

void init_file(const std::string& path) {
    if (std::filesystem::exists(path))
        throw Error(Fault::conflict, path + " is there already; it was not touched");
    const auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder))
        throw Error(Fault::not_found, "there is no folder " + folder.string());
    const auto mask = ::umask(0077);  // people's data: for its owner's eyes only
    try {
        Db db = Db::open(path, Db::Mode::create);
        ::umask(mask);
        auto transaction = db.begin();
        create_schema(db);
        db.script("PRAGMA user_version = " + std::to_string(schema_version));
        transaction.commit();
    } catch (...) {
        ::umask(mask);
        throw;
    }
}

}  // namespace dreams::store
