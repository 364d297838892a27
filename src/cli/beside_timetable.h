#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "cli/context.h"

namespace dreams::cli {

/// The timetable beside something else that goes on: two threads of its own, as long as this
/// stands: one goes through the jobs in order, one does the others while a job takes long.
/// At the end a job under way has five seconds; one that takes longer is left to the next program,
/// as when the power fails: then the process ends with it.
class BesideTimetable {
public:
    /// Keeps a reference to `context`. Throws Error{invalid}: a schedule that is none.
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
