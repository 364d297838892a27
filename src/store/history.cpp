#include "store/history.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "model/contact_communication.h"
#include "model/contact_event.h"
#include "store/directory.h"

namespace dreams::store {
namespace {

/// None where an older program wrote no instant: for scores it then lies long ago.
Instant instant(const Statement& row, int column) {
    if (const auto at = instant_from(row.text(column))) return *at;
    return row.get<std::optional<Instant>>(column).value_or(Instant{});
}

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
    Trace trace{.at = instant(row, 2),
                .act = act_of_event(row.text(1)).value_or(Act::other_activity)};
    trace.home = home_of(row.text(3), row.text(4));
    trace.price = static_cast<std::int32_t>(std::clamp<std::int64_t>(row.integer(5), 0, INT32_MAX));
    return trace;
}

Trace communication_trace(const Statement& row, bool automated) {
    Trace trace{.at = instant(row, 2),
                .act = act_of_communication(row.text(1), row.text(3), row.text(4), automated)};
    trace.seconds = static_cast<std::uint32_t>(std::clamp<std::int64_t>(row.integer(5), 0, 86'400));
    return trace;
}

Trace activity_trace(const Statement& row) {
    return {.at = instant(row, 2), .act = act_of_activity(row.text(1))};
}

History history_of(const Statement& row) {
    History history;
    history.lead = row.get<LeadId>(0);
    history.stage = row.text(2);
    history.source = row.text(3);
    history.created_at = row.get<std::optional<Instant>>(4);
    return history;
}

constexpr auto people_sql = "SELECT id, fub_id, stage, source, created_at FROM leads ORDER BY id";
constexpr auto elsewhere_sql = "SELECT fub_id, last_activity_at FROM dreams_fub_people";
constexpr auto events_sql = R"sql(
    SELECT contact_id, event_type, occurred_at, property_mls, property_address, property_price
      FROM contact_events)sql";
constexpr auto communications_sql = R"sql(
    SELECT contact_id, comm_type, occurred_at, direction, status, duration_seconds, id
      FROM contact_communications)sql";
constexpr auto activities_sql = "SELECT lead_id, activity_type, occurred_at FROM lead_activities";

/// Rows on their way to the people they belong to. Delivered some thousand at a time, since each
/// goes to another place in memory: one by one, waiting for memory took as long as SQLite.
class Delivery {
public:
    Delivery(std::vector<History>& everyone, const Directory& people)
        : everyone_(everyone), people_(people) {
        pending_.reserve(most_pending);
    }
    void add(std::string_view whose, const Trace& trace) {
        const auto number = Directory::number_of(whose);
        if (!number) {
            if (const auto at = people_.find(whose)) push(everyone_[*at].traces, trace);
            return;
        }
        people_.expect(*number);
        pending_.push_back({trace, *number});
        if (pending_.size() == most_pending) deliver();
    }
    void deliver() {
        for (Pending& row : pending_) {
            const auto at = people_.find(row.number);
            if (!at) continue;
            row.person = &everyone_[*at];
            __builtin_prefetch(&row.person->traces);
        }
        for (const Pending& row : pending_)
            if (row.person) push(row.person->traces, row.trace);
        pending_.clear();
    }

private:
    static constexpr std::size_t most_pending = 1024;
    static constexpr std::size_t usual_traces = 16;  // who acts at all seldom acts once

    struct Pending {
        Trace trace;
        std::uint64_t number;
        History* person = nullptr;  ///< none: nobody known
    };
    static void push(std::vector<Trace>& traces, const Trace& trace) {
        if (traces.empty()) traces.reserve(usual_traces);
        traces.push_back(trace);
    }
    std::vector<History>& everyone_;
    const Directory& people_;
    std::vector<Pending> pending_;
};

template <class Read>
void collect(Db& db, std::string_view sql, std::vector<History>& everyone, const Directory& people,
             Read read) {
    Delivery delivery(everyone, people);
    Statement rows = db.prepare(sql);
    while (rows.step()) delivery.add(rows.text(0), read(rows));
    delivery.deliver();
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
    std::vector<std::string> fub_ids;
    const auto count = db.value<std::size_t>("SELECT count(*) FROM leads");
    everyone.reserve(count);
    fub_ids.reserve(count);
    Statement people = db.prepare(people_sql);
    while (people.step()) {
        everyone.push_back(history_of(people));
        fub_ids.emplace_back(people.text(1));
    }
    const Directory by_lead(everyone,
                            [](const History& each) -> std::string_view { return each.lead.text; });
    const Directory by_fub(fub_ids, std::identity{});
    Statement elsewhere = db.prepare(elsewhere_sql);
    while (elsewhere.step())
        if (const auto at = by_fub.find(elsewhere.text(0)))
            everyone[*at].last_activity_elsewhere = elsewhere.get<std::optional<Instant>>(1);
    const Directory automated(db.list<std::string>("SELECT communication_id FROM dreams_automated"),
                              std::identity{});
    collect(db, events_sql, everyone, by_fub, event_trace);
    collect(db, communications_sql, everyone, by_lead, [&](const Statement& row) {
        return communication_trace(row, automated.find(row.text(6)).has_value());
    });
    collect(db, activities_sql, everyone, by_lead, activity_trace);
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
    history.last_activity_elsewhere = person.get<std::optional<Instant>>(5);
    collect_one(db, R"sql(
        SELECT contact_id, event_type, occurred_at, property_mls, property_address, property_price, id
          FROM contact_events WHERE contact_id = :whose)sql",
                person.text(1), 6, history, event_trace);
    collect_one(db, R"sql(
        SELECT c.contact_id, c.comm_type, c.occurred_at, c.direction, c.status, c.duration_seconds,
               EXISTS (SELECT 1 FROM dreams_automated a WHERE a.communication_id = c.id), c.id
          FROM contact_communications c WHERE c.contact_id = :whose)sql",
                lead.text, 7, history,
                [](const Statement& row) { return communication_trace(row, row.integer(6) != 0); });
    collect_one(db, R"sql(
        SELECT lead_id, activity_type, occurred_at, id FROM lead_activities
         WHERE lead_id = :whose)sql",
                lead.text, 3, history, activity_trace);
    return history;
}

}  // namespace dreams::store
