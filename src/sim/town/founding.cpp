#include "sim/town/founding.h"

#include <algorithm>
#include <tuple>

#include "sim/town/event_kinds.h"
#include "sim/town/homes.h"
#include "sim/town/intent.h"
#include "sim/town/people.h"
#include "sim/town/sessions.h"
#include "sim/town/words.h"

namespace dreams::sim {
namespace {

using namespace std::chrono;

constexpr int days_of_past = 900;  ///< the first people came so long ago

/// The town's homes: the 865 listings of the dictionary's cache for its 430 people, fewer in a
/// hamlet, more where many people look.
int homes_for(int people) {
    return people < 430 ? std::max(60, people * 2 + 5) : std::clamp(people / 4, 865, 20'000);
}

}  // namespace

const User& agent_of(const Town& town, const Contact& contact) {
    const User* user = contact.user ? town.user(*contact.user) : nullptr;
    return user ? *user : town.users().front();
}

void Founding::found() {
    settle();
    people();
    events();
    communications();
    stages();
    notes();
}

void Founding::settle() {
    town_.event_types_.assign(kind_names.begin(), kind_names.end());
    town_.stages_ = stage_list();
    town_.sources_ = source_list();
    town_.ponds_ = pond_list();
    town_.users_ = office(town_.size_.people, town_.now_ - days{days_of_past + 60});
    town_.built_homes_ = homes_for(town_.size_.people);
    town_.homes_ = build_homes(town_.seed_, town_.built_homes_, town_.now_);
}

/// People come in over the years, more and more of them.
void Founding::people() {
    const auto count = static_cast<std::size_t>(town_.size_.people);
    Random random{town_.seed_, 100};
    std::vector<Instant> comings(count);
    for (auto& coming : comings) {
        const auto share = 200 + random.below(800);
        const auto ago = random.below(days_of_past) * share / 1000;
        coming = town_.now_ - days{ago} - seconds{1 + random.below(86'400)};
    }
    std::ranges::sort(comings);
    town_.people_.reserve(count);
    town_.truths_.reserve(count);
    town_.children_.reserve(count);
    for (const auto coming : comings) {
        const auto id = town_.next_person_id();
        town_.add_person(
            newcomer(town_.seed_, id, std::ssize(town_.people_.rows()) + 1, coming, town_.users_));
        Truth truth{.person = id};
        truth.window_shopper = habits_of(town_.seed_, id).window_shopper;
        truth.path.push_back({coming, first_intent(mixed({town_.seed_, std::uint64_t(id), 6}))});
        live_on(truth, town_.seed_, coming, town_.now_);
        town_.truths_.push_back(std::move(truth));
    }
}

Instant Founding::end_of(std::size_t person, std::size_t step) const {
    const auto& path = town_.truths_[person].path;
    return step + 1 < path.size() ? path[step + 1].since : town_.now_;
}

std::uint64_t Founding::weight(What what, const Habits& habits, std::size_t person,
                               std::size_t step) const {
    const auto& stretch = town_.truths_[person].path[step];
    const auto length = static_cast<std::uint64_t>((end_of(person, step) - stretch.since).count());
    const auto rate = pace(stretch.intent);
    if (what == What::sessions) return length * rate.sessions * habits.zeal;
    return reachable(town_.people_[person]) ? length * rate.exchanges : 0;
}

std::vector<Founding::Anchor> Founding::anchors(What what, std::int64_t wanted,
                                                std::uint64_t& pace) const {
    const auto each = [&](auto tell) {
        for (std::size_t person = 0; person < town_.truths_.size(); ++person) {
            const auto habits = habits_of(town_.seed_, town_.truths_[person].person);
            for (std::size_t step = 0; step < town_.truths_[person].path.size(); ++step)
                tell(person, step, habits, weight(what, habits, person, step));
        }
    };
    std::uint64_t sum = 0;
    each([&](auto, auto, const auto&, std::uint64_t weight) { sum += weight; });
    std::vector<Anchor> anchors;
    // The rows an exchange or a session holds on average, in tenths; fit() does the rest.
    const int rows = what == What::sessions ? 42 : 18;
    const auto count = static_cast<std::uint64_t>(std::max<std::int64_t>(1, wanted * 10 / rows));
    if (wanted <= 0 || sum < count) return anchors;
    pace = sum / count;
    anchors.reserve(count);

    Random random{town_.seed_, what == What::sessions ? 101u : 102u};
    std::uint64_t passed = 0, next = random.below(pace);
    each([&](std::size_t person, std::size_t step, const Habits& habits, std::uint64_t weight) {
        const auto& stretch = town_.truths_[person].path[step];
        for (; anchors.size() < count && next < passed + weight;
             next = anchors.size() * pace + random.below(pace)) {
            const auto length =
                static_cast<std::uint64_t>((end_of(person, step) - stretch.since).count());
            const auto moment = stretch.since + seconds{(next - passed) / (weight / length)};
            auto start = Instant{floor<days>(moment)} + seconds{second_of_day(habits, random)};
            if (start < stretch.since || start >= end_of(person, step)) start = moment;
            const int drawn = what == What::sessions ? acts_of_session(stretch.intent, random)
                                                     : rows_of_exchange(stretch.intent, random);
            anchors.push_back({static_cast<std::uint32_t>(person), stretch.intent,
                               static_cast<std::uint16_t>(drawn), start});
        }
        passed += weight;
    });
    fit(anchors, wanted);
    return anchors;
}

void Founding::fit(std::vector<Anchor>& anchors, std::int64_t wanted) {
    std::int64_t sum = 0;
    for (const auto& anchor : anchors) sum += anchor.rows;
    // By strides that visit every anchor, so that no part of the town gets all the change.
    const std::size_t count = anchors.size();
    for (std::size_t i = 0; sum != wanted && count > 0; i = (i + 7919) % count) {
        auto& rows = anchors[(i + i / 7919) % count].rows;
        if (sum < wanted)
            ++rows, ++sum;
        else if (rows > 1)
            --rows, --sum;
    }
}

void Founding::events() {
    const Scene scene{town_.homes_, town_.built_homes_, town_.now_};
    const auto sessions = anchors(What::sessions, town_.size_.events, town_.session_pace_);
    std::vector<Event> events;
    events.reserve(static_cast<std::size_t>(town_.size_.events) * 13 / 10);
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        const auto& session = sessions[i];
        const auto person = town_.people_[session.person].id;
        browse(scene, person, habits_of(town_.seed_, person), session.intent, session.start,
               session.rows, Random{town_.seed_, i, 103}, events);
    }
    for (const auto& person : town_.people_.rows())
        if (person.created_via == "API")
            events.push_back({.person = person.id,
                              .created = person.created,
                              .occurred = person.created,
                              .type = registration,
                              .source = static_cast<std::uint16_t>(person.source)});
    std::ranges::sort(events, {}, [](const Event& e) {
        return std::tuple(e.created, e.occurred, e.person, e.type, e.home, e.source);
    });
    town_.events_.reserve(events.size());
    for (const auto& event : events) town_.insert(event);
}

void Founding::communications() {
    Chatter chatter;
    const auto exchanges =
        anchors(What::exchanges, town_.size_.communications, town_.exchange_pace_);
    for (std::size_t i = 0; i < exchanges.size(); ++i) {
        const auto& talk = exchanges[i];
        Random random{town_.seed_, i, 104};
        const Contact& contact = town_.people_[talk.person];
        const Contact& other = random.of(town_.people_.rows());
        exchange(contact, agent_of(town_, contact), other.id == contact.id ? 0 : other.id,
                 talk.intent, talk.start, talk.rows, town_.now_, random, chatter);
    }
    machines(chatter);
    strangers(chatter);
    keep(std::move(chatter));
}

void Founding::machines(Chatter& chatter) const {
    for (const auto& person : town_.people_.rows())
        drip(person, agent_of(town_, person), Instant{}, town_.now_,
             Random{town_.seed_, std::uint64_t(person.id), 7}, chatter);
}

void Founding::strangers(Chatter& chatter) const {
    Random random{town_.seed_, 105};
    for (std::int64_t i = 0; i < town_.size_.communications / 40; ++i) {
        const auto when = town_.now_ - seconds{60 + random.below(200 * 86'400)};
        const User& agent = town_.users_[random.below(3)];  // the first three all have a line
        chatter.calls.push_back(stranger_calls(agent, when, random));
    }
}

void Founding::keep(Chatter&& chatter) {
    const auto insert_all = [&](auto& rows, auto owner) {
        std::ranges::stable_sort(
            rows, {}, [&](const auto& row) { return std::tuple(row.created, owner(row)); });
        for (auto& row : rows) town_.insert(std::move(row));
    };
    town_.calls_.reserve(chatter.calls.size());
    town_.texts_.reserve(chatter.texts.size());
    town_.emails_.reserve(chatter.emails.size());
    insert_all(chatter.calls, [](const Call& call) { return call.person; });
    insert_all(chatter.texts, [](const Text& text) { return text.person; });
    insert_all(chatter.emails, [](const Email& email) { return email.people.front().person; });
}

/// What the office has made of each person by now.
void Founding::stages() {
    for (std::size_t i = 0; i < town_.truths_.size(); ++i) {
        Contact& contact = town_.people_.at(i);
        Random random{town_.seed_, std::uint64_t(contact.id), 8};
        contact.stage = random.chance(30)   ? stage_id::trash
                        : random.chance(20) ? stage_id::vendors
                                            : likely_stage(town_.truths_[i].at(town_.now_), random);
        const auto age = static_cast<std::uint64_t>((town_.now_ - contact.created).count());
        contact.updated = contact.created + seconds{random.below(age)};
        const Tally& tally = town_.tally(contact.id);
        contact.contacted = tally.calls_out + tally.texts_out + tally.emails_out > 0;
    }
}

void Founding::notes() {
    std::vector<Note> notes;
    for (const auto& person : town_.people_.rows()) {
        Random random{town_.seed_, std::uint64_t(person.id), 9};
        if (!person.contacted || !random.chance(500)) continue;
        Note note{.person = person.id, .created = town_.tally(person.id).activity};
        note.updated = note.created;
        note.user = agent_of(town_, person).id;
        note.html = random.chance(200);
        note.body = std::string(random.of(words::notes));
        if (note.html) note.body = "<p>" + note.body + "</p>";
        notes.push_back(std::move(note));
    }
    std::ranges::stable_sort(notes, {}, &Note::created);
    for (auto& note : notes) town_.insert(std::move(note));
}

}  // namespace dreams::sim
