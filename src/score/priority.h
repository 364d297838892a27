#pragma once

#include <optional>

#include "score/relationship.h"
#include "score/scores.h"
#include "score/stage.h"
#include "score/tally.h"

namespace dreams::score {

/// Since when a person who came to us (asked, wrote, or rang in vain) has had no answer; none:
/// nobody is waiting. An attempt of ours is an answer, a machine's mail is not.
std::optional<Instant> waiting_since(const Tally& tally);

/// Whom to call first, 0–100: heat, value and relationship by their weights (of the unrounded
/// scores), more for whoever waits for an answer, all times the stage's factor.
Explained priority(const Judgement& judged, std::optional<Instant> waiting, StageVerdict stage,
                   const PriorityPolicy& policy, Instant as_of);

}  // namespace dreams::score
