#include "jobs/notify.h"

#include "base/json_writer.h"
#include "cli/channels.h"
#include "cli/commands.h"
#include "cli/notified.h"

namespace dreams::cli {
namespace {

delivery::Message test_message(const Context& context) {
    return {.subject = "DREAMS: a test message",
            .text =
                "Somebody ran `dreams notify`. If you read this, DREAMS can tell you what "
                "changes and whom to call.\n",
            .link = context.settings.text("web.public_url")};
}

std::string json_of(const jobs::Notified& notified) {
    std::string out;
    json::Writer json(out);
    json.begin_object();
    write_members(json, notified);
    json.end_object();
    return out;
}

}  // namespace

int notify(const Context& context) {
    const auto all = channels(context);
    if (all.empty())
        throw Error(Fault::invalid,
                    "nobody can be told: set mail.url, mail.from and mail.to, or notify.ntfy_url, "
                    "or notify.slack_url");
    Db db = context.open();
    const auto notified =
        jobs::send_all(db, context.settings.text("environment"), all, test_message(context));
    if (context.json) print_json(json_of(notified));
    for (const auto& name : notified.took)
        if (!context.json) print(name + " took the test message");
    for (const auto& each : notified.not_taken) print_error(each.channel + ": " + each.sentence);
    return notified.not_taken.empty() ? exit_done : exit_failed;
}

}  // namespace dreams::cli
