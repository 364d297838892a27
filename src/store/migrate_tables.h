#pragma once

// Tables as the dictionary has them, with all that is the owner's.

#include <map>
#include <string>
#include <vector>

#include "base/db.h"
#include "store/migrate_ledger.h"

namespace dreams::store {

/// What the owner made in the file, as it was before tables were rebuilt.
struct OwnersObject {
    std::string kind;  ///< index, trigger
    std::string name;
    std::string sql;
};

/// Indexes and triggers of the owner's on the twelve tables: they go with a table that is rebuilt.
std::vector<OwnersObject> owners_objects(Db& db);

/// Names, in the report, what of the file is the owner's own and stays: columns, tables, views.
void tell_what_is_owners(Db& db, MigrateReport& report);

/// Makes every one of the twelve tables that is there anew, in SQLite's own way (a new table, all
/// rows, the old one dropped, the new one renamed), with the owner's columns and the sequence of
/// its ids; makes those that are missing, and ours. No indexes yet. Foreign keys must be off, and
/// legacy_alter_table on. A row that breaks a rule of the new table is set aside.
void rebuild_tables(Db& db, Ledger& ledger);

/// Makes the owner's indexes and triggers again, word for word; one that can no longer be made is
/// listed in dreams_unresolved.
void restore_objects(Db& db, const std::vector<OwnersObject>& objects, Ledger& ledger);

}  // namespace dreams::store
