#include "cli/timetable.h"

#include <unistd.h>

#include <condition_variable>
#include <mutex>

#include "base/text.h"
#include "cli/backup.h"
#include "cli/commands.h"
#include "cli/dashboard.h"
#include "cli/service_manager.h"
#include "cli/sync_sources.h"
#include "jobs/rescore.h"
#include "score/policy.h"
#include "store/lease.h"
#include "store/whole_file.h"

namespace dreams::cli {
namespace {

using jobs::JobReport;
using jobs::Scheduled;

JobReport synced(const Context& context, Db& db, const std::string& source) {
    jobs::Progress silence;
    const auto ran = run_sources(context, db, source, {}, silence);
    if (!ran.failures.empty())
        return {ran.busy ? JobEnd::busy : JobEnd::failed, ran.failures.front()};
    const auto& run = ran.runs.front();
    return {run.outcome == Outcome::partial ? JobEnd::partial : JobEnd::done,
            text::grouped(run.counts.created) + " new, " + text::grouped(run.counts.updated) +
                " changed, " + text::grouped(run.requests) + " requests"};
}

/// At night nobody reads for long: the -wal, which grows while somebody does, can be emptied then.
JobReport backed_up(const Context& context, Db& db) {
    try {
        const auto backup = take_backup(context, db);
        const auto older = drilled(context, db);
        store::require_not_written_over(db.path());
        db.query("PRAGMA wal_checkpoint(TRUNCATE)").step();
        return {JobEnd::done, told(backup) + (older ? "; " + *older : "")};
    } catch (const store::LeaseHeld& error) {
        return {JobEnd::busy, error.what()};
    }
}

JobReport rescored(const Context& context, Db& db) {
    jobs::Progress silence;
    const auto report =
        jobs::rescore(db, score::house_policy(), context.now(), context.zone(), {}, silence);
    return {JobEnd::done, text::grouped(report.people) + " people scored, " +
                              text::grouped(report.changed) + " with another priority than before"};
}

/// What the timetable knows: a job, what the data dictionary calls it, its schedule's setting, and
/// what has to be set for it.
struct Known {
    std::string_view name, title, setting, needs;
    JobReport (*run)(const Context&, Db&);
};

constexpr Known known[] = {
    {"fub", "FUB Sync", "jobs.fub", "fub.api_key",
     [](const Context& context, Db& db) { return synced(context, db, "fub"); }},
    {"listings", "MLS Feed", "jobs.listings", "reso.url",
     [](const Context& context, Db& db) { return synced(context, db, "listings"); }},
    {"idx", "IDX Cache", "jobs.idx", "idx.url",
     [](const Context& context, Db& db) { return synced(context, db, "idx"); }},
    {"notion", "Notion Sync", "jobs.notion", "notion.token",
     [](const Context& context, Db& db) { return synced(context, db, "notion"); }},
    {"score", "Scores", "jobs.score", "", rescored},
    {"backup", "Backup", "jobs.backup", "", backed_up},
};

/// `prd: 0 11 * * *`: where a job runs, and when.
struct Setting {
    std::string environment;  ///< empty: in both
    std::string schedule;     ///< empty or `off`: never
};

Setting setting_of(const Context& context, const Known& job) {
    Setting setting{.schedule = std::string(text::trimmed(context.settings.text(job.setting)))};
    for (const std::string only : {"prd", "dev"})
        if (setting.schedule.starts_with(only + ":")) {
            setting.environment = only;
            setting.schedule = text::trimmed(setting.schedule.substr(only.size() + 1));
        }
    if (setting.schedule == "off") setting.schedule.clear();
    return setting;
}

Scheduled scheduled(const Context& context, const Known& job) {
    Scheduled entry{.name = std::string(job.name),
                    .run = [&context, &job](Db& db) { return job.run(context, db); }};
    const auto [only, schedule] = setting_of(context, job);
    if (!only.empty() && context.settings.text("environment") != only)
        entry.why_off = "it runs in " + only + " alone";
    if (!job.needs.empty() && context.settings.text(job.needs).empty())
        entry.why_off = std::string(job.needs) + " is not set";
    if (schedule.empty()) entry.why_off = std::string(job.setting) + " is off";
    if (entry.why_off.empty()) entry.when.emplace(schedule);
    return entry;
}

}  // namespace

std::vector<Scheduled> scheduled_jobs(const Context& context) {
    std::vector<Scheduled> all;
    for (const auto& job : known) all.push_back(scheduled(context, job));
    return all;
}

jobs::Timetable timetable_of(const Context& context) {
    jobs::Timetable table(
        [&context] { return context.open(); }, scheduled_jobs(context), context.zone(),
        *context.clock,
        std::chrono::seconds{static_cast<std::int64_t>(context.settings.number("jobs.jitter"))});
    table.plan();
    return table;
}

std::vector<store::DictionaryJob> dictionary_jobs(const Context& context) {
    std::vector<store::DictionaryJob> all;
    for (const auto& job : known) {
        const auto [only, schedule] = setting_of(context, job);
        all.push_back({.schedule = schedule.empty() ? "off" : Cron(schedule).in_words(),
                       .job = std::string(job.title),
                       .environment = only.empty()    ? "DEV + PRD"
                                      : only == "prd" ? "PRD"
                                                      : "DEV"});
    }
    return all;
}

// ---- Beside the dashboard

struct BesideTimetable::Shared {
    std::mutex mutex;
    std::condition_variable ended;
    bool over = false;
};

BesideTimetable::BesideTimetable(const Context& context)
    : shared_(std::make_shared<Shared>()),
      thread_(
          [table = timetable_of(context), shared = shared_](const std::stop_token& stop) mutable {
              while (!stop.stop_requested()) try {
                      table.go_on(stop);
                  } catch (
                      const Error& error) {  // the file is away for a while: a restore, a full disk
                      print_error(std::string("the timetable waits: ") + error.what());
                      for (int i = 0; i < 60 && !stop.stop_requested(); ++i)
                          std::this_thread::sleep_for(std::chrono::seconds{1});
                  }
              const std::lock_guard lock(shared->mutex);
              shared->over = true;
              shared->ended.notify_all();
          }) {}

BesideTimetable::~BesideTimetable() {
    thread_.request_stop();
    std::unique_lock lock(shared_->mutex);
    if (!shared_->ended.wait_for(lock, std::chrono::seconds{5}, [&] { return shared_->over; })) {
        print_error("a job was under way; it is done again when DREAMS runs next");
        flush_answer();
        ::_exit(exit_done);
    }
}

// ---- The command

int run_jobs(const Context& context, const RunArguments& arguments) {
    if (arguments.once.empty()) {
        hold_end_signals();
        const store::InUse in_use(context.open(), context.now());
        auto table = timetable_of(context);
        const EndAtOnce end([] { tell_service_manager("STOPPING=1"); });
        tell_service_manager("READY=1");
        remark(context, "The timetable runs; Ctrl-C ends it.");
        table.go_on(std::stop_token());
        return exit_done;
    }
    auto table = timetable_of(context);
    const auto report = table.do_now(arguments.once);
    if (report.end == JobEnd::failed || report.end == JobEnd::busy) {
        print_error(report.sentence);
        return report.end == JobEnd::busy ? exit_busy : exit_failed;
    }
    if (!context.quiet) print(arguments.once + ": " + report.sentence);
    return report.end == JobEnd::partial ? exit_partial : exit_done;
}

}  // namespace dreams::cli
