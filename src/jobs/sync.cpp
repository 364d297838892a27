#include "jobs/sync.h"

#include "base/json.h"
#include "jobs/fub_run.h"
#include "store/fub_people.h"
#include "store/lease.h"
#include "store/sync_log.h"

namespace dreams::jobs {
namespace {

/// What sync_log.details holds: everything of the report that has no column.
JsonText details_of(const SyncReport& report) {
    json::Object details;
    details["outcome"] = word(report.outcome).data();
    details["unchanged"] = report.counts.unchanged;
    details["requests"] = report.requests;
    json::Object streams;
    for (const auto& [name, requests, counts] : report.streams)
        streams[name] = {{"requests", requests},          {"processed", counts.processed},
                         {"created", counts.created},     {"updated", counts.updated},
                         {"unchanged", counts.unchanged}, {"failed", counts.failed}};
    details["streams"] = std::move(streams);
    json::Array refused, notices;
    for (const auto& [what, why] : report.refused)
        refused.push_back({{"what", what}, {"why", why}});
    for (const auto& notice : report.notices) notices.emplace_back(notice);
    details["refused"] = std::move(refused);
    details["notices"] = std::move(notices);
    return {json::serialized(details)};
}

/// Runs a stream that the others do not need: when it fails, the rest goes on.
void try_stream(FubRun& run, void (*stream)(FubRun&)) {
    try {
        stream(run);
    } catch (const Error& error) {
        if (error.fault() == Fault::conflict) throw;  // another run has taken over
        run.notice(error.what());
        run.report.outcome = Outcome::partial;
    }
}

void run_streams(FubRun& run) {
    sync_setup(run);
    sync_people(run);
    if (run.options.full) store::forget_marks(run.db);
    for (const auto stream : {sync_events, sync_calls, sync_awaited, sync_texts, sync_emails})
        try_stream(run, stream);
    if (run.report.counts.failed > 0) run.report.outcome = Outcome::partial;
}

}  // namespace

SyncReport sync_fub(Db& db, const sources::Fub& fub, Clock& clock, const SyncOptions& options,
                    Progress& progress) {
    const auto start = clock.ticks();
    const int requests_before = fub.requests();
    store::Lease lease(db, "sync fub", clock.now());
    store::close_interrupted(db, "fub", clock.now());
    SyncReport report{.source = "fub"};
    report.sync_id = store::open_run(db, options.full ? "full" : "incremental", "fub", clock.now());
    try {
        FubRun run(db, fub, clock, options, progress, lease, report);
        run_streams(run);
    } catch (const Error& error) {
        report.outcome = Outcome::failed;
        report.error = error.what();
    }
    report.requests = fub.requests() - requests_before;
    report.seconds = std::chrono::duration<double>(clock.ticks() - start).count();
    try {
        store::close_run(db, report, details_of(report), clock.now());
    } catch (const Error& error) {  // a full disk: the next run closes the row
        report.outcome = Outcome::failed;
        if (report.error.empty()) report.error = error.what();
    }
    return report;
}

}  // namespace dreams::jobs
