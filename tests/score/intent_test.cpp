#include "score/intent.h"

#include <gmock/gmock.h>

#include "people.h"

namespace dreams::score::test {
namespace {

TEST(Intent, SeesAReturnToOneHomeOnAnotherDay) {
    EXPECT_TRUE(house(person({did(Act::property_view, 1, 0, 5), did(Act::property_view, 3, 0, 5)}))
                    .intent.repeat_views);
    EXPECT_FALSE(house(person({did(Act::property_view, 1, 0, 5), did(Act::property_view, 3, 0, 6)}))
                     .intent.repeat_views);
    EXPECT_FALSE(
        house(person({did(Act::property_view, 1, 0, 5), did(Act::property_view, 1.01, 0, 5)}))
            .intent.repeat_views);
    EXPECT_FALSE(
        house(person({did(Act::property_view, 1, 0, 5), did(Act::property_view, 31, 0, 5)}))
            .intent.repeat_views);
}

TEST(Intent, SeesAHomeOpenedThreeTimes) {
    EXPECT_TRUE(house(person({did(Act::property_view, 1, 0, 5), did(Act::property_view, 1.01, 0, 5),
                              did(Act::property_view, 1.02, 0, 5)}))
                    .intent.repeat_views);
}

TEST(Intent, TakesUnknownHomesForDifferentOnes) {
    EXPECT_FALSE(
        house(person({did(Act::property_view, 1, 400'000), did(Act::property_view, 3, 400'000),
                      did(Act::property_view, 5, 400'000)}))
            .intent.repeat_views);
}

TEST(Intent, SeesThreeFavoritesOfTheLastTwoMonths) {
    History likes = person({did(Act::property_favorite, 1), did(Act::property_favorite, 30)});
    EXPECT_FALSE(house(likes).intent.high_favorites);
    likes.traces.push_back(did(Act::property_favorite, 61));
    EXPECT_FALSE(house(likes).intent.high_favorites);
    likes.traces.push_back(did(Act::property_favorite, 59));
    EXPECT_TRUE(house(likes).intent.high_favorites);
}

TEST(Intent, MeasuresABurstAgainstTheirOwnPace) {
    History calm = person({});
    repeat(calm, 10, Act::property_view, 4, 2.5);
    EXPECT_FALSE(house(calm).intent.activity_burst);
    repeat(calm, 6, Act::property_view, 0.5, 0.1);
    EXPECT_TRUE(house(calm).intent.activity_burst);

    History keen = person({});  // the same six acts are nothing new for somebody like this
    repeat(keen, 60, Act::property_view, 3.1, 0.4);
    repeat(keen, 6, Act::property_view, 0.5, 0.1);
    EXPECT_FALSE(house(keen).intent.activity_burst);
}

TEST(Intent, IsAboutTheDaysBeforeTheQuestionNotAnyDays) {
    History once = person({});
    repeat(once, 9, Act::property_view, 10, 0.1);
    EXPECT_FALSE(house(once).intent.activity_burst);
    EXPECT_TRUE(house(once, Detail::brief, days_ago(9)).intent.activity_burst);
}

TEST(Intent, TakesSharingForSharingAndASavedSearchForNone) {
    EXPECT_TRUE(house(person({did(Act::property_share, 3)})).intent.sharing);
    EXPECT_FALSE(
        house(person({did(Act::saved_search, 3), did(Act::saved_search, 2)})).intent.sharing);
}

TEST(Intent, CountsItsSigns) {
    History all = person({did(Act::property_share, 1), did(Act::property_view, 1, 0, 9),
                          did(Act::property_view, 2, 0, 9)});
    repeat(all, 3, Act::property_favorite, 1, 0.1);
    EXPECT_EQ(house(all).intent.signal_count, 4);
    EXPECT_EQ(house(person({})).intent.signal_count, 0);
}

}  // namespace
}  // namespace dreams::score::test
