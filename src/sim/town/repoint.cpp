#include <algorithm>

#include "base/error.h"
#include "sim/town/town.h"

// What changes the owner of a child, or takes a child away.

namespace dreams::sim {
namespace {

template <class Row>
std::uint32_t index_of(const Table<Row>& table, std::int64_t id) {
    if (!table.find(id))
        throw Error(Fault::not_found, "the town has no record " + std::to_string(id));
    return static_cast<std::uint32_t>(table.lower_bound(id));
}

void move_index(std::vector<std::uint32_t>& from, std::vector<std::uint32_t>& to,
                std::uint32_t index) {
    std::erase(from, index);
    const auto at = std::ranges::lower_bound(to, index);
    if (at == to.end() || *at != index) to.insert(at, index);
}

}  // namespace

void Town::repoint_event(std::int64_t id, std::int64_t person) {
    const auto held = hold();
    const auto index = index_of(events_, id);
    auto& owner = events_.at(index).person;
    move_index(children_[owner].events, children_[person].events, index);
    changed(owner);
    changed(owner = person);
}

void Town::repoint_call(std::int64_t id, std::int64_t person) {
    const auto held = hold();
    const auto index = index_of(calls_, id);
    auto& owner = calls_.at(index).person;
    move_index(children_[owner].calls, children_[person].calls, index);
    changed(owner);
    changed(owner = person);
}

void Town::repoint_text(std::int64_t id, std::int64_t person) {
    const auto held = hold();
    const auto index = index_of(texts_, id);
    auto& owner = texts_.at(index).person;
    move_index(children_[owner].texts, children_[person].texts, index);
    changed(owner);
    changed(owner = person);
}

void Town::repoint_email(std::int64_t id, std::int64_t from, std::int64_t person) {
    const auto held = hold();
    const auto index = index_of(emails_, id);
    auto& people = emails_.at(index).people;
    const auto theirs = std::ranges::find(people, from, &Email::Related::person);
    if (theirs == people.end())
        throw Error(Fault::not_found, "e-mail " + std::to_string(id) + " is not theirs");
    if (std::ranges::count(people, person, &Email::Related::person) != 0)
        people.erase(theirs);
    else
        theirs->person = person;
    move_index(children_[from].emails, children_[person].emails, index);
    changed(from);
    changed(person);
}

void Town::remove_event(std::int64_t id) {
    const auto held = hold();
    Event& event = events_.at(index_of(events_, id));
    events_.remove(event);
    changed(event.person);
}

void Town::remove_call(std::int64_t id) {
    const auto held = hold();
    Call& call = calls_.at(index_of(calls_, id));
    calls_.remove(call);
    changed(call.person);
}

void Town::remove_text(std::int64_t id) {
    const auto held = hold();
    Text& text = texts_.at(index_of(texts_, id));
    texts_.remove(text);
    changed(text.person);
}

void Town::remove_email(std::int64_t id) {
    const auto held = hold();
    Email& email = emails_.at(index_of(emails_, id));
    emails_.remove(email);
    for (const auto& related : email.people) changed(related.person);
}

}  // namespace dreams::sim
