#include "score/tally.h"

#include <algorithm>
#include <cmath>

namespace dreams::score {

namespace {

Quanta to_quanta(double points) {
    return static_cast<Quanta>(points / one_quantum + 0.5);
}

bool is_later(const Message& a, const Message& b) {
    if (a.at != b.at) return a.at < b.at;
    if (a.act != b.act) return a.act < b.act;
    return a.seconds < b.seconds;
}

/// A sum of shots that come at random and fade by half-lives agrees with itself a week later to
/// 2^(−7/h); so the deviation of its weekly change is √(2(1 − 2^(−7/h))) of its own.
double weekly_chance_share(const Worth& worth) {
    return std::sqrt(2 * (1 - std::exp2(-trend_days / worth.half_life_days)));
}

}  // namespace

Quanta energy_left(const Worth& worth, std::int64_t age_seconds) {
    const double halvings = static_cast<double>(age_seconds) /
                            (worth.half_life_days * static_cast<double>(day_seconds));
    return to_quanta(worth.points * std::exp2(-halvings));
}

bool is_message(Act act) {
    return act >= Act::call_in && act <= Act::email_out;
}

bool is_from_person(Act act) {
    return act == Act::call_in || act == Act::call_missed_in || act == Act::text_in ||
           act == Act::email_in;
}

Tally::Tally(const History& history, const Policy& policy, Instant now)
    : as_of(now), messages(&pool_), looks_(&pool_) {
    looks_.reserve(history.traces.size());
    for (std::uint32_t i = 0; i < history.traces.size(); ++i) add(history.traces[i], i, policy);
    std::sort(messages.begin(), messages.end(), is_later);
    homes = homes_of(looks_, policy.intent, as_of);
}

void Tally::add(const Trace& trace, std::uint32_t place, const Policy& policy) {
    const std::int64_t age = (as_of - trace.at).count();
    if (age < 0) return;
    ActTally& act = acts[trace.act];
    ++act.count;
    act.last = std::max(act.last, trace.at);
    if (trace.act == Act::property_view && trace.price > 0) {
        ++priced_views;
        view_price_sum += trace.price;
    }
    if (is_message(trace.act)) messages.push_back({trace.at, trace.act, trace.seconds, place});
    const Worth& worth = policy.heat.worth[trace.act];
    if (worth.group != Group::none) add_own(trace, worth, age, policy.intent);
}

void Tally::add_own(const Trace& trace, const Worth& worth, std::int64_t age,
                    const IntentPolicy& intent) {
    const std::int64_t days = age / day_seconds;
    const Quanta left = energy_left(worth, age);
    ActTally& act = acts[trace.act];
    act.left += left;
    act.by_day[static_cast<std::size_t>(std::min<std::int64_t>(days, trend_days - 1))] += left;
    double& share = chance_share_[trace.act];
    if (share == 0) share = weekly_chance_share(worth);
    chance[static_cast<std::size_t>(days) % chance.size()] +=
        static_cast<Quanta>(static_cast<double>(left) * share);

    if (days < intent.burst_days + intent.usual_days) {
        ++(days < intent.burst_days ? own_acts_lately : own_acts_usually);
        first_own_age = std::max(first_own_age, age);
    }
    if (trace.act == Act::property_favorite && days < intent.favorite_days) ++favorites_lately;
    if (trace.act == Act::property_share && days < intent.share_days) ++shares_lately;
    if (trace.home != 0 || trace.price > 0)
        looks_.push_back({trace.home, trace.at, std::max<Quanta>(left, 1), trace.price, trace.act});
}

}  // namespace dreams::score
