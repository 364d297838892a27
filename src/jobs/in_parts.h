#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <thread>
#include <vector>

namespace dreams::jobs {

/// How work is dealt out: below `least` pieces a thread costs more than it gains; each thread takes
/// so many at a time.
struct Parts {
    std::size_t least, each;
};

/// Calls `work(i)` for 0 … count − 1, on every processor; this thread calls `meanwhile` first and
/// then helps. For pieces of which none depends on another.
template <class Work, class Meanwhile>
void in_parts(std::size_t count, Parts parts, Work work, Meanwhile meanwhile) {
    const std::size_t threads = std::clamp<std::size_t>(
        count / parts.least, 1, std::max(1u, std::thread::hardware_concurrency()));
    std::atomic<std::size_t> begun = 0;
    const auto run = [&] {
        for (std::size_t from; (from = begun.fetch_add(parts.each)) < count;)
            for (std::size_t i = from; i < std::min(from + parts.each, count); ++i) work(i);
    };
    std::vector<std::future<void>> others;
    for (std::size_t n = 1; n < threads; ++n) others.push_back(std::async(std::launch::async, run));
    meanwhile();
    run();
    for (auto& other : others) other.get();
}

}  // namespace dreams::jobs
