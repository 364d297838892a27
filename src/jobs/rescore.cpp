#include "jobs/rescore.h"

#include <algorithm>
#include <set>

#include "jobs/call_rules.h"
#include "score/policy.h"
#include "store/history.h"
#include "store/leads.h"
#include "store/scores.h"

namespace dreams::jobs {
namespace {

class Stopwatch {
public:
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const double seconds = std::chrono::duration<double>(now - last_).count();
        last_ = now;
        return seconds;
    }

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

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
    result.barred = barred_from_calls(standing.stage, standing.tags, standing.phone_works);
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
    const auto everyone = store::histories(db);
    const auto standings = store::standings(db, day_start, day_end);
    report.reading_seconds = watch.lap();

    progress.part("scores", static_cast<std::int64_t>(everyone.size()));
    const auto population = score::population(everyone, as_of);
    std::vector<store::Judged> results;
    results.reserve(everyone.size());
    std::set<std::string> unknown_stages;
    for (const History& history : everyone) {
        auto judgement = score::judge(history, policy, as_of, population);
        if (judgement.unknown_stage) unknown_stages.insert(history.stage);
        const auto& standing = standings.at(history.lead);
        results.push_back(judged(history, standing, std::move(judgement), policy));
        report.changed += results.back().scores.priority != standing.scores.priority;
    }
    report.scoring_seconds = watch.lap();

    store::ScoresKeeper keeper(db);
    for (const auto& result : results) {
        const auto& standing = standings.at(result.lead);
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
    if (policy.recipe == score::Recipe::january)  // the only one that looks at all the others
        population = score::population(store::histories(db), as_of);
    auto judgement = score::judge(*history, policy, as_of, population, score::Detail::full);
    return {std::move(*history), std::move(judgement)};
}

}  // namespace dreams::jobs
