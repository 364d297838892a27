#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "model/match.h"

namespace dreams::store {

/// Whether a person has decided or written anything about a suggestion: then it is theirs, and is
/// never withdrawn.
bool is_touched(const Match& match);

/// Whether it is settled: sent, accepted, rejected, shown or answered. Its scores stay as they were
/// when that was done.
bool is_settled(const Match& match);

/// What the matching knows of a person, for those pages that show no suggestion (or few).
struct MatchedBuyer {
    LeadId lead;
    std::string known;                        ///< `nothing`, `words`, `looks`, `both`
    double looked_at = 0;                     ///< homes, older looks counting less; one decimal
    std::optional<std::string> none_because;  ///< why there is no suggestion; none: there are some
    std::optional<std::string> disagreement;  ///< `says up to $400k, looks at $475k`
    std::optional<std::string> left_out;      ///< what was left out, and why

    static constexpr auto columns() {
        return Columns{
            Column{"lead_id", &MatchedBuyer::lead},
            Column{"known", &MatchedBuyer::known},
            Column{"looked_at", &MatchedBuyer::looked_at},
            Column{"none_because", &MatchedBuyer::none_because},
            Column{"disagreement", &MatchedBuyer::disagreement},
            Column{"left_out", &MatchedBuyer::left_out},
        };
    }
};

/// Writes what the matching finds. Each within a transaction of the caller's.
class MatchesKeeper {
public:
    explicit MatchesKeeper(Db& db);

    void add(const Match& match);
    /// The scores alone; nothing that people wrote.
    void rescore(const MatchId& id, const MatchScores& scores);
    void withdraw(const MatchId& id);
    /// Whether that was news.
    bool keep(const MatchedBuyer& buyer);
    void forget(const LeadId& lead);

private:
    Db& db_;
    Keeper<MatchedBuyer> buyers_;
};

std::optional<MatchedBuyer> matched_buyer(Db& db, const LeadId& lead);

/// Throws Error{not_found}: there is no such suggestion, or it was withdrawn.
Match match(Db& db, const MatchId& id);

/// What an agent says became of a suggestion: `sent` stamps sent_at, `accepted` and `rejected`
/// stamp response_at, `suggested` takes all three back. Of what is sent or accepted the person is
/// `matched` with the home in contact_properties, unless they have to do with it otherwise.
/// Throws Error{not_found}. Within a transaction of the caller's.
void decide_match(Db& db, const MatchId& id, MatchStatus status, Instant now);

/// What the agent notes and what the person said of it; empty takes it out. Throws
/// Error{not_found}.
void note_match(Db& db, const MatchId& id, const std::string& notes, const std::string& feedback);

}  // namespace dreams::store
