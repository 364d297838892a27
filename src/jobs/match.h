#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "jobs/progress.h"
#include "score/match_policy.h"
#include "store/match_lists.h"
#include "store/matches.h"

namespace dreams::jobs {

enum class Rehearsal { no, yes };  ///< yes: everything is reckoned, nothing stays

struct MatchOptions {
    std::optional<LeadId> lead;      ///< only this person's suggestions; none: everyone's
    std::optional<PropertyId> home;  ///< only suggestions of this home; none: of all
    Rehearsal rehearsal = Rehearsal::no;
    std::int64_t lines = 0;  ///< how many of the best suggestions to give back
};

struct MatchReport {
    std::int64_t buyers = 0;    ///< homes were sought for
    std::int64_t without = 0;   ///< of these, whom none fits, or nothing is known of
    std::int64_t left_out = 0;  ///< people who are no buyers, barred or deleted
    std::int64_t homes = 0;     ///< on the market
    std::int64_t created = 0, changed = 0, unchanged = 0, withdrawn = 0;  ///< suggestions
    std::int64_t kept = 0;  ///< what people decided or noted, and the matching left as it was
    double reading_seconds = 0, matching_seconds = 0, writing_seconds = 0;
    store::MatchLines best;  ///< of those asked for, before a rehearsal was taken back
    std::optional<store::MatchedBuyer> buyer;  ///< of the one person asked for; none: no buyer
    std::optional<std::string> no_buyer;       ///< why that person is none
};

/// Seeks homes for buyers and keeps them as suggestions in `matches`: new ones are added, scores
/// follow, and what no longer holds is withdrawn, all as long as nobody has decided or noted
/// anything about it. What people decided is never changed. One transaction under the lease
/// `match`; the same file and the same `now` change nothing a second time. Throws LeaseHeld;
/// Error{not_found}: no such lead or home.
MatchReport match(Db& db, const score::MatchPolicy& policy, Instant now, const Zone& zone,
                  const MatchOptions& options, Progress& progress);

}  // namespace dreams::jobs
