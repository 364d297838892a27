#include "sim/town/plans.h"

#include <algorithm>

#include "sim/town/event_kinds.h"
#include "sim/town/founding.h"
#include "sim/town/intent.h"
#include "sim/town/people.h"
#include "sim/town/sessions.h"

namespace dreams::sim {
namespace {

using namespace std::chrono;

constexpr Instant never{seconds{253'402'300'799}};  ///< the end of the year 9999

std::uint64_t number_of(Instant day) {
    return static_cast<std::uint64_t>(day.time_since_epoch().count());
}

/// `weight` in parts of `pace`, the rest as a chance of one more.
int times(std::uint64_t weight, std::uint64_t pace, Random& random) {
    if (pace == 0) return 0;
    return static_cast<int>(weight / pace) + (random.below(pace) < weight % pace ? 1 : 0);
}

}  // namespace

void Town::advance(Instant to) {
    const auto held = hold();
    Daily(*this).live_until(to);
}

void Daily::live_until(Instant to) {
    if (to <= town_.now_) return;
    if (!plans_.next_day) begin();
    for (; *plans_.next_day <= to; *plans_.next_day += days{1}) {
        carry_out(*plans_.next_day);
        plan(*plans_.next_day);
    }
    carry_out(to + seconds{1});
    town_.now_ = to;
}

void Daily::begin() {
    plans_.next_day = Instant{floor<days>(town_.now_)};
    for (const auto& contact : town_.people_.rows()) {
        Chatter chatter;
        if (!contact.gone)
            drip(contact, agent_of(town_, contact), town_.now_, never,
                 Random{town_.seed_, std::uint64_t(contact.id), 7}, chatter);
        plan(std::move(chatter));
    }
}

template <class Row>
void Daily::plan(Instant when, Row&& row) {
    if (when > town_.now_) plans_.coming.emplace(when, std::forward<Row>(row));
}

void Daily::plan(Chatter&& chatter) {
    for (auto& call : chatter.calls) plan(call.created, std::move(call));
    for (auto& text : chatter.texts) plan(text.created, std::move(text));
    for (auto& email : chatter.emails) plan(email.created, std::move(email));
}

void Daily::plan(Instant day) {
    Random random{town_.seed_, number_of(day), 11};
    const int comings = times(static_cast<std::uint64_t>(town_.size_.people), 900, random);
    for (int i = 0; i < comings; ++i)
        plan(day + seconds{random.below(86'400)}, Town::Plans::Arrival{});
    for (const auto& truth : town_.truths_)
        if (const Contact* contact = std::as_const(town_.people_).find(truth.person))
            plan(*contact, day);
}

void Daily::plan(const Contact& contact, Instant day) {
    const Truth& truth = *town_.truth(contact.id);
    const Intent intent = truth.path.back().intent;
    if (const auto step = step_of_day(town_.seed_, contact.id, day, intent, truth.window_shopper))
        plan(step->since, Town::Plans::Turn{contact.id, *step});
    sessions(contact, habits_of(town_.seed_, contact.id), intent, day);
    exchanges(contact, intent, day);
}

void Daily::sessions(const Contact& contact, const Habits& habits, Intent intent, Instant day) {
    Random random{town_.seed_, std::uint64_t(contact.id), number_of(day), 12};
    const auto weight = 86'400 * pace(intent).sessions * habits.zeal;
    const int count = times(weight, town_.session_pace_, random);
    std::vector<Event> events;
    for (int i = 0; i < count; ++i) {
        const auto start = day + seconds{second_of_day(habits, random)};
        const int acts = acts_of_session(intent, random);
        browse({town_.homes_, town_.built_homes_, never}, contact.id, habits, intent, start, acts,
               Random{random.next()}, events);
    }
    for (const auto& event : events)
        if (event.occurred > contact.created) plan(event.created, event);
}

void Daily::exchanges(const Contact& contact, Intent intent, Instant day) {
    Random random{town_.seed_, std::uint64_t(contact.id), number_of(day), 13};
    const int count = times(86'400 * pace(intent).exchanges, town_.exchange_pace_, random);
    Chatter chatter;
    for (int i = 0; i < count; ++i) {
        const auto start = day + seconds{random.below(86'400)};
        const int rows = rows_of_exchange(intent, random);
        if (start > contact.created)
            exchange(contact, agent_of(town_, contact), 0, intent, start, rows, never,
                     Random{random.next()}, chatter);
    }
    plan(std::move(chatter));
}

void Daily::carry_out(Instant before) {
    auto& coming = plans_.coming;
    while (!coming.empty() && coming.begin()->first < before) {
        const auto next = coming.extract(coming.begin());
        town_.now_ = std::max(town_.now_, next.key());
        std::visit([&](const auto& happening) { happen(happening); }, next.mapped());
    }
}

void Daily::happen(const Town::Plans::Turn& turn) {
    Truth& truth = *town_.truth_of(turn.person);
    truth.path.push_back(turn.step);
    if (turn.step.intent == Intent::bought) truth.bought_at = turn.step.since;
    const Contact* contact = std::as_const(town_.people_).find(turn.person);
    if (!contact || contact->stage == stage_id::trash) return;
    Random random{town_.seed_, std::uint64_t(turn.person), number_of(turn.step.since), 14};
    if (turn.step.intent != Intent::bought && !random.chance(600)) return;
    const auto stage = likely_stage(turn.step.intent, random);
    if (stage != contact->stage)
        town_.edit_person(turn.person, [&](Contact& person) { person.stage = stage; });
}

void Daily::happen(Town::Plans::Arrival) {
    const auto id = town_.next_person_id();
    const Contact contact =
        newcomer(town_.seed_, id, std::ssize(town_.people_.rows()) + 1, town_.now_, town_.users_);
    town_.add_person(contact);
    Truth truth{.person = id};
    truth.window_shopper = habits_of(town_.seed_, id).window_shopper;
    truth.path.push_back({town_.now_, first_intent(mixed({town_.seed_, std::uint64_t(id), 6}))});
    town_.truths_.push_back(std::move(truth));
    if (contact.created_via == "API") {
        Event event{.person = id, .created = town_.now_, .occurred = town_.now_};
        event.type = registration;
        event.source = static_cast<std::uint16_t>(contact.source);
        town_.insert(event);
    }
    Chatter chatter;
    drip(contact, agent_of(town_, contact), town_.now_, never,
         Random{town_.seed_, std::uint64_t(id), 7}, chatter);
    plan(std::move(chatter));
    plan(contact, Instant{floor<days>(town_.now_)});
}

void Daily::happen(const Event& event) {
    if (here(event.person)) town_.insert(event);
}

void Daily::happen(const Call& call) {
    if (here(call.person)) town_.insert(call);
}

void Daily::happen(const Text& text) {
    if (here(text.person)) town_.insert(text);
}

void Daily::happen(const Email& email) {
    if (here(email.people.front().person)) town_.insert(email);
}

}  // namespace dreams::sim
