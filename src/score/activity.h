#pragma once

#include "model/lead.h"
#include "score/tally.h"

namespace dreams::score {

/// What a person did and what was exchanged, counted over all time up to the tally's instant.
/// Facts, not judgements: the same under every policy. What a machine sent is counted nowhere.
Activity activity(const Tally& tally, const History& history);

}  // namespace dreams::score
