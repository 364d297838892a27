#include "sim/fub/limits.h"

#include <algorithm>

namespace dreams::sim {

std::string rate_context(const std::string& method, const std::string& endpoint) {
    if (endpoint == "events") return method == "POST" ? "POST.events" : "events";
    if (endpoint == "notes") return "notes";
    if (endpoint == "people" && method == "PUT") return "PUT.people";
    return "global";
}

int RateLimits::limit_of(const std::string& context, bool registered) const {
    if (const auto own = changed_.find(context); own != changed_.end()) return own->second;
    if (context == "events") return registered ? 20 : 10;
    if (context == "notes") return 10;
    if (context == "PUT.people") return 25;
    if (context == "POST.events") return 1'000'000;  // "unlimited", within reason
    return registered ? 250 : 125;
}

RateLimits::Verdict RateLimits::ask(const std::string& context, bool registered, Ticks now) {
    auto& asked = asked_[{context, registered}];
    while (!asked.empty() && asked.front() <= now - window) asked.pop_front();
    const int limit = limit_of(context, registered), used = static_cast<int>(asked.size());
    Verdict verdict{.allowed = used < limit, .limit = limit, .context = context};
    if (verdict.allowed) {
        asked.push_back(now);
        verdict.remaining = limit - used - 1;
    } else {
        // Free again when so many have left the window that fewer than `limit` are in it.
        const auto waits_for = static_cast<std::size_t>(limit <= 0 ? used - 1 : used - limit);
        const auto wait = asked.empty() ? window : asked[waits_for] + window - now;
        verdict.retry_after = std::clamp(std::chrono::ceil<std::chrono::seconds>(wait),
                                         std::chrono::seconds{1}, std::chrono::seconds{window});
    }
    return verdict;
}

void RateLimits::spend(const std::string& context, int requests, Ticks now) {
    for (const bool registered : {true, false})
        asked_[{context, registered}].insert(asked_[{context, registered}].end(),
                                             static_cast<std::size_t>(requests), now);
}

http::Headers RateLimits::Verdict::headers() const {
    return {{"X-RateLimit-Limit", std::to_string(limit)},
            {"X-RateLimit-Remaining", std::to_string(remaining)},
            {"X-RateLimit-Window", std::to_string(window.count())},
            {"X-RateLimit-Context", context}};
}

}  // namespace dreams::sim
