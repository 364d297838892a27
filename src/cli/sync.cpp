#include "jobs/sync.h"

#include <filesystem>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/fub.h"
#include "jobs/rescore.h"
#include "score/policy.h"
#include "store/snapshot.h"

namespace dreams::cli {
namespace {

std::string json_of(const std::vector<SyncReport>& runs) {
    std::string out;
    json::Writer json(out);
    const auto counts = [&](std::int64_t requests, const Counts& c) {
        json.member("requests", requests)
            .member("processed", c.processed)
            .member("created", c.created)
            .member("updated", c.updated)
            .member("unchanged", c.unchanged)
            .member("failed", c.failed);
    };
    json.begin_object().key("runs").begin_array();
    for (const auto& run : runs) {
        json.begin_object().member("source", run.source).member("outcome", run.outcome);
        counts(run.requests, run.counts);
        json.member("seconds", run.seconds).key("streams").begin_object();
        for (const auto& [name, requests, c] : run.streams) {
            json.key(name).begin_object();
            counts(requests, c);
            json.end_object();
        }
        json.end_object().key("refused").begin_array();
        for (const auto& [what, why] : run.refused)
            json.begin_object().member("what", what).member("why", why).end_object();
        json.end_array().member("notices", run.notices).member("error", run.error).end_object();
    }
    json.end_array().end_object();
    return out;
}

void tell(const SyncReport& run) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, requests, c] : run.streams) {
        std::vector<std::string> row{name};
        for (const auto number :
             {requests, c.processed, c.created, c.updated, c.unchanged, c.failed})
            row.push_back(text::grouped(number));
        rows.push_back(std::move(row));
    }
    print_table({"", "#requests", "#read", "#new", "#changed", "#same", "#refused"}, rows);
    for (const auto& [what, why] : run.refused) print("refused: " + what + ": " + why);
    for (const auto& notice : run.notices) print("note: " + notice);
    print(run.source + ": " + std::string(word(run.outcome)) + ", " + text::grouped(run.requests) +
          " requests, " + text::grouped(run.counts.created) + " new, " +
          text::grouped(run.counts.updated) + " changed");
}

/// A copy of the file that is thrown away: what a dry run works on.
class ThrowAway {
public:
    explicit ThrowAway(const Context& context) {
        std::string name =
            (std::filesystem::temp_directory_path() / "dreams-dry-run-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw Error(Fault::unavailable, "there is no room for a copy in the temporary folder");
        folder_ = name;
        Db original = context.open(Db::Mode::read_only);
        store::take_snapshot(original, file());
    }
    ThrowAway(const ThrowAway&) = delete;
    ThrowAway& operator=(const ThrowAway&) = delete;
    ~ThrowAway() {
        std::error_code ignored;  // the system empties its temporary folder too
        std::filesystem::remove_all(folder_, ignored);
    }
    std::string file() const { return (folder_ / "dreams.db").string(); }

private:
    std::filesystem::path folder_;
};

int run_fub(const Context& context, Db& db, const jobs::SyncOptions& options) {
    const auto progress = terminal_progress(context);
    const auto fub = fub_account(context.settings, *context.clock, *progress);
    std::vector<SyncReport> runs{jobs::sync_fub(db, fub, *context.clock, options, *progress)};
    SyncReport& run = runs.front();
    if (run.outcome != Outcome::failed) {
        const auto scored = jobs::rescore(db, score::house_policy(), context.now(), context.zone(),
                                          run.sync_id, *progress);
        for (const auto& stage : scored.unknown_stages)
            run.notices.push_back("the stage '" + stage +
                                  "' is not known to the scoring; it counts as neutral");
    }
    if (context.json)
        print_json(json_of(runs));
    else if (!context.quiet)
        tell(run);
    if (run.outcome == Outcome::failed) throw Error(Fault::unavailable, run.error);
    return run.outcome == Outcome::partial ? exit_partial : exit_done;
}

}  // namespace

int sync(const Context& context, const SyncArguments& arguments) {
    const jobs::SyncOptions options{.full = arguments.full, .accept_drop = arguments.accept_drop};
    try {
        if (!arguments.dry_run) {
            Db db = context.open();
            return run_fub(context, db, options);
        }
        const ThrowAway copy(context);
        Db db = Db::open(copy.file());
        remark(context, "a dry run: the file itself is not changed");
        return run_fub(context, db, options);
    } catch (const Error& error) {
        if (error.fault() != Fault::conflict) throw;
        print_error(error.what());
        return exit_busy;
    }
}

}  // namespace dreams::cli
