#include "score/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "score/match_why.h"
#include "score/words.h"

namespace dreams::score {

namespace {

/// The order in which factors are reckoned: cheap and weighty ones first, so that most homes are
/// out before a distance is taken.
constexpr std::array order{Factor::price,    Factor::kind, Factor::beds,      Factor::baths,
                           Factor::size,     Factor::land, Factor::freshness, Factor::price_drop,
                           Factor::features, Factor::place};
static_assert(order.size() == factors);

constexpr std::size_t index_of(Factor factor) {
    return static_cast<std::size_t>(factor);
}

/// In whole tenths, so that what an agent reads adds up.
double in_tenths(double points) {
    return std::round(points * 10) / 10;
}

/// Where no home of the market tells, half is as good a guess as any; and a mean is never nothing
/// or all.
double mean_of(double sum, double told) {
    return told > 0 ? std::clamp(sum / told, 0.05, 0.95) : 0.5;
}

bool is_taste(Factor factor) {
    return factor != Factor::freshness && factor != Factor::price_drop;
}

}  // namespace

/// What keeps a home from being suggested, whatever its points.
struct Matcher::Barriers {
    std::vector<bool> known;  ///< of each home: they have seen it, or it is settled
    double most = 0;          ///< US dollars; 0: no stop
    const std::vector<std::uint32_t>* unwanted = nullptr;

