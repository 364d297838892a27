// docs/matching.md says the numbers that the policy has.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "score/match_policy.h"

namespace dreams::score {
namespace {

using testing::HasSubstr;

std::string page() {
    std::ostringstream text;
    text << std::ifstream(DREAMS_ROOT "/docs/matching.md").rdbuf();
    return text.str();
}

TEST(MatchingPage, GivesEveryFactorItsPoints) {
    for (std::size_t i = 0; i < factors; ++i)
        EXPECT_THAT(page(), HasSubstr(fmt::format("| {} | {:g} |", factor_names[i],
                                                  match_policy().points[i])));
}

TEST(MatchingPage, GivesTheNumbersOfProfilesStopsAndTheList) {
    const MatchPolicy& p = match_policy();
    const auto text = page();
    const auto& worth = p.worth;
    EXPECT_THAT(text,
                HasSubstr(fmt::format(
                    "homes viewed ({:g}), shared ({:g}), made a favorite or saved by an agent "
                    "({:g}), inquired about or liked as a suggestion ({:g}), shown ({:g}),",
                    worth[0], worth[1], worth[2], worth[3], worth[4])));
    EXPECT_THAT(text, HasSubstr(fmt::format("half its weight in {:g} days", p.half_life_days)));
    EXPECT_THAT(text, HasSubstr(fmt::format("n / (n + {:g}): eight homes", p.blend_homes)));
    EXPECT_THAT(text, HasSubstr(fmt::format("by n / (n + {:g})", p.homes_for_half)));
    EXPECT_THAT(text, HasSubstr(fmt::format("above {:g} × the most they told", p.hard_stop)));
    EXPECT_THAT(text, HasSubstr(fmt::format("{:g} × the top of their band", p.looks_stop)));
    EXPECT_THAT(text, HasSubstr(fmt::format("Below {:g} there is no suggestion", p.least_total)));
    EXPECT_THAT(text, HasSubstr(fmt::format("λ = {:g}, among the best {}", p.lambda, p.pool)));
    EXPECT_THAT(text, HasSubstr(fmt::format("at least {:g} km", p.least_reach_km)));
    EXPECT_THAT(text, HasSubstr(fmt::format("nobody has told for {:g} days", p.stale_days)));
}

}  // namespace
}  // namespace dreams::score
