#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/http.h"
#include "base/time.h"

namespace dreams::http {

/// How patient a Pace is.
struct Patience {
    int tries = 5;                             ///< in all, for one request
    std::chrono::seconds longest_wait{60};     ///< for one wait, whatever Retry-After says
    std::chrono::seconds longest_in_all{600};  ///< all waits for one request together
    std::uint64_t seed = 1;                    ///< of the jitter: the same seed, the same pauses
    /// Which refusals (429) and failures (5xx) are answers like others, not to be tried again: for
    /// who has to stop at them. Empty: none is.
    std::function<bool(const Answer&)> takes = {};
    /// Told of each wait of a second or more, and why: for a person in front of a terminal.
    std::function<void(std::chrono::seconds, std::string_view why)> waits;
};

/// Whether doing a request twice does no more than doing it once.
enum class Twice {
    by_method,  ///< as RFC 9110 §9.2.2 has it: not for POST and PATCH
    harmless,   ///< a POST that only asks, a PATCH that puts values in their places
};

/// One pace for all requests to one service, shared by every thread that asks it.
///
/// Keeps within the service's own limits, read from its `X-RateLimit-Limit`, `-Remaining`,
/// `-Window` and `-Context` (fub-api §15): a sliding window per context. When the service counts a
/// request is not known, only that it does between our sending and its answer; so a place in the
/// window is taken from the sending until a window's length after the answer. What `-Remaining`
/// says others have used is taken too. Waits before a request rather than be refused.
///
/// Tries again, with growing, jittered pauses: 429 (obeying Retry-After in seconds or as a date,
/// bounded, for all who ask in that context), and 5xx and unanswered requests, but for a POST or
/// PATCH, which may have been carried out, unless the caller says otherwise. Never 400, 401, 403,
/// 404.
///
/// Sleeps on the clock alone, and in no lock: several threads may ask, if clock and network allow.
class Pace {
public:
    struct Limits {
        int requests = 125;  ///< a window, until the service says otherwise
        std::chrono::milliseconds window{10'000};
        /// Up to so much more, drawn anew for each request.
        std::chrono::milliseconds jitter{0};
        /// The limits are our own: what answers say of limits changes nothing.
        bool ours = false;
    };
    /// `expected`: what each context is taken to allow before its first answer says so.
    Pace(Network network, Clock& clock, std::map<std::string, Limits> expected,
         Patience patience = {});

    /// Asks in `context` (the name the service uses), waiting as needed. Returns any answer that
    /// is final: 2xx, 3xx, 4xx but 429. Throws Error{unavailable} when patience ends; TooLarge
    /// and any other Error of the network at once.
    Answer ask(const std::string& context, const Ask& ask, Twice twice = Twice::by_method);

    int requests() const;  ///< how many went out, repeats included

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace dreams::http
