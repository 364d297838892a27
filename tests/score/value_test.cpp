#include "score/value.h"

#include <gmock/gmock.h>

#include "people.h"
#include "score/tally.h"

namespace dreams::score::test {
namespace {

Homes homes(int median, int count) {
    return {.median_price = median, .priced = count};
}

TEST(Value, IsNothingWhereNoPriceIsKnown) {
    EXPECT_EQ(house(person({did(Act::property_view, 1, 0, 7)})).value.value, 0);
}

TEST(Value, PutsTheCommissionOnALogarithmicScale) {
    const ValuePolicy& policy = house_policy().value;
    const auto level = [&](int price) {
        return points(value(homes(price, 5), policy), "price_level");
    };
    EXPECT_NEAR(level(100'000), 0, 1e-9);
    EXPECT_NEAR(level(447'214), 50, 1e-3);  // the geometric middle of 100k and 2M
    EXPECT_NEAR(level(2'000'000), 100, 1e-9);
    EXPECT_NEAR(level(9'000'000), 100, 1e-9);
    EXPECT_EQ(level(60'000), 0);
}

TEST(Value, HoldsBackWhileFewHomesAreKnown) {
    const ValuePolicy& policy = house_policy().value;
    EXPECT_NEAR(value(homes(2'000'000, 1), policy).raw, 100.0 / 3, 1e-9);
    EXPECT_NEAR(value(homes(2'000'000, 2), policy).raw, 50, 1e-9);
    EXPECT_NEAR(value(homes(2'000'000, 8), policy).raw, 80, 1e-9);
}

TEST(Value, OfOneHomeSeenOftenIsThatOfOneHome) {
    History often = person({});
    for (int i = 0; i < 9; ++i) often.traces.push_back(did(Act::property_view, i, 500'000, 42));
    const Tally tally(often, house_policy(), noon);
    EXPECT_EQ(tally.homes.priced, 1);
}

TEST(Value, FollowsWhatIsLookedAtNow) {
    History moved = person({});
    for (int i = 0; i < 6; ++i) {
        moved.traces.push_back(
            did(Act::property_view, 90 + i, 250'000, 100u + static_cast<unsigned>(i)));
        if (i < 3)
            moved.traces.push_back(
                did(Act::property_view, i, 700'000, 200u + static_cast<unsigned>(i)));
    }
    const Tally tally(moved, house_policy(), noon);
    EXPECT_EQ(tally.homes.median_price, 700'000);
    EXPECT_EQ(tally.homes.priced, 9);
}

TEST(Value, DoesNotFadeWithSilence) {
    History seen = person({});
    repeat(seen, 4, Act::property_view, 400, 1, 600'000);
    EXPECT_EQ(house(seen).value.raw, house(seen, Detail::brief, days_ago(390)).value.raw);
    EXPECT_GT(house(seen).value.value, 20);
}

TEST(Value, ExplainsItselfInDollars) {
    History seen = person({});
    repeat(seen, 4, Act::property_view, 1, 1, 450'000);
    const Explained value = house(seen, Detail::full).value;
    EXPECT_EQ(value.contributions[0].why, "homes around $450,000: a commission near $11,250");
    EXPECT_EQ(value.contributions[0].traces.size(), 4u);
    EXPECT_EQ(value.contributions[1].why, "held back: 4 priced homes known so far");
}

}  // namespace
}  // namespace dreams::score::test
