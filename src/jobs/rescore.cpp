#include "jobs/rescore.h"

#include <algorithm>
#include <set>

#include "jobs/in_parts.h"
#include "jobs/stopwatch.h"
#include "model/call_rules.h"
#include "score/policy.h"
#include "store/everyone.h"
#include "store/history.h"
#include "store/leads.h"
#include "store/scores.h"

namespace dreams::jobs {
namespace {

/// The predecessor's alone measures each person against all the others.
bool looks_at_others(const score::Policy& policy) {
    return policy.recipe == score::Recipe::january;
}

score::Population population_for(const score::Policy& policy, const std::vector<History>& everyone,
                                 Instant as_of) {
    return looks_at_others(policy) ? score::population(everyone, as_of) : score::Population{};
}

/// Somebody whose texts or e-mails could not be fetched has not grown colder by that.
void keep_from_falling(Scores& scores, const Scores& before) {
    scores.heat = std::max(scores.heat, before.heat);
    scores.value = std::max(scores.value, before.value);
    scores.relationship = std::max(scores.relationship, before.relationship);
    scores.priority = std::max(scores.priority, before.priority);
}

ScoringSnapshot snapshot_of(const store::Judged& judged, std::optional<double> heat_before,
                            Instant as_of, std::optional<std::int64_t> sync_id) {
    ScoringSnapshot snapshot{.lead = judged.lead, .recorded_at = as_of, .sync_id = sync_id};
    snapshot.heat = static_cast<double>(judged.scores.heat);
    snapshot.value = static_cast<double>(judged.scores.value);
    snapshot.relationship = static_cast<double>(judged.scores.relationship);
    snapshot.priority = static_cast<double>(judged.scores.priority);
    snapshot.website_visits = judged.activity.website_visits;
    snapshot.properties_viewed = judged.activity.properties_viewed;
    snapshot.calls_inbound = judged.activity.calls_inbound;
    snapshot.calls_outbound = judged.activity.calls_outbound;
    snapshot.texts_total = judged.activity.texts_total;
    snapshot.intent_signal_count = judged.intent.signal_count;
    if (heat_before) snapshot.heat_delta = snapshot.heat - *heat_before;
    snapshot.trend = judged.scores.trend;
    return snapshot;
}

store::Judged judged(const History& history, const store::Standing& standing,
                     score::Judgement&& judgement, const score::Policy& policy) {
    store::Judged result{history.lead,     judgement.scores, judgement.activity,
                         judgement.intent, policy.name,      std::move(judgement.reason)};
    if (standing.stale) keep_from_falling(result.scores, standing.scores);
    result.barred = barred_from_calls(history.stage, standing.tags, standing.phone_works);
    return result;
}

}  // namespace

RescoreReport rescore(Db& db, const score::Policy& policy, Instant as_of, const Zone& zone,
                      std::optional<std::int64_t> sync_id, Progress& progress) {
    RescoreReport report{.day = zone.date_of(as_of)};
    const Instant day_start = zone.start_of(report.day);
    const Instant day_end = zone.start_of(report.day + std::chrono::days{1});
    Stopwatch watch;
    // The write lock is taken before reading: no event can slip in between reading and writing.
    auto transaction = db.begin();
    store::Everyone all = store::everyone(db);
    const auto& everyone = all.histories;
    const auto& standings = all.standings;
    report.reading_seconds = watch.lap();

    progress.part("scores", static_cast<std::int64_t>(everyone.size()));
    const auto population = population_for(policy, everyone, as_of);
    std::vector<store::Judged> results(everyone.size());
    std::vector<char> unknown_stage(everyone.size());
    in_parts(
        everyone.size(), Parts{.least = 2000, .each = 256},
        [&](std::size_t i) {
            auto judgement = score::judge(everyone[i], policy, as_of, population);
            unknown_stage[i] = judgement.unknown_stage;
            results[i] = judged(everyone[i], standings[i], std::move(judgement), policy);
        },
        [&] { store::add_snapshots(db, all, day_start, day_end); });
    std::set<std::string> unknown_stages;
    for (std::size_t i = 0; i < everyone.size(); ++i) {
        if (unknown_stage[i]) unknown_stages.insert(everyone[i].stage);
        report.changed += results[i].scores.priority != standings[i].scores.priority;
    }
    report.scoring_seconds = watch.lap();

    store::ScoresKeeper keeper(db);
    for (std::size_t i = 0; i < results.size(); ++i) {
        const store::Judged& result = results[i];
        const store::Standing& standing = standings[i];
        keeper.save(result);
        keeper.snapshot(snapshot_of(result, standing.heat_before, as_of, sync_id),
                        standing.snapshot_today);
        if (++report.people % 1000 == 0) progress.done(report.people);
    }
    store::repair_search(db);
    transaction.commit();
    report.writing_seconds = watch.lap();
    progress.done(report.people);
    report.unknown_stages.assign(unknown_stages.begin(), unknown_stages.end());
    return report;
}

std::pair<History, score::Judgement> explain(Db& db, const LeadId& lead,
                                             const score::Policy& policy, Instant as_of) {
    auto history = store::history(db, lead);
    if (!history) throw Error(Fault::not_found, "there is no lead " + lead.text);
    score::Population population;
    if (looks_at_others(policy)) population = score::population(store::histories(db), as_of);
    auto judgement = score::judge(*history, policy, as_of, population, score::Detail::full);
    return {std::move(*history), std::move(judgement)};
}

}  // namespace dreams::jobs
