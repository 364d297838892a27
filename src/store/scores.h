#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "model/lead.h"
#include "model/scoring_snapshot.h"

namespace dreams::store {

/// What a rescore writes of one person.
struct Judged {
    LeadId lead;
    Scores scores;
    Activity activity;
    Intent intent;
    std::string policy;
    std::string reason;
    std::optional<std::string> barred;  ///< why never to call; none: may be called
};

/// What a rescore has to know of a person besides their history.
struct Standing {
    LeadId lead;
    Scores scores;     ///< as they are now
    std::string tags;  ///< JSON
    std::string stage;
    bool stale = false;  ///< communications could not be fetched
    bool phone_works = true;
    std::optional<double> heat_before;           ///< of the last snapshot of an earlier day
    std::optional<std::int64_t> snapshot_today;  ///< id of the day's snapshot, if there is one
};

/// Everyone's standing, ordered by leads.id as store::histories is; `day_start` is the business
/// day's first instant, `day_end` the next one's.
std::vector<Standing> standings(Db& db, Instant day_start, Instant day_end);

/// Writes judgements: one for leads and why to call, one for the day's snapshot.
class ScoresKeeper {
public:
    explicit ScoresKeeper(Db& db);
    void save(const Judged& judged);
    void snapshot(const ScoringSnapshot& snapshot, std::optional<std::int64_t> replaces);

private:
    Statement lead_, why_, add_, replace_;
};

}  // namespace dreams::store
