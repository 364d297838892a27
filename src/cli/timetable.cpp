#include "cli/timetable.h"

#include "base/text.h"
#include "cli/backup.h"
#include "cli/brief.h"
#include "cli/match.h"
#include "cli/news_ways.h"
#include "cli/sync_sources.h"
#include "cli/watch.h"
#include "jobs/rescore.h"
#include "score/match_policy.h"
#include "score/policy.h"
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
    auto backup = take_backup(context, db);
    backup.file = backup.file.substr(backup.file.rfind('/') + 1);  // its folder is a setting
    const auto older = drilled(context, db);
    store::require_not_written_over(db.path());
    db.query("PRAGMA wal_checkpoint(TRUNCATE)").step();
    return {JobEnd::done, told(backup) + (older ? "; " + *older : "")};
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
    const auto report =
        jobs::match(db, score::match_policy(), context.now(), context.zone(), {}, silence);
    return {JobEnd::done, told(report)};
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

constexpr KnownJob known[] = {
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

Scheduled scheduled(const Context& context, const KnownJob& job) {
    Scheduled entry{.name = std::string(job.name),
                    .run = [&context, &job](Db& db) { return job.run(context, db); }};
    const auto [only, schedule] = schedule_of(context, job);
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

std::span<const KnownJob> known_jobs() {
    return known;
}

ScheduleSetting schedule_of(const Context& context, const KnownJob& job) {
    ScheduleSetting setting{.schedule =
                                std::string(text::trimmed(context.settings.text(job.setting)))};
    for (const std::string only : {"prd", "dev"})
        if (text::lower(setting.schedule).starts_with(only + ":")) {
            setting.environment = only;
            setting.schedule = text::trimmed(setting.schedule.substr(only.size() + 1));
        }
    if (text::same_word(setting.schedule, "off")) setting.schedule.clear();
    return setting;
}

std::string lacking(const Context& context, const KnownJob& job) {
    if (job.lacks) return job.lacks(context);
    const bool has = job.needs.empty() || !context.settings.text(job.needs).empty();
    return has ? "" : std::string(job.needs);
}

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
    return std::chrono::seconds{context.settings.count("jobs.jitter")};
}

}  // namespace dreams::cli
