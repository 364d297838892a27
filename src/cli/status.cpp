#include "base/json_writer.h"
#include "base/text.h"
#include "cli/backup.h"
#include "cli/commands.h"
#include "store/freshness.h"
#include "store/schema.h"
#include "store/timetable.h"

namespace dreams::cli {
namespace {

std::vector<std::pair<std::string, std::int64_t>> table_rows(Db& db) {
    std::vector<std::pair<std::string, std::int64_t>> rows;
    for (const auto* table : store::dictionary_tables()) {
        const std::string name(table->name);  // from our own list, so it may stand in the SQL
        rows.emplace_back(name, db.value<std::int64_t>("SELECT count(*) FROM " + name));
    }
    return rows;
}

/// Jobs that are tried again in minutes.
std::vector<TimedJob> jobs_put_off(Db& db) {
    auto jobs = store::timed_jobs(db);
    std::erase_if(jobs, [](const TimedJob& job) { return !job.again_since; });
    return jobs;
}

}  // namespace

int status(const Context& context) {
    Db db = context.open(Db::Mode::read_only);
    const auto tables = table_rows(db);
    const auto sources = store::freshness(db);
    const auto backup = backup_state(context, db);
    const auto put_off = jobs_put_off(db);
    if (context.json) {
        std::string out;
        json::Writer json(out);
        json.begin_object()
            .member("version", std::string_view(DREAMS_VERSION))
            .member("schema", store::schema_version)
            .member("sqlite", checked_sqlite_version())
            .member("database", context.database())
            .member("environment", context.settings.text("environment"));
        json.key("tables").begin_object();
        for (const auto& [name, rows] : tables) json.member(name, rows);
        json.end_object().key("sources").begin_object();
        for (const auto& source : sources)
            json.key(source.source)
                .begin_object()
                .member("last_success", source.last_success)
                .member("newest_record", source.newest_record)
                .member("stale", store::is_stale(source, context.now()))
                .end_object();
        json.end_object().key("backup").begin_object();
        json.member("last_proved", backup.proved_at).member("stale", backup.is_old);
        json.member("waiting", backup.waiting).member("other_key", backup.other_key).end_object();
        json.key("jobs_put_off").begin_array();
        for (const auto& job : put_off)
            json.begin_object()
                .member("name", job.name)
                .member("again_since", job.again_since)
                .member("due_at", job.due_at)
                .end_object();
        json.end_array();
        json.end_object();
        print_json(out);
        return exit_done;
    }
    print("dreams " DREAMS_VERSION ", schema " + std::to_string(store::schema_version) +
          ", SQLite " + checked_sqlite_version());
    print(context.database() + " (" + context.settings.text("environment") + ")");
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, count] : tables) rows.push_back({name, text::grouped(count), ""});
    print_table({"table", "#rows", ""}, rows);
    const auto when = [&](const std::optional<Instant>& instant) {
        return instant ? context.zone().to_local_text(*instant) : std::string("never");
    };
    for (const auto& source : sources) {
        print(source.source + ": last good run " + when(source.last_success) + ", newest record " +
              when(source.newest_record) +
              (store::is_stale(source, context.now()) ? "; run `dreams sync " + source.source + "`"
                                                      : ""));
    }
    print("backup: last proved " + when(backup.proved_at) +
          (backup.waiting ? "; one of " + when(backup.waiting) + " did not get to " +
                                context.settings.text("backup.folder")
                          : "") +
          (backup.is_old ? "; run `dreams backup`" : ""));
    if (backup.other_key > 0)
        print("backup: " + text::grouped(backup.other_key) +
              (backup.other_key == 1 ? " needs" : " need") +
              " another key than backup.key: keep the one they were made with");
    for (const auto& job : put_off)
        print("job " + job.name + ": " + job.sentence.value_or("another run was at it") +
              "; it is tried again at " + when(job.due_at));
    return exit_done;
}

}  // namespace dreams::cli
