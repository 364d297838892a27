#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
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
    /// Told of each wait of a second or more, and why: for a person in front of a terminal.
    std::function<void(std::chrono::seconds, std::string_view why)> waits;
};

/// One pace for all requests to one service, shared by every thread that asks it.
///
/// Keeps within the service's own limits, read from its `X-RateLimit-Limit`, `-Remaining`,
/// `-Window` and `-Context` (fub-api §15): a sliding window per context. Waits before a request
/// rather than be refused; obeys Retry-After in seconds or as a date, bounded; tries 429, 5xx and
/// unanswered requests again with growing, jittered pauses; never 400, 401, 403, 404.
class Pace {
public:
    struct Limits {
        int requests = 125;  ///< a window, until the service says otherwise
        std::chrono::seconds window{10};
    };
    /// `expected`: what each context is taken to allow before its first answer says so.
    Pace(Network network, Clock& clock, std::map<std::string, Limits> expected,
         Patience patience = {});

    /// Asks in `context` (the name the service uses), waiting as needed. Returns any answer that
    /// is final: 2xx, 3xx, 4xx but 429. Throws Error{unavailable} when patience ends.
    Answer ask(const std::string& context, const Ask& ask);

    int requests() const;  ///< how many went out, repeats included

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace dreams::http
