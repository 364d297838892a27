#include "score/trend.h"

#include <gmock/gmock.h>

#include <array>
#include <random>

#include "people.h"

namespace dreams::score::test {
namespace {

TEST(TheilSen, IsTheSlopeOfALineAndShrugsAtOneOutlier) {
    EXPECT_DOUBLE_EQ(theil_sen(std::array{12.0, 10.0, 8.0, 6.0, 4.0, 2.0, 0.0}), 2);
    EXPECT_DOUBLE_EQ(theil_sen(std::array{12.0, 10.0, 99.0, 6.0, 4.0, 2.0, 0.0}), 2);
    EXPECT_DOUBLE_EQ(theil_sen(std::array{5.0, 5.0, 5.0, 0.0}), 0.8333333333333333);  // six slopes
}

TEST(Trend, IsStableForSilence) {
    const Judgement judged = house(person({}));
    EXPECT_EQ(judged.scores.trend, Trend::stable);
    EXPECT_EQ(judged.scores.heat_7d_avg, 0.0);
}

TEST(Trend, WarmsWhenEveryDayBringsMore) {
    History keen = person({});
    for (int day = 0; day < 7; ++day) repeat(keen, 7 - day, Act::property_view, day + 0.3, 0.01);
    EXPECT_EQ(house(keen).scores.trend, Trend::warming);
}

TEST(Trend, CoolsWhenADailyVisitorStaysAway) {
    History gone = person({});
    for (int day = 8; day < 60; ++day) repeat(gone, 3, Act::property_view, day + 0.3, 0.01);
    EXPECT_EQ(house(gone).scores.trend, Trend::cooling);
}

TEST(Trend, CallsOneVisitNeitherWay) {
    History once = person({});
    repeat(once, 6, Act::property_view, 1, 0.01);
    EXPECT_EQ(house(once).scores.trend, Trend::stable);
    EXPECT_EQ(house(once, Detail::brief, days_ago(-4)).scores.trend, Trend::stable);
}

TEST(Trend, SeldomCallsWhatChanceBrings) {
    std::mt19937 random(20260119);  // a fixed stream: the same people on every machine
    int called = 0;
    constexpr int people = 400;
    for (int i = 0; i < people; ++i) {
        History steady = person({});
        for (int hour = 0; hour < 24 * 120; ++hour)
            if (random() % 84 == 0) repeat(steady, 4, Act::property_view, hour / 24.0, 0.001);
        called += house(steady).scores.trend != Trend::stable;
    }
    EXPECT_LT(called, people * 6 / 100);  // the promise of docs/scoring.md is one in twenty
    EXPECT_GT(called, 0);
}

TEST(Trend, AveragesSevenDaysToOneDecimal) {
    const History person_ = person({did(Act::inquiry, 2.5)});
    double sum = 0;
    for (int day = 0; day < 7; ++day) sum += house(person_, Detail::brief, days_ago(day)).heat.raw;
    EXPECT_DOUBLE_EQ(*house(person_).scores.heat_7d_avg, one_decimal(sum / 7));
}

TEST(OneDecimal, RoundsTheNumberThatTheDoubleIs) {
    EXPECT_EQ(one_decimal(0.25), 0.2);
    EXPECT_EQ(one_decimal(0.35), 0.3);
    EXPECT_EQ(one_decimal(12.25), 12.2);
    EXPECT_EQ(one_decimal(12.35), 12.3);
    EXPECT_EQ(one_decimal(-12.36), -12.4);
}

}  // namespace
}  // namespace dreams::score::test
