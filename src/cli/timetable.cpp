#include "cli/timetable.h"

#include <unistd.h>

#include <condition_variable>
#include <mutex>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/backup.h"
#include "cli/brief.h"
#include "cli/commands.h"
#include "cli/dashboard.h"
#include "cli/match.h"
#include "cli/news_ways.h"
#include "cli/service_manager.h"
#include "cli/sync_sources.h"
#include "cli/watch.h"
#include "jobs/rescore.h"
#include "score/match_policy.h"
#include "score/policy.h"
#include "store/lease.h"
#include "store/timetable.h"
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
        auto backup = take_backup(context, db);
        backup.file = backup.file.substr(backup.file.rfind('/') + 1);  // its folder is a setting
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

JobReport matched(const Context& context, Db& db) {
    jobs::Progress silence;
    try {
        return {JobEnd::done, told(jobs::match(db, score::match_policy(), context.now(),
                                               context.zone(), {}, silence))};
    } catch (const store::LeaseHeld& error) {
        return {JobEnd::busy, error.what()};
    }
}

/// Whether a way out did not take something that it may take in minutes.
bool is_another_try_worth_it(const Context& context, Db& db, const jobs::Notified& notified) {
    return notified.worth_another_try() || jobs::any_unsent(db, context.now());
}

JobReport watched(const Context& context, Db& db) {
    jobs::Progress silence;
    const auto watched = look_and_tell(context, db, silence);
    const bool partial = watched.run && watched.run->outcome == Outcome::partial;
    return {watched.busy                                      ? JobEnd::busy
            : !watched.failure.empty() || watched.is_unsent() ? JobEnd::failed
            : partial                                         ? JobEnd::partial
                                                              : JobEnd::done,
            watched.sentence(), is_another_try_worth_it(context, db, watched.told.notified)};
}

/// Watching is telling too: of what captures, files and feeds brought.
std::string watching_lacks(const Context& context) {
    const bool any = !context.settings.text("idx.url").empty() || any_way_out(context);
    return any ? "" : "idx.url";
}

JobReport briefed(const Context& context, Db& db) {
    const auto job = store::timed_job(db, "brief");
    const auto zone = context.zone();
    const bool missed =
        job && job->was_due_at && zone.date_of(*job->was_due_at) != zone.date_of(context.now());
    if (missed && is_brief_still_due(context))
        return {JobEnd::done, "an earlier day's page was missed; today's goes out at its time"};
    const auto sent = send_todays_brief(context, db, jobs::Resend::no);
    return {sent.unsaid ? JobEnd::failed : JobEnd::done, sent.sentence(zone),
            is_another_try_worth_it(context, db, sent.notified)};
}

std::string briefing_lacks(const Context& context) {
    return any_way_out(context) ? "" : "mail.url, notify.ntfy_url or notify.slack_url";
}

/// What the timetable knows: a job, what the data dictionary calls it, its schedule's setting, and
/// what has to be set for it, with what that is called; what it reads, by which command, into which
/// tables (empty: it brings no rows).
struct Known {
    std::string_view name, title, setting, needs, thing;
    JobReport (*run)(const Context&, Db&);
    /// Which settings it lacks, where more than one would do; empty: none.
    std::string (*lacks)(const Context&) = nullptr;
    std::string_view source = "", command = "", tables = "";
};

