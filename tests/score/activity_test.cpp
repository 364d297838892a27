#include "score/activity.h"

#include <gmock/gmock.h>

#include "people.h"

namespace dreams::score::test {
namespace {

TEST(Activity, CountsEveryKindOverAllTime) {
    const Activity counted =
        house(person({did(Act::website_visit, 900), did(Act::property_view, 2, 300'000),
                      did(Act::property_view, 1, 500'000), did(Act::property_view, 1),
                      did(Act::property_favorite, 3), did(Act::property_share, 4),
                      did(Act::saved_search, 1), did(Act::page_view, 1), did(Act::inquiry, 1),
                      did(Act::call_in, 5), did(Act::call_missed_in, 5), did(Act::call_out, 6),
                      did(Act::call_missed_out, 6), did(Act::text_in, 7), did(Act::text_out, 7),
                      did(Act::email_in, 8), did(Act::email_out, 8), did(Act::automated_out, 8)}))
            .activity;
    EXPECT_EQ(counted.website_visits, 1);
    EXPECT_EQ(counted.properties_viewed, 3);
    EXPECT_EQ(counted.properties_favorited, 1);
    EXPECT_EQ(counted.properties_shared, 1);
    EXPECT_EQ(counted.calls_inbound, 2);
    EXPECT_EQ(counted.calls_outbound, 2);
    EXPECT_EQ(counted.texts_total, 2);
    EXPECT_EQ(counted.emails_received, 1);
    EXPECT_EQ(counted.emails_sent, 1);
    EXPECT_EQ(counted.total_communications, 8);
    EXPECT_EQ(counted.total_events, 6);
    EXPECT_EQ(counted.avg_price_viewed, 400'000);
    EXPECT_EQ(counted.days_since_activity, 1);
    EXPECT_EQ(counted.last_activity_at, days_ago(1));
}

TEST(Activity, OfNobodyIsUnknownNotZeroDaysOld) {
    const Activity counted = house(person({})).activity;
    EXPECT_EQ(counted.last_activity_at, std::nullopt);
    EXPECT_EQ(counted.days_since_activity, std::nullopt);
    EXPECT_EQ(counted.avg_price_viewed, std::nullopt);
}

TEST(Activity, BelievesWhatIsKnownElsewhereUnlessItLiesAhead) {
    History someone = person({did(Act::property_view, 9.5)});
    someone.last_activity_elsewhere = days_ago(3.5);
    EXPECT_EQ(house(someone).activity.days_since_activity, 3);
    someone.last_activity_elsewhere = days_ago(-1);
    EXPECT_EQ(house(someone).activity.days_since_activity, 9);
}

TEST(Activity, IsNotWhatAMachineSends) {
    EXPECT_EQ(
        house(person({did(Act::text_in, 9), did(Act::automated_out, 1)})).activity.last_activity_at,
        days_ago(9));
}

TEST(Activity, IsTheSameUnderEveryPolicy) {
    const History someone = person({did(Act::text_in, 1), did(Act::property_view, 2, 250'000, 3)});
    EXPECT_TRUE(
        same_columns(house(someone).activity, judge(someone, january_policy(), noon).activity));
}

}  // namespace
}  // namespace dreams::score::test
