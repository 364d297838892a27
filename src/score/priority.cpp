#include "score/priority.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "score/explained.h"

namespace dreams::score {

namespace {

template <std::size_t N>
std::optional<Instant> newest(const Tally& tally, const Act (&acts)[N]) {
    std::optional<Instant> last;
    for (const Act act : acts)
        if (tally.acts[act].count > 0) last = std::max(last, std::optional{tally.acts[act].last});
    return last;
}

}  // namespace

std::optional<Instant> waiting_since(const Tally& tally) {
    const auto came =
        newest(tally, {Act::inquiry, Act::call_missed_in, Act::text_in, Act::email_in});
    const auto answered = newest(
        tally, {Act::call_in, Act::call_out, Act::call_missed_out, Act::text_out, Act::email_out});
    return came > answered ? came : std::nullopt;
}

Explained priority(const Judgement& judged, std::optional<Instant> waiting, StageVerdict stage,
                   const PriorityPolicy& policy, Instant as_of) {
    Explained score;
    contribute(score, "heat", policy.heat * judged.heat.raw);
    contribute(score, "value", policy.value * judged.value.raw);
    contribute(score, "relationship", policy.relationship * judged.relationship.raw);
    if (waiting) {
        const std::chrono::duration<double, std::ratio<86'400>> since = as_of - *waiting;
        contribute(
            score, "waiting",
            policy.waiting_points * std::exp2(-since.count() / policy.waiting_half_life_days));
    }
    double sum = 0;
    for (const Contribution& each : score.contributions) sum += each.points;
    contribute(score, "stage_factor", sum * stage.factor - sum);
    settle(score);
    return score;
}

}  // namespace dreams::score
