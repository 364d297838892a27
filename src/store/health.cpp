#include "store/health.h"

namespace dreams::store {

Health examine(Db& db) {
    Health health{.integrity = db.value<std::string>("PRAGMA integrity_check(1)")};
    health.orphans = db.list<Orphans>(R"sql(
        SELECT "table" AS child, parent, count(*) AS orphans FROM pragma_foreign_key_check
         GROUP BY 1, 2 ORDER BY 1, 2)sql");
    health.newest_run = db.value<std::optional<Instant>>("SELECT max(started_at) FROM sync_log");
    return health;
}

}  // namespace dreams::store
