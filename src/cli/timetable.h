#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"
#include "jobs/timetable.h"

namespace dreams::cli {

/// What the timetable knows: a job, what the data dictionary calls it, its schedule's setting, and
/// what has to be set for it, with what that is called; what it reads, by which command, into which
/// tables (empty: it brings no rows).
struct KnownJob {
    std::string_view name, title, setting, needs, thing;
    jobs::JobReport (*run)(const Context&, Db&);
    /// Which settings it lacks, where more than one would do; empty: none.
    std::string (*lacks)(const Context&) = nullptr;
    std::string_view source = "", command = "", tables = "";
};

/// Every job there is, set up or not, in the order in which they are done.
std::span<const KnownJob> known_jobs();

/// `prd: 0 11 * * *`: where a job runs, and when, in large letters or small.
struct ScheduleSetting {
    std::string environment;  ///< empty: in both
    std::string schedule;     ///< empty: never
};

/// What the job's setting says; `schedule` is empty where it says `off`.
ScheduleSetting schedule_of(const Context& context, const KnownJob& job);

/// The settings without which the job cannot run; empty: none.
std::string lacking(const Context& context, const KnownJob& job);

/// The jobs of the settings `jobs.*`, those that are off too. Keeps a reference to `context`.
/// Throws Error{invalid}: a schedule that is none.
std::vector<jobs::Scheduled> scheduled_jobs(const Context& context);

/// The timetable of the settings `jobs.*`, not planned yet. Keeps a reference to `context`. Throws
/// Error{invalid}: a schedule that is none.
jobs::Timetable timetable_of(const Context& context);

/// By how much a job may be later than its schedule says.
std::chrono::seconds jitter_of(const Context& context);

}  // namespace dreams::cli
