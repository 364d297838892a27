#pragma once

#include <optional>
#include <string>

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
