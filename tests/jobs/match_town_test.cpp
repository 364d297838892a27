// Does the matching find what people look at next? The last new home that each person of a
// simulated town opened is hidden, and sought among all that were on the market.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "score/match.h"
#include "sim/town/town.h"
#include "support/database.h"

namespace dreams::jobs {
namespace {

using test::monday;

score::Market market_of(const sim::Town& town) {
    score::Market market;
    std::map<std::string, std::uint32_t> numbers;
    const auto number = [&](const std::string& word) {
        return numbers.emplace(word, static_cast<std::uint32_t>(numbers.size() + 1)).first->second;
    };
    for (const sim::Home& home : town.homes()) {
        score::MatchHome seen{.price = home.price,
                              .place = number(home.city),
                              .region = number(home.county),
                              .kind = number(home.type),
                              .listed = home.listed};
        seen.spot = score::Spot{static_cast<double>(home.lng_e6) * 90.6e-6,
                                static_cast<double>(home.lat_e6) * 111.2e-6};
        if (home.beds > 0) seen.beds = home.beds;
        if (home.half_baths > 0) seen.baths = home.half_baths / 2.0;
        if (home.sqft > 0) seen.sqft = home.sqft;
        seen.acres = home.acres_hundredths / 100.0;
        market.homes.push_back(seen);
    }
    return market;
}

/// One person's looks until the first time they opened their last new home, and that home.
struct Question {
    score::Buyer buyer;
    std::uint32_t answer = 0;
    Instant at{};
};

std::vector<Question> questions_of(const sim::Town& town, std::size_t least_homes) {
    std::vector<Question> all;
    for (const auto& person : town.people().rows()) {
        std::vector<score::Glance> looks;
        for (const auto index : town.events_of(person.id)) {
            const sim::Event& event = town.events().rows()[index];
            if (event.home < 0 || event.gone) continue;
            looks.push_back({static_cast<std::uint32_t>(event.home), score::Interest::view,
                             event.occurred, event.price});
        }
        std::ranges::sort(looks, {}, &score::Glance::at);
        std::set<std::uint32_t> seen;
        std::size_t last_new = 0;
        for (std::size_t i = 0; i < looks.size(); ++i)
            if (seen.insert(looks[i].home).second) last_new = i;
        if (seen.size() <= least_homes) continue;
        Question question{.answer = looks[last_new].home, .at = looks[last_new].at};
        question.buyer.glances.assign(looks.begin(),
                                      looks.begin() + static_cast<std::ptrdiff_t>(last_new));
        all.push_back(std::move(question));
    }
    return all;
}

TEST(MatchingATown, FindsTheNextHomeFarOftenerThanChanceOrNewness) {
    const sim::Town town({}, 1, monday);
    auto market = market_of(town);
    for (std::uint32_t i = 0; i < market.homes.size(); ++i) market.offered.push_back(i);
    double asked = 0, hits = 0, by_chance = 0, by_newness = 0;
    for (const auto& question : questions_of(town, 3)) {
        const score::Matcher matcher(market, score::match_policy(), question.at);
        std::set<std::uint32_t> seen;
        for (const auto& glance : question.buyer.glances) seen.insert(glance.home);
        const auto found = matcher.match(question.buyer);
        ++asked;
        hits += std::ranges::find(found.suggestions, question.answer, &score::Suggestion::home) !=
                found.suggestions.end();
        by_chance += 10.0 / static_cast<double>(market.homes.size() - seen.size());
        std::vector<std::uint32_t> newest;
        for (std::uint32_t i = 0; i < market.homes.size(); ++i)
            if (!seen.contains(i)) newest.push_back(i);
        std::ranges::partial_sort(newest, newest.begin() + 10, std::ranges::greater{},
                                  [&](std::uint32_t i) { return *market.homes[i].listed; });
        newest.resize(10);
        by_newness += std::ranges::find(newest, question.answer) != newest.end();
    }
    RecordProperty("questions", std::to_string(asked));
    RecordProperty("hit_rate", std::to_string(hits / asked));
    RecordProperty("by_chance", std::to_string(by_chance / asked));
    RecordProperty("by_newness", std::to_string(by_newness / asked));
    ASSERT_GT(asked, 100);
    // Three deviations of the difference above the better of the two.
    const double rate = hits / asked, base = std::max(by_chance, by_newness) / asked;
    EXPECT_GT(rate, base + 3 * std::sqrt((rate * (1 - rate) + base * (1 - base)) / asked));
    EXPECT_GT(rate, 3 * base) << hits << " of " << asked << " against " << base * asked;
}

}  // namespace
}  // namespace dreams::jobs
