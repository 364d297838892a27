#include <malloc.h>

#include "base/json_writer.h"
#include "cli/backup.h"
#include "cli/beside_timetable.h"
#include "cli/commands.h"
#include "cli/dashboard.h"
#include "cli/idx.h"
#include "cli/notion.h"
#include "cli/timetable_words.h"
#include "store/whole_file.h"
#include "web/door.h"

namespace dreams::cli {
namespace {

/// What reading everyone took is given back when it is read: left to itself the C library learns
/// from the first large page that it had better keep it, a third of the memory of an idle server.
void give_back_memory() {
    ::mallopt(M_TRIM_THRESHOLD, 128 << 10);
}

/// Where the team's site has its homes, by MLS number; empty: there is no site.
std::string idx_homes_url(std::string site) {
    while (site.ends_with('/')) site.pop_back();
    return site.empty() ? site : site + "/property/";
}

/// The host that the dashboard has from outside; says so when nobody can come in by it.
std::vector<std::string> public_hosts(const Context& context) {
    const auto secret = context.settings.text("web.proxy_secret");
    auto hosts = web::public_hosts(context.settings.text("web.public_url"), secret);
    if (!hosts.empty() && secret.empty())
        print_error(
            "web.public_url is set and web.proxy_secret is not: whoever comes by that "
            "address sees no page. See docs/running.md.");
    return hosts;
}

}  // namespace

int serve(const Context& context, const ServeArguments& arguments) {
    hold_end_signals();
    give_back_memory();
    const store::InUse in_use(context.open(), context.now());
    auto [address, port] = web::listen_address(
        arguments.listen.empty() ? context.settings.text("web.listen") : arguments.listen);
    if (arguments.port) port = *arguments.port;
    auto orders = idx_orders(context);
    add_notion_orders(context, orders);
    const web::WebOptions options{
        .database = context.database(),
        .zone = context.zone(),
        .clock = *context.clock,
        .fixed_now = context.settings.instant("now"),
        .environment = context.settings.text("environment"),
        .hosts = public_hosts(context),
        .proxy_secret = context.settings.text("web.proxy_secret"),
        .fub_people_url = context.settings.text("fub.people_url"),
        .idx_homes_url = idx_homes_url(context.settings.text("idx.url")),
        .api_key = context.settings.text("web.api_key"),
        .allowed_origins = web::origins_of(context.settings.text("web.allowed_origins")),
        .orders = std::move(orders),
        .keeps_timetable = !arguments.no_jobs,
        .backups = [&context] { return backups_of(context); },
        .backup_key = backup_key(context),
        .jobs = dictionary_jobs(context),
        .flows = data_flows(context),
        .alarm = BackupAlarm(context),
        .log = print_error,
    };
    std::optional<BesideTimetable> jobs;
    serve_until_asked_to_end(options, {address, port}, [&](const std::string& url) {
        // Not before the port is ours: a second server that cannot start does no jobs either.
        if (!arguments.no_jobs && !context.settings.instant("now")) jobs.emplace(context);
        if (context.json)
            print_json("{\"url\":" + json::written(url) + "}");
        else
            print("The dashboard is at " + url + "; Ctrl-C ends it.");
        flush_answer();
    });
    return exit_done;
}

}  // namespace dreams::cli
