#pragma once

// A file as the predecessor left it, and what tests of `dreams migrate` ask of one.

#include <string>

#include "store/migrate.h"
#include "support/database.h"

namespace dreams::test {

/// Makes `dreams.db` in `folder` from the January fixtures; gives its path.
inline std::string january_file(const Folder& folder, const std::string& more_sql = "") {
    const auto path = folder.file("dreams.db");
    Db db = Db::open(path, Db::Mode::create);
    db.script("PRAGMA foreign_keys = OFF");  // as the predecessor's connections had it
    db.script(read_file(DREAMS_FIXTURES "/january_schema.sql"));
    db.script(read_file(DREAMS_FIXTURES "/january_rows.sql"));
    if (!more_sql.empty()) db.script(more_sql);
    return path;
}

/// Where the predecessor's clock stood.
inline const Zone& new_york() {
    static const Zone zone("America/New_York");
    return zone;
}

inline store::MigrateReport migrate(const std::string& path) {
    return store::migrate(path, new_york(), monday);
}

/// Every row of every table, and how every table, index, view and trigger is declared.
inline std::string whole(const std::string& path) {
    Db db = Db::open(path);
    std::string text = dump(db);
    for (const auto& sql :
         db.list<std::string>("SELECT coalesce(sql, name) FROM sqlite_master ORDER BY type, name"))
        text += sql + ";\n";
    return text + "version " + db.value<std::string>("PRAGMA user_version");
}

}  // namespace dreams::test
