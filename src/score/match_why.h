#pragma once

#include <string>

#include "score/match.h"

namespace dreams::score {

/// Fills `why` of every contribution and of the suggestion itself, in words an agent can check.
void explain(Suggestion& suggestion, const Market& market, const Taste& taste, Instant as_of);

/// Where what they say and what they look at part ways, from `least_homes` homes on: "says up to
/// $400k, looks at $475k". Empty: nowhere.
std::string disagreement(const Taste& taste, const MatchPolicy& policy);

}  // namespace dreams::score
