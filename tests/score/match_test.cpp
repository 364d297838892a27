#include "score/match.h"

#include <gmock/gmock.h>

#include "score/match_buyers.h"
#include "score/match_phrases.h"

namespace dreams::score {
namespace {

using test::house;
using test::views;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} +
                         std::chrono::hours{16}};

/// Six homes that were looked at, of 380,000 to 430,000 dollars, and what `offered` adds.
Market market_of(const std::vector<MatchHome>& offered) {
    Market market;
    for (int i = 0; i < 6; ++i) market.homes.push_back(house(monday, 380'000 + 10'000 * i));
    for (const auto& home : offered) {
        market.offered.push_back(static_cast<std::uint32_t>(market.homes.size()));
        market.homes.push_back(home);
    }
    return market;
}

Matching matched(const Market& market, const Buyer& buyer) {
    return Matcher(market, match_policy(), monday).match(buyer);
}

Suggestion judged(const Market& market, const Buyer& buyer, std::uint32_t home) {
    return Matcher(market, match_policy(), monday).judge(buyer, home);
}

double points(const Suggestion& made, std::string_view name) {
    for (const auto& part : made.score.contributions)
        if (part.name == name) return part.points;
    return -1;
}

std::string why(const Suggestion& made, std::string_view name) {
    for (const auto& part : made.score.contributions)
        if (part.name == name) return part.why;
    return "";
}

TEST(Matching, OfABuyerAboutWhomNothingIsKnownIsNothingAndSaysWhy) {
    const auto market = market_of({house(monday)});
    const auto none = matched(market, {});
    EXPECT_EQ(none.known, Known::nothing);
    EXPECT_THAT(none.suggestions, IsEmpty());
    EXPECT_THAT(none.nothing, HasSubstr("looked at no home"));
    const Buyer long_ago{.glances = {{0, Interest::view, monday - std::chrono::days{400}}}};
    EXPECT_THAT(matched(market, long_ago).nothing, HasSubstr("no home lately"));
}

TEST(Matching, OfWhoOnlyRefusesThingsIsNothingToo) {
    auto market = market_of({house(monday)});
    market.phrases = {"HOA"};
    EXPECT_EQ(matched(market, {.stated = {.unwanted = {0}}}).known, Known::nothing);
}

