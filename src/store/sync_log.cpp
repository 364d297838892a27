#include "store/sync_log.h"

#include "base/json.h"

namespace dreams::store {
namespace {

std::optional<std::int64_t> clock_in(const std::optional<JsonText>& details) try {
    return details ? json::integer(json::parse(details->text), "clock_ahead") : std::nullopt;
} catch (const Error&) {
    return std::nullopt;  // an older program's words
}

}  // namespace

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

std::optional<ClockSeen> clock_ahead(Db& db, const std::string& source) {
    constexpr int of_late = 20;
    for (const auto& run : db.list<SyncLogEntry>(R"sql(
             SELECT * FROM sync_log WHERE source = :source AND completed_at IS NOT NULL
              ORDER BY id DESC LIMIT :of_late)sql",
                                                 {{"source", source}, {"of_late", of_late}})) {
        const auto seconds = clock_in(run.details);
        if (seconds) return ClockSeen{std::chrono::seconds{*seconds}, *run.completed_at};
    }
    return std::nullopt;
}

}  // namespace dreams::store
