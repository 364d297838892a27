#include "jobs/brief.h"

#include <algorithm>

#include "base/text.h"
#include "delivery/brief.h"
#include "delivery/wording.h"
#include "jobs/insist.h"
#include "jobs/settle.h"
#include "score/priority.h"
#include "score/tally.h"
#include "store/before_calling.h"
#include "store/briefs.h"
#include "store/call_list.h"
#include "store/freshness.h"
#include "store/history.h"
#include "store/hot_homes.h"
#include "store/lease.h"
#include "store/morning.h"
#include "store/origin.h"
#include "store/timetable.h"
#include "store/untold_changes.h"

namespace dreams::jobs {
namespace {

using std::chrono::days;

constexpr int people_to_call = 10;
constexpr std::int64_t people_listed = 15, homes_listed = 5, suggestions_listed = 10,
                       clients_named = 5;
constexpr days hot_for{7};
/// Who waits longer than that waits for something else; a reason to call speaks of it as long.
constexpr days waits_at_most{14};
/// A change that nobody was told of for a week is no news.
constexpr days changes_at_most{7};

void worry_about_sources(Db& db, Instant now, std::vector<std::string>& worries) {
    for (const auto& source : store::freshness(db)) {
        if (!store::is_stale(source, now)) continue;
        const auto name = delivery::name_of_source(source.source);
        const bool several = source.source == "watch";
        worries.push_back(source.last_success
                              ? name + (several ? " were" : " was") +
                                    " last read without an error " +
                                    delivery::ago(*source.last_success, now) + "."
                              : name + (several ? " have" : " has") + " not been read yet.");
    }
}

void worry_about_jobs(Db& db, Instant now, std::vector<std::string>& worries) {
    for (const auto& job : store::timed_jobs(db)) {
        const bool off = job.schedule.empty();
        if (job.outcome == JobEnd::failed && !off)
            worries.push_back("The job `" + job.name + "` failed " +
                              delivery::ago(job.ended_at.value_or(now), now) + ": " +
                              job.sentence.value_or("it did not say why"));
        const bool killed =
            job.is_open() && !off && !store::lease_holder(db, store::lease_of_job(job.name), now);
        if (killed)
            worries.push_back("The job `" + job.name + "` was cut off " +
                              delivery::ago(*job.started_at, now) + "; it is done again.");
        if (job.name != "backup") continue;
        if (off)
            worries.push_back("No backup is made: " + job.why_off.value_or("the job is off") + ".");
    }
}

std::vector<BriefCall> calls_of(Db& db, Date today, Instant now) {
    std::vector<BriefCall> calls;
    for (auto& entry : store::call_list(db, today, now, {.limit = people_to_call}).entries)
        calls.push_back({.lead = entry.lead,
                         .name = std::move(entry.name),
                         .phone = std::move(entry.phone),
                         .stage = std::move(entry.stage),
                         .reason = std::move(entry.reason),
                         .priority = entry.priority});
    return calls;
}

/// Who waits, by the same rule that their priority follows.
std::vector<WaitingPerson> waiting_of(Db& db, Instant now) {
    std::vector<WaitingPerson> waiting;
    for (auto& person : store::who_came_to_us(db, now - waits_at_most, now)) {
        const auto history = store::history(db, person.lead);
        if (!history) continue;
        const score::Tally tally(*history, score::house_policy(), now);
        const auto since = score::waiting_since(tally);
        if (!since || now - *since >= waits_at_most) continue;
        person.since = *since;
        waiting.push_back(std::move(person));
    }
    std::ranges::stable_sort(waiting, std::ranges::less{}, &WaitingPerson::since);
    return waiting;
}

/// The page dials nobody who must not be called, even before the next rescore takes them off it.
template <class Person>
void hold_numbers_back(Db& db, std::vector<Person>& people) {
    for (auto& person : people)
        if (store::before_calling(db, person.lead).no_call) person.phone.reset();
}

/// What no page of an earlier day told of; the first page of all tells of the day before too.
std::vector<HomeNews> news_of(Db& db, const Brief& brief, const Zone& zone, Instant now) {
    const auto since = brief.last_sent_at ? now - changes_at_most : brief.people_since;
    auto changes = store::changes_between(db, since, now + std::chrono::seconds{1});
    const auto told = store::changes_in_briefs(db, zone.date_of(since), brief.day);
    std::erase_if(changes, [&](const PropertyChange& each) { return told.contains(each.id); });
    auto news = settle(std::move(changes), now, Patience::none()).news;
    for (auto& home : news) store::complete(db, home, clients_named);
    return news;
}

std::string ids_of(const std::vector<HomeNews>& news) {
    std::vector<std::string> ids;
    for (const auto& home : news) ids.insert(ids.end(), home.changes.begin(), home.changes.end());
    return text::json_array(ids);
}

std::vector<delivery::Channel> channels_at(const WaysOut& ways, const Zone& zone, Instant now) {
    auto channels = ways.channels;
    if (ways.quiet.hold(now, zone))
        std::erase_if(channels, [](const auto& channel) { return channel.name != "mail"; });
    return channels;
}

}  // namespace

Brief gather_brief(Db& db, const Zone& zone, Instant now, const std::optional<std::string>& alarm) {
    const auto today = zone.date_of(now);
    Brief brief{.day = today, .made_at = now, .people_since = zone.start_of(today - days{1})};
    if (const auto last = store::sent_brief_before(db, today)) brief.last_sent_at = last->sent_at;
    if (alarm) brief.worries.push_back(*alarm);
    worry_about_sources(db, now, brief.worries);
    worry_about_jobs(db, now, brief.worries);
    brief.calls = calls_of(db, today, now);
    brief.waiting = waiting_of(db, now);
    brief.waiting_count = std::ssize(brief.waiting);
    if (brief.waiting_count > people_listed) brief.waiting.resize(people_listed);
    brief.news = news_of(db, brief, zone, now);
    brief.hot = store::hot_homes(db, now - hot_for, homes_listed, clients_named);
    auto people = store::new_people(db, brief.people_since, now, people_listed);
    brief.newcomers = std::move(people.some);
    brief.newcomer_count = people.total;
    auto matches = store::new_suggestions(db, brief.people_since, suggestions_listed);
    brief.suggestions = std::move(matches.some);
    brief.suggestion_count = matches.total;
    hold_numbers_back(db, brief.waiting);
    hold_numbers_back(db, brief.newcomers);
    return brief;
}

std::string BriefSent::sentence(const Zone& zone) const {
    if (before && !caught_up.took.empty())
        return "what a way out had not taken earlier went out by " + caught_up.took.front();
    if (before)
        return "the morning page was sent today at " + delivery::time_text(before->sent_at, zone) +
               "; --again sends it once more";
    if (unsaid) return "the morning page was not sent: " + why;
    std::string by;
    for (const auto& channel : notified.took) by += (by.empty() ? "" : ", ") + channel;
    return "the morning page went out by " + by +
           (notified.worth_another_try() ? ", and later by the rest" : "");
}

BriefSent send_brief(Db& db, const Brief& brief, const WaysOut& ways, const Zone& zone, Instant now,
                     Resend resend) {
    const store::Lease lease(db, "brief", now);
    BriefSent sent;
    const auto channels = channels_at(ways, zone, now);
    if (!channels.empty() && !store::why_not_sending(db, ways.environment))
        sent.caught_up = send_unsent(db, channels, now);
    if (resend == Resend::no) sent.before = store::sent_brief(db, brief.day);
    if (sent.before) return sent;
    const auto refuse = [&](Unsaid unsaid, std::string why) {
        sent.unsaid = unsaid;
        sent.why = std::move(why);
        return sent;
    };
    if (ways.channels.empty())
        return refuse(Unsaid::no_channel,
                      "no way out is set up (mail.url, notify.ntfy_url or notify.slack_url)");
    if (channels.empty())
        return refuse(Unsaid::quiet_hours, "these are quiet hours, and mail is not set up");
    if (auto why = store::why_not_sending(db, ways.environment))
        return refuse(Unsaid::may_not_send, std::move(*why));
    const auto message =
        delivery::brief_message(brief, {zone, now, ways.dashboard, !ways.dashboard.empty()});
    sent.notified = send_all(db, ways.environment, channels, message);
    if (sent.notified.took.empty())
        return refuse(Unsaid::not_taken, sent.notified.not_taken.front().sentence);
    insist([&] {
        auto transaction = db.begin();
        keep_unsent(db, sent.notified, message, now);
        store::keep_sent_brief(db, {.day = brief.day,
                                    .sent_at = now,
                                    .channels = {text::json_array(sent.notified.took)},
                                    .changes = {ids_of(brief.news)}});
        transaction.commit();
    });
    return sent;
}

}  // namespace dreams::jobs
