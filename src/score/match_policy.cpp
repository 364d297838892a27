#include "score/match_policy.h"

namespace dreams::score {

const MatchPolicy& match_policy() {
    static const MatchPolicy policy;
    return policy;
}

}  // namespace dreams::score
