#include "cli/channels.h"
#include "cli/doctor.h"

// The ways out of the house, as far as the settings tell: whether a channel answers is tried by
// `dreams notify`, which sends.

namespace dreams::cli {
namespace {

Check way(const WayOut& out) {
    const auto& name = out.channel.name;
    if (!out.lacks.empty()) return {name, Verdict::wrong, "cannot send: " + out.lacks};
    if (!out.advice.empty()) return {name, Verdict::advice, out.advice};
    return {name, Verdict::ok, "set up; `dreams notify` sends a test message"};
}

Check quiet(const Context& context) {
    try {
        quiet_hours(context);
        const auto& hours = context.settings.text("notify.quiet_hours");
        return {"quiet hours", Verdict::ok, hours.empty() ? "there are none" : hours};
    } catch (const Error& error) {
        return {"quiet hours", Verdict::wrong, error.what()};
    }
}

}  // namespace

std::vector<Check> check_channels(const Context& context) {
    const auto ways = ways_out(context);
    if (ways.empty())
        return {{"notices", Verdict::ok,
                 "nobody is told of anything: neither mail.url nor notify.ntfy_url nor "
                 "notify.slack_url is set"}};
    std::vector<Check> checks;
    for (const auto& each : ways) checks.push_back(way(each));
    checks.push_back(quiet(context));
    return checks;
}

}  // namespace dreams::cli
