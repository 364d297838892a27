#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/id.h"

namespace dreams::web {

/// One contribution of a suggestion, as matches.score_breakdown has it.
struct MatchPart {
    std::string name, why;
    double points = 0, of = 0;
};

/// What matches.score_breakdown tells; an older program's is none.
struct MatchBreakdown {
    std::string why;
    double confidence = 0;  ///< 0–1
    bool different = false;
    std::vector<MatchPart> parts;
};
MatchBreakdown breakdown_of(const std::optional<JsonText>& stored);

std::string why_of(const std::optional<JsonText>& stored);  ///< its one sentence; empty: none

}  // namespace dreams::web
