#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"

namespace dreams {

/// When something is due, as crontab(5) says it: `minute hour day month weekday`, each `*` or a
/// list of numbers and ranges with steps (`0,30`, `9-17`, `*/15`, `8-18/2`); months and weekdays by
/// their English names too, Sunday is 0 and 7. Days of the month and weekdays that are both
/// restricted are due on either.
///
/// Where the clocks change, what names its hours is due once: a time that is leapt over when they
/// leap, one that comes twice the first time. What is due every hour (`*`) follows the clock.
class Cron {
public:
    /// Throws Error{invalid}: not such a text, or a day that never comes (30 February).
    explicit Cron(std::string text);

    const std::string& text() const { return text_; }
    /// `06:30, 18:30 daily`, `every 30 minutes`; what is not so simple is its text.
    std::string in_words() const;

    Instant next(Instant after, const Zone& zone) const;  ///< the first later than `after`

private:
    bool due_on(Date date) const;
    std::optional<Instant> first_of(Date date, Instant after, const Zone& zone) const;

    std::string text_;
    std::uint64_t minutes_ = 0, hours_ = 0, days_ = 0, months_ = 0, weekdays_ = 0;  ///< a bit each
    bool every_hour_ = false, either_day_ = false;
};

}  // namespace dreams