TEST(Matching, SuggestsWhatIsLikeWhatTheyLookAtAndTellsWhy) {
    const auto found = matched(market_of({house(monday, 410'000)}), {.glances = views(6, monday)});
    ASSERT_THAT(found.suggestions, SizeIs(1));
    EXPECT_EQ(found.known, Known::looks);
    EXPECT_GT(found.suggestions[0].score.raw, 70);
    EXPECT_EQ(found.suggestions[0].stated, std::nullopt);
    EXPECT_THAT(why(found.suggestions[0], "price"),
                "$410,000, within the $390k–$420k they look at");
    EXPECT_THAT(why(found.suggestions[0], "place"), "within a mile of a home they looked at");
    EXPECT_THAT(found.suggestions[0].why, HasSubstr("within a mile of a home they looked at"));
}

TEST(Matching, NeverSuggestsAHomeThatTheySawOrThatIsSettled) {
    auto market = market_of({house(monday), house(monday)});
    market.offered.push_back(0);
    Buyer buyer{.glances = views(6, monday), .decided = {6}};
    const auto found = matched(market, buyer);
    ASSERT_THAT(found.suggestions, SizeIs(1));
    EXPECT_EQ(found.suggestions[0].home, 7u);
}

TEST(Matching, FallsTwiceAsFastOverTheBudgetAsUnderIt) {
    const Band band{.low = 0, .high = 1, .under = 0.1, .over = 0.05};
    EXPECT_DOUBLE_EQ(fit(band, 0.5), 1);
    EXPECT_NEAR(fit(band, -0.2), fit(band, 1.1), 1e-12);
    const Wishes wishes =
        wishes_of({.min_price = 300'000, .max_price = 400'000}, match_policy(), monday);
    EXPECT_NEAR(std::log(fit(*wishes.price, std::log(400'000 * 1.1))),
                2 * std::log(fit(*wishes.price, std::log(300'000 / 1.1))), 1e-9);
}

TEST(Matching, StopsWellBeyondTheStatedMostUnlessTheyLookBeyondIt) {
    const auto market = market_of({house(monday, 420'000), house(monday, 300'000)});
    Buyer buyer{.stated = {.max_price = 300'000, .min_beds = 3, .places = {1}, .said_at = monday}};
    auto found = matched(market, buyer);
    ASSERT_THAT(found.suggestions, SizeIs(1));
    EXPECT_EQ(found.suggestions[0].home, 7u);
    EXPECT_EQ(found.too_dear, 1);
    buyer.glances = views(6, monday);  // of 380,000 and more: six homes outweigh a word
    found = matched(market, buyer);
    EXPECT_EQ(found.too_dear, 0);
    EXPECT_THAT(found.suggestions, SizeIs(2));
    EXPECT_EQ(found.disagreement, "says up to $300k, looks at $400k");
}

TEST(Matching, OfWhoToldNoMostStopsFarBeyondWhatTheyLookAt) {
    const auto market = market_of({house(monday, 500'000), house(monday, 3'000'000)});
    const auto found = matched(market, {.glances = views(6, monday)});
    ASSERT_THAT(found.suggestions, SizeIs(1));
    EXPECT_EQ(found.suggestions[0].home, 6u);
    EXPECT_EQ(found.too_dear, 1);
}

TEST(Matching, LeavesOutWhatTheyRefuseAndSaysHowMuch) {
    auto market = market_of({house(monday), house(monday)});
    market.phrases = {"HOA"};
    market.homes[6].has = {true};
    const auto found = matched(market, {.glances = views(6, monday), .stated = {.unwanted = {0}}});
    ASSERT_THAT(found.suggestions, SizeIs(1));
    EXPECT_EQ(found.suggestions[0].home, 7u);
    ASSERT_THAT(found.ruled_out, SizeIs(1));
    EXPECT_EQ(found.ruled_out[0].homes, 1);
}

TEST(Matching, TakesDistanceAndNotTheNameOfATown) {
    auto near = house(monday), far = house(monday);
    near.place = far.place = 2;  // neither is where they looked
    near.spot = Spot{3, 0};
    far.spot = Spot{60, 0};
    const auto market = market_of({near, far});
    const Buyer buyer{.glances = views(6, monday)};
    EXPECT_GT(points(judged(market, buyer, 6), "place"), 10);
    EXPECT_LT(points(judged(market, buyer, 7), "place"), 5);
    EXPECT_THAT(why(judged(market, buyer, 7), "place"), HasSubstr("37 miles"));
}

TEST(Matching, FallsBackOnTheTownWhereThereAreNoCoordinates) {
    auto same = house(monday), other = house(monday), unknown = house(monday);
    same.spot = other.spot = unknown.spot = std::nullopt;
    other.place = 2;
    unknown.place = unknown.region = 0;
    const auto market = market_of({same, other, unknown});
    const Buyer buyer{.glances = views(6, monday)};
    const double here = points(judged(market, buyer, 6), "place"),
                 there = points(judged(market, buyer, 7), "place"),
                 nowhere = points(judged(market, buyer, 8), "place");
    EXPECT_GT(here, nowhere);
    EXPECT_GT(nowhere, there);
    EXPECT_GT(there, 0);  // the same county
}

TEST(Matching, CountsAHomeThatWasTurnedDownAgainstItsLikes) {
    auto market = market_of({house(monday)});
    market.homes[0].spot = Spot{30, 0};
    market.homes[6].spot = Spot{30, 1};
    Buyer buyer{.glances = views(6, monday)};
    const double before = points(judged(market, buyer, 6), "place");
    buyer.glances.push_back({0, Interest::rejected, monday});
    EXPECT_LT(points(judged(market, buyer, 6), "place"), before);
}

TEST(Matching, PutsWhatIsFreshOrCheaperThanBeforeFirst) {
    auto old = house(monday), fresh = house(monday), cheaper = house(monday);
    fresh.listed = monday - std::chrono::days{1};
    cheaper.drop = PriceDrop{monday - std::chrono::days{2}, 0.08};
    const auto market = market_of({old, fresh, cheaper});
    const Buyer buyer{.glances = views(6, monday)};
    EXPECT_GT(judged(market, buyer, 7).score.raw, judged(market, buyer, 6).score.raw);
    EXPECT_GT(judged(market, buyer, 8).score.raw, judged(market, buyer, 6).score.raw);
    EXPECT_THAT(why(judged(market, buyer, 8), "price_drop"), "the price fell by 8 % 2 days ago");
}

TEST(Matching, GivesEveryFifthPlaceToSomethingElse) {
    std::vector<MatchHome> offered;
    for (int i = 0; i < 12; ++i) {
        offered.push_back(house(monday, 400'000));
        offered.back().listed = monday - std::chrono::days{20 + i};
    }
    auto other = house(monday, 385'000);  // good, but not among the best
    other.listed = monday - std::chrono::days{300};
    other.spot = Spot{4, 4};
    other.kind = 2;
    offered.push_back(other);
    auto market = market_of(offered);
    market.homes[0].kind = 2;
    const auto found = matched(market, {.glances = views(6, monday)});
    ASSERT_THAT(found.suggestions, SizeIs(10));
    EXPECT_EQ(found.suggestions[4].home, 18u);
    EXPECT_TRUE(found.suggestions[4].different);
    for (const std::size_t place : {0u, 1u, 2u, 3u, 5u, 6u, 7u, 8u})
        EXPECT_FALSE(found.suggestions[place].different) << place;
}

TEST(Matching, LearnsALeaningToViewsOnlyWhereItIsMoreThanUsual) {
    auto with = house(monday), without = house(monday);
    with.view = Told::yes;
    without.view = Told::no;
    auto market = market_of({with, without, without, without});
    const Buyer buyer{.glances = views(6, monday)};
    EXPECT_EQ(points(judged(market, buyer, 6), "features"), -1);  // nothing is told of theirs
    for (int i = 0; i < 6; ++i) market.homes[static_cast<std::size_t>(i)].view = Told::yes;
    EXPECT_GT(points(judged(market, buyer, 6), "features"),
              points(judged(market, buyer, 7), "features"));
}

TEST(Matching, OfStaleWordsTrustsLess) {
    const auto market = market_of({house(monday, 400'000), house(monday, 900'000)});
    Buyer buyer{.stated = {.max_price = 400'000, .places = {1}, .said_at = monday}};
    const double now = points(judged(market, buyer, 6), "price");
    buyer.stated.said_at = monday - std::chrono::days{1000};
    EXPECT_LT(points(judged(market, buyer, 6), "price"), now);
    EXPECT_LT(judged(market, buyer, 6).confidence, 0.3);
}

TEST(Matching, SaysWhenNothingOnTheMarketComesNear) {
    auto far = house(monday, 600'000);
    far.spot = Spot{300, 0};
    far.kind = 9;
    far.beds = 9;
    const auto found = matched(market_of({far}), {.glances = views(6, monday)});
    EXPECT_THAT(found.suggestions, IsEmpty());
    EXPECT_THAT(found.nothing, HasSubstr("45 are needed"));
    EXPECT_EQ(matched(market_of({}), {.glances = views(6, monday)}).nothing,
              "No home is on the market.");
}

TEST(MatchPolicy, GivesAHundredPointsTogether) {
    double all = 0;
    for (const double each : match_policy().points) all += each;
    EXPECT_DOUBLE_EQ(all, 100);
}

TEST(Phrases, AreFoundWordByWordWhateverTheirOrderAndNumber) {
    const auto words = listing_words("Long-range Mountain view, 2 car garages");
    EXPECT_TRUE(Phrase("mountain views").in(words));
    EXPECT_TRUE(Phrase("a garage").in(words));
    EXPECT_FALSE(Phrase("creek").in(words));
    EXPECT_FALSE(Phrase("no garage").in(words));
    EXPECT_TRUE(Phrase("without pool").in(words));
    EXPECT_FALSE(Phrase("").in(words));
}

TEST(Phrases, ThatSpeakOfPeopleOrSchoolsAreToldApart) {
    for (const auto* phrase : {"good schools", "near our church", "quiet neighbors", "no kids",
                               "safe neighbourhood", "English speaking"})
        EXPECT_TRUE(speaks_of_people(phrase)) << phrase;
    for (const auto* phrase : {"mountain view", "family room", "single-family home", "no HOA"})
        EXPECT_FALSE(speaks_of_people(phrase)) << phrase;
}

}  // namespace
}  // namespace dreams::score
