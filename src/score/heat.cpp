#include "score/heat.h"

#include <algorithm>
#include <cmath>

#include "score/explained.h"

namespace dreams::score {

namespace {

constexpr PerAct<std::string_view> names{{
    "website_visit",   "property_view",  "property_favorite", "property_share", "page_view",
    "search",          "saved_search",   "registration",      "inquiry",        "open_house",
    "unsubscribed",    "other_activity", "call_in",           "call_out",       "call_missed_in",
    "call_missed_out", "text_in",        "text_out",          "email_in",       "email_out",
    "automated_out",
}};
static_assert(names[Act::automated_out] == "automated_out" && names[Act::call_in] == "call_in");

/// 0 at none, 1/2 at `half_at`, never quite 1.
double saturated(double energy, double half_at) {
    return 1 - std::exp2(-energy / half_at);
}

bool is_web(const HeatPolicy& policy, std::size_t act) {
    return policy.worth.each[act].group == Group::web;
}

}  // namespace

std::string_view act_name(Act act) {
    return names[act];
}

Shown shown(Energy energy, const HeatPolicy& policy) {
    const double web = policy.web_ceiling * saturated(energy.web, policy.web_half_at);
    return {web, (100 - web) * saturated(energy.direct, policy.direct_half_at)};
}

Explained heat(const Tally& tally, const HeatPolicy& policy) {
    Energy energy;
    for (std::size_t i = 0; i < PerAct<Worth>::size; ++i)
        (is_web(policy, i) ? energy.web : energy.direct) += tally.acts.each[i].energy();
    const Shown points = shown(energy, policy);
    Explained score;
    for (std::size_t i = 0; i < PerAct<Worth>::size; ++i) {
        const double left = tally.acts.each[i].energy();
        if (left <= 0) continue;
        contribute(score, names.each[i],
                   is_web(policy, i) ? points.web * left / energy.web
                                     : points.direct * left / energy.direct);
    }
    settle(score);
    return score;
}

std::array<Energy, trend_days> daily_energies(const Tally& tally, const HeatPolicy& policy) {
    std::array<Energy, trend_days> days;
    for (std::size_t i = 0; i < PerAct<Worth>::size; ++i) {
        const ActTally& act = tally.acts.each[i];
        if (act.left == 0) continue;
        // A day earlier less of it had faded: what is older than that day, times 2^(1/half-life).
        const double daily_growth = std::exp2(1 / policy.worth.each[i].half_life_days);
        Quanta older = act.left;
        double growth = one_quantum;
        for (std::size_t day = 0; day < trend_days; ++day) {
            (is_web(policy, i) ? days[day].web : days[day].direct) +=
                static_cast<double>(older) * growth;
            older -= act.by_day[day];
            growth *= daily_growth;
        }
    }
    return days;
}

}  // namespace dreams::score
