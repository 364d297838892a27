#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "base/time.h"

namespace dreams::sim {

/// So many requests in any window of that length.
class Budget {
public:
    Budget(int requests, std::chrono::seconds window) : requests_(requests), window_(window) {}

    /// Takes one. How long to wait for it instead; none: it was taken.
    std::optional<std::chrono::seconds> refused(const Clock& clock) {
        const auto now = clock.ticks();
        while (!taken_.empty() && now - taken_.front() >= window_) taken_.pop_front();
        if (static_cast<int>(taken_.size()) >= requests_)
            return std::chrono::ceil<std::chrono::seconds>(taken_.front() + window_ - now);
        taken_.push_back(now);
        return std::nullopt;
    }

private:
    int requests_;
    std::chrono::seconds window_;
    std::deque<std::chrono::steady_clock::duration> taken_;
};

}  // namespace dreams::sim
