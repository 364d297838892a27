#include "store/migrate.h"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

#include "base/db.h"
#include "store/leads.h"
#include "store/migrate_ledger.h"
#include "store/migrate_people.h"
#include "store/migrate_tables.h"
#include "store/migrate_values.h"
#include "store/schema.h"
#include "store/snapshot.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;

/// Whether there is nothing to do. Throws Error for a file that is not ours to change.
bool is_up_to_date(Db& db) {
    const int version = known_version(db, db.path());
    require_people(db, db.path());
    return version == schema_version;
}

/// A view of the owner's under the name of one of the twelve tables stands in its way.
void refuse_views_in_the_way(Db& db) {
    for (const auto* table : dictionary_tables())
        if (db.one<int>(
                "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = :name COLLATE NOCASE",
                {{"name", table->name}}))
            throw Error(Fault::conflict, db.path() + " has a view named " +
                                             std::string(table->name) +
                                             ", where DREAMS keeps a table; rename it first");
}

/// A connection on which tables may be rebuilt under their names.
Db open_for_rebuilding(const std::string& path) {
    Db db = Db::open(path);
    // References are checked at the end, by us; names in views and triggers stay as written; and
    // what the owner wrote with "text" in double quotes was understood by the engine they used.
    db.script(
        "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; "
        "PRAGMA synchronous = FULL;");
    for (const int option : {SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML})
        sqlite3_db_config(db.handle(), option, 1, nullptr);
    return db;
}

/// Every reference of ours holds; where the owner's own tables lean on rows that are not there
/// (older programs never checked), that is told and left to them.
void check_references(Db& db, MigrateReport& report) {
    for (const auto& table : db.list<std::string>(
             "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
        const bool ours = std::ranges::any_of(
            dictionary_tables(), [&](const TableSpec* spec) { return spec->name == table; });
        try {
            const auto broken = db.value<std::int64_t>(
                R"sql(SELECT count(*) FROM pragma_foreign_key_check(:table)
                       WHERE NOT :ours OR parent IN ('leads', 'properties'))sql",
                {{"table", table}, {"ours", ours}});
            if (broken == 0) continue;
            if (ours)
                throw Error(Fault::internal,
                            "references in " + table + " would not hold; nothing was changed");
            report.notices.push_back("your own table " + table +
                                     " refers to rows that are not there (" +
                                     std::to_string(broken) + ")");
        } catch (const Error& error) {
            if (ours) throw;
            report.notices.push_back("the references of your own table " + table +
                                     " cannot be checked: " + error.what());
        }
    }
}

/// The work itself, within the caller's transaction.
void bring_up(Db& db, const Zone& zone, Instant now, MigrateReport& report) {
    Ledger ledger(db, now, report);
    refuse_views_in_the_way(db);
    tell_what_is_owners(db, report);
    const auto objects = owners_objects(db);
    rebuild_tables(db, ledger);
    for (const auto* table : dictionary_tables()) normalise_values(db, *table, zone, ledger);
    const auto twins = settle_fub_ids(db, ledger);
    create_schema(db);  // the indexes: joining needs them, and fub_id is unique now
    const PersonFinder finder(
        db.list<KnownPerson>("SELECT id, fub_id, external_id, external_source FROM leads"), twins);
    join_children(db, finder, ledger);
    set_orphans_aside(db, ledger);
    ledger.close_tables();
    repair_search(db);
    restore_objects(db, objects, ledger);
    check_references(db, report);
}

}  // namespace

MigrateReport migrate(const std::string& path, const Zone& legacy_zone, Instant now) {
    std::error_code unseen;  // a folder that may not be looked into holds no file for us
    if (!fs::exists(path, unseen)) throw Error(Fault::not_found, "there is no file " + path);
    MigrateReport report;
    {
        // A file that is not ours to change is not even opened for writing.
        Db db = Db::open(path, Db::Mode::read_only);
        report.up_to_date = is_up_to_date(db);
        if (report.up_to_date) return report;
    }
    Db db = open_for_rebuilding(path);
    auto transaction = db.begin();
    report.up_to_date = is_up_to_date(db);  // another may have done it while this one waited
    if (report.up_to_date) return report;
    {
        // Nobody can write between the copy and the work: the write lock is held already.
        Db reading = Db::open(path, Db::Mode::read_only);
        report.snapshot = take_snapshot(reading, name_before(path, "migrate", now)).file;
    }
    bring_up(db, legacy_zone, now, report);
    db.script("PRAGMA user_version = " + std::to_string(schema_version));
    transaction.commit();
    try {
        db.query("PRAGMA wal_checkpoint(TRUNCATE)").step();  // one file, for whoever copies it
    } catch (const Error& error) {                           // what was committed stays committed
        report.notices.push_back(std::string("everything is done, but not tidied up: ") +
                                 error.what());
    }
    return report;
}

}  // namespace dreams::store
