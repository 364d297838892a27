#include "cli/commands.h"
#include "cli/dashboard.h"
#include "store/schema.h"

namespace dreams::cli {

int serve(const Context& context, const ServeArguments& arguments) {
    hold_end_signals();
    store::open_file(context.database(),
                     Db::Mode::read_only);  // says at once what is wrong with it
    const auto [address, port] = web::listen_address(
        arguments.listen.empty() ? context.settings.text("web.listen") : arguments.listen);
    const web::WebOptions options{
        .database = context.database(),
        .zone = context.zone(),
        .clock = *context.clock,
        .fixed_now = context.settings.instant("now"),
        .environment = context.settings.text("environment"),
        .log = [&](const std::string& line) { remark(context, line); },
    };
    serve_until_asked_to_end(options, address, port, [&](const std::string& url) {
        remark(context, "the dashboard is at " + url + "; Ctrl-C ends it");
    });
    return exit_done;
}

}  // namespace dreams::cli
