#include "store/history.h"

#include "store/traces.h"

namespace dreams::store {
namespace {

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

std::optional<History> history(Db& db, const LeadId& lead) {
    Statement person = db.query(R"sql(
        SELECT l.fub_id, l.stage, l.source, l.created_at, p.last_activity_at
          FROM leads l LEFT JOIN dreams_fub_people p ON p.fub_id = l.fub_id
         WHERE l.id = :lead)sql",
                                {{"lead", lead}});
    if (!person.step()) return std::nullopt;
    History history;
    history.lead = lead;
    history.stage = person.text(1);
    history.source = person.text(2);
    history.created_at = person.get<std::optional<Instant>>(3);
    history.last_activity_elsewhere = person.get<std::optional<Instant>>(4);
    collect_one(db, R"sql(
        SELECT contact_id, event_type, occurred_at, property_mls, property_address, property_price, id
          FROM contact_events WHERE contact_id = :whose)sql",
                person.text(0), 6, history, event_trace);
    collect_one(db, R"sql(
        SELECT c.contact_id, c.comm_type, c.occurred_at, c.direction, c.status, c.duration_seconds,
               EXISTS (SELECT 1 FROM dreams_automated a WHERE a.communication_id = c.id), c.id
          FROM contact_communications c WHERE c.contact_id = :whose)sql",
                lead.text, 7, history,
                [](const Statement& row) { return communication_trace(row, row.integer(6) != 0); });
    collect_one(db, R"sql(
        SELECT lead_id, activity_type, occurred_at, id FROM lead_activities
         WHERE lead_id = :whose AND activity_source IS NOT 'agent')sql",
                lead.text, 3, history, activity_trace);
    return history;
}

}  // namespace dreams::store
