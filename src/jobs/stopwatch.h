#pragma once

#include <chrono>

namespace dreams::jobs {

/// Seconds from lap to lap: what a report says of the work, never what the work depends on.
class Stopwatch {
public:
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const double seconds = std::chrono::duration<double>(now - last_).count();
        last_ = now;
        return seconds;
    }

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace dreams::jobs
