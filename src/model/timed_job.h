#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/record.h"
#include "base/time.h"

namespace dreams {

/// How a job of the timetable ended.
enum class JobEnd : std::uint8_t {
    done,
    partial,  ///< done, but some records were refused
    failed,
    busy,  ///< somebody else was doing it
};

template <>
struct Words<JobEnd> {
    static constexpr std::array<std::pair<JobEnd, std::string_view>, 4> list{
        {{JobEnd::done, "done"},
         {JobEnd::partial, "partial"},
         {JobEnd::failed, "failed"},
         {JobEnd::busy, "busy"}}};
};

/// A row of `dreams_jobs`: a job of the timetable, when it is due, and what came of it last.
struct TimedJob {
    std::string name;
    std::string schedule;                ///< as cron has it; empty: it is off
    std::optional<std::string> why_off;  ///< in words
    std::optional<Instant> due_at;       ///< none: never
    std::optional<Instant> was_due_at;   ///< what began last was due then; none: it was asked for
    std::optional<Instant> started_at, ended_at;
    std::optional<JobEnd> outcome;
    std::optional<std::string> sentence;
    /// Since when it is tried again every few minutes: another was at its work, or nobody took what
    /// it had to say. None: it is not.
    std::optional<Instant> again_since;

    static constexpr auto columns() {
        return Columns{
            Column{"name", &TimedJob::name},
            Column{"schedule", &TimedJob::schedule},
            Column{"why_off", &TimedJob::why_off},
            Column{"due_at", &TimedJob::due_at},
            Column{"was_due_at", &TimedJob::was_due_at},
            Column{"started_at", &TimedJob::started_at},
            Column{"ended_at", &TimedJob::ended_at},
            Column{"outcome", &TimedJob::outcome},
            Column{"sentence", &TimedJob::sentence},
            Column{"again_since", &TimedJob::again_since},
        };
    }

    /// It began and did not end: it runs, or was killed.
    bool is_open() const { return started_at && !ended_at; }

    /// The last run came so late that no program can have been there when it was due: it was made
    /// up. Ten minutes, since jobs wait for one another.
    bool was_made_up() const {
        return was_due_at && started_at && *started_at - *was_due_at > std::chrono::minutes{10};
    }
};

}  // namespace dreams
