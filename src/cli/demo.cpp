#include "base/json_writer.h"
#include "base/serve.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/dashboard.h"
#include "cli/temporary_folder.h"
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
constexpr int usual_port = 8484;

/// A simulated account, and the file that it is read into.
struct Demo {
    Demo(const Context& context, const DemoArguments& arguments)
        : clock(hurried_clock(hurry, context.settings.instant("now"))),
          town(sim::TownSize::of(arguments.leads), arguments.seed, clock->now()),
          account(town, *clock),
          server({}, account.handler()) {}

    std::string fub_url() const {
        return "http://127.0.0.1:" + std::to_string(server.port()) + "/v1";
    }
    sources::FubSettings settings() const {
        return {.url = fub_url(),
                .api_key = "fka_owner",
                .system = "DREAMS",
                .system_key = "system-key"};
    }

    std::unique_ptr<Clock> clock;
    sim::Town town;
    sim::FubAccount account;
    http::Server server;
};

/// Reads the account into a new file and scores everyone, as `dreams sync` does.
void fill(const Context& context, const Demo& demo, const std::string& file) {
    store::init_file(file);
    Db db = store::open_file(file);
    const auto progress = terminal_progress(context);
    const sources::Fub fub(demo.settings(), http::network(), *demo.clock);
    const auto report = jobs::sync_fub(db, fub, *demo.clock, {}, *progress);
    if (report.outcome == Outcome::failed) throw Error(Fault::unavailable, report.error);
    jobs::rescore(db, score::house_policy(), demo.clock->now(), context.zone(), report.sync_id,
                  *progress);
}

void tell(const Context& context, const Demo& demo, const std::string& file,
          const std::string& url) {
    if (context.json) {
        std::string out;
        json::Writer json(out);
        json.begin_object().member("url", url).member("database", file);
        json.member("fub_url", demo.fub_url()).member("fub_api_key", demo.settings().api_key);
        json.end_object();
        print_json(out);
    } else {
        print("Open " + url + " in a browser. Everyone there is invented.");
        print("The file is " + file + ", the simulated Follow Up Boss " + demo.fub_url() +
              " (key " + demo.settings().api_key + ").");
        print("Ctrl-C ends it all, and nothing stays behind.");
    }
    flush_answer();
}

/// The port asked for; if none was, the usual one, or any that is free.
void serve_demo(const web::WebOptions& options, std::optional<int> port,
                const std::function<void(const std::string& url)>& ready) {
    const std::string here = "127.0.0.1";
    bool begun = false;
    const auto begin = [&](const std::string& url) {
        begun = true;
        ready(url);
    };
    try {
        serve_until_asked_to_end(options, {here, port.value_or(usual_port)}, begin);
    } catch (const Error& error) {
        if (port || begun || error.fault() != Fault::unavailable) throw;
        serve_until_asked_to_end(options, {here, 0}, begin);
    }
}

}  // namespace

int demo(const Context& context, const DemoArguments& arguments) {
    hold_end_signals();
    const TemporaryFolder folder("demo");
    const std::string file = folder.file("dreams.db");
    std::optional<EndAtOnce> end(std::in_place, [&] { folder.remove(); });
    remark(context, "A town of " + text::grouped(arguments.leads) + " people moves in …");
    const Demo demo(context, arguments);
    fill(context, demo, file);
    end.reset();
    const web::WebOptions options{
        .database = file,
        .zone = context.zone(),
        .clock = *demo.clock,
        .fixed_now = context.settings.instant("now"),
        .environment = "demo",
        .log = print_error,
    };
    serve_demo(options, arguments.port,
               [&](const std::string& url) { tell(context, demo, file, url); });
    return exit_done;
}

}  // namespace dreams::cli
