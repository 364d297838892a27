#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"
#include "model/call_rules.h"
#include "model/id.h"
#include "model/lead.h"
#include "store/roster.h"

namespace dreams::store {

/// What people may be put in order by.
enum class PeopleOrder : std::uint8_t {
    name,
    stage,
    priority,
    heat,
    value,
    relationship,
    last_activity
};
enum class SortDirection : std::uint8_t { ascending, descending };

constexpr SortDirection other_way(SortDirection way) {
    return way == SortDirection::ascending ? SortDirection::descending : SortDirection::ascending;
}

/// Whom to list, in which order, and which part of them.
struct PeopleFilter {
    std::string search = "";                          ///< words that must all occur; empty: any
    std::optional<std::string> stage = std::nullopt;  ///< exactly; "" is nobody's stage
    std::int64_t min_heat = 0;
    bool deleted_too = false;  ///< also who is deleted in FUB
    PeopleOrder order = PeopleOrder::priority;
    SortDirection direction = SortDirection::descending;
    std::int64_t page = 1;
    std::int64_t page_size = 50;  ///< 1–200
};

/// A person as a line of a list.
struct PersonLine {
    LeadId lead;
    std::optional<FubId> fub_id;
    std::string name;  ///< never empty: else the e-mail, the phone, the id
    std::optional<std::string> email;
    std::optional<std::string> phone;
    std::optional<std::string> stage;
    std::int64_t priority = 0;  ///< this and the three below: 0–100
    std::int64_t heat = 0;
    std::int64_t value = 0;
    std::int64_t relationship = 0;
    std::optional<Trend> trend;
    std::int64_t intent_signals = 0;  ///< 0–4
    std::optional<Instant> last_activity_at;
    std::optional<Instant> deleted_at;
    std::optional<NoCall> no_call;  ///< none: may be called

    static constexpr auto columns() {
        return Columns{
            Column{"lead_id", &PersonLine::lead},
            Column{"fub_id", &PersonLine::fub_id},
            Column{"name", &PersonLine::name},
            Column{"email", &PersonLine::email},
            Column{"phone", &PersonLine::phone},
            Column{"stage", &PersonLine::stage},
            Column{"priority_score", &PersonLine::priority},
            Column{"heat_score", &PersonLine::heat},
            Column{"value_score", &PersonLine::value},
            Column{"relationship_score", &PersonLine::relationship},
            Column{"score_trend", &PersonLine::trend},
            Column{"intent_signal_count", &PersonLine::intent_signals},
            Column{"last_activity_at", &PersonLine::last_activity_at},
            Column{"deleted_at", &PersonLine::deleted_at},
            Column{"no_call", &PersonLine::no_call},
        };
    }
};

struct People {
    std::vector<PersonLine> lines;  ///< of the page asked for
    std::int64_t total = 0;         ///< on all pages
    std::int64_t pages = 1;         ///< at least one, if an empty one
    std::vector<StageCount> stages;
};

/// One page of the people that `filter` asks for; equals stand in the order of their names.
/// `roster` is refreshed first; keep one for each connection. Throws Error: invalid (a page below
/// 1, a page size out of range), not_found (a page beyond the last).
People people(Db& db, const PeopleFilter& filter, Roster& roster);

}  // namespace dreams::store

namespace dreams {
template <>
struct Words<store::PeopleOrder> {
    static constexpr std::array<std::pair<store::PeopleOrder, std::string_view>, 7> list{
        {{store::PeopleOrder::name, "name"},
         {store::PeopleOrder::stage, "stage"},
         {store::PeopleOrder::priority, "priority"},
         {store::PeopleOrder::heat, "heat"},
         {store::PeopleOrder::value, "value"},
         {store::PeopleOrder::relationship, "relationship"},
         {store::PeopleOrder::last_activity, "last_activity"}}};
};
template <>
struct Words<store::SortDirection> {
    static constexpr std::array<std::pair<store::SortDirection, std::string_view>, 2> list{
        {{store::SortDirection::ascending, "asc"}, {store::SortDirection::descending, "desc"}}};
};
}  // namespace dreams
