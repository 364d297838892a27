#include "score/scores.h"

#include <algorithm>

#include "score/activity.h"
#include "score/heat.h"
#include "score/intent.h"
#include "score/january.h"
#include "score/priority.h"
#include "score/reason.h"
#include "score/relationship.h"
#include "score/stage.h"
#include "score/tally.h"
#include "score/trend.h"
#include "score/value.h"
#include "score/why.h"

namespace dreams::score {

namespace {

void judge_by_house(Judgement& judged, const Tally& tally, const Dealings& known,
                    std::optional<Instant> waiting, StageVerdict stage, const Policy& policy) {
    judged.heat = heat(tally, policy.heat);
    judged.value = value(tally.homes, policy.value);
    judged.relationship = relationship(known, policy.relationship);
    judged.priority = priority(judged, waiting, stage, policy.priority, tally.as_of);
    judged.intent = intent(tally, policy.intent);
    const Course lately = course(tally, policy.heat, policy.trend);
    judged.scores.trend = lately.trend;
    judged.scores.heat_7d_avg = lately.average;
}

bool came_this_week(const History& history, Instant as_of) {
    return history.created_at && *history.created_at <= as_of &&
           as_of - *history.created_at < std::chrono::days{7};
}

}  // namespace

Population population(std::span<const History> everyone, Instant as_of) {
    Population all;
    for (const History& each : everyone)
        all.highest_average_price =
            std::max(all.highest_average_price, january_mean_price(each, as_of));
    return all;
}

Judgement judge(const History& history, const Policy& policy, Instant as_of,
                const Population& everyone, Detail detail) {
    const Tally tally(history, policy, as_of);
    const Dealings known = dealings(tally.messages, policy.relationship, as_of);
    const StageVerdict stage = stage_verdict(history.stage, policy);
    const std::optional<Instant> waiting = waiting_since(tally);

    Judgement judged;
    const bool house = policy.recipe == Recipe::house;
    if (house)
        judge_by_house(judged, tally, known, waiting, stage, policy);
    else
        judge_by_january(judged, history, policy, as_of, everyone);
    judged.scores.heat = judged.heat.value;
    judged.scores.value = judged.value.value;
    judged.scores.relationship = judged.relationship.value;
    judged.scores.priority = judged.priority.value;
    judged.scores.recorded_at = as_of;
    judged.activity = activity(tally, history);
    judged.unknown_stage = !stage.known;
    judged.reason = reason({tally, known, judged, waiting, stage, came_this_week(history, as_of)});
    if (detail == Detail::full && house) explain(judged, history, tally, known, stage, policy);
    if (detail == Detail::full && !house) explain_january(judged, history, as_of);
    return judged;
}

}  // namespace dreams::score
