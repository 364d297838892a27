#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "cli/backup.h"
#include "cli/doctor.h"
#include "cli/timetable.h"
#include "jobs/sync.h"
#include "jobs/timetable.h"
#include "sources/fetcher.h"
#include "store/freshness.h"
#include "store/health.h"
#include "store/origin.h"
#include "store/sync_log.h"
#include "store/timetable.h"

// What stands in the file: whether it is sound, how old it is, what runs by the clock.

namespace dreams::cli {
namespace {

using namespace std::chrono_literals;

/// How far clocks may be apart before it matters.
constexpr auto much = 5min;

/// How far a job may be behind before somebody should ask why.
constexpr auto overdue_after = 2h;

Check references(const store::Health& health) {
    if (health.orphans.empty())
        return {"references", Verdict::ok, "every reference leads to a row"};
    std::string named;
    for (const auto& each : health.orphans)
        named += (named.empty() ? "" : ", ") + text::grouped(each.rows) + " of " + each.table +
                 " to " + each.parent;
    return {"references", Verdict::advice,
            "rows refer to rows that are not there (" + named +
                "); they are kept: `dreams sync fub --full` brings in whom they belong to"};
}

/// What the file and its backups hold of the future: then this machine's clock is behind, or was
/// ahead; or another's.
Check clock_of_file(const Context& context, const store::Health& health) {
    auto last = health.last;
    for (const auto& backup : backups_of(context)) last.push_back({"a backup", backup.made_at});
    std::erase_if(last, [&](const auto& each) { return each.at <= context.now() + much; });
    if (last.empty())
        return {"clock and file", Verdict::ok, "nothing in the file is of the future"};
    const auto at = std::ranges::max_element(last, {}, [](const auto& each) {
        return std::pair(each.ours, each.at);  // a service may say what it likes
    });
    return {"clock and file", at->ours ? Verdict::wrong : Verdict::advice,
            "the file has " + at->what + " of " + context.zone().to_local_text(at->at) +
                ", which is in the future: this machine's clock is behind, or was ahead once, or "
                "another's is (`timedatectl` says whether this one is set by the network)"};
}

/// How far Follow Up Boss's clock was from ours when it was asked last.
Check clock_of_fub(const Context& context, Db& db) {
    const auto known = store::clock_ahead(db, "fub");
    if (!known) return {"clock and FUB", Verdict::ok, "no sync has compared them yet"};
    const auto when = context.zone().to_local_text(known->at);
    if (std::chrono::abs(known->ahead) < jobs::clock_is_off_by)
        return {"clock and FUB", Verdict::ok, "they agreed at " + when};
    return {"clock and FUB", Verdict::wrong,
            "at " + when + " " + jobs::clock_told(known->ahead, "Follow Up Boss's")};
}

Check which_copy(const Context& context, Db& db) {
    const auto known = store::origin(db);
    if (!known) return {"copy", Verdict::ok, "the file was not copied"};
    if (const auto why = store::why_not_sending(db, context.settings.text("environment")))
        return {"copy", Verdict::advice, *why};
    return {"copy", Verdict::ok, "this is the file to send from as " + known->environment};
}

struct Service {
    std::string_view source, name, setting;
};
constexpr Service services[] = {{"fub", "Follow Up Boss", "fub.api_key"},
                                {"idx", "the listing site", "idx.url"},
                                {"listings", "the MLS's feed", "reso.url"},
                                {"notion", "Notion", "notion.token"}};

Check service(const Context& context, const Service& asked,
              const std::vector<store::Freshness>& known) {
    const std::string source(asked.source), name(asked.name), setting(asked.setting);
    const bool set_up = !context.settings.text(asked.setting).empty();
    const auto seen = std::ranges::find(known, source, &store::Freshness::source);
    const auto read = seen == known.end() ? std::nullopt : seen->last_success;
    if (!set_up)
        return {source, source == "fub" ? Verdict::advice : Verdict::ok,
                name + " is not set up: " + setting + " is empty"};
    if (!read)
        return {source, Verdict::advice, name + " was never read: `dreams sync " + source + "`"};
    const auto when = name + " was read " + context.zone().to_local_text(*read);
    if (store::is_stale(*seen, context.now()))
        return {source, Verdict::wrong,
                when + ", which is too long ago: `dreams sync " + source + "` says why"};
    return {source, Verdict::ok, when};
}

/// The names of the jobs of which that is true.
std::string names(const std::vector<TimedJob>& jobs, const auto& is_so) {
    std::string names;
    for (const auto& job : jobs)
        if (is_so(job)) names += (names.empty() ? "" : ", ") + job.name;
    return names;
}

Check timetable(const Context& context, const std::vector<TimedJob>& jobs) {
    const auto now = context.now();
    const auto asleep = names(jobs, [&](const TimedJob& job) {
        return jobs::sleeps_too_long(job, context.zone(), jitter_of(context), now);
    });
    if (!asleep.empty())
        return {"timetable", Verdict::wrong,
                "jobs wait for a time beyond their next (" + asleep +
                    "): they were planned while the clock was ahead; `dreams serve` and `dreams "
                    "run` plan them again"};
    const auto behind = names(
        jobs, [&](const TimedJob& job) { return job.due_at && *job.due_at + overdue_after < now; });
    if (!behind.empty())
        return {"timetable", Verdict::wrong,
                "nobody does the jobs that are due (" + behind +
                    "): `dreams serve` or `dreams run` has to run, see `dreams install`"};
    if (jobs.empty())
        return {"timetable", Verdict::advice,
                "no timetable yet: `dreams serve` or `dreams run` makes it"};
    return {"timetable", Verdict::ok, "nothing is overdue"};
}

/// Which sites may be read by themselves, who said so, and whom their owners can turn to.
std::vector<Check> sites(const Context& context) {
    std::vector<Check> checks;
    const auto entries = context.settings.list("fetch.allow_hosts");
    for (const auto& entry : entries) {
        const auto [site, note] = sources::allowed_site(entry);
        if (note.empty())
            checks.push_back({"site " + site, Verdict::advice,
                              "may be read, and nothing says who permitted it: write '" + site +
                                  " = who and when', without commas, in fetch.allow_hosts"});
        else
            checks.push_back({"site " + site, Verdict::ok, "may be read: " + note});
    }
    const bool asks = !entries.empty() || !context.settings.text("idx.url").empty();
    if (asks && context.settings.text("fetch.contact").empty())
        checks.push_back({"contact", Verdict::advice,
                          "sites are read without saying whom their owners can turn to: set "
                          "fetch.contact to an e-mail address"});
    return checks;
}

}  // namespace

std::vector<Check> check_file(const Context& context, Db& db) {
    const auto health = store::examine(db);
    std::vector<Check> checks;
    if (health.integrity == "ok")
        checks.push_back({"file", Verdict::ok, db.path() + " is sound"});
    else
        checks.push_back(
            {"file", Verdict::wrong,
             db.path() + " is damaged (" + health.integrity +
                 "): `dreams restore FILE` with the newest backup shows what would come back"});
    checks.push_back(references(health));
    checks.push_back(clock_of_file(context, health));
    checks.push_back(clock_of_fub(context, db));
    checks.push_back(which_copy(context, db));
    return checks;
}

std::vector<Check> check_sources(const Context& context, Db& db) {
    const auto known = store::freshness(db);
    std::vector<Check> checks;
    for (const auto& each : services) checks.push_back(service(context, each, known));
    if (!context.settings.text("fub.api_key").empty() &&
        context.settings.text("fub.people_url").empty())
        checks.push_back({"links to FUB", Verdict::advice,
                          "the pages cannot lead to a person in Follow Up Boss: set fub.people_url "
                          "(https://YOURTEAM.followupboss.com/2/people/view/)"});
    std::ranges::move(sites(context), std::back_inserter(checks));
    return checks;
}

std::vector<Check> check_jobs(const Context& context, Db& db) {
    const auto jobs = store::timed_jobs(db);
    std::vector<Check> checks{timetable(context, jobs)};
    for (const auto& job : jobs)
        if (job.outcome == JobEnd::failed)
            checks.push_back(
                {"job " + job.name, Verdict::wrong, "failed: " + job.sentence.value_or("")});
    const auto backup = backup_state(context, db);
    if (const auto alarm = alarm_of(context, backup))
        checks.push_back({"backup", Verdict::wrong, *alarm});
    else if (!backup.proved_at)
        checks.push_back({"backup", Verdict::advice, "there is none yet: `dreams backup`"});
    else
        checks.push_back(
            {"backup", Verdict::ok, "proved " + context.zone().to_local_text(*backup.proved_at)});
    if (context.settings.text("backup.key").empty())
        checks.push_back({"backup's key", Verdict::advice,
                          "backups are not encrypted: `dreams backup --new-key FILE`"});
    return checks;
}

}  // namespace dreams::cli
