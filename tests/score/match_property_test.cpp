// What holds for any market and any buyer.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "score/match_buyers.h"

namespace dreams::score {
namespace {

constexpr Instant now{std::chrono::sys_days{std::chrono::January / 19 / 2026}};

template <class T>
std::optional<T> maybe(T value) {
    return *rc::gen::inRange(0, 4) == 0 ? std::nullopt : std::optional<T>(value);
}

MatchHome any_home(std::size_t phrases) {
    MatchHome home{.price = *rc::gen::inRange<std::int64_t>(0, 30) * 40'000,
                   .beds = maybe(double(*rc::gen::inRange(1, 7))),
                   .baths = maybe(0.5 * *rc::gen::inRange(1, 9)),
                   .sqft = maybe(100.0 * *rc::gen::inRange(4, 60)),
                   .acres = maybe(0.1 * *rc::gen::inRange(0, 300)),
                   .place = *rc::gen::inRange(0u, 4u),
                   .region = *rc::gen::inRange(0u, 3u),
                   .kind = *rc::gen::inRange(0u, 3u),
                   .view = static_cast<Told>(*rc::gen::inRange(0, 3)),
                   .water = static_cast<Told>(*rc::gen::inRange(0, 3)),
                   .features_told = *rc::gen::inRange(0, 2) == 1};
    home.spot = maybe(Spot{double(*rc::gen::inRange(0, 60)), double(*rc::gen::inRange(0, 60))});
    home.listed = maybe(now - std::chrono::days{*rc::gen::inRange(0, 400)});
    for (std::size_t i = 0; i < phrases; ++i) home.has.push_back(*rc::gen::inRange(0, 4) == 0);
    if (*rc::gen::inRange(0, 3) == 0)
        home.drop = PriceDrop{now - std::chrono::days{*rc::gen::inRange(0, 90)}, 0.05};
    return home;
}

Market any_market() {
    Market market{.phrases = {"creek", "HOA"}};
    const auto count = *rc::gen::inRange<std::uint32_t>(1, 60);
    for (std::uint32_t i = 0; i < count; ++i) {
        market.homes.push_back(any_home(market.phrases.size()));
        if (*rc::gen::inRange(0, 4) > 0) market.offered.push_back(i);
    }
    return market;
}

Buyer any_buyer(const Market& market) {
    Buyer buyer;
    const auto homes = static_cast<std::uint32_t>(market.homes.size());
    for (int i = *rc::gen::inRange(0, 20); i > 0; --i)
        buyer.glances.push_back({*rc::gen::inRange(0u, homes),
                                 static_cast<Interest>(*rc::gen::inRange(0, 6)),
                                 now - std::chrono::days{*rc::gen::inRange(-5, 300)},
                                 *rc::gen::inRange(0, 3) * 150'000});
    Stated& stated = buyer.stated;
    stated.max_price = maybe<std::int64_t>(*rc::gen::inRange(2, 30) * 40'000);
    if (stated.max_price) stated.min_price = maybe(*stated.max_price / 2);
    stated.min_beds = maybe(double(*rc::gen::inRange(1, 5)));
    stated.min_acres = maybe(0.5 * *rc::gen::inRange(1, 9));
    if (*rc::gen::inRange(0, 2) == 1) stated.places = {*rc::gen::inRange(1u, 4u)};
    if (*rc::gen::inRange(0, 2) == 1) stated.wanted = {0};
    if (*rc::gen::inRange(0, 2) == 1) stated.unwanted = {1};
    stated.confidence = maybe(0.1 * *rc::gen::inRange(0, 11));
    stated.said_at = maybe(now - std::chrono::days{*rc::gen::inRange(0, 900)});
    return buyer;
}

RC_GTEST_PROP(MatchProperty, PointsAddUpExactlyAndStayWithinTheirFactor, ()) {
    const Market market = any_market();
    const auto found = Matcher(market, match_policy(), now).match(any_buyer(market));
    for (const auto& each : found.suggestions) {
        double sum = 0;
        for (const auto& part : each.score.contributions) {
            const auto at = std::ranges::find(factor_names, part.name) - factor_names.begin();
            const double most = match_policy().points[static_cast<std::size_t>(at)];
            RC_ASSERT(part.points >= 0 && part.points <= most);
            RC_ASSERT(!part.why.empty());
            sum += part.points;
        }
        RC_ASSERT(std::abs(sum - each.score.raw) < 1e-9);
        RC_ASSERT(each.score.raw >= match_policy().least_total && each.score.raw <= 100);
        RC_ASSERT(each.confidence >= 0 && each.confidence <= 1);
    }
    RC_ASSERT(found.suggestions.empty() == !found.nothing.empty());
}

RC_GTEST_PROP(MatchProperty, NoSuggestionIsKnownToThemRefusedOrFarTooDear, ()) {
    const Market market = any_market();
    const Buyer buyer = any_buyer(market);
    const Matcher matcher(market, match_policy(), now);
    const auto found = matcher.match(buyer);
    for (const auto& each : found.suggestions) {
        const auto& home = market.homes[each.home];
        RC_ASSERT(matcher.barred(buyer, each.home).empty());
        RC_ASSERT(std::ranges::find(market.offered, each.home) != market.offered.end());
        RC_ASSERT(buyer.stated.unwanted.empty() || !home.has[1]);
        for (const auto& glance : buyer.glances)
            RC_ASSERT(glance.home != each.home || glance.at > now);
        if (buyer.stated.max_price && found.homes < match_policy().contradicting_homes)
            RC_ASSERT(double(home.price) <= 1.15 * double(*buyer.stated.max_price) + 1e-6);
    }
}

RC_GTEST_PROP(MatchProperty, TheListIsTheBestThatAPatientReckonerFinds, ()) {
    const Market market = any_market();
    const Buyer buyer = any_buyer(market);
    MatchPolicy policy = match_policy();
    policy.diverse_every = 1000;  // so that the order is that of the points alone
    const Matcher matcher(market, policy, now);
    const auto found = matcher.match(buyer);
    if (found.known == Known::nothing) return;
    std::vector<double> best;
    for (const auto home : market.offered) {
        if (!matcher.barred(buyer, home).empty()) continue;
        const double points = matcher.judge(buyer, home).score.raw;
        if (points >= policy.least_total) best.push_back(points);
    }
    std::ranges::sort(best, std::ranges::greater{});
    best.resize(std::min(best.size(), policy.suggestions));
    std::vector<double> listed;
    for (const auto& each : found.suggestions) listed.push_back(each.score.raw);
    RC_ASSERT(listed == best);
}

RC_GTEST_PROP(MatchProperty, InTheBandNeverScoresLowerThanOverTheBudget, ()) {
    Market market = any_market();
    MatchHome inside = any_home(2), over = inside;
    const std::int64_t most = 40'000 * *rc::gen::inRange(4, 25);
    inside.price = most - most / 100 * *rc::gen::inRange(0, 35);
    over.price = most + 1'000 * *rc::gen::inRange(1, 400);
    const auto at = static_cast<std::uint32_t>(market.homes.size());
    market.homes.push_back(inside);
    market.homes.push_back(over);
    Buyer buyer{.stated = {.max_price = most, .said_at = now}};
    const Matcher matcher(market, match_policy(), now);
    RC_ASSERT(matcher.judge(buyer, at).score.raw >= matcher.judge(buyer, at + 1).score.raw);
}

RC_GTEST_PROP(MatchProperty, WhatIsNotToldCountsNeitherNothingNorAll, ()) {
    Market market = any_market();
    const auto at = static_cast<std::uint32_t>(market.homes.size());
    market.homes.push_back({});  // a listing that tells nothing
    const Buyer buyer = any_buyer(market);
    const auto made = Matcher(market, match_policy(), now).judge(buyer, at);
    for (const auto& part : made.score.contributions) {
        const auto factor = std::ranges::find(factor_names, part.name) - factor_names.begin();
        const double most = match_policy().points[static_cast<std::size_t>(factor)];
        RC_ASSERT(part.points > 0 && part.points < most);
    }
    RC_ASSERT(made.confidence == 0);
}

RC_GTEST_PROP(MatchProperty, TheSameBuyerAskedTwiceIsToldTheSame, ()) {
    const Market market = any_market();
    const Buyer buyer = any_buyer(market);
    const Matcher matcher(market, match_policy(), now);
    const auto first = matcher.match(buyer), second = matcher.match(buyer);
    RC_ASSERT(first.suggestions.size() == second.suggestions.size());
    for (std::size_t i = 0; i < first.suggestions.size(); ++i) {
        RC_ASSERT(first.suggestions[i].home == second.suggestions[i].home);
        RC_ASSERT(first.suggestions[i].why == second.suggestions[i].why);
    }
}

}  // namespace
}  // namespace dreams::score
