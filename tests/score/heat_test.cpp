#include "score/heat.h"

#include <gmock/gmock.h>

#include "people.h"

namespace dreams::score::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Heat, IsNothingForSilence) {
    const Explained heat = house(person({})).heat;
    EXPECT_EQ(heat.value, 0);
    EXPECT_EQ(heat.raw, 0);
    EXPECT_THAT(heat.contributions, IsEmpty());
}

TEST(Heat, FillsByHalvesAsThePolicySays) {
    History asked = person({did(Act::inquiry, 0), did(Act::inquiry, 0)});  // 20 points: half
    EXPECT_NEAR(house(asked).heat.raw, 50, 1e-9);
    History browsed = person({});
    repeat(browsed, 16, Act::property_view, 0, 0);  // 16 points: half of the web's ceiling
    EXPECT_NEAR(house(browsed).heat.raw, 30, 1e-9);
}

TEST(Heat, LetsStepsTowardsTheOfficeFillWhatTheWebsiteLeaves) {
    History both = person({did(Act::inquiry, 0), did(Act::inquiry, 0)});
    repeat(both, 16, Act::property_view, 0, 0);
    const Explained heat = house(both).heat;
    EXPECT_NEAR(points(heat, "property_view"), 30, 1e-9);
    EXPECT_NEAR(points(heat, "inquiry"), 35, 1e-9);
    EXPECT_EQ(heat.value, 65);
}

TEST(Heat, FadesByHalfInAHalfLife) {
    const HeatPolicy& policy = house_policy().heat;
    const Tally tally(person({did(Act::property_view, 10), did(Act::text_in, 30)}), house_policy(),
                      noon);
    EXPECT_NEAR(tally.acts[Act::property_view].energy(), 0.5, 1e-9);
    EXPECT_NEAR(tally.acts[Act::text_in].energy(), 2.5, 1e-9);
    EXPECT_NEAR(daily_energies(tally, policy)[0].web, 0.5, 1e-9);
}

TEST(Heat, OfTheWebsiteAloneStaysUnderItsCeiling) {
    History addict = person({});
    repeat(addict, 2'000, Act::property_favorite, 0, 0.01, 300'000);
    EXPECT_LE(house(addict).heat.raw, 60);
    EXPECT_EQ(house(addict).heat.value, 60);
    addict.traces.push_back(did(Act::text_in, 1));
    EXPECT_GT(house(addict).heat.value, 65);
}

TEST(Heat, TakesNothingFromWhatTheOfficeOrAMachineDid) {
    EXPECT_EQ(house(person({did(Act::call_out, 1), did(Act::text_out, 1), did(Act::email_out, 1),
                            did(Act::call_missed_out, 1), did(Act::automated_out, 1),
                            did(Act::unsubscribed, 1), did(Act::other_activity, 1)}))
                  .heat.raw,
              0);
}

TEST(Heat, CountsAnUnansweredRingLikeATextAndUnderATalk) {
    const double rang = house(person({did(Act::call_missed_in, 1)})).heat.raw;
    EXPECT_DOUBLE_EQ(rang, house(person({did(Act::text_in, 1)})).heat.raw);
    EXPECT_LT(rang, house(person({did(Act::call_in, 1)})).heat.raw);
}

TEST(Heat, OfEarlierDaysIsWhatJudgingThenWouldHaveSaid) {
    History busy = person({did(Act::inquiry, 3.4), did(Act::text_in, 0.2), did(Act::email_in, 60)});
    repeat(busy, 30, Act::property_view, 0.1, 0.7, 400'000);
    const Tally tally(busy, house_policy(), noon);
    const auto days = daily_energies(tally, house_policy().heat);
    for (int day = 0; day < trend_days; ++day) {
        const Instant then = noon - std::chrono::days{day};
        EXPECT_NEAR(shown(days[static_cast<std::size_t>(day)], house_policy().heat).heat(),
                    house(busy, Detail::brief, then).heat.raw, 1e-6)
            << day << " days ago";
    }
}

TEST(Heat, NamesTheTracesBehindEachPointStrongestFirst) {
    const History busy =
        person({did(Act::property_view, 20), did(Act::text_in, 2), did(Act::property_view, 1),
                did(Act::property_view, -1), did(Act::property_view, 5)});
    const Explained heat = house(busy, Detail::full).heat;
    ASSERT_EQ(heat.contributions.size(), 2u);
    EXPECT_EQ(heat.contributions[0].name, "property_view");
    EXPECT_THAT(heat.contributions[0].traces, ElementsAre(2, 4, 0));
    EXPECT_EQ(heat.contributions[0].why, "3 homes viewed, most recently 1 day ago");
    EXPECT_THAT(heat.contributions[1].traces, ElementsAre(1));
    EXPECT_EQ(heat.contributions[1].why, "1 text from them, 2 days ago");
}

TEST(Heat, BriefJudgementsCarryNoWords) {
    for (const Contribution& each : house(person({did(Act::text_in, 1)})).heat.contributions) {
        EXPECT_EQ(each.why, "");
        EXPECT_THAT(each.traces, IsEmpty());
    }
}

}  // namespace
}  // namespace dreams::score::test
