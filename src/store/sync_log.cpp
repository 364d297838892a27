#include "store/sync_log.h"

namespace dreams::store {

std::int64_t open_run(Db& db, std::string_view type, std::string_view source, Instant now) {
    db.run(R"sql(
        INSERT INTO sync_log (sync_type, source, direction, started_at)
        VALUES (:type, :source, 'import', :now))sql",
           {{"type", type}, {"source", source}, {"now", now}});
    return db.last_id();
}

void count_run(Db& db, std::int64_t id, const Counts& counts) {
    db.run(R"sql(
        UPDATE sync_log SET records_processed = :processed, records_created = :created,
               records_updated = :updated, records_failed = :failed,
               details = '{"unchanged":' || :unchanged || '}'
         WHERE id = :id)sql",
           {{"id", id},
            {"processed", counts.processed},
            {"created", counts.created},
            {"updated", counts.updated},
            {"failed", counts.failed},
            {"unchanged", counts.unchanged}});
}

void close_run(Db& db, const SyncReport& report, const JsonText& details, Instant now) {
    count_run(db, report.sync_id, report.counts);
    db.run(R"sql(
        UPDATE sync_log SET completed_at = :now, error_message = :error, details = :details
         WHERE id = :id)sql",
           {{"id", report.sync_id},
            {"now", now},
            {"error", report.error.empty() ? std::nullopt : std::optional(report.error)},
            {"details", details}});
}

std::int64_t close_interrupted(Db& db, std::string_view source, Instant now) {
    return db.run(R"sql(
        UPDATE sync_log SET completed_at = :now,
               error_message = 'interrupted: the program ended before the run did'
         WHERE source = :source AND completed_at IS NULL)sql",
                  {{"source", source}, {"now", now}});
}

}  // namespace dreams::store
