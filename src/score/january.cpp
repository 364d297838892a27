#include "score/january.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "score/explained.h"
#include "score/stage.h"
#include "score/trend.h"

namespace dreams::score {

namespace {

using std::chrono::days;

/// Ends a score the January way: one decimal, then held within 0–100.
void round_and_clamp(Explained& score, double exact) {
    const double rounded = one_decimal(exact);
    const double kept = std::clamp(rounded, 0.0, 100.0);
    contribute(score, "rounding", rounded - exact);
    contribute(score, "clamp", kept - rounded);
    score.raw = kept;
    score.value = std::llround(kept);
}

double recency(std::int64_t silent, const JanuaryPolicy& policy) {
    if (silent <= 3) return policy.recency_3_days;
    if (silent <= 7) return policy.recency_7_days;
    if (silent <= 14) return policy.recency_14_days;
    if (silent <= 30) return policy.recency_30_days;
    return 0;
}

std::vector<double> viewed_prices(const History& history, Instant as_of) {
    std::vector<double> prices;
    for (const Trace& trace : history.traces)
        if (trace.act == Act::property_view && trace.price > 0 && trace.at <= as_of)
            prices.push_back(trace.price);
    std::sort(prices.begin(), prices.end());  // so that the sums do not hang on the traces' order
    return prices;
}

double mean_of(const std::vector<double>& numbers) {
    double sum = 0;
    for (const double each : numbers) sum += each;
    return numbers.empty() ? 0 : sum / static_cast<double>(numbers.size());
}

double spread_of(const std::vector<double>& numbers, double mean) {
    double squares = 0;
    for (const double each : numbers) squares += (each - mean) * (each - mean);
    return numbers.empty() ? 0 : std::sqrt(squares / static_cast<double>(numbers.size()));
}

void count(JanuaryInput& input, const Trace& trace, bool this_week) {
    switch (trace.act) {
        case Act::website_visit:
            input.visits_7d += this_week;
            break;
        case Act::property_view:
            input.views_7d += this_week;
            break;
        case Act::property_favorite:
            ++input.favorites;
            break;
        case Act::saved_search:
        case Act::property_share:
            ++input.saved_searches;
            break;  // older files call it a share
        case Act::call_in:
        case Act::call_missed_in:
            ++input.calls_in;
            break;
        case Act::call_out:
        case Act::call_missed_out:
            ++input.calls_out;
            break;
        case Act::email_in:
            ++input.emails_in;
            break;
        case Act::email_out:
        case Act::automated_out:
            ++input.emails_out;
            break;  // it did not know machines
        default:
            break;
    }
}

}  // namespace

double january_mean_price(const History& history, Instant as_of) {
    return mean_of(viewed_prices(history, as_of));
}

JanuaryInput january_input(const History& history, const JanuaryPolicy& policy, Instant as_of) {
    JanuaryInput input;
    std::optional<Instant> last_visit;
    for (const Trace& trace : history.traces) {
        if (trace.at > as_of) continue;
        count(input, trace, trace.at >= as_of - days{7});
        if (trace.act == Act::website_visit)
            last_visit = std::max(last_visit, std::optional{trace.at});
    }
    std::optional<Instant> last = last_visit;
    if (!last && history.last_activity_elsewhere && *history.last_activity_elsewhere <= as_of)
        last = history.last_activity_elsewhere;
    if (last) input.days_silent = (as_of - *last) / days{1};

    const std::vector<double> prices = viewed_prices(history, as_of);
    input.mean_price = mean_of(prices);
    input.price_spread = spread_of(prices, input.mean_price);
    input.high_favorites = input.favorites >= policy.favorites;
    input.sharing = input.saved_searches >= policy.shares;
    return input;
}

Explained january_heat(const JanuaryInput& input, const JanuaryPolicy& policy) {
    struct Term {
        std::string_view name;
        double weight;
        std::int64_t number;
    };
    const std::array terms{Term{"website_visit", policy.website_visit, input.visits_7d},
                           Term{"property_view", policy.property_viewed, input.views_7d},
                           Term{"property_favorite", policy.property_favorited, input.favorites},
                           Term{"saved_search", policy.property_shared, input.saved_searches},
                           Term{"call_in", policy.call_inbound, input.calls_in},
                           Term{"text_in", policy.text_inbound, input.texts_in}};
    Explained score;
    double sum = 0;
    for (const Term& term : terms) {
        const double points = term.weight * static_cast<double>(term.number);
        contribute(score, term.name, points);
        sum += points;
    }
    const double bonus = recency(input.days_silent, policy);
    contribute(score, "recency", bonus);
    sum += bonus;

    double factor = 1;
    if (input.repeat_views) factor *= policy.repeat_factor;
    if (input.high_favorites) factor *= policy.favorites_factor;
    if (input.burst) factor *= policy.burst_factor;
    if (input.sharing) factor *= policy.sharing_factor;
    contribute(score, "intent_factor", sum * factor - sum);
    round_and_clamp(score, sum * factor);
    return score;
}

Explained january_value(const JanuaryInput& input, double highest_average_price) {
    Explained score;
    if (input.mean_price <= 0 || highest_average_price <= 0) return score;
    const double level = 50 * (input.mean_price / highest_average_price);
    const double steady = 50 * std::clamp(1 - input.price_spread / input.mean_price, 0.0, 1.0);
    contribute(score, "price_level", level);
    contribute(score, "steady_prices", steady);
    round_and_clamp(score, level + steady);
    return score;
}

Explained january_relationship(const JanuaryInput& input) {
    Explained score;
    const std::int64_t in = input.calls_in + input.texts_in + input.emails_in;
    const std::int64_t all =
        input.calls_in + input.calls_out + input.texts_all + input.emails_in + input.emails_out;
    const double share =
        all == 0 ? 0 : std::clamp(static_cast<double>(in) / static_cast<double>(all), 0.0, 1.0);
    const double frequency = 5.0 * static_cast<double>(std::min<std::int64_t>(in, 10));
    contribute(score, "inbound_share", 50 * share);
    contribute(score, "inbound_count", frequency);
    round_and_clamp(score, 50 * share + frequency);
    return score;
}

Explained january_priority(double heat, double value, double relationship, std::string_view stage,
                           const Policy& policy) {
    const PriorityPolicy& weights = policy.priority;
    const double factor = stage_verdict(stage, policy).factor;
    Explained score;
    contribute(score, "heat", weights.heat * heat);
    contribute(score, "value", weights.value * value);
    contribute(score, "relationship", weights.relationship * relationship);
    const double sum =
        weights.heat * heat + weights.value * value + weights.relationship * relationship;
    contribute(score, "stage_factor", sum * factor - sum);
    round_and_clamp(score, sum * factor);
    return score;
}

void judge_by_january(Judgement& judged, const History& history, const Policy& policy,
                      Instant as_of, const Population& population) {
    const JanuaryInput input = january_input(history, policy.january, as_of);
    judged.heat = january_heat(input, policy.january);
    judged.value = january_value(input, population.highest_average_price);
    judged.relationship = january_relationship(input);
    judged.priority = january_priority(judged.heat.raw, judged.value.raw, judged.relationship.raw,
                                       history.stage, policy);
    judged.intent = {.high_favorites = input.high_favorites, .sharing = input.sharing};
    judged.intent.signal_count = judged.intent.high_favorites + judged.intent.sharing;

    double sum = judged.heat.raw;
    for (int day = 1; day < 7; ++day) {
        const JanuaryInput then = january_input(history, policy.january, as_of - days{day});
        const double heat = january_heat(then, policy.january).raw;
        sum += heat;
        if (day > 1) continue;
        const double step = judged.heat.raw - heat;
        if (step > policy.january.trend_step) judged.scores.trend = Trend::warming;
        if (step < -policy.january.trend_step) judged.scores.trend = Trend::cooling;
    }
    judged.scores.heat_7d_avg = one_decimal(sum / 7);
}

}  // namespace dreams::score
