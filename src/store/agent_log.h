#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"
#include "model/agent_act.h"
#include "model/id.h"

namespace dreams::store {

/// What an agent means to do next about a person: leads.next_action and next_action_date.
struct NextStep {
    std::string action;  ///< empty: none is planned
    std::string day;     ///< YYYY-MM-DD; empty: no day
};

/// What an agent says of a person.
struct AgentWord {
    AgentAct act = AgentAct::note;
    std::string note = "";                        ///< may be empty
    std::optional<NextStep> next = std::nullopt;  ///< none: the next step stays as it is
};

/// Keeps it as an activity of the office's day `today`; gives its id. Said twice on a day without
/// a note or another next step, it is kept once. Throws Error: not_found (no such person), invalid
/// (nothing is said; the day of the next step is none).
ActivityId keep_agent_word(Db& db, const LeadId& lead, const AgentWord& word, Date today,
                           Instant now);

/// What was kept counts no more. A next step that it set is again what it was before, unless it was
/// changed since. Throws Error{not_found}: there is no such act.
void undo_agent_word(Db& db, const ActivityId& id, Instant now);

/// What was kept, for whoever may want to undo it.
struct AgentEntry {
    ActivityId id;
    LeadId lead;
    std::string name;  ///< the person's: never empty
    AgentAct act = AgentAct::note;
    std::optional<std::string> note;
    Instant at;

    static constexpr auto columns() {
        return Columns{Column{"id", &AgentEntry::id},     Column{"lead_id", &AgentEntry::lead},
                       Column{"name", &AgentEntry::name}, Column{"activity_type", &AgentEntry::act},
                       Column{"note", &AgentEntry::note}, Column{"occurred_at", &AgentEntry::at}};
    }
};

/// None: there is no such act, or it was undone.
std::optional<AgentEntry> agent_entry(Db& db, const ActivityId& id);

/// What took people off the call list of `today`, the latest first.
std::vector<AgentEntry> done_on(Db& db, Date today, Instant now);

}  // namespace dreams::store
