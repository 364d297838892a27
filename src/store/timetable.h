#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "model/timed_job.h"

namespace dreams::store {

/// The timetable, in the order of names.
std::vector<TimedJob> timed_jobs(Db& db);
std::optional<TimedJob> timed_job(Db& db, const std::string& name);

/// What the lease of a job of the timetable is called.
std::string lease_of_job(const std::string& name);

/// Writes the job as it stands. A commit of its own, unless the caller has one.
void keep_timed_job(Db& db, const TimedJob& job);

/// The job is due now, whatever its schedule says. Throws Error{not_found}: there is no such job;
/// Error{conflict}: it is not set up, and why.
void ask_for_job(Db& db, const std::string& name, Instant now);

}  // namespace dreams::store
