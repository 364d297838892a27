#include <map>

#include "support.h"

namespace dreams::sim {
namespace {

using namespace test;
using std::chrono::days;

/// How much people of each intent did, an hour of being so.
struct Rates {
    std::map<Intent, double> hours, events, favourites, inquiries, talks;
    double events_an_hour(Intent intent) { return events[intent] / hours[intent]; }
};

Rates rates_of(const Town& town) {
    Rates rates;
    for (const auto& truth : town.truths())
        for (std::size_t i = 0; i < truth.path.size(); ++i) {
            const auto end = i + 1 < truth.path.size() ? truth.path[i + 1].since : town.now();
            rates.hours[truth.path[i].intent] +=
                std::chrono::duration<double, std::ratio<3600>>(end - truth.path[i].since).count();
        }
    for (const auto& event : town.events().rows()) {
        const auto intent = town.truth(event.person)->at(event.occurred);
        rates.events[intent] += of_the_four(event.type);
        rates.favourites[intent] += event.type == saved_property;
        rates.inquiries[intent] += event.type == property_inquiry;
    }
    for (const auto& call : town.calls().rows())
        if (call.person != 0) ++rates.talks[town.truth(call.person)->at(call.created)];
    return rates;
}

TEST(Truth, TheNearerToBuyingTheMorePeopleDo) {
    auto rates = rates_of(Town(TownSize::of(2000), 11, as_of));
    const auto idle = rates.events_an_hour(Intent::idle);
    const auto curious = rates.events_an_hour(Intent::curious);
    const auto shopping = rates.events_an_hour(Intent::shopping);
    const auto about = rates.events_an_hour(Intent::about_to_buy);
    EXPECT_GT(curious, 3 * idle);
    EXPECT_GT(shopping, 2 * curious);
    EXPECT_GT(about, shopping);
    EXPECT_GT(rates.talks[Intent::about_to_buy] / rates.hours[Intent::about_to_buy],
              3 * rates.talks[Intent::shopping] / rates.hours[Intent::shopping]);
    EXPECT_GT(rates.inquiries[Intent::about_to_buy] / rates.events[Intent::about_to_buy],
              2 * rates.inquiries[Intent::shopping] / rates.events[Intent::shopping]);
}

TEST(Truth, BuyersActMoreInTheMonthBeforeThanOthersDoInAnyMonth) {
    const Town town({}, 12, as_of);
    std::int64_t buyers = 0, before = 0;
    for (const auto& truth : town.truths()) {
        if (!truth.bought_at) continue;
        ++buyers;
        for (const auto index : town.events_of(truth.person)) {
            const auto when = town.events()[index].occurred;
            before += when <= *truth.bought_at && when > *truth.bought_at - days{30};
        }
    }
    std::int64_t person_months = 0;
    for (const auto& person : town.people().rows())
        person_months += 1 + (as_of - person.created) / days{30};
    ASSERT_GT(buyers, 10);
    EXPECT_GT(before * person_months, 3 * buyers * town.events().size());
}

TEST(Truth, SomeAreAboutToBuyAndSomeHaveBought) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        std::map<Intent, int> now;
        for (const auto& truth : Town({}, seed, as_of).truths()) ++now[truth.at(as_of)];
        EXPECT_GE(now[Intent::about_to_buy], 3) << seed;
        EXPECT_GE(now[Intent::bought], 20) << seed;
        EXPECT_GE(now[Intent::idle], 150) << seed;
    }
}

TEST(Truth, WindowShoppersLookALotAndNeverBuy) {
    const Town town(TownSize::of(2000), 13, as_of);
    double shoppers = 0, others = 0, their_events = 0, other_events = 0;
    for (const auto& truth : town.truths()) {
        const auto count = static_cast<double>(town.events_of(truth.person).size());
        (truth.window_shopper ? shoppers : others) += 1;
        (truth.window_shopper ? their_events : other_events) += count;
        EXPECT_FALSE(truth.window_shopper && truth.bought_at);
    }
    ASSERT_GT(shoppers, 50);
    EXPECT_GT(their_events / shoppers, 2 * other_events / others);
}

TEST(Truth, APathIsOrderedAndEndsWithBuying) {
    const Town town(TownSize::of(2000), 14, as_of);
    for (const auto& truth : town.truths()) {
        ASSERT_FALSE(truth.path.empty());
        EXPECT_EQ(truth.path.front().since, town.people().find(truth.person)->created);
        for (std::size_t i = 1; i < truth.path.size(); ++i) {
            ASSERT_LT(truth.path[i - 1].since, truth.path[i].since);
            ASSERT_NE(truth.path[i - 1].intent, truth.path[i].intent);
            ASSERT_NE(truth.path[i - 1].intent, Intent::bought) << "nobody leaves that";
        }
        EXPECT_EQ(truth.bought_at.has_value(), truth.path.back().intent == Intent::bought);
    }
}

TEST(Truth, AtSaysWhatHeldAtThatMoment) {
    const Truth truth{.person = 1,
                      .path = {{as_of, Intent::curious}, {as_of + 10h, Intent::shopping}}};
    EXPECT_EQ(truth.at(as_of - 1h), Intent::idle);
    EXPECT_EQ(truth.at(as_of), Intent::curious);
    EXPECT_EQ(truth.at(as_of + 9h), Intent::curious);
    EXPECT_EQ(truth.at(as_of + 10h), Intent::shopping);
    EXPECT_EQ(word(Intent::about_to_buy), "about_to_buy");
}

}  // namespace
}  // namespace dreams::sim
