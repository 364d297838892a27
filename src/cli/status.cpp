#include "base/json_writer.h"
#include "base/text.h"
#include "cli/backup.h"
#include "cli/commands.h"
#include "store/freshness.h"
#include "store/schema.h"
#include "store/timetable.h"

namespace dreams::cli {
namespace {

/// What is told, read at one go.
struct Status {
    std::vector<std::pair<std::string, std::int64_t>>
        tables;  ///< the dictionary's, with their rows
    std::vector<store::Freshness> sources;
    BackupState backup;
    std::vector<TimedJob> put_off;  ///< jobs that are tried again in minutes
};

std::vector<std::pair<std::string, std::int64_t>> table_rows(Db& db) {
    std::vector<std::pair<std::string, std::int64_t>> rows;
    for (const auto* table : store::dictionary_tables()) {
        const std::string name(table->name);  // from our own list, so it may stand in the SQL
        rows.emplace_back(name, db.value<std::int64_t>("SELECT count(*) FROM " + name));
    }
    return rows;
}

std::vector<TimedJob> jobs_put_off(Db& db) {
    auto jobs = store::timed_jobs(db);
    std::erase_if(jobs, [](const TimedJob& job) { return !job.again_since; });
    return jobs;
}

Status status_of(const Context& context, Db& db) {
    return {table_rows(db), store::freshness(db), backup_state(context, db), jobs_put_off(db)};
}

std::string json_of(const Context& context, const Status& status) {
    std::string out;
    json::Writer json(out);
    json.begin_object()
        .member("version", std::string_view(DREAMS_VERSION))
        .member("schema", store::schema_version)
        .member("sqlite", checked_sqlite_version())
        .member("database", context.database())
        .member("environment", context.settings.text("environment"));
    json.key("tables").begin_object();
    for (const auto& [name, rows] : status.tables) json.member(name, rows);
    json.end_object().key("sources").begin_object();
    for (const auto& source : status.sources)
        json.key(source.source)
            .begin_object()
            .member("last_success", source.last_success)
            .member("newest_record", source.newest_record)
            .member("stale", store::is_stale(source, context.now()))
            .end_object();
    json.end_object()
        .key("backup")
        .begin_object()
        .member("last_proved", status.backup.proved_at)
        .member("stale", status.backup.is_old)
        .member("waiting", status.backup.waiting)
        .member("other_key", status.backup.other_key)
        .end_object();
    json.key("jobs_put_off").begin_array();
    for (const auto& job : status.put_off)
        json.begin_object()
            .member("name", job.name)
            .member("again_since", job.again_since)
            .member("due_at", job.due_at)
            .end_object();
    json.end_array().end_object();
    return out;
}

std::string when(const Context& context, const std::optional<Instant>& instant) {
    return instant ? context.zone().to_local_text(*instant) : "never";
}

std::string line_of(const Context& context, const store::Freshness& source) {
    return source.source + ": last good run " + when(context, source.last_success) +
           ", newest record " + when(context, source.newest_record) +
           (store::is_stale(source, context.now()) ? "; run `dreams sync " + source.source + "`"
                                                   : "");
}

std::string line_of(const Context& context, const BackupState& backup) {
    return "backup: last proved " + when(context, backup.proved_at) +
           (backup.waiting ? "; one of " + when(context, backup.waiting) + " did not get to " +
                                 context.settings.text("backup.folder")
                           : "") +
           (backup.is_old ? "; run `dreams backup`" : "");
}

std::string line_of(const Context& context, const TimedJob& put_off) {
    return "job " + put_off.name + ": " + put_off.sentence.value_or("another run was at it") +
           "; it is tried again at " + when(context, put_off.due_at);
}

void tell(const Context& context, const Status& status) {
    print("dreams " DREAMS_VERSION ", schema " + std::to_string(store::schema_version) +
          ", SQLite " + checked_sqlite_version());
    print(context.database() + " (" + context.settings.text("environment") + ")");
    std::vector<Cells> rows;
    for (const auto& [name, count] : status.tables)
        rows.push_back({name, text::grouped(count), ""});
    print_table({"table", "#rows", ""}, rows);
    for (const auto& source : status.sources) print(line_of(context, source));
    print(line_of(context, status.backup));
    if (const auto locked = status.backup.other_key; locked > 0)
        print("backup: " + text::grouped(locked) + (locked == 1 ? " needs" : " need") +
              " another key than backup.key: keep the one they were made with");
    for (const auto& job : status.put_off) print(line_of(context, job));
}

}  // namespace

int status(const Context& context) {
    Db db = context.open(Db::Mode::read_only);
    const auto status = status_of(context, db);
    if (context.json)
        print_json(json_of(context, status));
    else
        tell(context, status);
    return exit_done;
}

}  // namespace dreams::cli