constexpr Known known[] = {
    {"fub", "FUB Sync", "jobs.fub", "fub.api_key", "Follow Up Boss",
     [](const Context& context, Db& db) { return synced(context, db, "fub"); }, nullptr,
     "Follow Up Boss", "dreams sync fub",
     "leads, contact_events, contact_communications, lead_activities"},
    {"listings", "MLS Feed", "jobs.listings", "reso.url", "your MLS's feed",
     [](const Context& context, Db& db) { return synced(context, db, "listings"); }, nullptr,
     "The MLS's feed (RESO)", "dreams sync listings", "properties, property_changes"},
    {"idx", "IDX Cache", "jobs.idx", "idx.url", "your listing site",
     [](const Context& context, Db& db) { return synced(context, db, "idx"); }, nullptr,
     "The team's listing site", "dreams sync idx",
     "idx_property_cache, properties, property_changes"},
    {"notion", "Notion Sync", "jobs.notion", "notion.token", "Notion",
     [](const Context& context, Db& db) { return synced(context, db, "notion"); }, nullptr,
     "A Notion database, both ways", "dreams sync notion", "properties, property_changes"},
    {"watch", "Watched Homes", "jobs.watch", "", "your listing site", watched, watching_lacks,
     "The team's listing site, of homes that somebody cares for", "dreams watch",
     "properties, property_changes, idx_property_cache"},
    {"score", "Scores", "jobs.score", "", "", rescored, nullptr, "What people did",
     "dreams score, and after every sync", "leads, contact_scoring_history, contact_properties"},
    {"match", "Matches", "jobs.match", "", "", matched, nullptr, "What people want and look at",
     "dreams match", "matches, contact_properties"},
    {"brief", "Morning Page", "jobs.brief", "", "a way to send it", briefed, briefing_lacks},
    {"backup", "Backup", "jobs.backup", "", "", backed_up},
};

/// What comes in by no job.
const store::DataFlow by_hand[] = {
    {"Listing files and saved listing pages", "dreams import, the page of imports",
     "properties, property_changes"},
    {"The browser extension", "POST /api/v1/properties", "properties, property_changes"},
    {"Other programs", "POST /api/v1/contacts", "leads"},
    {"Another copy of the file", "dreams merge, push, pull; restore puts one in its place",
     "every table but what is each copy's own"},
    {"A file of the predecessor", "dreams migrate", "every table"},
    {"Every sync", "each run", "sync_log"},
};

/// `prd: 0 11 * * *`: where a job runs, and when, in large letters or small.
struct Setting {
    std::string environment;  ///< empty: in both
    std::string schedule;     ///< empty or `off`: never
};

Setting setting_of(const Context& context, const Known& job) {
    Setting setting{.schedule = std::string(text::trimmed(context.settings.text(job.setting)))};
    for (const std::string only : {"prd", "dev"})
        if (text::lower(setting.schedule).starts_with(only + ":")) {
            setting.environment = only;
            setting.schedule = text::trimmed(setting.schedule.substr(only.size() + 1));
        }
    if (text::same_word(setting.schedule, "off")) setting.schedule.clear();
    return setting;
}

/// The settings without which the job cannot run; empty: none.
std::string lacking(const Context& context, const Known& job) {
    if (job.lacks) return job.lacks(context);
    const bool has = job.needs.empty() || !context.settings.text(job.needs).empty();
    return has ? "" : std::string(job.needs);
}

Scheduled scheduled(const Context& context, const Known& job) {
    Scheduled entry{.name = std::string(job.name),
                    .run = [&context, &job](Db& db) { return job.run(context, db); }};
    const auto [only, schedule] = setting_of(context, job);
    const auto& here = context.settings.text("environment");
    if (!only.empty() && here != only)
        entry.why_off =
            "it runs where the setting environment is " + only + ", and here it is " + here;
    if (const auto settings = lacking(context, job); !settings.empty())
        entry.why_off = std::string(job.thing) + " is not set up (" + settings + ")";
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
    return {[&context] { return context.open(); }, scheduled_jobs(context), context.zone(),
            *context.clock, jitter_of(context)};
}

std::chrono::seconds jitter_of(const Context& context) {
    return std::chrono::seconds{static_cast<std::int64_t>(context.settings.number("jobs.jitter"))};
}

namespace {

/// `11:00 daily`, `off`, `11:00 daily; not set up (fub.api_key)`.
std::string schedule_in_words(const Context& context, const Known& job) {
    const auto schedule = setting_of(context, job).schedule;
    if (schedule.empty()) return "off";
    const auto lacks = lacking(context, job);
    return Cron(schedule).in_words() + (lacks.empty() ? "" : "; not set up (" + lacks + ")");
}

}  // namespace

