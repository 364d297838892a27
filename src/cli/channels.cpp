#include "cli/channels.h"

#include <algorithm>

#include "base/http.h"
#include "base/smtp.h"
#include "delivery/mail.h"
#include "delivery/ntfy.h"
#include "delivery/slack.h"

namespace dreams::cli {
namespace {

using delivery::Channel;

void require(const Context& context, std::initializer_list<const char*> keys) {
    std::string lacking;
    for (const auto* key : keys)
        if (context.settings.text(key).empty())
            lacking += (lacking.empty() ? "" : ", ") + std::string(key);
    if (!lacking.empty()) throw Error(Fault::invalid, "not set: " + lacking);
}

Channel mail(const Context& context) {
    require(context, {"mail.url", "mail.from", "mail.to"});
    const auto& settings = context.settings;
    return delivery::mail({.from = settings.text("mail.from"), .to = settings.list("mail.to")},
                          smtp::post({.url = settings.text("mail.url"),
                                      .user = settings.text("mail.user"),
                                      .password = settings.text("mail.password")}),
                          *context.clock);
}

delivery::NtfySettings ntfy_settings(const Context& context) {
    return {.url = context.settings.text("notify.ntfy_url"),
            .token = context.settings.text("notify.ntfy_token")};
}

Channel ntfy(const Context& context) {
    require(context, {"notify.ntfy_url"});
    return delivery::ntfy(ntfy_settings(context), http::network(), *context.clock);
}

std::string advice_on_ntfy(const Context& context) {
    return delivery::is_guessable(ntfy_settings(context))
               ? "at ntfy.sh the topic is the only password: take one of 16 random letters or more"
               : "";
}

Channel slack(const Context& context) {
    return delivery::slack(context.settings.text("notify.slack_url"), http::network(),
                           *context.clock);
}

std::string nothing_to_add(const Context&) {
    return "";
}

/// A channel, and the settings of which any says that it is wanted.
struct Known {
    const char* name;
    std::vector<const char*> wanted_by;
    Channel (*made)(const Context&);
    std::string (*advice)(const Context&);
};

const std::vector<Known>& known() {
    static const std::vector<Known> all{
        {"mail", {"mail.url", "mail.from", "mail.to"}, mail, nothing_to_add},
        {"ntfy", {"notify.ntfy_url", "notify.ntfy_token"}, ntfy, advice_on_ntfy},
        {"Slack", {"notify.slack_url"}, slack, nothing_to_add},
    };
    return all;
}

WayOut way_out(const Context& context, const Known& channel) {
    try {
        return {.channel = channel.made(context), .advice = channel.advice(context)};
    } catch (const Error& error) {
        const std::string lacks = error.what();
        return {
            .channel = {channel.name, [lacks](const auto&) { throw Error(Fault::invalid, lacks); }},
            .lacks = lacks};
    }
}

}  // namespace

std::vector<WayOut> ways_out(const Context& context) {
    std::vector<WayOut> all;
    for (const auto& channel : known()) {
        const bool wanted = std::ranges::any_of(channel.wanted_by, [&](const char* key) {
            return !context.settings.text(key).empty();
        });
        if (wanted) all.push_back(way_out(context, channel));
    }
    return all;
}

std::vector<Channel> channels(const Context& context) {
    std::vector<Channel> all;
    for (auto& each : ways_out(context)) all.push_back(std::move(each.channel));
    return all;
}

delivery::QuietHours quiet_hours(const Context& context) {
    const auto& text = context.settings.text("notify.quiet_hours");
    const auto quiet = delivery::QuietHours::from(text);
    if (!quiet)
        throw Error(Fault::invalid,
                    "notify.quiet_hours is two hours of the day, as 21-7 is, not '" + text + "'");
    return *quiet;
}

}  // namespace dreams::cli
