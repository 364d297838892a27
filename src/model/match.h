#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/record.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams {

/// matches.id: `match_<lead_id>_<property_id>`.
using MatchId = Id<struct MatchKind>;

/// What became of a suggestion.
enum class MatchStatus : std::uint8_t { suggested, sent, accepted, rejected };

template <>
struct Words<MatchStatus> {
    static constexpr std::array<std::pair<MatchStatus, std::string_view>, 4> list{
        {{MatchStatus::suggested, "suggested"},
         {MatchStatus::sent, "sent"},
         {MatchStatus::accepted, "accepted"},
         {MatchStatus::rejected, "rejected"}}};
};

/// What the matching found. Written by jobs/match, as long as nobody has decided anything.
struct MatchScores {
    std::optional<double> total;   ///< 0–100
    std::optional<double> stated;  ///< 0–100, by what they told alone; none: they told nothing
    std::optional<double> behavioral;   ///< 0–100, by what they look at alone; none: nothing
    std::optional<JsonText> breakdown;  ///< as docs/matching.md has it

    static constexpr auto columns() {
        return Columns{
            Column{"total_score", &MatchScores::total},
            Column{"stated_score", &MatchScores::stated},
            Column{"behavioral_score", &MatchScores::behavioral},
            Column{"score_breakdown", &MatchScores::breakdown},
        };
    }
};

/// What people made of it. Written by the agent, and by nobody else.
struct MatchDecision {
    std::optional<MatchStatus> status;  ///< none: an older program wrote a word that is not known
    std::optional<Instant> sent_at, response_at, shown_at;
    std::optional<std::string> lead_feedback, agent_notes;

    static constexpr auto columns() {
        return Columns{
            Column{"match_status", &MatchDecision::status},
            Column{"sent_at", &MatchDecision::sent_at},
            Column{"response_at", &MatchDecision::response_at},
            Column{"shown_at", &MatchDecision::shown_at},
            Column{"lead_feedback", &MatchDecision::lead_feedback},
            Column{"agent_notes", &MatchDecision::agent_notes},
        };
    }
};

/// A row of `matches`: a home that may fit a buyer.
struct Match {
    MatchId id;
    LeadId lead;
    PropertyId property;
    MatchScores scores;
    MatchDecision decision;
    std::optional<Instant> suggested_at;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &Match::id},
            Column{"lead_id", &Match::lead},
            Column{"property_id", &Match::property},
            Part{&Match::scores},
            Part{&Match::decision},
            Column{"suggested_at", &Match::suggested_at},
        };
    }
};

inline MatchId match_id(const LeadId& lead, const PropertyId& home) {
    return {"match_" + lead.text + "_" + home.text};
}

}  // namespace dreams
