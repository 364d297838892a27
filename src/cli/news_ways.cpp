#include "cli/news_ways.h"

#include "cli/channels.h"

namespace dreams::cli {

jobs::WaysOut news_ways(const Context& context) {
    auto dashboard = context.settings.text("web.public_url");
    while (dashboard.ends_with('/')) dashboard.pop_back();
    return {.channels = channels(context),
            .quiet = quiet_hours(context),
            .environment = context.settings.text("environment"),
            .dashboard = std::move(dashboard)};
}

bool any_way_out(const Context& context) {
    return !channels(context).empty();
}

}  // namespace dreams::cli
