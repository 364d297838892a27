#include "score/match_profile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace dreams::score {

namespace {

/// All looks at one home.
struct Liking {
    std::uint32_t home = 0;
    double weight = 0;     ///< decayed worth; below 0: turned down
    double freshness = 0;  ///< of the last look that was not a refusal
    double price = 0;      ///< as last seen; 0: unknown
};

using Values = std::vector<std::pair<double, double>>;  ///< what, and with which weight

std::vector<Liking> likings_of(const Buyer& buyer, const Market& market, const MatchPolicy& policy,
                               Instant as_of) {
    std::map<std::uint32_t, Liking> by_home;  // ordered: sums are the same on every machine
    std::map<std::uint32_t, Instant> seen;
    for (const Glance& glance : buyer.glances) {
        if (glance.at > as_of) continue;
        const double left = left_of(glance.at, as_of, policy.half_life_days);
        Liking& liking = by_home[glance.home];
        liking.home = glance.home;
        liking.weight += policy.worth[static_cast<std::size_t>(glance.interest)] * left;
        if (glance.interest != Interest::rejected)
            liking.freshness = std::max(liking.freshness, left);
        if (glance.price > 0 && glance.at >= seen[glance.home]) {
            liking.price = glance.price;
            seen[glance.home] = glance.at;
        }
    }
    std::vector<Liking> all;
    for (auto& [home, liking] : by_home) {
        liking.weight = std::min(liking.weight, policy.most_of_one_home);
        if (liking.price <= 0) liking.price = static_cast<double>(market.homes[home].price);
        if (liking.weight != 0) all.push_back(liking);
    }
    return all;
}

/// The values that `take` finds at the homes they like.
template <class Take>
Values values_of(const std::vector<Liking>& likings, const Market& market, Take take) {
    Values values;
    for (const Liking& liking : likings)
        if (liking.weight > 0)
            if (const std::optional<double> value = take(market.homes[liking.home], liking))
                values.emplace_back(*value, liking.weight);
    return values;
}

std::optional<Band> band_of(Values values, const MatchPolicy& policy, const Fading& fading,
                            double over) {
    if (values.empty()) return std::nullopt;
    const double low = weighted_quantile(values, policy.low),
                 high = weighted_quantile(values, policy.high);
    const double spread = std::max(fading.own_floor, (high - low) / 2);
    return Band{low, high, spread, spread / over};
}

Shares shares_of(const std::vector<Liking>& likings, const Market& market,
                 std::uint32_t MatchHome::*number) {
    std::map<std::uint32_t, double> weights;
    double greatest = 0;
    for (const Liking& liking : likings)
        if (const auto of = market.homes[liking.home].*number; of != 0)
            greatest = std::max(greatest, weights[of] += liking.weight);
    Shares shares;
    if (greatest <= 0) return shares;
    for (const auto& [of, weight] : weights)
        shares.emplace_back(of, std::max(0.0, weight / greatest));
    return shares;
}

/// How much more of the homes they like have it than of those on offer; 0: no more.
double leaning(const std::vector<Liking>& likings, const Market& market, Told MatchHome::*thing,
               double usual) {
    double liked = 0, liked_with = 0;
    for (const Liking& liking : likings) {
        const Told told = market.homes[liking.home].*thing;
        if (liking.weight <= 0 || told == Told::unknown) continue;
        liked += liking.weight;
        if (told == Told::yes) liked_with += liking.weight;
    }
    if (liked == 0 || usual >= 1) return 0;
    return std::clamp((liked_with / liked - usual) / (1 - usual), 0.0, 1.0);
}

double share_with(const Market& market, Told MatchHome::*thing) {
    double told = 0, with = 0;
    for (const auto index : market.offered) {
        told += market.homes[index].*thing != Told::unknown;
        with += market.homes[index].*thing == Told::yes;
    }
    return told > 0 ? with / told : 0;
}

/// Half of the distances between the homes they like are shorter.
double median_distance(const std::vector<Pull>& pulls) {
    std::vector<double> all;
    for (std::size_t i = 0; i < pulls.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (pulls[i].weight > 0 && pulls[j].weight > 0)
                all.push_back(distance(pulls[i].spot, pulls[j].spot));
    if (all.empty()) return 0;
    const auto middle = all.begin() + std::ssize(all) / 2;
    std::nth_element(all.begin(), middle, all.end());
    return *middle;
}

/// Only when at least half of what they like has coordinates: else the places speak better.
void add_pulls(Behavior& behavior, const std::vector<Liking>& likings, const Market& market,
               const MatchPolicy& policy) {
    double located = 0, liked = 0;
    for (const Liking& liking : likings) {
        const auto& spot = market.homes[liking.home].spot;
        if (liking.weight > 0) liked += liking.weight;
        if (!spot) continue;
        if (liking.weight > 0) located += liking.weight;
        behavior.pulls.push_back({*spot, liking.weight});
    }
    if (located == 0 || 2 * located < liked) {
        behavior.pulls.clear();
        return;
    }
    std::ranges::stable_sort(behavior.pulls, std::ranges::greater{},
                             [](const Pull& pull) { return std::abs(pull.weight); });
    if (behavior.pulls.size() > policy.most_pulls) behavior.pulls.resize(policy.most_pulls);
    behavior.reach = std::max(policy.least_reach_km, median_distance(behavior.pulls));
    for (const Pull& pull : behavior.pulls)
        behavior.peak = std::max(behavior.peak, density(behavior, pull.spot));
    if (behavior.peak <= 0) behavior.pulls.clear();  // what they turned down outweighs it all
}

}  // namespace

double left_of(Instant then, Instant as_of, double half_life_days) {
    const std::chrono::duration<double, std::ratio<86'400>> age = as_of - then;
    return std::exp2(-std::max(0.0, age.count()) / half_life_days);
}

double distance(const Spot& a, const Spot& b) {
    return std::hypot(a.east - b.east, a.north - b.north);
}

bool Stated::anything() const {
    return min_price || max_price || min_beds || min_baths || min_sqft || min_acres ||
           !places.empty() || !wanted.empty();
}

double fit(const Band& band, double x) {
    if (x < band.low) return std::exp((x - band.low) / band.under);
    if (x > band.high) return std::exp((band.high - x) / band.over);
    return 1;
}

double weighted_quantile(std::vector<std::pair<double, double>>& values, double share) {
    std::ranges::sort(values);
    double total = 0, below = 0;
    for (const auto& [value, weight] : values) total += weight;
    for (const auto& [value, weight] : values)
        if ((below += weight) >= share * total) return value;
    return values.back().first;
}

double share_of(const Shares& shares, std::uint32_t number) {
    const auto found =
        std::ranges::lower_bound(shares, number, {}, &std::pair<std::uint32_t, double>::first);
    return found != shares.end() && found->first == number ? found->second : 0;
}

double density(const Behavior& behavior, const Spot& spot) {
    double sum = 0;
    for (const Pull& pull : behavior.pulls)
        sum += pull.weight * std::exp(-distance(pull.spot, spot) / behavior.reach);
    return sum;
}

double log_land(double acres) {
    constexpr double a_yard = 0.05;  // acres: between a flat and a small yard there is no world
    return std::log(acres + a_yard);
}

double log_size(double sqft) {
    return std::log(sqft + 1);
}

Usual usual_of(const Market& market) {
    return {share_with(market, &MatchHome::view), share_with(market, &MatchHome::water)};
}

Behavior behavior_of(const Buyer& buyer, const Market& market, const Usual& usual,
                     const MatchPolicy& policy, Instant as_of) {
    const auto likings = likings_of(buyer, market, policy, as_of);
    Behavior behavior;
    for (const Liking& liking : likings)
        if (liking.weight > 0) behavior.homes += liking.freshness;
    const auto of = [&](std::optional<double> MatchHome::*value) {
        return values_of(likings, market,
                         [&](const MatchHome& home, const Liking&) { return home.*value; });
    };
    const auto log_of = [&](std::optional<double> MatchHome::*value, double (*log)(double)) {
        auto values = of(value);
        std::erase_if(values, [](const auto& each) { return each.first < 0; });
        for (auto& each : values) each.first = log(each.first);
        return values;
    };
    auto prices = values_of(likings, market, [](const MatchHome&, const Liking& liking) {
        return liking.price > 0 ? std::optional(std::log(liking.price)) : std::nullopt;
    });
    if (!prices.empty()) behavior.median_price = std::exp(weighted_quantile(prices, 0.5));
    behavior.price = band_of(std::move(prices), policy, policy.price, policy.over_budget);
    behavior.beds = band_of(of(&MatchHome::beds), policy, policy.beds, policy.over_rooms);
    behavior.baths = band_of(of(&MatchHome::baths), policy, policy.baths, policy.over_rooms);
    behavior.size =
        band_of(log_of(&MatchHome::sqft, log_size), policy, policy.size, policy.over_rooms);
    behavior.land =
        band_of(log_of(&MatchHome::acres, log_land), policy, policy.land, policy.over_rooms);
    add_pulls(behavior, likings, market, policy);
    behavior.places = shares_of(likings, market, &MatchHome::place);
    behavior.regions = shares_of(likings, market, &MatchHome::region);
    behavior.kinds = shares_of(likings, market, &MatchHome::kind);
    behavior.view = leaning(likings, market, &MatchHome::view, usual.view);
    behavior.water = leaning(likings, market, &MatchHome::water, usual.water);
    return behavior;
}

namespace {

/// Everything from `least` upwards.
std::optional<Band> at_least(std::optional<double> least, const Fading& fading) {
    if (!least) return std::nullopt;
    return Band{*least, std::numeric_limits<double>::infinity(), fading.stated, fading.stated};
}

std::optional<Band> price_wish(const Stated& stated, const MatchPolicy& policy) {
    const auto& [least, most] = std::pair(stated.min_price, stated.max_price);
    if (!least && !most) return std::nullopt;
    const double high =
        most ? std::log(static_cast<double>(*most)) : std::numeric_limits<double>::infinity();
    const double low =
        least ? std::log(static_cast<double>(*least)) : high + std::log(policy.cheapest_of_most);
    return Band{std::min(low, high), high, policy.price.stated,
                policy.price.stated / policy.over_budget};
}

}  // namespace

Wishes wishes_of(const Stated& stated, const MatchPolicy& policy, Instant as_of) {
    const auto log_of = [](std::optional<double> value, double (*log)(double)) {
        return value ? std::optional(log(*value)) : std::nullopt;
    };
    Wishes wishes;
    wishes.price = price_wish(stated, policy);
    wishes.beds = at_least(stated.min_beds, policy.beds);
    wishes.baths = at_least(stated.min_baths, policy.baths);
    wishes.size = at_least(log_of(stated.min_sqft, log_size), policy.size);
    wishes.land = at_least(log_of(stated.min_acres, log_land), policy.land);
    // Of unknown age it is taken for a half-life old.
    const double age =
        stated.said_at ? left_of(*stated.said_at, as_of, policy.stated_half_life_days) : 0.5;
    wishes.trust = stated.confidence.value_or(policy.stated_confidence) * age;
    return wishes;
}

}  // namespace dreams::score
