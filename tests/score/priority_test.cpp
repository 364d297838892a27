#include "score/priority.h"

#include <gmock/gmock.h>

#include "people.h"

namespace dreams::score::test {
namespace {

History lively(std::string stage) {
    History someone = person({did(Act::text_in, 4), did(Act::text_out, 3.9), did(Act::inquiry, 6)},
                             std::move(stage));
    repeat(someone, 8, Act::property_view, 1, 1, 500'000);
    return someone;
}

TEST(Priority, WeighsTheThreeScores) {
    const Judgement judged = house(lively("Lead"));
    EXPECT_NEAR(judged.priority.raw,
                0.5 * judged.heat.raw + 0.2 * judged.value.raw + 0.3 * judged.relationship.raw,
                1e-9);
    EXPECT_EQ(judged.scores.priority, judged.priority.value);
}

TEST(Priority, FollowsTheStageWhateverItsCase) {
    const double lead = house(lively("Lead")).priority.raw;
    EXPECT_NEAR(house(lively("hot prospect")).priority.raw, lead * 1.3, 1e-9);
    EXPECT_NEAR(house(lively(" NURTURE ")).priority.raw, lead * 0.9, 1e-9);
    EXPECT_EQ(house(lively("Trash")).priority.value, 0);
    EXPECT_EQ(house(lively("Agents/Vendors/Lendors")).priority.value, 0);
}

TEST(Priority, SaysWhenItDoesNotKnowAStage) {
    const Judgement judged = house(lively("Tire Kicker"));
    EXPECT_TRUE(judged.unknown_stage);
    EXPECT_EQ(points(judged.priority, "stage_factor"), 0);
    EXPECT_FALSE(house(lively("")).unknown_stage);
    EXPECT_FALSE(house(lively("Lead")).unknown_stage);
    EXPECT_EQ(house(lively("")).priority.raw, house(lively("Lead")).priority.raw);
}

TEST(Priority, RaisesWhoeverWaitsForAnAnswer) {
    const History waits = person({did(Act::email_in, 1)});
    const History answered = person({did(Act::email_in, 1), did(Act::call_missed_out, 0.5)});
    EXPECT_NEAR(points(house(waits).priority, "waiting"), 10 * std::exp2(-0.5), 1e-9);
    EXPECT_EQ(points(house(answered).priority, "waiting"), 0);
}

TEST(Priority, DoesNotTakeAMachineForAnAnswer) {
    EXPECT_GT(points(house(person({did(Act::inquiry, 1), did(Act::automated_out, 0.9)})).priority,
                     "waiting"),
              0);
}

TEST(Priority, StopsAtAHundred) {
    History best = lively("Hot Prospect");
    repeat(best, 40, Act::text_in, 0.1, 0.8);
    repeat(best, 40, Act::text_out, 0.2, 0.8);
    repeat(best, 40, Act::property_view, 0.1, 0.2, 3'000'000);
    const Explained score = house(best, Detail::full).priority;
    EXPECT_EQ(score.value, 100);
    EXPECT_LT(points(score, "clamp"), 0);
    EXPECT_NEAR(sum(score), score.raw, 1e-9);
}

TEST(Priority, ExplainsEveryPart) {
    for (const Contribution& each : house(lively("Nurture"), Detail::full).priority.contributions)
        EXPECT_NE(each.why, "") << each.name;
}

TEST(Policy, IsFoundByName) {
    EXPECT_EQ(policy_named("house"), &house_policy());
    EXPECT_EQ(policy_named("january"), &january_policy());
    EXPECT_EQ(policy_named("february"), nullptr);
}

}  // namespace
}  // namespace dreams::score::test