std::vector<store::DictionaryJob> dictionary_jobs(const Context& context) {
    std::vector<store::DictionaryJob> all;
    for (const auto& job : known) {
        const auto only = setting_of(context, job).environment;
        all.push_back({.schedule = schedule_in_words(context, job),
                       .job = std::string(job.title),
                       .environment = only.empty() ? "DEV + PRD" : environment_name(only)});
    }
    return all;
}

std::vector<store::DataFlow> data_flows(const Context& context) {
    std::vector<store::DataFlow> all;
    for (const auto& job : known)
        if (!job.source.empty())
            all.push_back({.source = std::string(job.source),
                           .way = std::string(job.command) + ": " + schedule_in_words(context, job),
                           .tables = std::string(job.tables)});
    all.insert(all.end(), std::begin(by_hand), std::end(by_hand));
    return all;
}

std::string environment_name(const std::string& environment) {
    return environment == "prd" ? "PRD" : "DEV";
}

// ---- Beside the dashboard

struct BesideTimetable::Shared {
    explicit Shared(const Context& context) : table(timetable_of(context)) { table.plan(); }

    void go_on(const std::stop_token& stop, jobs::Turn turn);

    jobs::Timetable table;
    std::mutex mutex;
    std::condition_variable ended;
    int at_work = 2;
};

void BesideTimetable::Shared::go_on(const std::stop_token& stop, jobs::Turn turn) {
    while (!stop.stop_requested()) try {
            table.go_on(stop, turn);
        } catch (const std::exception& error) {
            // The file is away for a while, or locked: a restore, a full disk. Once is enough.
            if (turn == jobs::Turn::in_order)
                print_error(std::string("the timetable waits: ") + error.what());
            for (int i = 0; i < 60 && !stop.stop_requested(); ++i)
                std::this_thread::sleep_for(std::chrono::seconds{1});
        }
    const std::lock_guard lock(mutex);
    --at_work;
    ended.notify_all();
}

BesideTimetable::BesideTimetable(const Context& context)
    : shared_(std::make_shared<Shared>(context)) {
    for (const auto turn : {jobs::Turn::in_order, jobs::Turn::beside})
        threads_.emplace_back(
            [shared = shared_, turn](const std::stop_token& stop) { shared->go_on(stop, turn); });
}

BesideTimetable::~BesideTimetable() {
    for (auto& thread : threads_) thread.request_stop();
    std::unique_lock lock(shared_->mutex);
    if (!shared_->ended.wait_for(lock, std::chrono::seconds{5},
                                 [&] { return shared_->at_work == 0; })) {
        print_error("a job was under way; it is done again when DREAMS runs next");
        flush_answer();
        ::_exit(exit_done);
    }
}

// ---- The command

namespace {

int run_once(const Context& context, const std::string& job) {
    const auto report = timetable_of(context).do_now(job);
    if (context.json) {
        std::string out;
        json::Writer(out)
            .begin_object()
            .member("job", job)
            .member("outcome", word(report.end))
            .member("sentence", report.sentence)
            .end_object();
        print_json(out);
    }
    const bool in_vain = report.end == JobEnd::failed || report.end == JobEnd::busy;
    if (in_vain) print_error(report.sentence);
    if (!in_vain && !context.json && !context.quiet) print(job + ": " + report.sentence);
    switch (report.end) {
        case JobEnd::done:
            return exit_done;
        case JobEnd::partial:
            return exit_partial;
        case JobEnd::failed:
            return exit_failed;
        case JobEnd::busy:
            return exit_busy;
    }
    return exit_failed;
}

}  // namespace

int run_jobs(const Context& context, const RunArguments& arguments) {
    if (!arguments.once.empty()) return run_once(context, arguments.once);
    hold_end_signals();
    const store::InUse in_use(context.open(), context.now());
    const BesideTimetable table(context);
    tell_service_manager("READY=1");
    remark(context, "The timetable runs; Ctrl-C ends it.");
    wait_until_asked_to_end();
    tell_service_manager("STOPPING=1");
    return exit_done;
}

}  // namespace dreams::cli
