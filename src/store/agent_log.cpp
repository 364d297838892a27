#include "store/agent_log.h"

#include "base/json_record.h"
#include "model/lead_activity.h"
#include "store/person_name.h"

namespace dreams::store {
namespace {

struct Planned {
    std::optional<std::string> action, day;
    static constexpr auto columns() {
        return Columns{Column{"next_action", &Planned::action},
                       Column{"next_action_date", &Planned::day}};
    }
    friend bool operator==(const Planned&, const Planned&) = default;
};

std::optional<std::string> said(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

Planned planned_for(Db& db, const LeadId& lead) {
    auto found = db.one<Planned>("SELECT next_action, next_action_date FROM leads WHERE id = :lead",
                                 {{"lead", lead}});
    if (!found)
        throw Error(Fault::not_found, "There is no such person; they may have been merged.");
    return std::move(*found);
}

void plan(Db& db, const LeadId& lead, const Planned& next, Instant now) {
    db.run(R"sql(
        UPDATE leads SET next_action = :action, next_action_date = :day, updated_at = :now
         WHERE id = :lead)sql",
           {{"lead", lead}, {"action", next.action}, {"day", next.day}, {"now", now}});
}

/// The same word of the same day, when it says nothing more.
std::optional<ActivityId> said_before(Db& db, const LeadId& lead, AgentAct act,
                                      const AgentActData& data) {
    if (act == AgentAct::note || data.note || data.planned != 0) return std::nullopt;
    return db.one<ActivityId>(
        R"sql(
        SELECT id FROM lead_activities
         WHERE lead_id = :lead AND activity_source = :source AND activity_type = :act
           AND activity_data = :data)sql",
        {{"lead", lead}, {"source", from_agent}, {"act", act}, {"data", json::to_json(data)}});
}

/// What a form that shows days alone leaves of what an older program wrote there:
/// `2026-01-15T09:00` and `soon` stay unless another day is chosen.
std::optional<std::string> day_said(const std::string& day,
                                    const std::optional<std::string>& before) {
    if (!before) return said(day);
    const bool is_day = date_from(before->substr(0, 10)).has_value();
    return day == (is_day ? before->substr(0, 10) : "") ? before : said(day);
}

AgentActData data_of(const AgentWord& word, const Planned& before, Date today) {
    AgentActData data{.day = to_text(today), .note = said(word.note)};
    if (!word.next) return data;
    const Planned next{said(word.next->action), day_said(word.next->day, before.day)};
    if (next == before) return data;
    if (next.day != before.day && next.day && !date_from(*next.day))
        throw Error(Fault::invalid,
                    "The day of the next step is one as 2026-01-19 is, not '" + *next.day + "'.");
    data.planned = 1;
    data.next_action = next.action;
    data.next_action_date = next.day;
    data.next_action_before = before.action;
    data.next_action_date_before = before.day;
    return data;
}

const std::string entries_sql = R"sql(
    SELECT a.id, a.lead_id, a.activity_type, a.occurred_at,
           )sql" + std::string(person_name) +
                                R"sql( AS name,
           iif(json_valid(a.activity_data), json_extract(a.activity_data, '$.note'), NULL) AS note
      FROM lead_activities a JOIN leads l ON l.id = a.lead_id
     WHERE a.activity_source = 'agent')sql";

}  // namespace

ActivityId keep_agent_word(Db& db, const LeadId& lead, const AgentWord& word, Date today,
                           Instant now) {
    const auto before = planned_for(db, lead);
    const auto data = data_of(word, before, today);
    if (word.act == AgentAct::note && !data.note && data.planned == 0)
        throw Error(Fault::invalid, "There is nothing to keep: write a note or a next step.");
    if (const auto known = said_before(db, lead, word.act, data)) return *known;
    if (data.planned != 0) plan(db, lead, {data.next_action, data.next_action_date}, now);
    const ActivityId id{"agent_" + db.value<std::string>("SELECT lower(hex(randomblob(8)))")};
    db.add("lead_activities", LeadActivity{.id = id,
                                           .lead = lead,
                                           .type = std::string(dreams::word(word.act)),
                                           .source = std::string(from_agent),
                                           .data = JsonText{json::to_json(data)},
                                           .occurred_at = now,
                                           .imported_at = now});
    return id;
}

void undo_agent_word(Db& db, const ActivityId& id, Instant now) {
    const auto found = db.one<LeadActivity>(
        "SELECT * FROM lead_activities WHERE id = :id AND activity_source = :source",
        {{"id", id}, {"source", from_agent}});
    if (!found) throw Error(Fault::not_found, "There is nothing of that kind to undo.");
    if (found->type == word(AgentAct::undone)) return;
    const auto data = json::from_json<AgentActData>(found->data ? found->data->text : "");
    const Planned set{data.next_action, data.next_action_date};
    if (data.planned != 0 && planned_for(db, found->lead) == set)
        plan(db, found->lead, {data.next_action_before, data.next_action_date_before}, now);
    // The row stays, so that a merge with a copy that still has it does not bring it back.
    db.run("UPDATE lead_activities SET activity_type = :undone, imported_at = :now WHERE id = :id",
           {{"id", id}, {"undone", AgentAct::undone}, {"now", now}});
}

std::optional<AgentEntry> agent_entry(Db& db, const ActivityId& id) {
    return db.one<AgentEntry>(entries_sql + " AND a.id = :id AND a.activity_type <> :undone",
                              {{"id", id}, {"undone", AgentAct::undone}});
}

std::vector<AgentEntry> done_on(Db& db, Date today, Instant now) {
    return db.list<AgentEntry>(entries_sql + R"sql(
        AND a.activity_type IN ('agent_called', 'agent_no_answer', 'agent_not_today')
        AND a.occurred_at <= :now
        AND iif(json_valid(a.activity_data), json_extract(a.activity_data, '$.day'), '') = :today
        ORDER BY a.occurred_at DESC, a.id)sql",
                               {{"today", today}, {"now", now}});
}

}  // namespace dreams::store
