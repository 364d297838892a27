#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "cli/context.h"
#include "jobs/timetable.h"
#include "store/dictionary.h"

namespace dreams::cli {

/// The jobs of the settings `jobs.*`, those that are off too. Keeps a reference to `context`.
/// Throws Error{invalid}: a schedule that is none.
std::vector<jobs::Scheduled> scheduled_jobs(const Context& context);

/// The timetable of the settings `jobs.*`, not planned yet. Keeps a reference to `context`. Throws
/// Error{invalid}: a schedule that is none.
jobs::Timetable timetable_of(const Context& context);

/// By how much a job may be later than its schedule says.
std::chrono::seconds jitter_of(const Context& context);

/// What the data dictionary says of jobs: the settings `jobs.*`, of both environments, and of each
/// what it lacks.
std::vector<store::DictionaryJob> dictionary_jobs(const Context& context);

/// Where rows come from: what the jobs bring, and when; then what people and other programs bring.
std::vector<store::DataFlow> data_flows(const Context& context);

/// `prd` → `PRD`.
std::string environment_name(const std::string& environment);

/// The timetable beside something else that goes on: two threads of its own, as long as this
/// stands: one goes through the jobs in order, one does the others while a job takes long.
/// At the end a job under way has five seconds; one that takes longer is left to the next program,
/// as when the power fails: then the process ends with it.
class BesideTimetable {
public:
    explicit BesideTimetable(const Context& context);
    BesideTimetable(const BesideTimetable&) = delete;
    BesideTimetable& operator=(const BesideTimetable&) = delete;
    ~BesideTimetable();

private:
    struct Shared;
    std::shared_ptr<Shared> shared_;
    std::vector<std::jthread> threads_;
};

}  // namespace dreams::cli
