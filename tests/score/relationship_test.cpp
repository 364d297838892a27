#include "score/relationship.h"

#include <gmock/gmock.h>

#include "people.h"

namespace dreams::score::test {
namespace {

Dealings dealt(const History& person, Instant as_of = noon) {
    const Tally tally(person, house_policy(), as_of);
    return dealings(tally.messages, house_policy().relationship, as_of);
}

TEST(Relationship, IsNothingWhereNobodySpoke) {
    EXPECT_EQ(house(person({did(Act::property_view, 1), did(Act::inquiry, 1)})).relationship.raw,
              0);
}

TEST(Relationship, OfOneMailIsSmall) {
    EXPECT_EQ(house(person({did(Act::email_in, 0)})).relationship.value, 5);
    EXPECT_EQ(house(person({call(Act::call_in, 0, 30)})).relationship.value, 10);
}

TEST(Relationship, IsNothingForTalkingToAWall) {
    History wall = person({});
    repeat(wall, 6, Act::text_out, 3, 5);
    const Explained score = house(wall).relationship;
    EXPECT_EQ(score.value, 0);
    EXPECT_LT(points(score, "reply_share"), 0);
    EXPECT_GT(points(score, "clamp"), 0);
    EXPECT_EQ(dealt(wall).unanswered, 6);
}

TEST(Relationship, GrowsWithEveryAnsweredApproach) {
    History talk = person({});
    double before = 0;
    for (int i = 0; i < 10; ++i) {
        talk.traces.push_back(did(Act::text_out, 60 - i * 5));
        talk.traces.push_back(did(Act::text_in, 59.9 - i * 5));
        const double now = house(talk).relationship.raw;
        EXPECT_GT(now, before);
        before = now;
    }
    EXPECT_GT(before, 60);
}

TEST(Relationship, TakesMessagesOfOneSittingForOneTurn) {
    const Dealings flurry =
        dealt(person({did(Act::text_out, 5.0), did(Act::text_out, 4.99), did(Act::email_out, 4.9),
                      did(Act::text_in, 4.8), did(Act::text_in, 4.79)}));
    const Dealings plain = dealt(person({did(Act::text_out, 4.9), did(Act::text_in, 4.8)}));
    EXPECT_DOUBLE_EQ(flurry.approaches, plain.approaches);
    EXPECT_DOUBLE_EQ(flurry.exchanges, plain.exchanges);
    EXPECT_NEAR(*flurry.median_reply_hours, 2.4, 1e-3);
}

TEST(Relationship, DoesNotTakeALateMessageForAReply) {
    const Dealings late = dealt(person({did(Act::text_out, 40), did(Act::text_in, 20)}));
    EXPECT_EQ(late.replies, 0);
    EXPECT_GT(late.approaches, 0);
    EXPECT_FALSE(late.last_was_reply);
}

TEST(Relationship, IsPatientWithAFreshApproach) {
    EXPECT_EQ(dealt(person({did(Act::text_out, 1)})).approaches, 0);
    EXPECT_GT(dealt(person({did(Act::text_out, 3)})).approaches, 0);
}

TEST(Relationship, DoesNotCountAMachineAsATurn) {
    EXPECT_EQ(
        house(person({did(Act::automated_out, 9), did(Act::automated_out, 5)})).relationship.raw,
        0);
    const Dealings answered = dealt(person({did(Act::automated_out, 3), did(Act::email_in, 2)}));
    EXPECT_EQ(answered.replies, 0);
    EXPECT_FALSE(answered.last_was_reply);
}

TEST(Relationship, TakesAnOutboundCallForTalkOnlyIfItLasted) {
    EXPECT_EQ(dealt(person({call(Act::call_out, 5, 20)})).exchanges, 0);
    EXPECT_NEAR(dealt(person({call(Act::call_out, 0, 90)})).exchanges, 1, 1e-9);
    EXPECT_NEAR(dealt(person({call(Act::call_out, 0, 600)})).exchanges, 2, 1e-9);
    EXPECT_EQ(dealt(person({call(Act::call_missed_out, 5, 600)})).exchanges, 0);
}

TEST(Relationship, PrefersQuickAnswers) {
    const auto after = [](double hours) {
        return points(
            house(person({did(Act::text_out, 5), did(Act::text_in, 5 - hours / 24)})).relationship,
            "reply_speed");
    };
    EXPECT_GT(after(1), after(24));
    EXPECT_NEAR(after(24), after(48) * 2, 0.01);
}

TEST(Relationship, Fades) {
    const History once = person({did(Act::text_out, 10), did(Act::text_in, 9.9)});
    EXPECT_LT(house(once).relationship.raw,
              house(once, Detail::brief, days_ago(5)).relationship.raw);
}

}  // namespace
}  // namespace dreams::score::test
