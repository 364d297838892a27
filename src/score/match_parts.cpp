#include "score/match_parts.h"

#include <algorithm>
#include <cmath>

namespace dreams::score {

namespace {

Fit in_band(const std::optional<Band>& band, const std::optional<double>& measure) {
    if (!band) return {};
    if (!measure) return {Speech::untold};
    return {Speech::told, fit(*band, *measure)};
}

/// By distance to what they looked at; where the home or those have no coordinates, by how much
/// of what they looked at lies in the same place or region.
Fit liked_place(const Behavior& behavior, const MatchHome& home, const MatchPolicy& policy) {
    if (behavior.pulls.empty() && behavior.places.empty() && behavior.regions.empty()) return {};
    if (!behavior.pulls.empty() && home.spot)
        return {Speech::told, std::clamp(density(behavior, *home.spot) / behavior.peak, 0.0, 1.0)};
    const double region = policy.same_region * share_of(behavior.regions, home.region);
    if (home.place != 0 && !behavior.places.empty())
        return {Speech::told, std::max(share_of(behavior.places, home.place), region)};
    if (home.region != 0 && !behavior.regions.empty()) return {Speech::told, region};
    return {Speech::untold};
}

/// Whoever looks at views and water more than there are wants them.
Fit liked_features(const Behavior& behavior, const MatchHome& home, const MatchPolicy& policy) {
    double leanings = 0, sum = 0;
    bool leans = false;
    for (const auto& [leaning, told] :
         {std::pair(behavior.view, home.view), std::pair(behavior.water, home.water)}) {
        if (leaning < policy.least_leaning) continue;
        leans = true;
        if (told == Told::unknown) continue;
        leanings += leaning;
        sum += told == Told::yes ? leaning : leaning * (1 - leaning);
    }
    if (!leans) return {};
    if (leanings == 0) return {Speech::untold};
    return {Speech::told, sum / leanings};
}

Fit wished_features(const Stated& stated, const MatchHome& home) {
    if (stated.wanted.empty()) return {};
    const auto has = std::ranges::count_if(stated.wanted, [&](std::uint32_t phrase) {
        return phrase < home.has.size() && home.has[phrase];
    });
    if (has == 0 && !home.features_told) return {Speech::untold};
    return {Speech::told, static_cast<double>(has) / static_cast<double>(stated.wanted.size())};
}

Fit wished_place(const Stated& stated, const MatchHome& home, const MatchPolicy& policy) {
    if (stated.places.empty()) return {};
    if (home.place == 0) return {Speech::untold};
    const bool named = std::ranges::find(stated.places, home.place) != stated.places.end();
    return {Speech::told, named ? 1 : policy.elsewhere};
}

}  // namespace

Measures measures_of(const MatchHome& home, const MatchPolicy& policy, Instant as_of) {
    const auto log_of = [](const std::optional<double>& value, double (*log)(double)) {
        return value && *value >= 0 ? std::optional(log(*value)) : std::nullopt;
    };
    Measures measures;
    if (home.price > 0) measures.price = std::log(static_cast<double>(home.price));
    measures.beds = home.beds;
    measures.baths = home.baths;
    measures.size = log_of(home.sqft, log_size);
    measures.land = log_of(home.acres, log_land);
    if (home.listed) measures.freshness = left_of(*home.listed, as_of, policy.fresh_half_life_days);
    if (home.drop)
        measures.drop = std::min(1.0, home.drop->share / policy.full_drop) *
                        left_of(home.drop->at, as_of, policy.drop_half_life_days);
    return measures;
}

Fit liked(Factor factor, const Taste& taste, const MatchHome& home, const Measures& measures,
          const MatchPolicy& policy) {
    const Behavior& behavior = taste.behavior;
    switch (factor) {
        case Factor::price:
            return in_band(behavior.price, measures.price);
        case Factor::place:
            return liked_place(behavior, home, policy);
        case Factor::beds:
            return in_band(behavior.beds, measures.beds);
        case Factor::baths:
            return in_band(behavior.baths, measures.baths);
        case Factor::size:
            return in_band(behavior.size, measures.size);
        case Factor::land:
            return in_band(behavior.land, measures.land);
        case Factor::kind:
            if (behavior.kinds.empty()) return {};
            if (home.kind == 0) return {Speech::untold};
            return {Speech::told, share_of(behavior.kinds, home.kind)};
        case Factor::features:
            return liked_features(behavior, home, policy);
        case Factor::freshness:
        case Factor::price_drop:
            return {};
    }
    return {};
}

Fit wished(Factor factor, const Taste& taste, const MatchHome& home, const Measures& measures,
           const MatchPolicy& policy) {
    const Wishes& wishes = taste.wishes;
    switch (factor) {
        case Factor::price:
            return in_band(wishes.price, measures.price);
        case Factor::place:
            return wished_place(*taste.stated, home, policy);
        case Factor::beds:
            return in_band(wishes.beds, measures.beds);
        case Factor::baths:
            return in_band(wishes.baths, measures.baths);
        case Factor::size:
            return in_band(wishes.size, measures.size);
        case Factor::land:
            return in_band(wishes.land, measures.land);
        case Factor::features:
            return wished_features(*taste.stated, home);
        case Factor::kind:
        case Factor::freshness:
        case Factor::price_drop:
            return {};
    }
    return {};
}

Blend blend(Factor factor, const Taste& taste, const MatchHome& home, const Measures& measures,
            const MatchPolicy& policy) {
    if (factor == Factor::freshness) {
        const bool told = measures.freshness.has_value();
        return {told ? Speech::told : Speech::untold,
                measures.freshness.value_or(taste.fresh_mean)};
    }
    if (factor == Factor::price_drop) return {Speech::told, measures.drop};

    const auto at = static_cast<std::size_t>(factor);
    const Fit by_looks = liked(factor, taste, home, measures, policy);
    const Fit by_words = wished(factor, taste, home, measures, policy);
    const auto held_back = [](const Fit& said, double trust, double mean) {
        const double value = said.speech == Speech::told ? said.value : mean;
        return said.speech == Speech::silent ? std::nullopt
                                             : std::optional(trust * value + (1 - trust) * mean);
    };
    const double n = taste.behavior.homes;
    Blend result;
    result.liked = held_back(by_looks, n / (n + policy.homes_for_half), taste.liked_mean[at]);
    result.wished = held_back(by_words, taste.wishes.trust, taste.wished_mean[at]);
    result.speech = std::max(by_looks.speech, by_words.speech);
    if (result.liked && result.wished)
        result.value = taste.alpha * *result.liked + (1 - taste.alpha) * *result.wished;
    else
        result.value = result.liked ? *result.liked : result.wished.value_or(0);
    return result;
}

}  // namespace dreams::score
