#include "jobs/run.h"

#include <algorithm>

#include "base/json.h"
#include "store/contact_properties.h"
#include "store/freshness.h"
#include "store/sync_log.h"
#include "store/waiting.h"

namespace dreams::jobs {
namespace {

constexpr std::size_t most_refused_told = 100;

constexpr double least_share = 0.8;
constexpr std::int64_t few = 10;

/// What sync_log.details holds: everything of the report that has no column.
JsonText details_of(const SyncReport& report) {
    json::Object details;
    details["outcome"] = word(report.outcome).data();
    details["unchanged"] = report.counts.unchanged;
    details["requests"] = report.requests;
    if (report.clock_ahead) details["clock_ahead"] = report.clock_ahead->count();
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

}  // namespace

SyncReport run_source(Db& db, const RunOf& run, Clock& clock, const SyncOptions& options,
                      Progress& progress, const std::function<int()>& requests,
                      const std::function<void(const RunFrame&)>& work) {
    const auto start = clock.ticks();
    const int requests_before = requests();
    store::Lease lease(db, run.lease, clock.now());
    store::close_interrupted(db, run.source, clock.now());
    SyncReport report{.source = run.source};
    const bool full = options.full || !store::any_success(db, run.source);
    report.sync_id = store::open_run(db, full ? "full" : "incremental", run.source, clock.now());
    try {
        work({db, clock, options, progress, lease, report, requests});
    } catch (const Error& error) {
        report.outcome = Outcome::failed;
        report.error = error.what();
    }
    report.requests = requests() - requests_before;
    report.seconds = std::chrono::duration<double>(clock.ticks() - start).count();
    try {
        store::close_run(db, report, details_of(report), clock.now());
    } catch (const Error& error) {  // a full disk: the next run closes the row
        report.outcome = Outcome::failed;
        if (report.error.empty()) report.error = error.what();
    }
    return report;
}

Run::Run(const RunFrame& frame)
    : db(frame.db),
      options(frame.options),
      progress(frame.progress),
      report(frame.report),
      now(frame.clock.now()),
      clock_(frame.clock),
      lease_(frame.lease),
      requests_(frame.requests) {}

StreamCounts& Run::stream(const std::string& name) {
    for (auto& known : report.streams)
        if (known.stream == name) return known;
    return report.streams.emplace_back(StreamCounts{.stream = name});
}

void Run::notice(const std::string& sentence) {
    if (std::ranges::find(report.notices, sentence) == report.notices.end())
        report.notices.push_back(sentence);
}

void Run::attempt(const std::function<void()>& part, bool refusable) {
    try {
        part();
    } catch (const store::LeaseHeld&) {
        throw;  // another run has taken over
    } catch (const Error& error) {
        if (refusable && error.fault() == Fault::unauthorized) return notice(error.what());
        report.outcome = Outcome::partial;
        report.error += (report.error.empty() ? "" : "; ") + std::string(error.what());
    }
}

void Run::conclude() {
    if (report.counts.failed > 0) report.outcome = Outcome::partial;
}

// ---- One page's commit

Run::Commit::Commit(Run& run, StreamCounts& stream)
    : run_(run), stream_(stream), transaction_(run.db.begin()) {}

void Run::Commit::count(Kept kept) {
    ++counts_.processed;
    ++(kept == Kept::created   ? counts_.created
       : kept == Kept::updated ? counts_.updated
                               : counts_.unchanged);
}

void Run::Commit::refuse(const sources::Unreadable& record) {
    // Kept as it came: what a later program understands is then still there. The same record
    // again, read anew in an overlap, is no news and not refused a second time.
    const Kept kept =
        store::wait(run_.db, {"unreadable " + record.id, "", "unreadable", record.raw, run_.now});
    if (kept == Kept::unchanged) return count(kept);
    fail(record.id, record.why);
}

void Run::Commit::fail(const std::string& what, const std::string& why) {
    ++counts_.processed;
    ++counts_.failed;
    refused_.push_back({what, why});
}

void Run::Commit::saw(const FubId& person, Kept kept) {
    if (kept != Kept::unchanged) seen_[person.text] += kept == Kept::created;
}

void Run::Commit::commit() {
    for (const auto& [person, events] : seen_) store::events_to_look_at(run_.db, {person}, events);
    Counts total = run_.report.counts;
    total += counts_;
    store::count_run(run_.db, run_.report.sync_id, total);
    run_.lease_.alive(run_.clock_.now());
    transaction_.commit();
    run_.report.counts = total;
    stream_.counts += counts_;
    for (auto& refused : refused_)
        if (run_.report.refused.size() < most_refused_told)
            run_.report.refused.push_back(std::move(refused));
}

bool is_drop(std::int64_t known, std::int64_t there) {
    return known >= few && static_cast<double>(there) < least_share * static_cast<double>(known);
}

}  // namespace dreams::jobs
