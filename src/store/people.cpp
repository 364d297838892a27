#include "store/people.h"

#include <algorithm>
#include <unordered_map>

#include "store/in_list.h"
#include "store/person_name.h"
#include "store/ranking.h"

namespace dreams::store {
namespace {

/// What an entry is put in order by; names are in order already.
std::int64_t key_of(const Roster::Entry& entry, std::uint32_t index, PeopleOrder order) {
    switch (order) {
        case PeopleOrder::name:
            return index;
        case PeopleOrder::stage:
            return entry.stage;  // stages are numbered in alphabetical order
        case PeopleOrder::priority:
            return entry.priority;
        case PeopleOrder::heat:
            return entry.heat;
        case PeopleOrder::value:
            return entry.value;
        case PeopleOrder::relationship:
            return entry.relationship;
        case PeopleOrder::last_activity:
            return entry.last_activity;
    }
    throw Error(Fault::internal, "an order of people that nobody knows");
}

std::vector<Ranked> matching(const PeopleFilter& filter, const Roster& roster) {
    std::vector<Ranked> matches;
    for (const auto index : roster.found(filter.search)) {
        const auto& entry = roster.everyone()[index];
        if (entry.heat < filter.min_heat || (entry.deleted && !filter.deleted_too)) continue;
        if (filter.stage && roster.stage(entry) != *filter.stage) continue;
        const auto key = key_of(entry, index, filter.order);
        matches.push_back({filter.direction == SortDirection::descending ? -key : key, index});
    }
    return matches;
}

/// A line with what the call rule looks at.
struct Row {
    PersonLine line;
    std::string tags;
    bool phone_works = true;
    static constexpr auto columns() {
        return Columns{Part{&Row::line}, Column{"tags", &Row::tags},
                       Column{"phone_works", &Row::phone_works}};
    }
};

PersonLine line_of(Row row) {
    row.line.no_call = no_call(row.line.stage.value_or(""), row.tags, row.phone_works);
    return std::move(row.line);
}

std::vector<PersonLine> lines_of(Db& db, const std::vector<LeadId>& ids) {
    if (ids.empty()) return {};
    Statement rows = db.prepare(R"sql(
        SELECT l.id AS lead_id, l.fub_id, l.email, l.phone, l.stage, l.priority_score,
               l.heat_score, l.value_score, l.relationship_score, l.score_trend,
               l.intent_signal_count, l.last_activity_at, p.deleted_at,
               NULL AS no_call, coalesce(l.tags, '') AS tags,
               coalesce(p.phone_works, 1) AS phone_works,
               )sql" + std::string(person_name) +
                                R"sql( AS name
          FROM leads l LEFT JOIN dreams_fub_people p ON p.fub_id = l.fub_id
         WHERE l.id IN ()sql" + in_list(ids.size()) +
                                ")");
    bind_list(rows, ids);
    const detail::Reader<Row> reader(rows);
    std::unordered_map<LeadId, PersonLine> found;
    while (rows.step()) {
        PersonLine line = line_of(reader.read(rows));
        const LeadId id = line.lead;
        found.emplace(id, std::move(line));
    }
    std::vector<PersonLine> lines;
    for (const auto& id : ids)
        if (const auto at = found.find(id); at != found.end()) lines.push_back(at->second);
    return lines;
}

}  // namespace

People people(Db& db, const PeopleFilter& filter, Roster& roster) {
    roster.refresh(db);
    auto matches = matching(filter, roster);
    std::vector<LeadId> ids;
    for (const auto& match : page_of(matches, {filter.page, filter.page_size}, "people"))
        ids.push_back(roster.everyone()[match.index].lead);
    return {.lines = lines_of(db, ids),
            .total = std::ssize(matches),
            .pages = pages_of(std::ssize(matches), filter.page_size),
            .stages = roster.stages()};
}

}  // namespace dreams::store
