#include "store/roster.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_set>

#include "base/db_moment.h"
#include "base/text.h"
#include "store/file_version.h"
#include "store/leads.h"

namespace dreams::store {
namespace {

/// What people are put in order by: the last name, then the first.
std::string sort_name(const Person& person) {
    const std::string first = text::folded(person.first_name.value_or(""));
    const std::string last = text::folded(person.last_name.value_or(""));
    if (first.empty() && last.empty()) return "\x7f";  // after every letter
    return (last.empty() ? first : last) + '\x01' + first;
}

/// Texts end to end in one piece of memory: forty thousand strings of their own cost more time
/// and memory than what is in them.
class Texts {
public:
    void add(std::string_view text) {
        begins_.push_back(all_.size());
        all_ += text;
    }
    std::string_view operator[](std::size_t at) const {
        const auto end = at + 1 < begins_.size() ? begins_[at + 1] : all_.size();
        return std::string_view(all_).substr(begins_[at], end - begins_[at]);
    }
    std::size_t bytes() const { return all_.size(); }

private:
    std::vector<std::size_t> begins_;
    std::string all_;
};

/// Everyone as the file lists them.
struct Rows {
    std::vector<Roster::Entry> entries;
    std::vector<std::string> stages;  ///< an entry's `stage` is an index into these
    Texts names, texts;
};

Person person_of(const Statement& row) {
    Person person;
    person.first_name = row.get<std::optional<std::string>>(7);
    person.last_name = row.get<std::optional<std::string>>(8);
    person.email = row.get<std::optional<std::string>>(9);
    person.phone = row.get<std::optional<std::string>>(10);
    return person;
}

Roster::Entry entry_of(const Statement& row) {
    Roster::Entry entry;
    entry.lead = row.get<LeadId>(0);
    entry.priority = row.get<std::int32_t>(2);
    entry.heat = row.get<std::int32_t>(3);
    entry.value = row.get<std::int32_t>(4);
    entry.relationship = row.get<std::int32_t>(5);
    const auto active = row.get<std::optional<Instant>>(6);
    entry.last_activity = active ? active->time_since_epoch().count() : 0;
    return entry;
}

Rows read_rows(Db& db) {
    Rows people;
    people.entries.reserve(db.value<std::size_t>("SELECT count(*) FROM leads"));
    std::map<std::string, std::uint32_t, std::less<>> stages;
    Statement rows = db.prepare(R"sql(
        SELECT id, stage, priority_score, heat_score, value_score, relationship_score,
               last_activity_at, first_name, last_name, email, phone
          FROM leads)sql");
    while (rows.step()) {
        auto stage = stages.find(rows.text(1));
        if (stage == stages.end()) {
            stage = stages.emplace(rows.text(1), static_cast<std::uint32_t>(people.stages.size()))
                        .first;
            people.stages.emplace_back(rows.text(1));
        }
        people.entries.push_back(entry_of(rows));
        people.entries.back().stage = stage->second;
        const Person person = person_of(rows);
        people.names.add(sort_name(person));
        people.texts.add(search_text(person));
    }
    return people;
}

/// The places of `people` in the order of their names.
std::vector<std::uint32_t> by_name(const Rows& people) {
    std::vector<std::uint32_t> order(people.entries.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        const int names = people.names[a].compare(people.names[b]);
        return names != 0 ? names < 0 : people.entries[a].lead < people.entries[b].lead;
    });
    return order;
}

}  // namespace

std::shared_ptr<const PeopleAtAGlance> PeopleAtAGlance::of(Db& db) {
    const auto deleted_ids = db.list<LeadId>(R"sql(
        SELECT l.id FROM dreams_fub_people p JOIN leads l ON l.fub_id = p.fub_id
         WHERE p.deleted_at > '')sql");
    const std::unordered_set<LeadId> deleted(deleted_ids.begin(), deleted_ids.end());
    Rows people = read_rows(db);
    auto all = std::make_shared<PeopleAtAGlance>();

    // Stages are numbered in alphabetical order, so that a number is all that sorting needs.
    auto& stages = all->stages_;
    for (const auto& stage : people.stages) stages.push_back({stage, 0});
    std::ranges::sort(stages, {}, &StageCount::stage);
    std::vector<std::uint32_t> number;
    for (const auto& stage : people.stages)
        number.push_back(static_cast<std::uint32_t>(
            std::ranges::lower_bound(stages, stage, {}, &StageCount::stage) - stages.begin()));

    all->everyone_.reserve(people.entries.size());
    all->texts_.reserve(people.entries.size(), people.texts.bytes());
    for (const auto at : by_name(people)) {
        Entry& entry = all->everyone_.emplace_back(std::move(people.entries[at]));
        entry.stage = number[entry.stage];
        entry.deleted = deleted.contains(entry.lead);
        if (!entry.deleted) ++stages[entry.stage].people;
        all->texts_.add(people.texts[at]);
    }
    return all;
}

std::shared_ptr<const PeopleAtAGlance> RosterShelf::latest(Db& db, const std::string& moment) {
    const std::lock_guard lock(guard_);
    if (latest_ && moment_ == moment) return latest_;
    latest_ = nullptr;  // one that nobody reads any more goes before the next comes
    latest_ = PeopleAtAGlance::of(db);
    moment_ = moment;
    return latest_;
}

void Roster::refresh(Db& db) {
    if (const auto moment = moment_of(db)) {
        put_back();
        now_ = shelf_->latest(db, *moment);
        return;
    }
    std::string version = file_version(db);
    if (version == version_) return;
    now_ = PeopleAtAGlance::of(db);
    version_ = std::move(version);
}

void Roster::put_back() {
    static const auto nobody = std::make_shared<const PeopleAtAGlance>();
    now_ = nobody;
    version_.clear();
}

std::vector<StageCount> Roster::stages() const {
    std::vector<StageCount> used = now_->stages_;
    std::erase_if(used, [](const StageCount& stage) { return stage.people == 0; });
    return used;
}

}  // namespace dreams::store
