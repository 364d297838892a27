#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace dreams::web {

/// What the dashboard counts of its own work. For several threads at once.
class Metrics {
public:
    void answered(int status, std::chrono::steady_clock::duration took);

    /// Requests by status, and how long they took, in Prometheus' text format.
    std::string text() const;

private:
    static constexpr std::array<double, 9> bounds{.001, .0025, .005, .01, .025, .05, .1, .5, 2.5};

    mutable std::mutex guard_;
    std::map<int, std::uint64_t> by_status_;
    std::array<std::uint64_t, bounds.size() + 1> by_time_{};  ///< the last: longer than all bounds
    double seconds_ = 0;
};

/// How much of this process lies in memory, in bytes.
std::uint64_t resident_bytes();

}  // namespace dreams::web
