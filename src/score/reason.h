#pragma once

#include <string>

#include "score/priority.h"
#include "score/relationship.h"
#include "score/scores.h"
#include "score/tally.h"

namespace dreams::score {

/// What a reason may speak of.
struct Grounds {
    const Tally& tally;
    const Dealings& dealings;
    const Judgement& judged;  ///< intent and trend are read; its scores need not be there yet
    std::optional<Instant> waiting;
    StageVerdict stage;
    bool is_new = false;  ///< came to the office within the last week
};

/// One sentence for an agent: why to call this person, from what weighs most, at most three
/// things. Says how somebody behaves, never which page they opened when; no person's name.
std::string reason(const Grounds& grounds);

}  // namespace dreams::score
