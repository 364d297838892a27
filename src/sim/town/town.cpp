#include "sim/town/town.h"

#include <algorithm>

#include "base/error.h"
#include "sim/town/founding.h"
#include "sim/town/plans.h"
#include "sim/town/sessions.h"

namespace dreams::sim {

TownSize TownSize::of(int people) {
    const TownSize office;
    const auto share = [&](std::int64_t whole) { return whole * people / office.people; };
    return {.people = people,
            .events = share(office.events),
            .communications = share(office.communications)};
}

Town::Town(TownSize size, std::uint64_t seed, Instant as_of)
    : size_(size), seed_(seed), now_(as_of), plans_(std::make_unique<Plans>()) {
    Founding(*this).found();
}

Town::~Town() = default;

const User* Town::user(std::int64_t id) const {
    const auto found = std::ranges::find(users_, id, &User::id);
    return found == users_.end() ? nullptr : &*found;
}

const Stage* Town::stage(std::string_view name) const {
    const auto found = std::ranges::find(stages_, name, &Stage::name);
    return found == stages_.end() ? nullptr : &*found;
}

std::string Town::stage_name(std::int64_t id) const {
    const auto found = std::ranges::find(stages_, id, &Stage::id);
    return found == stages_.end() ? "" : found->name;
}

std::string Town::source_name(std::int64_t id) const {
    const auto found = std::ranges::find(sources_, id, &Named::id);
    return found == sources_.end() ? "" : found->name;
}

EventMore Town::more(const Event& event) const {
    const auto found = event.has_more ? more_.find(event.id) : more_.end();
    return found == more_.end() ? told_by(event, homes_) : found->second;
}

const Town::Children& Town::children_of(std::int64_t person) const {
    static const Children none;
    const auto found = children_.find(person);
    return found == children_.end() ? none : found->second;
}

const std::vector<std::uint32_t>& Town::events_of(std::int64_t person) const {
    return children_of(person).events;
}
const std::vector<std::uint32_t>& Town::calls_of(std::int64_t person) const {
    return children_of(person).calls;
}
const std::vector<std::uint32_t>& Town::texts_of(std::int64_t person) const {
    return children_of(person).texts;
}
const std::vector<std::uint32_t>& Town::emails_of(std::int64_t person) const {
    return children_of(person).emails;
}
const std::vector<std::uint32_t>& Town::notes_of(std::int64_t person) const {
    return children_of(person).notes;
}

const Truth* Town::truth(std::int64_t person) const {
    const auto found = std::ranges::lower_bound(truths_, person, {}, &Truth::person);
    return found == truths_.end() || found->person != person ? nullptr : &*found;
}

Truth* Town::truth_of(std::int64_t person) {
    return const_cast<Truth*>(truth(person));
}

std::vector<Truth> Town::truths() const {
    const auto held = hold();
    return truths_;
}

void Town::wait_until(Instant to) {
    const auto held = hold();
    now_ = std::max(now_, to);
    auto& coming = plans_->coming;
    coming.erase(coming.begin(), coming.upper_bound(to));
}

}  // namespace dreams::sim
