#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/record.h"

namespace dreams {

/// What an agent says was done about a person: a row of lead_activities whose source is
/// `from_agent`. Scores do not see them, since they are nothing the person did; the call list does.
enum class AgentAct : std::uint8_t {
    called,     ///< they talked: left in peace as after a call that Follow Up Boss knows of
    no_answer,  ///< rung in vain: off the list until tomorrow
    not_today,  ///< put off until tomorrow
    note,       ///< a note, or a next step
    undone      ///< what it was is in the data; it counts as nothing
};

constexpr std::string_view from_agent = "agent";  ///< lead_activities.activity_source

/// lead_activities.activity_data of an AgentAct.
struct AgentActData {
    std::string day;  ///< of the office: YYYY-MM-DD
    std::optional<std::string> note;
    std::int64_t planned = 0;  ///< 1: it set the next step, which the four below tell
    std::optional<std::string> next_action, next_action_date;
    std::optional<std::string> next_action_before, next_action_date_before;

    static constexpr auto columns() {
        return Columns{Column{"day", &AgentActData::day},
                       Column{"note", &AgentActData::note},
                       Column{"planned", &AgentActData::planned},
                       Column{"next_action", &AgentActData::next_action},
                       Column{"next_action_date", &AgentActData::next_action_date},
                       Column{"next_action_before", &AgentActData::next_action_before},
                       Column{"next_action_date_before", &AgentActData::next_action_date_before}};
    }
};

template <>
struct Words<AgentAct> {
    static constexpr std::array<std::pair<AgentAct, std::string_view>, 5> list{
        {{AgentAct::called, "agent_called"},
         {AgentAct::no_answer, "agent_no_answer"},
         {AgentAct::not_today, "agent_not_today"},
         {AgentAct::note, "agent_note"},
         {AgentAct::undone, "agent_undone"}}};
};

}  // namespace dreams
