#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "model/lead.h"

// People as the property API tells and takes them. Who is deleted in Follow Up Boss is left out.

namespace dreams::store {

/// Which people a program asks for.
struct ContactsAsked {
    std::int64_t min_priority = 0, min_heat = 0;  ///< 0–100
    std::optional<std::string> stage;
    enum class First { priority, heat } first = First::priority;  ///< who comes first
    std::int64_t limit = 100;
};

/// Whole rows, the highest first.
std::vector<Lead> contacts(Db& db, const ContactsAsked& asked);

/// Everyone in numbers.
struct ContactStats {
    std::int64_t total = 0;
    std::int64_t hot = 0;          ///< heat 75 or more
    std::int64_t high_value = 0;   ///< value 60 or more
    std::int64_t active_week = 0;  ///< did something in the last seven times 24 hours
    std::int64_t high_intent = 0;  ///< all four signs of intent
    double avg_priority = 0;       ///< one digit behind the point

    static constexpr auto columns() {
        return Columns{Column{"total", &ContactStats::total},
                       Column{"hot", &ContactStats::hot},
                       Column{"high_value", &ContactStats::high_value},
                       Column{"active_week", &ContactStats::active_week},
                       Column{"avg_priority", &ContactStats::avg_priority},
                       Column{"high_intent", &ContactStats::high_intent}};
    }
};

/// As the scores in the file say; `now` is what the last seven days are counted from.
ContactStats contact_stats(Db& db, Instant now);

/// Writes the agent's parts of a person, preferences and workflow, and nothing else.
Kept keep_agents_parts(Db& db, const Lead& lead, Instant now);

/// Writes a person of ours, whom no source knows: who they are, and the agent's parts.
Kept keep_own_contact(Db& db, const Lead& lead, Instant now);

}  // namespace dreams::store
