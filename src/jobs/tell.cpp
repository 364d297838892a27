#include "jobs/tell.h"

#include "base/text.h"
#include "delivery/news.h"
#include "delivery/wording.h"
#include "jobs/insist.h"
#include "jobs/settle.h"
#include "store/lease.h"
#include "store/origin.h"
#include "store/untold_changes.h"

namespace dreams::jobs {
namespace {

constexpr std::int64_t clients_named = 5;

/// What is to be told, and which changes are dealt with once it is.
struct Plan {
    std::vector<HomeNews> news;
    std::vector<std::string> passed;
    std::int64_t waiting = 0;
    Instant since;
};

Plan plan_of(Db& db, Instant now) {
    Plan plan{.since = now - news_for};
    std::vector<PropertyChange> cared_for;
    for (auto& [change, is_cared_for] : store::untold_changes(db, plan.since)) {
        if (is_cared_for)
            cared_for.push_back(std::move(change));
        else
            plan.passed.push_back(std::move(change.id));
    }
    auto settled = settle(std::move(cared_for), now);
    plan.news = std::move(settled.news);
    plan.waiting = std::ssize(settled.waiting);
    for (auto& id : settled.passed) plan.passed.push_back(std::move(id));
    for (auto& home : plan.news) store::complete(db, home, clients_named);
    return plan;
}

/// Everything of the plan is dealt with, or nothing; what one channel lacks is kept for it.
void mark(Db& db, const Plan& plan, const Told& told, Instant now) {
    auto transaction = db.begin();
    if (told.message) keep_unsent(db, told.notified, *told.message, now);
    store::mark_told_before(db, plan.since);
    store::mark_told(db, plan.passed);
    for (const auto& home : plan.news) store::mark_told(db, home.changes);
    transaction.commit();
}

Told told_of(Db& db, const Plan& plan, const WaysOut& ways, const Zone& zone, Instant now) {
    Told told{.homes = std::ssize(plan.news),
              .passed = std::ssize(plan.passed) + store::count_untold_before(db, plan.since),
              .waiting = plan.waiting};
    for (const auto& home : plan.news) told.changes += std::ssize(home.changes);
    if (!plan.news.empty())
        told.message =
            delivery::news_message(plan.news, {zone, now, ways.dashboard, !ways.dashboard.empty()});
    return told;
}

/// Why nothing is sent at the moment, if so.
void look_whether(Db& db, const WaysOut& ways, const Zone& zone, Instant now, Told& told) {
    if (ways.channels.empty()) {
        told.unsaid = Unsaid::no_channel;
        return;
    }
    if (auto why = store::why_not_sending(db, ways.environment)) {
        told.unsaid = Unsaid::may_not_send;
        told.why = std::move(*why);
        return;
    }
    if (!told.message)
        told.unsaid = Unsaid::nothing_new;
    else if (ways.quiet.hold(now, zone))
        told.unsaid = Unsaid::quiet_hours;
}

}  // namespace

std::string Told::sentence() const {
    const auto news = delivery::counted(homes, "home", "homes") + " with news";
    if (!unsaid) {
        std::string by;
        for (const auto& channel : notified.took) by += (by.empty() ? "" : ", ") + channel;
        return news + ", told by " + by +
               (notified.worth_another_try() ? ", and later by the rest" : "");
    }
    switch (*unsaid) {
        case Unsaid::no_channel:
            return news +
                   "; no way out is set up (mail.url, notify.ntfy_url or notify.slack_url): "
                   "the morning page shows them";
        case Unsaid::quiet_hours:
            return news + ", told after the quiet hours";
        case Unsaid::may_not_send:
        case Unsaid::not_taken:
            return news + ", told to nobody: " + why;
        case Unsaid::nothing_new:
            break;
    }
    return caught_up.took.empty() ? "nothing new to tell" : "what a way out had not taken was told";
}

Told what_to_tell(Db& db, const WaysOut& ways, const Zone& zone, Instant now) {
    const auto plan = plan_of(db, now);
    auto told = told_of(db, plan, ways, zone, now);
    look_whether(db, ways, zone, now, told);
    return told;
}

Told tell(Db& db, const WaysOut& ways, const Zone& zone, Instant now) {
    const store::Lease lease(db, "tell", now);
    const auto plan = plan_of(db, now);
    auto told = told_of(db, plan, ways, zone, now);
    look_whether(db, ways, zone, now, told);
    const bool may_send = told.unsaid != Unsaid::no_channel && told.unsaid != Unsaid::may_not_send;
    if (may_send && !ways.quiet.hold(now, zone))
        told.caught_up = send_unsent(db, ways.channels, now);
    if (told.unsaid == Unsaid::nothing_new) mark(db, plan, told, now);
    if (told.unsaid) return told;
    told.notified = send_all(db, ways.environment, ways.channels, *told.message);
    if (!told.notified.took.empty()) {
        insist([&] { mark(db, plan, told, now); });
    } else {
        told.unsaid = Unsaid::not_taken;
        told.why = told.notified.not_taken.front().sentence;
    }
    return told;
}

}  // namespace dreams::jobs
