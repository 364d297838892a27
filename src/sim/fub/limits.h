#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <string>

#include "base/http.h"

namespace dreams::sim {

/// FUB's rate limits (fub-api §15): a true sliding window of ten seconds per context, one for
/// requests with a valid system key and one for those without. A refused request is not counted.
class RateLimits {
public:
    using Ticks = std::chrono::steady_clock::duration;
    static constexpr std::chrono::seconds window{10};

    struct Verdict {
        bool allowed = true;
        int limit = 0, remaining = 0;
        std::chrono::seconds retry_after{0};  ///< 1 … 10 if refused
        std::string context;
        http::Headers headers() const;  ///< the four X-RateLimit fields
    };

    Verdict ask(const std::string& context, bool registered, Ticks now);
    void set(const std::string& context, int limit) { changed_[context] = limit; }
    /// Somebody else uses `requests` of both budgets.
    void spend(const std::string& context, int requests, Ticks now);

private:
    int limit_of(const std::string& context, bool registered) const;

    std::map<std::pair<std::string, bool>, std::deque<Ticks>> asked_;
    std::map<std::string, int> changed_;
};

/// Which context a request counts in; each in exactly one.
std::string rate_context(const std::string& method, const std::string& endpoint);

}  // namespace dreams::sim
