#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "model/asked_minute.h"

namespace dreams::sources {

/// At most so much within a window.
struct AskLimit {
    std::chrono::seconds window;
    std::int64_t requests;
    std::int64_t bytes = 0;  ///< 0: as many as come
};

/// How often the service was asked before, and where that is kept: its limits go on counting when
/// the program ends.
struct AskedBefore {
    std::vector<AskedMinute> minutes;  ///< of the last 24 hours, the oldest first
    std::function<void(const AskedMinute&)> add = [](const AskedMinute&) {};
    /// It turned us away: not to be asked before, and what it said.
    std::optional<Instant> closed_until = {};
    std::string closed_why = {};
    std::function<void(Instant until, const std::string& why)> close = [](Instant,
                                                                          const std::string&) {};
};

/// Keeps within limits by the hour and the day, counted by the minute and across restarts.
class AskBudget {
public:
    using Waits = std::function<void(std::chrono::seconds, std::string_view why)>;
    /// `who`: the service's name in sentences.
    AskBudget(std::string who, std::vector<AskLimit> limits, AskedBefore before, Clock& clock,
              Waits waits);

    /// Waits for room, a minute at most. Throws Error{unavailable}: it would take longer, or the
    /// service has turned us away; the sentence says when to come again.
    void wait_for_room();
    /// The service turned us away, in its words: it is not asked again for an hour, by later
    /// programs neither. Throws the Error{unavailable} that wait_for_room throws from now on.
    [[noreturn]] void turned_away(const std::string& why);
    void sent();                        ///< a request goes out
    void received(std::int64_t bytes);  ///< and what came back

private:
    Instant now() const;
    std::chrono::seconds until_room(const AskLimit& limit) const;
    void add(std::int64_t requests, std::int64_t bytes);
    Error closed() const;

    const std::string who_;
    const std::vector<AskLimit> limits_;
    std::deque<AskedMinute> minutes_;
    const std::function<void(const AskedMinute&)> add_;
    std::optional<Instant> closed_until_;
    std::string closed_why_;
    const std::function<void(Instant, const std::string&)> close_;
    Clock& clock_;
    const Waits waits_;
    const Instant began_;
    const std::chrono::steady_clock::duration began_ticks_;
};

}  // namespace dreams::sources
