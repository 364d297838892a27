#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "people.h"
#include "score/heat.h"

namespace dreams::score::test {
namespace {

using testing::HasSubstr;

std::string scoring_page() {
    std::ostringstream text;
    text << std::ifstream(DREAMS_ROOT "/docs/scoring.md").rdbuf();
    return text.str();
}

TEST(ScoringPage, GivesEveryActItsWorthAsThePolicyHasIt) {
    const std::string page = scoring_page();
    for (std::size_t i = 0; i < PerAct<Worth>::size; ++i) {
        const Worth& worth = house_policy().heat.worth.each[i];
        if (worth.group == Group::none) continue;
        EXPECT_THAT(page,
                    HasSubstr(fmt::format(
                        "| {} | {:g} | {:g} d | {} |", act_name(static_cast<Act>(i)), worth.points,
                        worth.half_life_days, worth.group == Group::web ? "web" : "direct")));
    }
}

TEST(ScoringPage, ShowsTheFormulasWithTheNumbersOfThePolicy) {
    const std::string page = scoring_page();
    const Policy& p = house_policy();
    EXPECT_THAT(page, HasSubstr(fmt::format("web    = {:g} · (1 − 2^(−E_web / {:g}))",
                                            p.heat.web_ceiling, p.heat.web_half_at)));
    EXPECT_THAT(page, HasSubstr(fmt::format("2^(−E_direct / {:g})", p.heat.direct_half_at)));
    EXPECT_THAT(page, HasSubstr(fmt::format("{:g} / (homes + {:g})", p.value.homes_for_half_trust,
                                            p.value.homes_for_half_trust)));
    EXPECT_THAT(page, HasSubstr(fmt::format("exchanges   = {:g} · (1 − 2^(−exchanges / {:g}))",
                                            p.relationship.exchange_points,
                                            p.relationship.exchanges_for_half)));
    EXPECT_THAT(page, HasSubstr(fmt::format("reply_share = {:g} ·", p.relationship.reply_points)));
    EXPECT_THAT(
        page, HasSubstr(fmt::format("reply_speed = {:g} · 2^(−median hours / {:g})",
                                    p.relationship.speed_points, p.relationship.speed_half_hours)));
    EXPECT_THAT(
        page, HasSubstr(fmt::format("({:g} · heat + {:g} · value + {:g} · relationship + waiting)",
                                    p.priority.heat, p.priority.value, p.priority.relationship)));
    EXPECT_THAT(
        page, HasSubstr(fmt::format("waiting  = {:g} · 2^(−days / {:g})", p.priority.waiting_points,
                                    p.priority.waiting_half_life_days)));
}

TEST(ScoringPage, NamesEveryKindOfStage) {
    const std::string page = scoring_page();
    for (const char* stage :
         {"Hot Prospect", "Active Client", "Nurture", "Past Client", "Unresponsive",
          "Agents/Vendors/Lendors", "Attempted contact", "Trash", "Closed"})
        EXPECT_THAT(page, HasSubstr(stage));
}

}  // namespace
}  // namespace dreams::score::test
