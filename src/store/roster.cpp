#include "store/roster.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_set>

#include "base/text.h"
#include "store/leads.h"

namespace dreams::store {
namespace {

/// Another text whenever the file is: `data_version` tells of other connections' changes, the
/// count of changes of this one's.
std::string version_of(Db& db) {
    return std::to_string(db.value<std::int64_t>("PRAGMA data_version")) + "/" +
           std::to_string(db.value<std::int64_t>("SELECT total_changes()"));
}

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
        std::string text = search_text(person);
        std::ranges::replace(text, '\n', ' ');  // a line each, and no more
        people.texts.add(text);
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

/// A search as words. A phone number is one word, however it is written.
std::vector<std::string> words_of(std::string_view search) {
    std::string digits;
    for (const char c : search)
        if (c >= '0' && c <= '9') digits += c;
    const bool phone = digits.size() >= 4 &&
                       search.find_first_not_of("0123456789 ()-+.") == std::string_view::npos;
    if (phone) return {digits};
    std::string folded = text::folded(search);
    std::ranges::replace_if(
        folded, [](char c) { return c >= 0 && c <= ' '; }, ' ');
    return text::split(folded, ' ');
}

}  // namespace

void Roster::refresh(Db& db) {
    std::string version = version_of(db);
    if (version == version_) return;
    read(db);
    version_ = std::move(version);
}

void Roster::read(Db& db) {
    const auto deleted_ids = db.list<LeadId>(R"sql(
        SELECT l.id FROM dreams_fub_people p JOIN leads l ON l.fub_id = p.fub_id
         WHERE p.deleted_at > '')sql");
    const std::unordered_set<LeadId> deleted(deleted_ids.begin(), deleted_ids.end());
    Rows people = read_rows(db);

    // Stages are numbered in alphabetical order, so that a number is all that sorting needs.
    stages_.clear();
    for (const auto& stage : people.stages) stages_.push_back({stage, 0});
    std::ranges::sort(stages_, {}, &StageCount::stage);
    std::vector<std::uint32_t> number;
    for (const auto& stage : people.stages)
        number.push_back(static_cast<std::uint32_t>(
            std::ranges::lower_bound(stages_, stage, {}, &StageCount::stage) - stages_.begin()));

    everyone_.clear();
    everyone_.reserve(people.entries.size());
    texts_.clear();
    for (const auto at : by_name(people)) {
        Entry& entry = everyone_.emplace_back(std::move(people.entries[at]));
        entry.stage = number[entry.stage];
        entry.deleted = deleted.contains(entry.lead);
        entry.text = static_cast<std::uint32_t>(texts_.size());
        if (!entry.deleted) ++stages_[entry.stage].people;
        (texts_ += people.texts[at]) += '\n';
    }
}

std::vector<StageCount> Roster::stages() const {
    std::vector<StageCount> used = stages_;
    std::erase_if(used, [](const StageCount& stage) { return stage.people == 0; });
    return used;
}

std::string_view Roster::text_of(std::uint32_t index) const {
    const std::size_t begin = everyone_[index].text;
    const std::size_t end =
        index + 1 < everyone_.size() ? everyone_[index + 1].text : texts_.size();
    return std::string_view(texts_).substr(begin, end - begin);
}

std::vector<std::uint32_t> Roster::found(std::string_view search) const {
    const auto words = words_of(search);
    std::vector<std::uint32_t> found;
    if (words.empty()) {
        found.resize(everyone_.size());
        std::iota(found.begin(), found.end(), 0u);
        return found;
    }
    // One pass over all texts for the first word, the others only where it was.
    const std::string_view texts(texts_);
    std::uint32_t index = 0;
    for (std::size_t at = 0; (at = texts.find(words.front(), at)) != std::string_view::npos;) {
        while (index + 1 < everyone_.size() && everyone_[index + 1].text <= at) ++index;
        const auto text = text_of(index);
        if (std::ranges::all_of(
                words, [&](const auto& word) { return text.find(word) != std::string_view::npos; }))
            found.push_back(index);
        at = everyone_[index].text + text.size();
    }
    return found;
}

}  // namespace dreams::store
