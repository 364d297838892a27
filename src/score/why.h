#pragma once

#include "score/relationship.h"
#include "score/scores.h"
#include "score/stage.h"
#include "score/tally.h"

namespace dreams::score {

/// Fills `why` and `traces` of every contribution of a judgement by the house recipe: in words an
/// agent can check, and the traces behind it, strongest first.
void explain(Judgement& judged, const History& history, const Tally& tally,
             const Dealings& dealings, StageVerdict stage, const Policy& policy);

}  // namespace dreams::score
