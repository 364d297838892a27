#include "score/match_why.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "score/words.h"

namespace dreams::score {

namespace {

/// A price as it is listed: `$289,125`.
std::string exactly(std::int64_t dollars) {
    return "$" + text::grouped(dollars);
}

/// The prices that somebody looks at, as they are told: rounded outwards, so that no price within
/// them reads as if it lay outside.
struct ToldBand {
    std::int64_t low, high;

    explicit ToldBand(const Band& band) {
        const double least = std::exp(band.low), most = std::exp(band.high);
        const double step = most < 1'000'000 ? 5'000 : 50'000;
        // A hair's breadth aside, since the logarithm of $250,000 is not exact.
        low = std::llround(std::floor(least / step + 1e-6) * step);
        high = std::llround(std::ceil(most / step - 1e-6) * step);
    }
    static std::string text(std::int64_t dollars) {
        if (dollars < 1'000'000) return fmt::format("${}k", dollars / 1'000);
        return fmt::format("${:g}M", static_cast<double>(dollars) / 1'000'000);
    }
};

/// `3`, `2.5`.
std::string number(double value) {
    return fmt::format("{:g}", std::round(value * 100) / 100);
}

/// `3–4`, or `3` where both ends read the same.
std::string span(const std::string& low, const std::string& high) {
    return low == high ? low : low + "–" + high;
}

std::string joined(const std::string& a, const std::string& b) {
    return a.empty() || b.empty() ? a + b : a + ", " + b;
}

/// Explains one home to one buyer's agent.
class MatchTeller {
public:
    MatchTeller(const Market& market, const MatchHome& home, const Taste& taste, Instant as_of)
        : market_(market), home_(home), taste_(taste), as_of_(as_of) {}

    std::string tell(Factor factor) const {
        const Behavior& behavior = taste_.behavior;
        const Stated& stated = *taste_.stated;
        switch (factor) {
            case Factor::price:
                return price();
            case Factor::place:
                return place();
            case Factor::beds:
                return rooms(home_.beds, "bed", "beds", behavior.beds, stated.min_beds);
            case Factor::baths:
                return rooms(home_.baths, "bath", "baths", behavior.baths, stated.min_baths);
            case Factor::size:
                return size();
            case Factor::land:
                return land();
            case Factor::kind:
                return kind();
            case Factor::features:
                return features();
            case Factor::freshness:
                return home_.listed ? "listed " + ago(*home_.listed, as_of_)
                                    : "no listing day told: counts as the average home";
            case Factor::price_drop:
                return home_.drop
                           ? fmt::format("the price fell by {:.0f} % {}", 100 * home_.drop->share,
                                         ago(home_.drop->at, as_of_))
                           : "";
        }
        return "";
    }

private:
    static std::string untold(std::string_view what) {
        return fmt::format("{} not told: counts as the average home", what);
    }

    std::string price() const {
        if (home_.price <= 0) return untold("price");
        std::string told = exactly(home_.price);
        if (taste_.behavior.price) {
            const ToldBand band(*taste_.behavior.price);
            const char* where = band.low == band.high     ? "at"
                                : home_.price < band.low  ? "below"
                                : home_.price > band.high ? "above"
                                                          : "within";
            told += fmt::format(", {} the {} they look at", where,
                                span(ToldBand::text(band.low), ToldBand::text(band.high)));
        }
        const Stated& stated = *taste_.stated;
        if (stated.max_price && home_.price > *stated.max_price)
            told += ", over the " + exactly(*stated.max_price) + " they told";
        else if (stated.min_price && home_.price < *stated.min_price)
            told += ", under the " + exactly(*stated.min_price) + " they told";
        else if (stated.max_price || stated.min_price)
            told += ", within what they told";
        return told;
    }

    std::string place() const {
        std::string told;
        const Behavior& behavior = taste_.behavior;
        if (!behavior.pulls.empty() && home_.spot) {
            told = near();
        } else if (home_.place != 0 && !behavior.places.empty()) {
            const double share = share_of(behavior.places, home_.place);
            told = share >= 1  ? "where they look most"
                   : share > 0 ? "where they look too"
                               : "where they have not looked";
        }
        if (!taste_.stated->places.empty() && home_.place != 0) {
            const auto& places = taste_.stated->places;
            const bool named = std::ranges::find(places, home_.place) != places.end();
            told = joined(told, named ? "in a place they named" : "not in a place they named");
        }
        return told.empty() ? untold("place") : told;
    }

    /// The nearest of what they like.
    std::string near() const {
        constexpr double km_per_mile = 1.609344;
        double nearest = std::numeric_limits<double>::infinity();
        for (const Pull& pull : taste_.behavior.pulls)
            if (pull.weight > 0) nearest = std::min(nearest, distance(pull.spot, *home_.spot));
        const double miles = nearest / km_per_mile;
        if (miles < 1.5) return "within a mile of a home they looked at";
        return fmt::format("{:.0f} miles from the nearest home they looked at", miles);
    }

    static std::string rooms(const std::optional<double>& has, std::string_view one,
                             std::string_view many, const std::optional<Band>& band,
                             const std::optional<double>& least) {
        if (!has) return untold(many);
        std::string told = fmt::format("{} {}", number(*has), *has == 1 ? one : many);
        if (band)
            told += fmt::format(", they look at {}", span(number(band->low), number(band->high)));
        if (least) told += fmt::format(", asked for {} or more", number(*least));
        return told;
    }

