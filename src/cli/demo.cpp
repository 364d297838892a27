#include <filesystem>

#include "base/json_writer.h"
#include "base/serve.h"
#include "base/text.h"
#include "cli/backup.h"
#include "cli/beside_timetable.h"
#include "cli/commands.h"
#include "cli/dashboard.h"
#include "cli/demo_notion.h"
#include "cli/notion.h"
#include "cli/temporary_folder.h"
#include "cli/timetable_words.h"
#include "jobs/contact_properties.h"
#include "jobs/import.h"
#include "jobs/match.h"
#include "jobs/rescore.h"
#include "jobs/sync.h"
#include "jobs/sync_idx.h"
#include "score/policy.h"
#include "sim/fub/account.h"
#include "sim/idx/site.h"
#include "sim/mail/server.h"
#include "sim/town/listing_files.h"
#include "sim/town/town.h"
#include "store/origin.h"
#include "store/schema.h"

namespace dreams::cli {
namespace {

/// The simulated account's ten seconds pass in a tenth of one: its limits are real, the wait is
/// not.
constexpr double hurry = 100;
constexpr int usual_port = 8484;
/// What the demo's file and its settings both say, so that its jobs may send, whatever the user's
/// own settings say.
constexpr auto environment = "dev";

/// A simulated account, the team's listing site, a Notion workspace and a mail server.
struct Demo {
    Demo(const Context& context, const DemoArguments& arguments, const std::string& letter_box)
        : clock(hurried_clock(hurry, context.settings.instant("now"))),
          town(sim::TownSize::of(arguments.leads), arguments.seed, clock->now()),
          account(town, *clock),
          server({}, account.handler()),
          site(town, *clock),
          site_server({}, site.handler()),
          workspace(*clock),
          notion_server({}, workspace.handler()),
          mail_folder(letter_box),
          mail({.folder = letter_box}) {
        furnish(workspace);
    }

    std::string fub_url() const {
        return "http://127.0.0.1:" + std::to_string(server.port()) + "/v1";
    }
    sources::FubSettings settings() const {
        return {.url = fub_url(),
                .api_key = "fka_owner",
                .system = "DREAMS",
                .system_key = "system-key"};
    }

    std::string idx_url() const { return "http://127.0.0.1:" + std::to_string(site_server.port()); }
    std::string notion_url() const {
        return "http://127.0.0.1:" + std::to_string(notion_server.port()) + "/v1";
    }
    std::string mail_url() const { return "smtp://127.0.0.1:" + std::to_string(mail.port()); }

