#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/cron.h"
#include "base/db.h"
#include "base/time.h"
#include "model/timed_job.h"

namespace dreams::jobs {

/// What a job came to.
struct JobReport {
    JobEnd end = JobEnd::done;
    std::string sentence;  ///< for people; no names
    bool again = false;    ///< worth another try in minutes, as where it is busy
};

/// A job that runs by the clock.
struct Scheduled {
    std::string name;
    std::optional<Cron> when;  ///< none: it is off
    std::string why_off;       ///< then: `fub.api_key is not set`
    /// Does it. What it throws, of whatever type, is the sentence of a failure; LeaseHeld: it is
    /// busy.
    std::function<JobReport(Db&)> run;
};

/// Which of two threads does what is due.
enum class Turn {
    in_order,  ///< one job after the other, as they are listed
    beside,    ///< only while a job takes so long that the others should not wait for it
};

/// Runs jobs when they are due. What is due when stands in the file (dreams_jobs), so that a run
/// that was missed while no program ran is made up, once, however many were missed; one that was
/// killed too. Each is done under a lease: two programs on one file, or two threads, never do the
/// same together. One that finds another at its work (it is busy), or says that
/// another try is worth it, is due again in minutes, half a day long at most.
class Timetable {
public:
    /// `open` gives a connection of its own. `jitter`: a run is due up to so much later than its
    /// schedule says, each at a moment of its own, so that not everybody asks a service at once.
    Timetable(std::function<Db()> open, std::vector<Scheduled> jobs, Zone zone, Clock& clock,
              std::chrono::seconds jitter);

    /// Brings the file's timetable in line with `jobs`: what is new is due at its next time; so is
    /// what has another schedule, or waits for a time that its schedule does not have (the zone is
    /// another, or the clock was wrong when it was planned). Call it before do_what_is_due().
    void plan();
    /// Does everything that is due, one after the other; what waits for a wrong time gets its next.
    /// How many were done.
    int do_what_is_due(Turn turn = Turn::in_order);
    /// Does one job now, due or not, and plans no other. Throws Error{not_found}: there is no such
    /// job; Error{conflict}: it is under way elsewhere.
    JobReport do_now(const std::string& name);
    /// Goes on until it is asked to stop; looks what is due every few seconds. A second thread may
    /// go on with the other turn.
    void go_on(const std::stop_token& stop, Turn turn = Turn::in_order);

private:
    Instant with_jitter(const Scheduled& job, Instant time) const;
    std::optional<Instant> due_after(const Scheduled& job, Instant now) const;
    bool is_due(const TimedJob& state, Instant now) const;
    bool waits_for_its_time(const Scheduled& job, const TimedJob& state, Instant now) const;
    bool is_anyone_long_at_work(Db& db) const;
    void plan(Db& db, const Scheduled& job);
    void try_again(TimedJob& state) const;
    JobReport carry_out(Db& db, const Scheduled& job);
    bool do_if_due(Db& db, const Scheduled& job);

    const std::function<Db()> open_;
    const std::vector<Scheduled> jobs_;
    const Zone zone_;
    Clock& clock_;
    const std::chrono::seconds jitter_;
};

/// Whether the job waits for a time later than its next: it was planned by a clock that was ahead.
bool sleeps_too_long(const TimedJob& job, const Zone& zone, std::chrono::seconds jitter,
                     Instant now);

}  // namespace dreams::jobs
