#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "score/match_market.h"
#include "store/matching_facts.h"

namespace dreams::jobs {

/// The facts of the file as the scoring takes them: homes without addresses, buyers without names.
struct MatchQuestion {
    score::Market market;              ///< homes stand where they stand in the facts
    std::vector<score::Buyer> buyers;  ///< so do buyers
};
MatchQuestion match_question(const store::MatchingFacts& facts, const Zone& zone, Instant now);

/// Why nobody seeks a home for this person; none: somebody may.
std::optional<std::string> no_buyer_because(const store::BuyerToMatch& person);

}  // namespace dreams::jobs