    std::unique_ptr<Clock> clock;
    sim::Town town;
    sim::FubAccount account;
    http::Server server;
    sim::IdxSite site;
    http::Server site_server;
    sim::NotionWorkspace workspace;
    http::Server notion_server;
    std::string mail_folder;  ///< where what is mailed lands
    sim::MailServer mail;
};

/// Asks the site for every MLS number at once: it is ours, and lies on this machine.
void ask_the_site(const Demo& demo, Db& db, jobs::Progress& progress) {
    sources::Fetcher fetcher({.allow = {demo.idx_url()}, .pace = {}}, http::network(), *demo.clock);
    sources::Idx idx(demo.idx_url(), fetcher);
    const jobs::IdxOptions all{.numbers = 100'000, .homes = 100'000};
    const auto report = jobs::sync_idx(db, idx, fetcher, *demo.clock, all, progress);
    if (report.outcome == Outcome::failed) throw Error(Fault::unavailable, report.error);
}

/// The files that an assistant has saved: last week's homes, today's, and a list of their own.
void import_homes(const Context& context, const Demo& demo, Db& db, jobs::Progress& progress) {
    const auto now = demo.clock->now(), last_week = now - std::chrono::hours{7 * 24};
    const auto named = [&](Instant day) {
        return "redfin_" + to_text(context.zone().date_of(day)) + ".csv";
    };
    const auto before = sim::redfin_download(demo.town, last_week),
               today = sim::redfin_download(demo.town, now), wishes = sim::wish_list(demo.town);
    jobs::import_texts(
        db, {{named(last_week), before}, {named(now), today}, {"asked-about.csv", wishes}}, {},
        context.zone(), now, progress);
}

/// The settings that somebody would have whose account this is; none that lead to the user's own.
Context settled_in(const Context& context, const Demo& demo, const TemporaryFolder& folder) {
    Context settled{.settings = context.settings,
                    .clock = system_clock(context.settings.instant("now")),
                    .json = context.json,
                    .quiet = context.quiet};
    const auto account = demo.settings();
    for (const auto& [key, value] : std::initializer_list<std::pair<const char*, std::string>>{
             {"database", folder.file("dreams.db")},
             {"environment", environment},
             {"backup.folder", folder.file("backups")},
             {"fub.url", account.url},
             {"fub.api_key", account.api_key},
             {"fub.system", account.system},
             {"fub.system_key", account.system_key},
             {"idx.url", demo.idx_url()},
             {"idx.pace", "0"},
             {"jobs.fub", "0 11 * * *"},
             {"notion.url", demo.notion_url()},
             {"notion.token", sim::NotionOptions{}.token},
             {"notion.data_source", sim::NotionOptions{}.database},
             {"reso.url", ""},
             {"mail.url", demo.mail_url()},
             {"mail.user", ""},
             {"mail.password", ""},
             {"mail.from", "DREAMS <dreams@office.example>"},
             {"mail.to", "agent@office.example"},
             {"notify.ntfy_url", ""},
             {"notify.ntfy_token", ""},
             {"notify.slack_url", ""},
             {"notify.quiet_hours", ""},
             {"backup.key", ""}})
        settled.settings.set(key, value, "the demo");
    return settled;
}

/// Reads the account into a new file and scores everyone, as `dreams sync` does.
void fill(const Context& context, Demo& demo, const std::string& file) {
    store::init_file(file);
    Db db = store::open_file(file);
    const auto progress = terminal_progress(context);
    const sources::Fub fub(demo.settings(), http::network(), *demo.clock);
    const auto report = jobs::sync_fub(db, fub, *demo.clock, {}, *progress);
    if (report.outcome == Outcome::failed) throw Error(Fault::unavailable, report.error);
    store::stamp(db, environment, demo.clock->now());
    take_backup(context, db);
    import_homes(context, demo, db, *progress);
    ask_the_site(demo, db, *progress);
    fill_notion(db, demo.workspace, *demo.clock, context.zone(), *progress);
    jobs::refresh_contact_properties(db, demo.clock->now());
    jobs::rescore(db, score::house_policy(), demo.clock->now(), context.zone(), report.sync_id,
                  *progress);
    jobs::match(db, score::match_policy(), demo.clock->now(), context.zone(), {}, *progress);
}

void tell(const Context& context, const Demo& demo, const std::string& file,
          const std::string& url) {
    if (context.json) {
        std::string out;
        json::Writer json(out);
        json.begin_object().member("url", url).member("database", file);
        json.member("fub_url", demo.fub_url()).member("fub_api_key", demo.settings().api_key);
        json.member("idx_url", demo.idx_url());
        json.member("mail_url", demo.mail_url()).member("mail_folder", demo.mail_folder);
        json.end_object();
        print_json(out);
    } else {
        print("Open " + url + " in a browser. Everyone there is invented.");
        print("The file is " + file + ", the simulated Follow Up Boss " + demo.fub_url() +
              " (key " + demo.settings().api_key + "), the listing site " + demo.idx_url() + ".");
        print("What it mails goes to " + demo.mail_url() + " and lies in " + demo.mail_folder +
              ".");
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
    std::optional<EndAtOnce> end(std::in_place, [&] { folder.remove(); });
    remark(context, "A town of " + text::grouped(arguments.leads) + " people moves in …");
    const auto letter_box = folder.file("mail");
    std::filesystem::create_directory(letter_box);
    Demo demo(context, arguments, letter_box);
    const auto settled = settled_in(context, demo, folder);
    const auto file = settled.database();
    fill(settled, demo, file);
    end.reset();
    web::Orders orders;
    add_notion_orders(settled, orders);
    const web::WebOptions options{
        .database = file,
        .zone = context.zone(),
        .clock = *demo.clock,
        .fixed_now = context.settings.instant("now"),
        .environment = environment,
        .idx_homes_url = demo.idx_url() + "/property/",
        .orders = std::move(orders),
        .backups = [&] { return backups_of(settled); },
        .backup_key = backup_key(settled),
        .jobs = dictionary_jobs(settled),
        .flows = data_flows(settled),
        .log = print_error,
    };
    std::optional<BesideTimetable> jobs;
    serve_demo(options, arguments.port, [&](const std::string& url) {
        if (!context.settings.instant("now")) jobs.emplace(settled);
        tell(context, demo, file, url);
    });
    return exit_done;
}

}  // namespace dreams::cli
