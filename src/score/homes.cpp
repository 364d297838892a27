#include "score/homes.h"

#include <algorithm>

namespace dreams::score {

namespace {

/// The looks at one home.
struct Returns {
    int views = 0;
    Instant first{}, last{};
    std::int64_t price = 0;
};

Returns returns_of(std::span<const Look> looks, const IntentPolicy& policy, Instant as_of) {
    Returns found;
    for (const Look& look : looks) {
        if (look.price > 0) found.price = look.price;  // sorted by time: the newest is kept
        if (look.act != Act::property_view ||
            as_of - look.at >= std::chrono::days{policy.repeat_days})
            continue;
        if (found.views++ == 0) found.first = look.at;
        found.last = look.at;
    }
    return found;
}

bool is_returning(const Returns& home, const IntentPolicy& policy) {
    return home.views >= policy.repeat_views ||
           (home.views >= 2 &&
            home.last - home.first >= std::chrono::hours{policy.repeat_gap_hours});
}

/// Walks `looks`, sorted by home, and keeps the home that was returned to most.
void add_returns(Homes& homes, std::span<const Look> looks, const IntentPolicy& policy,
                 Instant as_of) {
    Returns best;
    for (auto begin = looks.begin(); begin != looks.end();) {
        const auto end = std::find_if(begin, looks.end(),
                                      [&](const Look& look) { return look.home != begin->home; });
        if (begin->home != 0 && end - begin > 1) {
            const Returns home = returns_of({begin, end}, policy, as_of);
            const bool better =
                home.views > best.views || (home.views == best.views && home.last > best.last);
            if (is_returning(home, policy) && better) best = home;
        }
        begin = end;
    }
    homes.returning = best.views > 0;
    homes.returning_price = best.price;
}

/// How many distinct homes have a price, of looks sorted by home and then price. Where the home
/// is not known, equal prices are taken for one home: to count too few is the safer mistake.
int count_priced(std::span<const Look> looks) {
    int count = 0;
    const Look* last = nullptr;
    for (const Look& look : looks) {
        if (look.price <= 0) continue;
        const bool same =
            last && last->home == look.home && (look.home != 0 || last->price == look.price);
        if (!same) ++count;
        last = &look;
    }
    return count;
}

/// The price below which half of the weight lies, of looks sorted by price.
std::int64_t weighted_median(std::span<const Look> looks) {
    std::int64_t total = 0;
    for (const Look& look : looks)
        if (look.price > 0) total += look.weight;
    std::int64_t below = 0;
    for (const Look& look : looks) {
        if (look.price <= 0) continue;
        below += look.weight;
        if (2 * below >= total) return look.price;
    }
    return 0;
}

}  // namespace

Homes homes_of(std::span<Look> looks, const IntentPolicy& policy, Instant as_of) {
    Homes homes;
    if (looks.empty()) return homes;
    std::sort(looks.begin(), looks.end(), [](const Look& a, const Look& b) {
        if (a.home != b.home) return a.home < b.home;
        if (a.home == 0 || a.at == b.at) return a.price < b.price;
        return a.at < b.at;
    });
    homes.priced = count_priced(looks);
    add_returns(homes, looks, policy, as_of);
    std::sort(looks.begin(), looks.end(),
              [](const Look& a, const Look& b) { return a.price < b.price; });
    homes.median_price = weighted_median(looks);
    return homes;
}

}  // namespace dreams::score
