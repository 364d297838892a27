#include "score/january.h"

#include <gmock/gmock.h>

#include "people.h"

namespace dreams::score::test {
namespace {

// The numbers in this file were computed with the predecessor's own classes.

double heat(JanuaryInput input) {
    return january_heat(input, january_policy().january).raw;
}

JanuaryInput visited(std::int64_t days_silent) {
    return {
        .visits_7d = 2, .views_7d = 3, .favorites = 1, .calls_in = 1, .days_silent = days_silent};
}

TEST(January, HeatIsAsItWas) {
    EXPECT_EQ(heat({}), 0);
    EXPECT_EQ(heat({.favorites = 3,
                    .saved_searches = 2,
                    .days_silent = 5,
                    .high_favorites = true,
                    .sharing = true}),
              38.1);
    EXPECT_EQ(heat({.visits_7d = 1,
                    .views_7d = 1,
                    .favorites = 3,
                    .saved_searches = 2,
                    .days_silent = 1,
                    .repeat_views = true,
                    .high_favorites = true,
                    .burst = true,
                    .sharing = true}),
              75.7);
    EXPECT_EQ(heat({.visits_7d = 20,
                    .views_7d = 20,
                    .favorites = 5,
                    .saved_searches = 2,
                    .calls_in = 3,
                    .days_silent = 0,
                    .high_favorites = true}),
              100);
}

TEST(January, HeatStepsDownWithSilence) {
    const std::vector<std::pair<std::int64_t, double>> steps = {
        {-1, 47}, {0, 47},  {3, 47},  {4, 37},  {7, 37},
        {8, 32},  {14, 32}, {15, 27}, {30, 27}, {31, 22}};
    for (const auto& [days, expected] : steps) EXPECT_EQ(heat(visited(days)), expected) << days;
}

TEST(January, ValueIsAsItWas) {
    const auto value = [](double mean, double spread, double highest) {
        return january_value({.mean_price = mean, .price_spread = spread}, highest).raw;
    };
    EXPECT_EQ(value(450'000, 50'000, 900'000), 69.4);
    EXPECT_EQ(value(900'000, 0, 900'000), 100);
    EXPECT_EQ(value(300'000, 400'000, 900'000), 16.7);
    EXPECT_EQ(value(0, 0, 1), 0);
}

TEST(January, RelationshipIsAsItWas) {
    const auto relationship = [](std::int64_t ci, std::int64_t co, std::int64_t ti, std::int64_t tt,
                                 std::int64_t er, std::int64_t es) {
        return january_relationship({.calls_in = ci,
                                     .calls_out = co,
                                     .texts_in = ti,
                                     .texts_all = tt,
                                     .emails_in = er,
                                     .emails_out = es})
            .raw;
    };
    EXPECT_EQ(relationship(1, 0, 0, 0, 0, 0), 55.0);
    EXPECT_EQ(relationship(1, 3, 0, 0, 2, 2), 33.8);
    EXPECT_EQ(relationship(0, 5, 0, 0, 0, 0), 0);
    EXPECT_EQ(relationship(12, 0, 0, 0, 0, 0), 100);
    EXPECT_EQ(relationship(0, 0, 3, 10, 0, 0), 30.0);
}

TEST(January, PriorityIsAsItWas) {
    const auto priority = [](double heat, double value, double relationship, const char* stage) {
        return january_priority(heat, value, relationship, stage, january_policy()).raw;
    };
    EXPECT_EQ(priority(80, 60, 40, "Nurture"), 64.0);
    EXPECT_EQ(priority(80, 60, 40, "Hot Lead"), 83.2);
    EXPECT_EQ(priority(80, 60, 40, "Lead"), 64.0);
    EXPECT_EQ(priority(80, 60, 40, "Closed"), 0);
    EXPECT_EQ(priority(100, 100, 100, "Hot Lead"), 100);
    EXPECT_EQ(priority(33.3, 0, 0, "Cold"), 11.7);
    EXPECT_EQ(priority(95, 75, 80, "Hot Prospect"), 86.5);
    EXPECT_EQ(priority(80, 60, 40, "trash"), 64.0);  // it matched to the letter
}

JanuaryInput read(const History& person) {
    return january_input(person, january_policy().january, noon);
}

TEST(January, LostEveryTextAndTookSavedSearchesForSharing) {
    const JanuaryInput input =
        read(person({did(Act::text_in, 1), did(Act::text_out, 1), did(Act::saved_search, 200),
                     did(Act::saved_search, 1)}));
    EXPECT_EQ(input.texts_in, 0);
    EXPECT_EQ(input.texts_all, 0);
    EXPECT_EQ(input.saved_searches, 2);
    EXPECT_TRUE(input.sharing);
}

TEST(January, NeverSawARepeatOrABurst) {
    History keen = person({});
    for (int i = 0; i < 9; ++i)
        keen.traces.push_back(did(Act::property_view, 0.1 + i * 0.01, 0, 5));
    EXPECT_FALSE(read(keen).repeat_views);
    EXPECT_FALSE(read(keen).burst);
    const Judgement judged = judge(keen, january_policy(), noon);
    EXPECT_EQ(judged.intent.signal_count, 0);
    EXPECT_TRUE(house(keen).intent.repeat_views);
}

TEST(January, MeasuresSilenceFromTheLastVisitFirst) {
    History someone = person({did(Act::website_visit, 20.5), did(Act::call_in, 1)});
    someone.last_activity_elsewhere = days_ago(1);
    EXPECT_EQ(read(someone).days_silent, 20);
    someone.traces.erase(someone.traces.begin());
    EXPECT_EQ(read(someone).days_silent, 1);
    someone.last_activity_elsewhere.reset();
    EXPECT_EQ(read(someone).days_silent, 365);
}

TEST(January, LooksAtSevenDaysOfVisitsAndAllTimeOfTheRest) {
    const JanuaryInput input = read(person(
        {did(Act::website_visit, 7), did(Act::website_visit, 7.1), did(Act::property_view, 6.9),
         did(Act::property_view, 8, 300'000), did(Act::property_favorite, 300)}));
    EXPECT_EQ(input.visits_7d, 1);
    EXPECT_EQ(input.views_7d, 1);
    EXPECT_EQ(input.favorites, 1);
    EXPECT_EQ(input.mean_price, 300'000);
}

TEST(January, MeasuresEverybodyByTheRichestBrowser) {
    const std::vector<History> everyone = {
        person({did(Act::property_view, 1, 300'000), did(Act::property_view, 1, 500'000)}),
        person({did(Act::property_view, 1, 900'000), did(Act::property_view, -1, 5'000'000)}),
        person({})};
    EXPECT_EQ(population(everyone, noon).highest_average_price, 900'000);
    EXPECT_EQ(population({}, noon).highest_average_price, 1);
    const Judgement judged = judge(everyone[0], january_policy(), noon, population(everyone, noon));
    EXPECT_EQ(judged.value.raw, 59.7);  // 50 × 400/900 + 50 × (1 − 100/400)
}

TEST(January, CallsATrendByTheStepOfADay) {
    EXPECT_EQ(judge(person({did(Act::website_visit, 0.5)}), january_policy(), noon).scores.trend,
              Trend::warming);
    EXPECT_EQ(judge(person({did(Act::website_visit, 4.5)}), january_policy(), noon).scores.trend,
              Trend::cooling);
    EXPECT_EQ(judge(person({did(Act::website_visit, 2.5)}), january_policy(), noon).scores.trend,
              Trend::stable);
}

TEST(January, ExplainsItself) {
    const Judgement judged =
        judge(person({did(Act::website_visit, 1), did(Act::website_visit, 2), did(Act::call_in, 3)},
                     "Cold"),
              january_policy(), noon, {}, Detail::full);
    EXPECT_EQ(judged.heat.raw, 33);
    EXPECT_THAT(judged.heat.contributions[0].traces, testing::ElementsAre(0, 1));
    for (const Explained* score :
         {&judged.heat, &judged.value, &judged.relationship, &judged.priority})
        for (const Contribution& each : score->contributions) EXPECT_NE(each.why, "") << each.name;
}

}  // namespace
}  // namespace dreams::score::test
