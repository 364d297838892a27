#include "score/stage.h"

#include "base/text.h"

namespace dreams::score {

StageVerdict stage_verdict(std::string_view stage, const Policy& policy) {
    const std::string_view asked = text::trimmed(stage);
    if (asked.empty()) return {};
    for (const StageFactor& each : policy.stages) {
        const bool found = policy.recipe == Recipe::january ? stage == each.stage
                                                            : text::same_word(asked, each.stage);
        if (found) return {.factor = each.factor};
    }
    return {.known = false};
}

}  // namespace dreams::score
