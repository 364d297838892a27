#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dreams {

/// A moment, UTC, whole seconds: what the file stores as `YYYY-MM-DDTHH:MM:SSZ`.
using Instant = std::chrono::sys_seconds;
/// A day of the office's calendar. A type of its own: no arithmetic mixes it with an Instant.
using Date = std::chrono::local_days;

std::string to_text(Instant instant);  ///< `2026-01-19T16:00:00Z`
std::string to_text(Date date);        ///< `2026-01-19`

/// Writes the twenty characters of `to_text(instant)` to `out`: for hot loops.
void write_instant(Instant instant, char out[20]);

/// Reads an instant that says its own zone: `…Z`, `…+00:00`, `…-05:00`; `T` or a blank between,
/// fractions cut off. None: it is not such a text (a text without a zone included).
std::optional<Instant> instant_from(std::string_view text);

/// Reads `YYYY-MM-DD`. None: not such a text, or no such day.
std::optional<Date> date_from(std::string_view text);

/// A place's clock: which calendar day an instant falls on there. Throws Error{invalid} for a
/// name that the IANA database does not hold.
class Zone {
public:
    explicit Zone(std::string name);
    const std::string& name() const { return name_; }
    Date date_of(Instant instant) const;
    Instant start_of(Date date) const;  ///< its first instant; days of 23 and 25 hours are right
    /// Reads a wall-clock text without a zone, `2026-01-19[T ]16:00:00[.ffffff]`, as of this place.
    std::optional<Instant> instant_from_local(std::string_view text) const;
    /// When the clocks there show that time. `again`: a second time, the hour being repeated. A
    /// time that they leap over counts as shown when they leap.
    struct Shown {
        Instant first;
        std::optional<Instant> again;
        bool leapt_over = false;
    };
    Shown shown(std::chrono::local_seconds wall) const;
    std::string to_local_text(Instant instant) const;  ///< `2026-01-19 11:00`, for people's eyes

private:
    std::string name_;
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

/// Where time comes from. Only main, the timetable, the web server and the pace of requests ask;
/// everything else is told the time as an argument.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;                                ///< the wall
    virtual std::chrono::steady_clock::duration ticks() const = 0;  ///< monotonic, for intervals
    virtual void sleep(std::chrono::steady_clock::duration how_long) = 0;
};

/// The machine's own clock; with `fixed`, its wall stands still there (`DREAMS_NOW`).
std::unique_ptr<Clock> system_clock(std::optional<Instant> fixed = {});

/// The machine's clock, but `speed` times as fast: the demo's, where a simulated service and its
/// client agree that ten seconds pass in a tenth of one.
std::unique_ptr<Clock> hurried_clock(double speed, std::optional<Instant> fixed = {});

/// A clock that only moves when told to, or slept on: for tests.
class ManualClock : public Clock {
public:
    explicit ManualClock(Instant start) : start_(start) {}
    Instant now() const override {
        return start_ + std::chrono::floor<std::chrono::seconds>(ticks_);
    }
    std::chrono::steady_clock::duration ticks() const override { return ticks_; }
    void sleep(std::chrono::steady_clock::duration how_long) override { ticks_ += how_long; }

private:
    Instant start_;
    std::chrono::steady_clock::duration ticks_{};
};

}  // namespace dreams
