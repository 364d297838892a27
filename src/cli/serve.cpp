#include <malloc.h>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/dashboard.h"
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

}  // namespace

int serve(const Context& context, const ServeArguments& arguments) {
    hold_end_signals();
    give_back_memory();
    context.open(Db::Mode::read_only);  // says at once what is wrong with the file
    const auto [address, port] = web::listen_address(
        arguments.listen.empty() ? context.settings.text("web.listen") : arguments.listen);
    const web::WebOptions options{
        .database = context.database(),
        .zone = context.zone(),
        .clock = *context.clock,
        .fixed_now = context.settings.instant("now"),
        .environment = context.settings.text("environment"),
        .fub_people_url = context.settings.text("fub.people_url"),
        .idx_homes_url = idx_homes_url(context.settings.text("idx.url")),
        .api_key = context.settings.text("web.api_key"),
        .allowed_origins = web::origins_of(context.settings.text("web.allowed_origins")),
        .log = print_error,
    };
    serve_until_asked_to_end(options, {address, port}, [&](const std::string& url) {
        if (context.json)
            print_json("{\"url\":" + json::written(url) + "}");
        else
            print("The dashboard is at " + url + "; Ctrl-C ends it.");
        flush_answer();
    });
    return exit_done;
}

}  // namespace dreams::cli
