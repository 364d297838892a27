#include <algorithm>

#include "base/error.h"
#include "sim/town/event_kinds.h"
#include "sim/town/people.h"
#include "sim/town/town.h"

namespace dreams::sim {
namespace {

/// Ids leave gaps, as they do where many accounts share a table.
std::int64_t id_after(std::int64_t last, std::int64_t first) {
    return last == 0 ? first : last + 1 + last / 3 % 3;
}

template <class Row>
Row& found(Row* row, const char* what, std::int64_t id) {
    if (!row)
        throw Error(Fault::not_found,
                    "the town has no " + std::string(what) + " " + std::to_string(id));
    return *row;
}

/// Puts an index among a person's, which rise with the ids.
void place(std::vector<std::uint32_t>& indexes, std::uint32_t index) {
    const auto at = std::ranges::lower_bound(indexes, index);
    if (at == indexes.end() || *at != index) indexes.insert(at, index);
}

}  // namespace

Contact& Town::person(std::int64_t id) {
    return found(people_.find(id), "person", id);
}

Town::Children& Town::changed(std::int64_t person) {
    ++version_;
    Children& children = children_[person];
    children.tally_true = false;
    return children;
}

std::int64_t Town::next_person_id() const {
    return id_after(people_.last_id(), first_person_id);
}

void Town::insert(Event event) {
    event.id = id_after(events_.last_id(), 700'001);
    const auto person = event.person;
    changed(person).events.push_back(events_.add(event));
}

void Town::insert(Call call) {
    call.id = id_after(calls_.last_id(), 350'001);
    const auto person = call.person;
    changed(person).calls.push_back(calls_.add(std::move(call)));
}

void Town::insert(Text text) {
    text.id = id_after(texts_.last_id(), 88'001);
    const auto person = text.person;
    changed(person).texts.push_back(texts_.add(std::move(text)));
}

void Town::insert(Email email) {
    email.id = id_after(emails_.last_id(), 60'001);
    const auto people = email.people;
    const auto index = emails_.add(std::move(email));
    for (const auto& related : people) place(changed(related.person).emails, index);
}

void Town::insert(Note note) {
    note.id = id_after(notes_.last_id(), 5'001);
    const auto person = note.person;
    changed(person).notes.push_back(notes_.add(std::move(note)));
}

std::int64_t Town::add_person(Contact contact) {
    const auto held = hold();
    contact.id = next_person_id();
    contact.created = or_now(contact.created);
    contact.updated = or_now(contact.updated);
    changed(contact.id);
    people_.add(std::move(contact));
    return people_.last_id();
}

void Town::edit_person(std::int64_t id, const std::function<void(Contact&)>& change, Instant at) {
    const auto held = hold();
    Contact& contact = person(id);
    change(contact);
    contact.updated = std::max(contact.updated, or_now(at));
    changed(id);
}

void Town::set_stage(std::int64_t id, std::string_view name) {
    const auto held = hold();
    const Stage* wanted = stage(name);
    if (!wanted) throw Error(Fault::not_found, "the town has no stage " + std::string(name));
    edit_person(id, [&](Contact& contact) { contact.stage = wanted->id; });
}

void Town::remove_person(std::int64_t id) {
    const auto held = hold();
    people_.remove(person(id));
    const auto remove_all = [](auto& table, const auto& indexes) {
        for (const auto index : indexes) table.remove(table.at(index));
    };
    const Children& children = children_of(id);
    remove_all(events_, children.events);
    remove_all(calls_, children.calls);
    remove_all(texts_, children.texts);
    remove_all(notes_, children.notes);
    for (const auto index : children.emails) {
        Email& email = emails_.at(index);
        std::erase_if(email.people, [&](const auto& related) { return related.person == id; });
        if (email.people.empty()) emails_.remove(email);
    }
    changed(id);
}

void Town::adopt(Contact& winner, Contact& loser) {
    const Children children = children_of(loser.id);
    const auto hand_over = [&](auto& table, const auto& indexes, auto repoint) {
        for (const auto index : indexes)
            if (!table[index].gone) repoint(table[index].id);
    };
    hand_over(events_, children.events, [&](auto id) { repoint_event(id, winner.id); });
    hand_over(calls_, children.calls, [&](auto id) { repoint_call(id, winner.id); });
    hand_over(texts_, children.texts, [&](auto id) { repoint_text(id, winner.id); });
    hand_over(emails_, children.emails, [&](auto id) { repoint_email(id, loser.id, winner.id); });
    for (const auto index : children.notes) {
        notes_.at(index).person = winner.id;
        place(children_[winner.id].notes, index);
    }
    const auto combine = [](auto& into, const auto& from, auto same) {
        for (const auto& item : from)
            if (std::ranges::none_of(into, [&](const auto& each) { return same(each, item); }))
                into.push_back(item);
    };
    const auto same_value = [](const Reach& a, const Reach& b) { return a.value == b.value; };
    combine(winner.emails, loser.emails, same_value);
    combine(winner.phones, loser.phones, same_value);
    combine(winner.tags, loser.tags, std::equal_to<>{});
    children_[loser.id] = {};
}

void Town::merge(std::int64_t winner, const std::vector<std::int64_t>& losers) {
    const auto held = hold();
    for (const auto loser : losers) {
        if (loser == winner) throw Error(Fault::invalid, "nobody merges into themselves");
        adopt(person(winner), person(loser));
        trash(loser);
    }
    edit_person(winner, [](Contact&) {});
}

std::uint16_t Town::event_type(std::string_view type) {
    const auto at = std::ranges::find(event_types_, type);
    if (at != event_types_.end()) return static_cast<std::uint16_t>(at - event_types_.begin());
    event_types_.emplace_back(type);
    return static_cast<std::uint16_t>(event_types_.size() - 1);
}

std::int64_t Town::add_event(NewEvent wanted) {
    const auto held = hold();
    Event event{.person = wanted.person, .home = wanted.home};
    event.created = or_now(wanted.created);
    event.occurred = wanted.occurred == Instant{} ? event.created : wanted.occurred;
    event.type = event_type(wanted.type);
    event.source = static_cast<std::uint16_t>(wanted.source);
    if (wanted.home >= 0)
        event.price = homes_.at(static_cast<std::size_t>(wanted.home)).price_at(event.occurred);
    const auto& more = wanted.more;
    event.has_more = !more.message.empty() || !more.description.empty() ||
                     !more.page_title.empty() || !more.page_url.empty() || more.page_seconds ||
                     !more.search_json.empty();
    insert(event);
    if (event.has_more) more_[events_.last_id()] = std::move(wanted.more);
    return events_.last_id();
}

std::int64_t Town::add_event(std::int64_t person, std::string_view type, std::int32_t home) {
    return add_event({.person = person, .type = std::string(type), .home = home});
}

std::int64_t Town::add_call(Call call) {
    const auto held = hold();
    call.created = or_now(call.created);
    if (call.updated == Instant{}) call.updated = call.created;
    insert(std::move(call));
    return calls_.last_id();
}

std::int64_t Town::add_text(Text text) {
    const auto held = hold();
    text.created = or_now(text.created);
    if (text.updated == Instant{}) text.updated = text.created;
    insert(std::move(text));
    return texts_.last_id();
}

std::int64_t Town::add_email(Email email) {
    const auto held = hold();
    email.created = or_now(email.created);
    if (email.updated == Instant{}) email.updated = email.created;
    if (email.date == Instant{}) email.date = email.created;
    insert(std::move(email));
    return emails_.last_id();
}

std::int64_t Town::add_note(Note note) {
    const auto held = hold();
    note.created = or_now(note.created);
    if (note.updated == Instant{}) note.updated = note.created;
    insert(std::move(note));
    return notes_.last_id();
}

std::int32_t Town::add_home(Home home) {
    const auto held = hold();
    home.id = 501 + static_cast<std::int64_t>(homes_.size());
    homes_.push_back(std::move(home));
    ++version_;
    return static_cast<std::int32_t>(homes_.size() - 1);
}

std::int64_t Town::source_id(std::string_view name) {
    const auto held = hold();
    const auto at = std::ranges::find(sources_, name, &Named::name);
    if (at != sources_.end()) return at->id;
    sources_.push_back({sources_.back().id + 1, std::string(name)});
    return sources_.back().id;
}

void Town::edit_call(std::int64_t id, const std::function<void(Call&)>& change) {
    const auto held = hold();
    Call& call = found(calls_.find(id), "call", id);
    change(call);
    call.updated = std::max(call.updated, now_);
    changed(call.person);
}

void Town::edit_text(std::int64_t id, const std::function<void(Text&)>& change) {
    const auto held = hold();
    Text& text = found(texts_.find(id), "text", id);
    change(text);
    text.updated = std::max(text.updated, now_);
    changed(text.person);
}

void Town::edit_note(std::int64_t id, const std::function<void(Note&)>& change) {
    const auto held = hold();
    Note& note = found(notes_.find(id), "note", id);
    change(note);
    note.updated = std::max(note.updated, now_);
    changed(note.person);
}

void Town::set_outcome(std::int64_t call, std::string outcome) {
    edit_call(call, [&](Call& row) { row.outcome = std::move(outcome); });
}

void Town::set_delivery(std::int64_t text, std::string delivery) {
    edit_text(text, [&](Text& row) { row.delivery = std::move(delivery); });
}

}  // namespace dreams::sim
