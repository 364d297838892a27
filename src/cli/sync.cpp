#include "jobs/sync.h"

#include <algorithm>

#include "cli/commands.h"
#include "cli/fub.h"
#include "cli/idx.h"
#include "cli/listings.h"
#include "cli/notion.h"
#include "cli/sync_sources.h"
#include "cli/sync_told.h"
#include "cli/temporary_folder.h"
#include "jobs/contact_properties.h"
#include "jobs/sync_idx.h"
#include "jobs/sync_listings.h"
#include "score/policy.h"
#include "store/fetch_hosts.h"
#include "store/lease.h"
#include "store/schema.h"
#include "store/snapshot.h"

namespace dreams::cli {
namespace {

SyncReport run_fub(const Context& context, Db& db, const jobs::SyncOptions& options,
                   jobs::Progress& progress) {
    const auto fub = fub_account(context.settings, *context.clock, progress);
    return jobs::sync_fub(db, fub, *context.clock, options, progress);
}

SyncReport run_idx(const Context& context, Db& db, const jobs::SyncOptions&,
                   jobs::Progress& progress) {
    auto guest = site_reader(context.settings, *context.clock, store::fetch_hosts(db), progress);
    sources::Idx idx(context.settings.text("idx.url"), guest);
    return jobs::sync_idx(db, idx, guest, *context.clock,
                          {.numbers = context.settings.count("idx.numbers")}, progress);
}

SyncReport run_listings(const Context& context, Db& db, const jobs::SyncOptions& options,
                        jobs::Progress& progress) {
    const auto feed = mls_feed(context.settings, db, *context.clock, progress);
    return jobs::sync_listings(db, feed, *context.clock, options, progress);
}

/// A source that `dreams sync` knows.
struct Source {
    std::string_view name;
    std::string_view set_up_by;  ///< the setting without which there is nothing to ask
    SyncReport (*run)(const Context&, Db&, const jobs::SyncOptions&, jobs::Progress&);
};

constexpr std::string_view notion = "notion";
constexpr Source all_sources[] = {
    {"fub", "fub.api_key", run_fub},
    {"listings", "reso.url", run_listings},
    {"idx", "idx.url", run_idx},
    {notion, "notion.token", run_notion},
};

constexpr std::string_view scored_source = "fub";  ///< it tells of people: scores follow from it

/// The one that was named; else all that are set up, and the first if none is: it says what to do.
std::vector<Source> wanted(const Context& context, const std::string& name) {
    std::vector<Source> chosen;
    for (const auto& source : all_sources)
        if (name.empty() ? !context.settings.text(source.set_up_by).empty() : source.name == name)
            chosen.push_back(source);
    if (chosen.empty()) chosen.push_back(all_sources[0]);
    return chosen;
}

/// One that fails, or is in another's hand, stops none of the others.
void run_one(const Context& context, Db& db, const Source& source, const jobs::SyncOptions& options,
             jobs::Progress& progress, Ran& ran) {
    try {
        const auto& run = ran.runs.emplace_back(source.run(context, db, options, progress));
        if (!run.error.empty()) ran.failures.push_back(run.error);
    } catch (const store::LeaseHeld& held) {
        ran.busy = true;
        ran.failures.emplace_back(held.what());
    } catch (const Error& error) {
        ran.failures.emplace_back(error.what());
        ran.runs.push_back({.source = std::string(source.name),
                            .outcome = Outcome::failed,
                            .error = error.what()});
    }
}

/// Whom the events that came looked at, and everyone's scores.
void conclude(const Context& context, Db& db, jobs::Progress& progress, Ran& ran) {
    bool any = false;
    std::optional<std::int64_t> people;
    for (const auto& run : ran.runs) {
        if (run.outcome == Outcome::failed) continue;
        any = true;
        if (run.source == scored_source) people = run.sync_id;
    }
    if (any) jobs::refresh_contact_properties(db, context.now());
    if (!people) return;
    ran.scored =
        jobs::rescore(db, score::house_policy(), context.now(), context.zone(), *people, progress);
    for (const auto& stage : ran.scored->unknown_stages)
        ran.runs.front().notices.push_back(unknown_stage(stage));
}

Ran run_chosen(const Context& context, Db& db, const std::vector<Source>& chosen,
               const jobs::SyncOptions& options, jobs::Progress& progress) {
    Ran ran;
    for (const auto& source : chosen) run_one(context, db, source, options, progress, ran);
    conclude(context, db, progress, ran);
    return ran;
}

int answer(const Context& context, const Ran& ran) {
    if (context.json)
        print_json(json_of(ran.runs, ran.scored));
    else if (!context.quiet)
        tell(ran.runs, ran.scored);
    for (const auto& sentence : ran.failures) print_error(sentence);
    if (ran.busy && ran.failures.size() == 1) return exit_busy;
    if (!ran.failures.empty()) return exit_failed;
    const auto refused = [](const SyncReport& run) { return run.outcome == Outcome::partial; };
    return std::ranges::any_of(ran.runs, refused) ? exit_partial : exit_done;
}

/// On a copy that is thrown away, since nothing tells better what a run would do than a run. But
/// Notion is written to, which a copy does not take back: that has a dry run of its own.
int run_dry(const Context& context, std::vector<Source> chosen, const jobs::SyncOptions& options) {
    if (std::erase_if(chosen, [](const Source& each) { return each.name == notion; }) > 0)
        remark(context,
               "Notion is left out; `dreams sync notion --dry-run` tells what would change");
    if (chosen.empty()) return exit_done;
    const TemporaryFolder folder("dry-run");
    const auto copy = folder.file("dreams.db");
    {
        Db original = context.open(Db::Mode::read_only);
        store::take_snapshot(original, copy);
    }
    Db db = store::open_file(copy);
    remark(context, "a dry run, on a copy: the file itself is not changed");
    return answer(context, run_chosen(context, db, chosen, options, *terminal_progress(context)));
}

}  // namespace

Ran run_sources(const Context& context, Db& db, const std::string& name,
                const jobs::SyncOptions& options, jobs::Progress& progress) {
    return run_chosen(context, db, wanted(context, name), options, progress);
}

int sync(const Context& context, const SyncArguments& arguments) {
    const jobs::SyncOptions options{.full = arguments.full, .accept_drop = arguments.accept_drop};
    if (const auto done = notion_beside(context, arguments)) return *done;
    const auto chosen = wanted(context, arguments.source);
    if (arguments.dry_run) return run_dry(context, chosen, options);
    Db db = context.open();
    return answer(context, run_chosen(context, db, chosen, options, *terminal_progress(context)));
}

}  // namespace dreams::cli
