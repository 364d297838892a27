#include "store/history.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "model/contact_communication.h"
#include "model/contact_event.h"

namespace dreams::store {
namespace {

/// A home's number: its MLS number's hash, else its address's; 0: neither is known.
std::uint64_t home_of(std::string_view mls, std::string_view address) {
    if (!mls.empty()) return text::hash(mls);
    return address.empty() ? 0 : text::hash(address);
}

std::optional<Act> act_of_event(std::string_view type) {
    const auto kind = from_word<EventKind>(type);
    if (!kind) return std::nullopt;
    switch (*kind) {
        case EventKind::website_visit:
            return Act::website_visit;
        case EventKind::property_view:
            return Act::property_view;
        case EventKind::property_favorite:
            return Act::property_favorite;
        case EventKind::property_share:
            return Act::property_share;
    }
    return std::nullopt;
}

Act act_of_communication(std::string_view type, std::string_view direction, std::string_view status,
                         bool automated) {
    const bool in = direction == word(Direction::inbound);
    if (automated) return Act::automated_out;
    if (type == word(CommKind::text)) return in ? Act::text_in : Act::text_out;
    if (type == word(CommKind::email)) return in ? Act::email_in : Act::email_out;
    // Older programs kept FUB's own words: `No Answer` is a call missed as `missed` is.
    const auto outcome = text::lower(status);
    const bool missed = outcome == "missed" || outcome == "voicemail" || outcome == "no answer" ||
                        outcome == "left message" || outcome == "busy" || outcome == "bad number";
    if (in) return missed ? Act::call_missed_in : Act::call_in;
    return missed ? Act::call_missed_out : Act::call_out;
}

Trace event_trace(const Statement& row) {
    Trace trace{.at = row.get<std::optional<Instant>>(2).value_or(Instant{}),
                .act = act_of_event(row.text(1)).value_or(Act::other_activity)};
    trace.home = home_of(row.text(3), row.text(4));
    trace.price = static_cast<std::int32_t>(std::clamp<std::int64_t>(row.integer(5), 0, INT32_MAX));
    return trace;
}

Trace communication_trace(const Statement& row) {
    Trace trace{
        .at = row.get<std::optional<Instant>>(2).value_or(Instant{}),
        .act = act_of_communication(row.text(1), row.text(3), row.text(4), row.integer(6) != 0)};
    trace.seconds = static_cast<std::uint32_t>(std::clamp<std::int64_t>(row.integer(5), 0, 86'400));
    return trace;
}

Trace activity_trace(const Statement& row) {
    return {.at = row.get<std::optional<Instant>>(2).value_or(Instant{}),
            .act = act_of_activity(row.text(1))};
}

History history_of(const Statement& row) {
    History history;
    history.lead = row.get<LeadId>(0);
    history.stage = row.text(2);
    history.source = row.text(3);
    history.created_at = row.get<std::optional<Instant>>(4);
    history.last_activity_elsewhere = row.get<std::optional<Instant>>(5);
    return history;
}

/// Everyone's rows, found by the text that each table calls them by.
class Directory {
public:
    explicit Directory(std::vector<History>& everyone) : everyone_(everyone) {}
    void add(std::string_view name) {
        if (!name.empty()) at_.emplace(name, everyone_.size() - 1);
    }
    /// The history of whom a row belongs to. Rows of a person often stand together, so the last
    /// one asked for is tried first. Null: nobody's.
    History* find(std::string_view name) {
        if (name == last_name_ && last_) return last_;
        const auto found = at_.find(name);
        last_name_ = name;
        last_ = found == at_.end() ? nullptr : &everyone_[found->second];
        return last_;
    }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::vector<History>& everyone_;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> at_;
    std::string last_name_;
    History* last_ = nullptr;
};

constexpr auto everyone_sql = R"sql(
    SELECT l.id, l.fub_id, l.stage, l.source, l.created_at, p.last_activity_at
      FROM leads l LEFT JOIN dreams_fub_people p ON p.fub_id = l.fub_id
     ORDER BY l.id)sql";
constexpr auto events_sql = R"sql(
    SELECT contact_id, event_type, occurred_at, property_mls, property_address, property_price
      FROM contact_events)sql";
constexpr auto communications_sql = R"sql(
    SELECT c.contact_id, c.comm_type, c.occurred_at, c.direction, c.status, c.duration_seconds,
           EXISTS (SELECT 1 FROM dreams_automated a WHERE a.communication_id = c.id)
      FROM contact_communications c)sql";
constexpr auto activities_sql = "SELECT lead_id, activity_type, occurred_at FROM lead_activities";

template <class Read>
void collect(Db& db, std::string_view sql, Directory& people, Read read) {
    Statement rows = db.prepare(sql);
    while (rows.step())
        if (History* history = people.find(rows.text(0))) history->traces.push_back(read(rows));
}

/// One person's rows of one table, with their ids from the last column.
template <class Read>
void collect_one(Db& db, std::string_view sql, std::string_view whose, int id_column,
                 History& history, Read read) {
    Statement rows = db.query(sql, {{"whose", whose}});
    while (rows.step()) {
        history.traces.push_back(read(rows));
        history.ids.emplace_back(rows.text(id_column));
    }
}

}  // namespace

Act act_of_activity(std::string_view type) {
    const auto has = [&](std::string_view part) {
        return type.find(part) != std::string_view::npos;
    };
    if (has("inquiry") || has("showing")) return Act::inquiry;
    if (type == "registration") return Act::registration;
    if (type == "saved_property_search") return Act::saved_search;
    if (type == "property_search") return Act::search;
    if (has("open_house")) return Act::open_house;
    if (type == "unsubscribed") return Act::unsubscribed;
    if (type == "viewed_page") return Act::page_view;
    return Act::other_activity;
}

std::vector<History> histories(Db& db) {
    std::vector<History> everyone;
    Directory by_lead(everyone), by_fub(everyone);
    Statement people = db.prepare(everyone_sql);
    while (people.step()) {
        everyone.push_back(history_of(people));
        by_lead.add(people.text(0));
        by_fub.add(people.text(1));
    }
    collect(db, events_sql, by_fub, event_trace);
    collect(db, communications_sql, by_lead, communication_trace);
    collect(db, activities_sql, by_lead, activity_trace);
    return everyone;
}

std::optional<History> history(Db& db, const LeadId& lead) {
    Statement person = db.query(R"sql(
        SELECT l.id, l.fub_id, l.stage, l.source, l.created_at, p.last_activity_at
          FROM leads l LEFT JOIN dreams_fub_people p ON p.fub_id = l.fub_id
         WHERE l.id = :lead)sql",
                                {{"lead", lead}});
    if (!person.step()) return std::nullopt;
    History history = history_of(person);
    collect_one(db, R"sql(
        SELECT contact_id, event_type, occurred_at, property_mls, property_address, property_price, id
          FROM contact_events WHERE contact_id = :whose)sql",
                person.text(1), 6, history, event_trace);
    collect_one(db, R"sql(
        SELECT c.contact_id, c.comm_type, c.occurred_at, c.direction, c.status, c.duration_seconds,
               EXISTS (SELECT 1 FROM dreams_automated a WHERE a.communication_id = c.id), c.id
          FROM contact_communications c WHERE c.contact_id = :whose)sql",
                lead.text, 7, history, communication_trace);
    collect_one(db, R"sql(
        SELECT lead_id, activity_type, occurred_at, id FROM lead_activities
         WHERE lead_id = :whose)sql",
                lead.text, 3, history, activity_trace);
    return history;
}

}  // namespace dreams::store