    std::string size() const {
        if (!home_.sqft) return untold("size");
        const auto feet = [](double sqft) { return text::grouped(std::llround(sqft)); };
        std::string told = feet(*home_.sqft) + " sq ft";
        if (const auto& band = taste_.behavior.size)
            told += ", they look at " +
                    span(feet(std::exp(band->low) - 1), feet(std::exp(band->high) - 1));
        if (const auto& least = taste_.stated->min_sqft)
            told += ", asked for " + feet(*least) + " or more";
        return told;
    }

    std::string land() const {
        if (!home_.acres) return untold("land");
        const auto acres = [](double log) {
            return fmt::format("{:.1f}", std::max(0.0, std::exp(log) - std::exp(log_land(0))));
        };
        std::string told = fmt::format("{:.1f} acres", *home_.acres);
        if (const auto& band = taste_.behavior.land)
            told += ", they look at " + span(acres(band->low), acres(band->high));
        if (const auto& least = taste_.stated->min_acres)
            told += fmt::format(", asked for {} or more", number(*least));
        return told;
    }

    std::string kind() const {
        if (home_.kind == 0) return untold("type");
        const double share = share_of(taste_.behavior.kinds, home_.kind);
        return share >= 1  ? "the type they look at most"
               : share > 0 ? "a type they look at too"
                           : "a type they have not looked at";
    }

    std::string features() const {
        std::string told;
        std::vector<std::string> with;
        const auto& wanted = taste_.stated->wanted;
        for (const auto phrase : wanted)
            if (phrase < home_.has.size() && home_.has[phrase])
                with.push_back(market_.phrases[phrase]);
        if (!wanted.empty())
            told = with.empty() ? "none of what they asked for is told"
                                : fmt::format("has {} of {} they asked for: {}", with.size(),
                                              wanted.size(), fmt::join(with, ", "));
        if (taste_.behavior.view > 0 && home_.view == Told::yes)
            told = joined(told, "has a view, as what they look at");
        if (taste_.behavior.water > 0 && home_.water == Told::yes)
            told = joined(told, "has water, as what they look at");
        return told.empty() ? "without what they look at" : told;
    }

    const Market& market_;
    const MatchHome& home_;
    const Taste& taste_;
    Instant as_of_;
};

std::string price_disagreement(const Taste& taste) {
    const Stated& stated = *taste.stated;
    const auto looks = static_cast<double>(taste.behavior.median_price);
    constexpr double clearly = 1.05;
    if (looks <= 0) return "";
    const std::string at = about(std::llround(looks));
    if (stated.max_price && looks > clearly * static_cast<double>(*stated.max_price))
        return "says up to " + about(*stated.max_price) + ", looks at " + at;
    if (stated.min_price && looks * clearly < static_cast<double>(*stated.min_price))
        return "says " + about(*stated.min_price) + " and more, looks at " + at;
    return "";
}

std::string rooms_disagreement(const std::optional<double>& least, const std::optional<Band>& band,
                               std::string_view many) {
    if (!least || !band || band->high >= *least) return "";
    return fmt::format("asks for {} {} or more, looks at {}", number(*least), many,
                       span(number(band->low), number(band->high)));
}

/// Whether most of what they look at lies outside the places they named.
std::string place_disagreement(const Taste& taste) {
    const auto& named = taste.stated->places;
    double inside = 0, all = 0;
    for (const auto& [place, share] : taste.behavior.places) {
        all += share;
        if (std::ranges::find(named, place) != named.end()) inside += share;
    }
    if (named.empty() || all == 0 || 2 * inside >= all) return "";
    return "looks mostly outside the places they named";
}

}  // namespace

void explain(Suggestion& suggestion, const Market& market, const Taste& taste, Instant as_of) {
    const MatchTeller teller(market, market.homes[suggestion.home], taste, as_of);
    std::vector<const Contribution*> strongest;
    for (Contribution& part : suggestion.score.contributions) {
        const auto at = std::ranges::find(factor_names, part.name) - factor_names.begin();
        part.why = teller.tell(static_cast<Factor>(at));
        strongest.push_back(&part);
    }
    std::ranges::stable_sort(strongest, std::ranges::greater{}, &Contribution::points);
    for (std::size_t i = 0; i < std::min<std::size_t>(3, strongest.size()); ++i)
        suggestion.why += (i == 0 ? "" : "; ") + strongest[i]->why;
}

std::string disagreement(const Taste& taste, const MatchPolicy& policy) {
    constexpr double homes_that_tell = 3;
    if (taste.behavior.homes < homes_that_tell * policy.homes_for_half) return "";
    const Stated& stated = *taste.stated;
    std::string all;
    for (const auto& each : {price_disagreement(taste),
                             rooms_disagreement(stated.min_beds, taste.behavior.beds, "beds"),
                             rooms_disagreement(stated.min_baths, taste.behavior.baths, "baths"),
                             place_disagreement(taste)})
        if (!each.empty()) all += (all.empty() ? "" : "; ") + each;
    return all;
}

}  // namespace dreams::score
