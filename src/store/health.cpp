#include "store/health.h"

#include <utility>

#include "store/origin.h"

namespace dreams::store {

namespace {

std::vector<LastInstant> last_instants(Db& db) {
    auto last = db.list<LastInstant>(R"sql(
        SELECT * FROM (
            SELECT 'a run of a sync' AS what, max(started_at) AS at, 1 AS ours FROM sync_log
             UNION ALL
            SELECT 'a job', max(coalesce(ended_at, started_at)), 1 FROM dreams_jobs
             UNION ALL
            SELECT 'an event', max(occurred_at), 0 FROM contact_events
             UNION ALL
            SELECT 'a call or message', max(occurred_at), 0 FROM contact_communications) AS lasts
         WHERE at IS NOT NULL)sql");
    if (const auto copy = origin(db)) {
        last.push_back({"the file's beginning", copy->born_at});
        for (const auto& [what, at] :
             {std::pair{"a copy of it", copy->copied_at}, std::pair{"a claim", copy->claimed_at},
              std::pair{"a merge", copy->merged_at}})
            if (at) last.push_back({what, *at});
    }
    return last;
}

}  // namespace

Health examine(Db& db) {
    Health health{.integrity = db.value<std::string>("PRAGMA integrity_check(1)")};
    health.orphans = db.list<Orphans>(R"sql(
        SELECT "table" AS child, parent, count(*) AS orphans FROM pragma_foreign_key_check
         GROUP BY 1, 2 ORDER BY 1, 2)sql");
    health.last = last_instants(db);
    return health;
}

}  // namespace dreams::store
