#pragma once

#include <string_view>

#include "score/policy.h"

namespace dreams::score {

/// What a stage does to priority, and whether the policy knows it at all.
struct StageVerdict {
    double factor = 1;
    bool known = true;
};

/// House: without regard to case and outer blanks; january: to the letter, as it was. A blank
/// stage is known and changes nothing. An unknown one changes nothing either, but says so: then
/// the account has a stage that docs/scoring.md does not, and somebody must decide.
StageVerdict stage_verdict(std::string_view stage, const Policy& policy);

}  // namespace dreams::score
