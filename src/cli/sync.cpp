#include "jobs/sync.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/fub.h"
#include "cli/temporary_folder.h"
#include "jobs/rescore.h"
#include "score/policy.h"
#include "store/schema.h"
#include "store/snapshot.h"

namespace dreams::cli {
namespace {

void write_counts(json::Writer& json, std::int64_t requests, const Counts& counts) {
    json.member("requests", requests)
        .member("processed", counts.processed)
        .member("created", counts.created)
        .member("updated", counts.updated)
        .member("unchanged", counts.unchanged)
        .member("failed", counts.failed);
}

void write_run(json::Writer& json, const SyncReport& run) {
    json.begin_object().member("source", run.source).member("outcome", run.outcome);
    write_counts(json, run.requests, run.counts);
    json.member("seconds", run.seconds).key("streams").begin_object();
    for (const auto& [name, requests, counts] : run.streams) {
        json.key(name).begin_object();
        write_counts(json, requests, counts);
        json.end_object();
    }
    json.end_object().key("refused").begin_array();
    for (const auto& [what, why] : run.refused)
        json.begin_object().member("what", what).member("why", why).end_object();
    json.end_array().member("notices", run.notices);
    if (!run.error.empty()) json.member("error", run.error);
    json.end_object();
}

std::string json_of(const SyncReport& run, const std::optional<jobs::RescoreReport>& scored) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("runs").begin_array();
    write_run(json, run);
    json.end_array();
    if (scored)
        json.key("scored")
            .begin_object()
            .member("people", scored->people)
            .member("changed", scored->changed)
            .member("day", scored->day)
            .end_object();
    json.end_object();
    return out;
}

void tell(const SyncReport& run, const std::optional<jobs::RescoreReport>& scored) {
    std::vector<Cells> rows;
    for (const auto& [name, requests, counts] : run.streams) {
        Cells row{name};
        for (const auto number : {requests, counts.processed, counts.created, counts.updated,
                                  counts.unchanged, counts.failed})
            row.push_back(text::grouped(number));
        rows.push_back(std::move(row));
    }
    if (!rows.empty())
        print_table({"", "#requests", "#read", "#new", "#changed", "#same", "#refused"}, rows);
    for (const auto& [what, why] : run.refused) print("refused: " + what + ": " + why);
    if (const auto told = static_cast<std::int64_t>(run.refused.size()); told < run.counts.failed)
        print("refused: " + text::grouped(run.counts.failed - told) + " more");
    for (const auto& notice : run.notices) print("note: " + notice);
    print(fmt::format("{}: {} in {:.1f} s, {} requests, {} new, {} changed", run.source,
                      word(run.outcome), run.seconds, text::grouped(run.requests),
                      text::grouped(run.counts.created), text::grouped(run.counts.updated)));
    if (scored)
        print(text::grouped(scored->people) + " people scored, " + text::grouped(scored->changed) +
              " with another priority than before");
}

/// One run of the only source there is so far, and the scores that follow from it.
int run_fub(const Context& context, Db& db, const jobs::SyncOptions& options) {
    auto progress = terminal_progress(context);
    const auto fub = fub_account(context.settings, *context.clock, *progress);
    SyncReport run = jobs::sync_fub(db, fub, *context.clock, options, *progress);
    std::optional<jobs::RescoreReport> scored;
    if (run.outcome != Outcome::failed) {
        scored = jobs::rescore(db, score::house_policy(), context.now(), context.zone(),
                               run.sync_id, *progress);
        for (const auto& stage : scored->unknown_stages)
            run.notices.push_back(unknown_stage(stage));
    }
    progress.reset();  // ends its line before the answer begins
    if (context.json)
        print_json(json_of(run, scored));
    else if (!context.quiet)
        tell(run, scored);
    if (run.outcome == Outcome::failed) throw Error(Fault::unavailable, run.error);
    return run.outcome == Outcome::partial ? exit_partial : exit_done;
}

/// On a copy that is thrown away, since nothing tells better what a run would do than a run.
int run_dry(const Context& context, const jobs::SyncOptions& options) {
    const TemporaryFolder folder("dry-run");
    const auto copy = folder.file("dreams.db");
    {
        Db original = context.open(Db::Mode::read_only);
        store::take_snapshot(original, copy);
    }
    Db db = store::open_file(copy);
    remark(context, "a dry run, on a copy: the file itself is not changed");
    return run_fub(context, db, options);
}

}  // namespace

int sync(const Context& context, const SyncArguments& arguments) {
    const jobs::SyncOptions options{.full = arguments.full, .accept_drop = arguments.accept_drop};
    try {
        if (arguments.dry_run) return run_dry(context, options);
        Db db = context.open();
        return run_fub(context, db, options);
    } catch (const Error& error) {
        if (error.fault() != Fault::conflict) throw;  // a conflict is another run's lease
        print_error(error.what());
        return exit_busy;
    }
}

}  // namespace dreams::cli
