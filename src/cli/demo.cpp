#include <stdlib.h>

#include <filesystem>

#include "base/serve.h"
#include "cli/commands.h"
#include "cli/dashboard.h"
#include "jobs/rescore.h"
#include "jobs/sync.h"
#include "score/policy.h"
#include "sim/fub/account.h"
#include "sim/town/town.h"
#include "store/schema.h"

namespace dreams::cli {
namespace {

/// The simulated account's ten seconds pass in a tenth of one: its limits are real, the wait is
/// not.
constexpr double hurry = 100;

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "dreams-demo-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw Error(Fault::unavailable, "the demo finds no room in the temporary folder");
        path_ = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;  // the system empties its temporary folder too
        std::filesystem::remove_all(path_, ignored);
    }
    std::string file(const char* name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

/// Reads the simulated account into the file and scores everyone, as `dreams sync` does.
void fill(const Context& context, const std::string& file, const std::string& fub_url,
          Clock& clock) {
    Db db = store::open_file(file);
    const auto progress = terminal_progress(context);
    const sources::Fub fub({.url = fub_url + "/v1",
                            .api_key = "fka_owner",
                            .system = "DREAMS",
                            .system_key = "system-key"},
                           http::network(), clock);
    const auto report = jobs::sync_fub(db, fub, clock, {}, *progress);
    if (report.outcome == Outcome::failed) throw Error(Fault::unavailable, report.error);
    jobs::rescore(db, score::house_policy(), clock.now(), context.zone(), report.sync_id,
                  *progress);
}

}  // namespace

int demo(const Context& context, const DemoArguments& arguments) {
    hold_end_signals();
    const TemporaryFolder folder;
    const auto clock = hurried_clock(hurry, context.settings.instant("now"));
    remark(context, "building a town of " + std::to_string(arguments.leads) + " people …");
    sim::Town town(sim::TownSize::of(arguments.leads), arguments.seed, clock->now());
    sim::FubAccount account(town, *clock);
    const http::Server fub({}, account.handler());
    const std::string file = folder.file("dreams.db");
    store::init_file(file);
    fill(context, file, "http://127.0.0.1:" + std::to_string(fub.port()), *clock);
    const web::WebOptions options{
        .database = file,
        .zone = context.zone(),
        .clock = *clock,
        .fixed_now = context.settings.instant("now"),
        .environment = "demo",
        .log = [&](const std::string& line) { remark(context, line); },
    };
    serve_until_asked_to_end(options, "127.0.0.1", arguments.port, [&](const std::string& url) {
        print("Open " + url + " — a simulated account; Ctrl-C ends it and nothing stays behind.");
        std::fflush(stdout);
    });
    return exit_done;
}

}  // namespace dreams::cli
