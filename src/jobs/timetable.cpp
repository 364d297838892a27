#include "jobs/timetable.h"

#include <algorithm>

#include "base/text.h"
#include "store/lease.h"
#include "store/timetable.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;

constexpr auto look_again = 5s;
/// Another run may take a minute or hours; trying costs nothing.
constexpr auto tried_again_after = 10min;
constexpr auto tried_again_for = 12h;
/// A job that takes longer than this puts off no other: most syncs take less, and in order a page
/// is sent after the sync that feeds it.
constexpr auto others_wait_for = 15min;
/// How long whoever asks it to stop waits for a timetable with nothing to do.
constexpr auto notice_of_stop = 100ms;

/// Whatever a job throws is its own failure: the others go on, and so does who runs them.
JobReport outcome_of(const Scheduled& job, Db& db) {
    try {
        return job.run(db);
    } catch (const store::LeaseHeld& held) {
        return {JobEnd::busy, held.what()};
    } catch (const std::exception& error) {
        return {JobEnd::failed, sentence_of(error)};
    }
}

}  // namespace

Timetable::Timetable(std::function<Db()> open, std::vector<Scheduled> jobs, Zone zone, Clock& clock,
                     std::chrono::seconds jitter)
    : open_(std::move(open)),
      jobs_(std::move(jobs)),
      zone_(std::move(zone)),
      clock_(clock),
      jitter_(jitter) {}

/// The jitter follows from the job and the time itself: asked twice, it is the same.
Instant Timetable::with_jitter(const Scheduled& job, Instant time) const {
    if (jitter_ <= 0s) return time;
    const auto later =
        text::hash(job.name + to_text(time)) % static_cast<std::uint64_t>(jitter_.count() + 1);
    return time + std::chrono::seconds{later};
}

std::optional<Instant> Timetable::due_after(const Scheduled& job, Instant now) const {
    if (!job.when) return std::nullopt;
    return with_jitter(job, job.when->next(now, zone_));
}

/// What is due, or was asked for, needs no time to wait for. One whose time has come and whose
/// jitter has not waits for that.
bool Timetable::waits_for_its_time(const Scheduled& job, const TimedJob& state, Instant now) const {
    if (!job.when || !state.due_at) return !job.when && !state.due_at;
    if (*state.due_at <= now) return true;
    if (state.again_since && *state.due_at <= now + tried_again_after) return true;
    for (auto time = job.when->next(now - std::max(jitter_, 0s), zone_);;
         time = job.when->next(time, zone_)) {
        if (with_jitter(job, time) == *state.due_at) return true;
        if (time > now) return false;
    }
}

void Timetable::plan(Db& db, const Scheduled& job) {
    const auto now = clock_.now();
    const std::string schedule = job.when ? job.when->text() : "";
    auto transaction = db.begin();
    auto state = store::timed_job(db, job.name).value_or(TimedJob{.name = job.name});
    if (state.schedule != schedule || !waits_for_its_time(job, state, now))
        state.due_at = due_after(job, now), state.again_since.reset();
    state.schedule = schedule;
    state.why_off = job.when ? std::nullopt : std::optional(job.why_off);
    store::keep_timed_job(db, state);
    transaction.commit();
}

void Timetable::plan() {
    Db db = open_();
    for (const auto& job : jobs_) plan(db, job);
}

bool Timetable::is_due(const TimedJob& state, Instant now) const {
    return (state.due_at && *state.due_at <= now) || (state.is_open() && !state.schedule.empty());
}

/// The next try is for the time that was missed; it gives way to the job's next time.
void Timetable::try_again(TimedJob& state) const {
    const auto since = state.again_since ? state.again_since : state.started_at;
    state.again_since.reset();
    const auto again = clock_.now() + tried_again_after;
    if (!state.due_at || *state.due_at <= again || again - *since > tried_again_for) return;
    state.due_at = again;
    state.again_since = since;
}

/// Under the lease. Its next time is written before it begins: killed in the middle, it is open,
/// and the next who looks does it again.
JobReport Timetable::carry_out(Db& db, const Scheduled& job) {
    auto state = store::timed_job(db, job.name).value_or(TimedJob{.name = job.name});
    const auto now = clock_.now();
    // One that was cut off, or found another at it, is still late for the time that it was due at.
    if (!state.is_open() && !state.again_since)
        state.was_due_at = state.due_at && *state.due_at <= now ? state.due_at : std::nullopt;
    state.started_at = now;
    state.ended_at.reset();
    state.due_at = due_after(job, now);
    store::keep_timed_job(db, state);
    const JobReport report = outcome_of(job, db);
    // What was asked for meanwhile stays asked for.
    state = store::timed_job(db, job.name).value_or(state);
    state.ended_at = clock_.now();
    state.outcome = report.end;
    state.sentence = report.sentence;
    if (report.end == JobEnd::busy || report.again)
        try_again(state);
    else
        state.again_since.reset();
    store::keep_timed_job(db, state);
    return report;
}

bool Timetable::do_if_due(Db& db, const Scheduled& job) {
    const auto seen = store::timed_job(db, job.name);
    if (!seen) return false;
    if (sleeps_too_long(*seen, zone_, jitter_, clock_.now())) plan(db, job);
    if (!is_due(*seen, clock_.now())) return false;
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

/// Whoever it is, this program or another.
bool Timetable::is_anyone_long_at_work(Db& db) const {
    const auto now = clock_.now();
    return std::ranges::any_of(store::timed_jobs(db), [&](const TimedJob& job) {
        return job.is_open() && now - *job.started_at >= others_wait_for &&
               store::lease_holder(db, store::lease_of_job(job.name), now);
    });
}

int Timetable::do_what_is_due(Turn turn) {
    Db db = open_();
    int done = 0;
    for (const auto& job : jobs_)
        if (turn == Turn::in_order || is_anyone_long_at_work(db)) done += do_if_due(db, job);
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
    plan(db, *job);
    const store::Lease lease(db, store::lease_of_job(name), clock_.now());
    return carry_out(db, *job);
}

void Timetable::go_on(const std::stop_token& stop, Turn turn) {
    while (!stop.stop_requested()) {
        do_what_is_due(turn);
        for (auto waited = 0ms; waited < look_again && !stop.stop_requested();
             waited += notice_of_stop)
            clock_.sleep(notice_of_stop);
    }
}

bool sleeps_too_long(const TimedJob& job, const Zone& zone, std::chrono::seconds jitter,
                     Instant now) {
    return job.due_at && !job.schedule.empty() &&
           *job.due_at > Cron(job.schedule).next(now, zone) + std::max(jitter, 0s);
}

}  // namespace dreams::jobs