    std::optional<std::uint32_t> unwanted_in(const MatchHome& home) const {
        for (const auto phrase : *unwanted)
            if (phrase < home.has.size() && home.has[phrase]) return phrase;
        return std::nullopt;
    }
    bool too_dear(const MatchHome& home) const {
        return most > 0 && static_cast<double>(home.price) > most;
    }
};

Matcher::Matcher(const Market& market, const MatchPolicy& policy, Instant as_of)
    : market_(market), policy_(policy), as_of_(as_of), usual_(usual_of(market)) {
    measures_.reserve(market.homes.size());
    for (const MatchHome& home : market.homes)
        measures_.push_back(measures_of(home, policy, as_of));
    const std::size_t step = std::max<std::size_t>(1, market.offered.size() / policy.sample);
    double fresh = 0, told = 0;
    for (std::size_t i = 0; i < market.offered.size(); i += step) {
        sample_.push_back(market.offered[i]);
        if (const auto& freshness = measures_[market.offered[i]].freshness) {
            fresh += *freshness;
            ++told;
        }
    }
    fresh_mean_ = mean_of(fresh, told);
}

Taste Matcher::taste_of(const Buyer& buyer) const {
    Taste taste{.behavior = behavior_of(buyer, market_, usual_, policy_, as_of_),
                .wishes = wishes_of(buyer.stated, policy_, as_of_),
                .stated = &buyer.stated,
                .fresh_mean = fresh_mean_};
    const double n = taste.behavior.homes;
    taste.alpha = n / (n + policy_.blend_homes);
    for (const Factor factor : order) {
        const auto at = index_of(factor);
        double liked_sum = 0, liked_told = 0, wished_sum = 0, wished_told = 0;
        bool opinion = !is_taste(factor);
        for (const auto home : sample_) {
            const Fit looks = liked(factor, taste, market_.homes[home], measures_[home], policy_);
            const Fit words = wished(factor, taste, market_.homes[home], measures_[home], policy_);
            opinion = opinion || looks.speech != Speech::silent || words.speech != Speech::silent;
            if (looks.speech == Speech::told) liked_sum += looks.value, ++liked_told;
            if (words.speech == Speech::told) wished_sum += words.value, ++wished_told;
        }
        taste.liked_mean[at] = mean_of(liked_sum, liked_told);
        taste.wished_mean[at] = mean_of(wished_sum, wished_told);
        taste.most[at] = opinion ? policy_.points[at] : 0;
    }
    return taste;
}

Matcher::Barriers Matcher::barriers_of(const Buyer& buyer, const Taste& taste) const {
    Barriers barriers{.known = std::vector<bool>(market_.homes.size()),
                      .unwanted = &buyer.stated.unwanted};
    for (const auto home : buyer.decided) barriers.known[home] = true;
    for (const Glance& glance : buyer.glances)
        if (glance.at <= as_of_) barriers.known[glance.home] = true;
    const Behavior& behavior = taste.behavior;
    const double looks = behavior.price ? std::exp(behavior.price->high) : 0;
    if (const auto& most = buyer.stated.max_price) {
        const bool contradicted = behavior.homes >= policy_.contradicting_homes;
        barriers.most =
            policy_.hard_stop * std::max(static_cast<double>(*most), contradicted ? looks : 0);
    } else {
        barriers.most = policy_.looks_stop * looks;
    }
    return barriers;
}

/// The points of a home before rounding; none: they cannot reach `bar`.
std::optional<double> Matcher::total(const Taste& taste, std::uint32_t home, double bar) const {
    double sum = 0, open = 0;
    for (const double most : taste.most) open += most;
    for (const Factor factor : order) {
        const auto at = index_of(factor);
        if (taste.most[at] == 0) continue;
        open -= taste.most[at];
        const Blend each = blend(factor, taste, market_.homes[home], measures_[home], policy_);
        if (each.speech != Speech::silent) sum += policy_.points[at] * each.value;
        if (sum + open < bar) return std::nullopt;
    }
    return sum;
}

std::vector<Matcher::Candidate> Matcher::best(const Taste& taste, const Barriers& barriers,
                                              Matching& matching) const {
    const auto better = [](const Candidate& a, const Candidate& b) {
        return a.total != b.total ? a.total > b.total : a.home < b.home;
    };
    constexpr double rounding = 0.5;  // ten factors of at most half a tenth
    std::vector<Candidate> heap;      // the worst of the best on top
    std::vector<std::int64_t> ruled_out(market_.phrases.size());
    for (const auto index : market_.offered) {
        const MatchHome& home = market_.homes[index];
        if (barriers.known[index]) continue;
        if (const auto phrase = barriers.unwanted_in(home)) {
            ++ruled_out[*phrase];
            continue;
        }
        if (barriers.too_dear(home)) {
            ++matching.too_dear;
            continue;
        }
        const bool full = heap.size() == policy_.pool;
        const auto sum = total(taste, index, full ? heap.front().total - rounding : 0);
        if (!sum || (full && !better({*sum, index}, heap.front()))) continue;
        heap.push_back({*sum, index});
        std::ranges::push_heap(heap, better);
        if (full) {
            std::ranges::pop_heap(heap, better);
            heap.pop_back();
        }
    }
    for (std::uint32_t phrase = 0; phrase < ruled_out.size(); ++phrase)
        if (ruled_out[phrase] > 0) matching.ruled_out.push_back({phrase, ruled_out[phrase]});
    return heap;
}

Suggestion Matcher::suggestion(const Taste& taste, std::uint32_t home) const {
    Suggestion made{.home = home};
    double liked_sum = 0, liked_most = 0, wished_sum = 0, wished_most = 0, told = 0, tastes = 0;
    std::int64_t tenths = 0;
    for (std::size_t at = 0; at < factors; ++at) {
        const auto factor = static_cast<Factor>(at);
        const double most = policy_.points[at];
        if (is_taste(factor)) tastes += most;
        const Blend each = blend(factor, taste, market_.homes[home], measures_[home], policy_);
        if (each.speech == Speech::silent) continue;
        if (is_taste(factor) && each.speech == Speech::told) told += most;
        if (each.liked) liked_sum += most * *each.liked, liked_most += most;
        if (each.wished) wished_sum += most * *each.wished, wished_most += most;
        const double points = in_tenths(most * each.value);
        if (points == 0 && factor == Factor::price_drop) continue;  // no drop is no news
        tenths += std::llround(points * 10);
        made.score.contributions.push_back({.name = name_of(factor), .points = points});
    }
    made.score.raw = static_cast<double>(tenths) / 10;
    made.score.value = std::llround(made.score.raw);
    if (liked_most > 0) made.behavioral = in_tenths(100 * liked_sum / liked_most);
    if (wished_most > 0) made.stated = in_tenths(100 * wished_sum / wished_most);
    const double n = taste.behavior.homes;
    const double by_looks = liked_most > 0 ? n / (n + policy_.homes_for_half) : 0;
    const double by_words = wished_most > 0 ? taste.wishes.trust : 0;
    made.confidence = std::round(100 * told / tastes * (1 - (1 - by_looks) * (1 - by_words))) / 100;
    return made;
}

/// 1 for two homes that could be taken for each other.
double Matcher::likeness(std::uint32_t a, std::uint32_t b) const {
    const MatchHome &one = market_.homes[a], &other = market_.homes[b];
    constexpr double price_scale = 0.15, place_scale = 5;  // ln of dollars; kilometres
    const auto &price = measures_[a].price, &price_beside = measures_[b].price;
    const double by_price =
        price && price_beside ? std::exp(-std::abs(*price - *price_beside) / price_scale) : 0;
    const double by_place = one.spot && other.spot
                                ? std::exp(-distance(*one.spot, *other.spot) / place_scale)
                                : one.place != 0 && one.place == other.place;
    const double by_kind = one.kind != 0 && one.kind == other.kind;
    return (by_price + by_place + by_kind) / 3;
}

/// The list: the best in order, but for every fifth place, which goes to the one that is best for
/// being unlike those before it (maximal marginal relevance).
std::vector<Suggestion> Matcher::listed(std::vector<Suggestion> pool) const {
    std::vector<Suggestion> list;
    while (!pool.empty() && list.size() < policy_.suggestions) {
        std::size_t next = 0;
        if ((list.size() + 1) % policy_.diverse_every == 0) {
            double highest = -std::numeric_limits<double>::infinity();
            for (std::size_t i = 0; i < pool.size(); ++i) {
                double nearest = 0;
                for (const Suggestion& there : list)
                    nearest = std::max(nearest, likeness(pool[i].home, there.home));
                const double worth =
                    policy_.lambda * pool[i].score.raw / 100 - (1 - policy_.lambda) * nearest;
                if (worth > highest) highest = worth, next = i;
            }
        }
        pool[next].different = next > 0;
        list.push_back(std::move(pool[next]));
        pool.erase(pool.begin() + static_cast<std::ptrdiff_t>(next));
    }
    return list;
}

Matching Matcher::match(const Buyer& buyer) const {
    const Taste taste = taste_of(buyer);
    Matching matching{.homes = taste.behavior.homes};
    const bool words = buyer.stated.anything(), looks = taste.behavior.homes >= policy_.least_homes;
    matching.known = words && looks ? Known::both
                     : words        ? Known::words
                     : looks        ? Known::looks
                                    : Known::nothing;
    if (matching.known == Known::nothing) {
        matching.nothing =
            std::string("Nothing is known of what they want: no wishes are noted, ") +
            (buyer.glances.empty() ? "and they have looked at no home."
                                   : "and they have looked at no home lately.");
        return matching;
    }
    matching.disagreement = disagreement(taste, policy_);
    std::vector<Suggestion> pool;
    double highest = 0;
    for (const Candidate& candidate : best(taste, barriers_of(buyer, taste), matching)) {
        Suggestion each = suggestion(taste, candidate.home);
        highest = std::max(highest, each.score.raw);
        if (each.score.raw >= policy_.least_total) pool.push_back(std::move(each));
    }
    std::ranges::sort(pool, [](const Suggestion& a, const Suggestion& b) {
        return a.score.raw != b.score.raw ? a.score.raw > b.score.raw : a.home < b.home;
    });
    if (market_.offered.empty())
        matching.nothing = "No home is on the market.";
    else if (highest == 0)
        matching.nothing = "Every home on the market is one they know, refuse or cannot pay.";
    else if (pool.empty())
        matching.nothing = fmt::format(
            "No home on the market comes near what is known of them: the best has {:.0f} of 100 "
            "points, and {:.0f} are needed. More wishes, or more looks, would tell more.",
            std::floor(highest), policy_.least_total);
    matching.suggestions = listed(std::move(pool));
    for (Suggestion& each : matching.suggestions) explain(each, market_, taste, as_of_);
    return matching;
}

Suggestion Matcher::judge(const Buyer& buyer, std::uint32_t home) const {
    const Taste taste = taste_of(buyer);
    Suggestion made = suggestion(taste, home);
    explain(made, market_, taste, as_of_);
    return made;
}

std::string Matcher::barred(const Buyer& buyer, std::uint32_t home) const {
    const Barriers barriers = barriers_of(buyer, taste_of(buyer));
    if (barriers.known[home]) return "they know it";
    if (const auto phrase = barriers.unwanted_in(market_.homes[home]))
        return "has what they refuse: " + market_.phrases[*phrase];
    if (barriers.too_dear(market_.homes[home]))
        return "beyond " + about(std::llround(barriers.most));
    return "";
}

}  // namespace dreams::score
