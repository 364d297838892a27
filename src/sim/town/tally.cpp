#include <algorithm>

#include "sim/town/event_kinds.h"
#include "sim/town/town.h"

namespace dreams::sim {
namespace {

/// Keeps the later of two; of equals the higher id, as rows of one second are told apart.
void keep_last(Tally::Last& last, Instant at, std::int64_t id) {
    if (std::pair(at, id) > std::pair(last.at, last.id)) last = {at, id};
}

void count_event(Tally& tally, const Event& event) {
    keep_last(tally.event, event.created, event.id);
    tally.activity = std::max(tally.activity, event.created);
    if (event.type == visited_website) {
        ++tally.visits;
        tally.last_visit = std::max(tally.last_visit, event.created);
    }
    if (event.type == viewed_property) ++tally.viewed;
    if (event.type == saved_property) ++tally.saved;
    if (event.type == viewed_page) ++tally.pages;
}

void count_call(Tally& tally, const Call& call) {
    keep_last(tally.call, call.created, call.id);
    keep_last(call.incoming ? tally.call_in : tally.call_out, call.created, call.id);
    if (!tally.first_call.any() || call.created < tally.first_call.at)
        tally.first_call = {call.created, call.id};
    ++(call.incoming ? tally.calls_in : tally.calls_out);
    tally.call_seconds += call.seconds;
}

void count_text(Tally& tally, const Text& text) {
    keep_last(tally.text, text.created, text.id);
    keep_last(text.incoming ? tally.text_in : tally.text_out, text.created, text.id);
    ++(text.incoming ? tally.texts_in : tally.texts_out);
}

/// fub-api §5.3: drip and campaign mail has keys of its own and is not in lastEmail.
void count_email(Tally& tally, const Email& email) {
    if (email.campaign != 0) {
        tally.campaign_email = std::max(tally.campaign_email, email.date);
    } else if (email.action_plan != 0) {
        tally.action_plan_email = std::max(tally.action_plan_email, email.date);
    } else {
        keep_last(tally.email, email.date, email.id);
        keep_last(email.incoming ? tally.email_in : tally.email_out, email.date, email.id);
        ++(email.incoming ? tally.emails_in : tally.emails_out);
    }
}

}  // namespace

Tally Town::count(std::int64_t person, const Children& children) const {
    Tally tally;
    const auto each = [](const auto& table, const auto& indexes, auto tell) {
        for (const auto index : indexes)
            if (const auto& row = table[index]; !row.gone) tell(row);
    };
    if (const Contact* contact = people_.find(person)) tally.activity = contact->created;
    each(events_, children.events, [&](const Event& row) { count_event(tally, row); });
    each(calls_, children.calls, [&](const Call& row) { count_call(tally, row); });
    each(texts_, children.texts, [&](const Text& row) { count_text(tally, row); });
    each(emails_, children.emails, [&](const Email& row) { count_email(tally, row); });
    tally.communication = std::max({tally.call.at, tally.text.at, tally.email.at});
    tally.activity = std::max(tally.activity, tally.communication);
    return tally;
}

const Tally& Town::tally(std::int64_t person) const {
    const auto held = hold();
    const auto found = children_.find(person);
    if (found == children_.end()) {
        thread_local Tally none;
        none = count(person, {});
        return none;
    }
    const Children& children = found->second;
    if (!children.tally_true) {
        children.tally = count(person, children);
        children.tally_true = true;
    }
    return children.tally;
}

}  // namespace dreams::sim
