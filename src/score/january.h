#pragma once

#include <cstdint>
#include <string_view>

#include "score/policy.h"
#include "score/scores.h"

namespace dreams::score {

/// What the predecessor knew of a person when it scored in January 2026.
struct JanuaryInput {
    std::int64_t visits_7d = 0;
    std::int64_t views_7d = 0;
    std::int64_t favorites = 0;       ///< ever, as is all that follows
    std::int64_t saved_searches = 0;  ///< which it took for sharing
    std::int64_t calls_in = 0, calls_out = 0;
    std::int64_t texts_in = 0, texts_all = 0;  ///< its reader lost them: 0 whenever it really ran
    std::int64_t emails_in = 0, emails_out = 0;
    std::int64_t days_silent = 365;
    double mean_price = 0, price_spread = 0;  ///< US dollars; spread: population deviation
    bool repeat_views = false, high_favorites = false, burst = false, sharing = false;
};

/// Reads the input as the predecessor's program did when it ran, faults included: texts are 0,
/// repeat_views and burst are never true, silence is counted from the last website visit if there
/// was one, else from what the CRM calls last activity, else taken for 365 days.
JanuaryInput january_input(const History& history, const JanuaryPolicy& policy, Instant as_of);

/// Its four formulas. `raw` has one decimal, as there; rounding and clamp are contributions.
Explained january_heat(const JanuaryInput& input, const JanuaryPolicy& policy);
Explained january_value(const JanuaryInput& input, double highest_average_price);
Explained january_relationship(const JanuaryInput& input);
Explained january_priority(double heat, double value, double relationship, std::string_view stage,
                           const Policy& policy);

/// The mean price of the homes a person viewed, US dollars; 0: none has a price.
double january_mean_price(const History& history, Instant as_of);

/// Fills scores, trend and intent of `judged` by those formulas. The trend compares with the day
/// before (recomputed, since a pure function has no snapshots), the average is of seven such days.
void judge_by_january(Judgement& judged, const History& history, const Policy& policy,
                      Instant as_of, const Population& population);

/// Fills `why` and `traces` of every contribution, the newest trace first, since January's points
/// do not fade.
void explain_january(Judgement& judged, const History& history, Instant as_of);

}  // namespace dreams::score
