#include "jobs/timetable.h"

#include <algorithm>

#include "base/text.h"
#include "store/lease.h"
#include "store/timetable.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;

constexpr auto look_again = 5s;
/// How long whoever asks it to stop waits for a timetable with nothing to do.
constexpr auto notice_of_stop = 100ms;

}  // namespace

Timetable::Timetable(std::function<Db()> open, std::vector<Scheduled> jobs, Zone zone, Clock& clock,
                     std::chrono::seconds jitter)
    : open_(std::move(open)),
      jobs_(std::move(jobs)),
      zone_(std::move(zone)),
      clock_(clock),
      jitter_(jitter) {}

/// The jitter follows from the job and the time itself: asked twice, it is the same.
std::optional<Instant> Timetable::due_after(const Scheduled& job, Instant now) const {
    if (!job.when) return std::nullopt;
    const auto next = job.when->next(now, zone_);
    if (jitter_ <= 0s) return next;
    const auto later =
        text::hash(job.name + to_text(next)) % static_cast<std::uint64_t>(jitter_.count() + 1);
    return next + std::chrono::seconds{later};
}

void Timetable::plan() {
    Db db = open_();
    const auto now = clock_.now();
    auto transaction = db.begin();
    for (const auto& job : jobs_) {
        const std::string schedule = job.when ? job.when->text() : "";
        auto state = store::timed_job(db, job.name).value_or(TimedJob{.name = job.name});
        const bool same = state.schedule == schedule && state.due_at.has_value() == !!job.when;
        state.schedule = schedule;
        state.why_off = job.when ? std::nullopt : std::optional(job.why_off);
        if (!same) state.due_at = due_after(job, now);
        store::keep_timed_job(db, state);
    }
    transaction.commit();
}

bool Timetable::is_due(const TimedJob& state, Instant now) const {
    return (state.due_at && *state.due_at <= now) || (state.is_open() && !state.schedule.empty());
}

/// Under the lease. Its next time is written before it begins: killed in the middle, it is open,
/// and the next who looks does it again.
JobReport Timetable::carry_out(Db& db, const Scheduled& job) {
    auto state = store::timed_job(db, job.name).value_or(TimedJob{.name = job.name});
    const auto now = clock_.now();
    // One that was cut off is still late for the time that it was due at.
    if (!state.is_open())
        state.was_due_at = state.due_at && *state.due_at <= now ? state.due_at : std::nullopt;
    state.started_at = now;
    state.ended_at.reset();
    state.due_at = due_after(job, now);
    store::keep_timed_job(db, state);
    JobReport report;
    try {
        report = job.run(db);
    } catch (const store::LeaseHeld& held) {
        report = {JobEnd::busy, held.what()};
    } catch (const Error& error) {
        report = {JobEnd::failed, error.what()};
    }
    // What was asked for meanwhile stays asked for.
    state = store::timed_job(db, job.name).value_or(state);
    state.ended_at = clock_.now();
    state.outcome = report.end;
    state.sentence = report.sentence;
    store::keep_timed_job(db, state);
    return report;
}

bool Timetable::do_if_due(Db& db, const Scheduled& job) {
    const auto seen = store::timed_job(db, job.name);
    if (!seen || !is_due(*seen, clock_.now())) return false;
    try {
        const store::Lease lease(db, store::lease_of_job(job.name), clock_.now());
        // Another program may have done it between the look and the lease.
        const auto state = store::timed_job(db, job.name);
        if (!state || !is_due(*state, clock_.now())) return false;
        carry_out(db, job);
        return true;
    } catch (const store::LeaseHeld&) {
        return false;  // somebody else is at it
    }
}

int Timetable::do_what_is_due() {
    Db db = open_();
    int done = 0;
    for (const auto& job : jobs_) done += do_if_due(db, job);
    return done;
}

JobReport Timetable::do_now(const std::string& name) {
    const auto job = std::ranges::find(jobs_, name, &Scheduled::name);
    if (job == jobs_.end()) {
        std::string names;
        for (const auto& each : jobs_) names += (names.empty() ? "" : ", ") + each.name;
        throw Error(Fault::not_found, "there is no job '" + name + "'; there are " + names);
    }
    Db db = open_();
    const store::Lease lease(db, store::lease_of_job(name), clock_.now());
    return carry_out(db, *job);
}

void Timetable::go_on(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        do_what_is_due();
        for (auto waited = 0ms; waited < look_again && !stop.stop_requested();
             waited += notice_of_stop)
            clock_.sleep(notice_of_stop);
    }
}

}  // namespace dreams::jobs
