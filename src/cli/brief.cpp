#include "cli/brief.h"

#include "base/json_writer.h"
#include "cli/backup.h"
#include "cli/commands.h"
#include "cli/news_ways.h"
#include "cli/notified.h"
#include "cli/timetable.h"
#include "delivery/brief.h"

namespace dreams::cli {
namespace {

Brief todays_brief(const Context& context, Db& db) {
    return jobs::gather_brief(db, context.zone(), context.now(),
                              alarm_of(context, backup_state(context, db)));
}

void print_sent(const Context& context, const jobs::BriefSent& sent) {
    std::string out;
    json::Writer json(out);
    const bool went = !sent.before && !sent.unsaid;
    json.begin_object().key("sent").truth(went);
    write_members(json, sent.notified);
    if (sent.before) json.member("sent_at", sent.before->sent_at);
    json.member("sentence", sent.sentence(context.zone())).end_object();
    print_json(out);
}

int send(const Context& context, const BriefArguments& arguments) {
    Db db = context.open();
    const auto sent =
        send_todays_brief(context, db, arguments.again ? jobs::Resend::yes : jobs::Resend::no);
    for (const auto& each : sent.notified.not_taken)
        remark(context, each.channel + ": " + each.sentence);
    if (context.json) print_sent(context, sent);
    if (sent.unsaid) {
        print_error(sent.sentence(context.zone()));
        return exit_failed;
    }
    if (!context.json && !context.quiet) print(sent.sentence(context.zone()));
    return exit_done;
}

}  // namespace

jobs::BriefSent send_todays_brief(const Context& context, Db& db, jobs::Resend resend) {
    return jobs::send_brief(db, todays_brief(context, db), news_ways(context), context.zone(),
                            context.now(), resend);
}

bool is_brief_still_due(const Context& context) {
    const auto zone = context.zone();
    for (const auto& job : scheduled_jobs(context)) {
        if (job.name != "brief" || !job.when) continue;
        const auto next = job.when->next(context.now(), zone);
        return zone.date_of(next) == zone.date_of(context.now());
    }
    return false;
}

int brief(const Context& context, const BriefArguments& arguments) {
    if (arguments.send) return send(context, arguments);
    Db db = context.open(Db::Mode::read_only);
    const auto page = todays_brief(context, db);
    if (context.json) {
        print_json(json::written(page));
        return exit_done;
    }
    const auto zone = context.zone();
    print_lines(delivery::brief_text(page, {zone, context.now(), "", false}));
    return exit_done;
}

}  // namespace dreams::cli
