#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/history.h"
#include "model/lead.h"

namespace dreams::score {

struct Policy;  // score/policy.h: every weight, half-life and stage factor, argued in
                // docs/scoring.md

/// One reason for a score: so many points, because of so much. `traces` index History::traces and
/// are filled only when asked for.
struct Contribution {
    std::string_view name;  ///< a static word: `property_view`, `stage_factor`, `clamp`
    double points = 0;
    std::string why;  ///< a clause for an agent's eyes; filled only when asked for
    std::vector<std::uint32_t> traces;
};

/// A score and what it is made of: the points sum to `raw` exactly (to 1e-9), `value` is raw
/// rounded half away from zero and clamped to 0–100 (a clamp is a contribution of its own).
struct Explained {
    std::int64_t value = 0;
    double raw = 0;
    std::vector<Contribution> contributions;
};

enum class Detail { brief, full };  ///< brief leaves `why` and `traces` empty: for bulk runs

/// All that is concluded of one person.
struct Judgement {
    Explained heat, value, relationship, priority;
    Scores scores;      ///< values, trend and 7-day average; recorded_at is as_of
    Activity activity;  ///< counters over all time up to as_of
    Intent intent;
    std::string reason;  ///< one sentence why to call, from the strongest contributions
    bool unknown_stage = false;
};

/// What one person's score needs to know of all the others; only the January policy asks.
struct Population {
    double highest_average_price = 1.0;
};
Population population(std::span<const History> everyone, Instant as_of);

/// Judges one person as of an instant; traces later than as_of are not looked at. Pure: the same
/// arguments give the same numbers on any machine.
Judgement judge(const History& history, const Policy& policy, Instant as_of,
                const Population& population = {}, Detail detail = Detail::brief);

}  // namespace dreams::score
