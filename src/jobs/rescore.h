#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "jobs/progress.h"
#include "score/scores.h"

namespace dreams::jobs {

struct RescoreReport {
    std::int64_t people = 0;
    std::int64_t changed = 0;                 ///< whose priority is another than before
    Date day{};                               ///< the business day of the snapshots
    std::vector<std::string> unknown_stages;  ///< stage names the policy has no factor for
    double reading_seconds = 0, scoring_seconds = 0, writing_seconds = 0;
};

/// Judges everyone as of `as_of` and saves it: leads (Scores, Activity, Intent), why to call
/// (dreams_lead_scores), and the business day's snapshot in contact_scoring_history, where the
/// day's last run wins. One transaction: all or nothing. People whose communications are stale
/// keep scores that would otherwise fall.
RescoreReport rescore(Db& db, const score::Policy& policy, Instant as_of, const Zone& zone,
                      std::optional<std::int64_t> sync_id, Progress& progress);

/// One person's judgement in full, with the history it was made from (ids beside the traces).
/// Throws Error{not_found}.
std::pair<History, score::Judgement> explain(Db& db, const LeadId& lead,
                                             const score::Policy& policy, Instant as_of);

}  // namespace dreams::jobs
