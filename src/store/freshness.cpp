#include "store/freshness.h"

namespace dreams::store {

bool is_stale(const Freshness& source, Instant now) {
    return !source.last_success || now - *source.last_success > std::chrono::hours{26};
}

std::vector<Freshness> freshness(Db& db) {
    // What FUB told of newest is what the newest score knows: leads.last_activity_at has an index,
    // which half a million events have not.
    return db.list<Freshness>(R"sql(
        WITH records(source, newest_record) AS (
            SELECT 'fub', max(last_activity_at) FROM leads
            UNION ALL
            SELECT 'idx', max(last_updated) FROM idx_property_cache
            UNION ALL
            SELECT 'listings', max(modified_at) FROM dreams_mls_listings
            UNION ALL
            SELECT 'notion', max(notion_synced_at) FROM properties
        ), runs(source, last_success) AS (
            SELECT source, max(completed_at) FROM sync_log
             WHERE completed_at IS NOT NULL AND coalesce(error_message, '') = ''
             GROUP BY source
        ), known(source) AS (
            SELECT source FROM records UNION SELECT source FROM runs
        )
        SELECT known.source, runs.last_success, records.newest_record
          FROM known
          LEFT JOIN runs ON runs.source = known.source
          LEFT JOIN records ON records.source = known.source
         WHERE known.source = 'fub' OR last_success IS NOT NULL OR newest_record IS NOT NULL
         ORDER BY known.source)sql");
}

bool any_success(Db& db, std::string_view source) {
    return db
        .one<int>(R"sql(
        SELECT 1 FROM sync_log
         WHERE source = :source AND completed_at IS NOT NULL AND coalesce(error_message, '') = ''
         LIMIT 1)sql",
                  {{"source", source}})
        .has_value();
}

Sizes sizes(Db& db) {
    return db
        .one<Sizes>(R"sql(
        SELECT (SELECT count(*) FROM leads) AS leads,
               (SELECT count(*) FROM contact_events) AS events,
               (SELECT count(*) FROM contact_communications) AS communications)sql")
        .value();
}

}  // namespace dreams::store
