#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "base/time.h"

namespace dreams::store {

/// Says that the holder of a lease lives, beside the work: a backup over a slow line takes an hour
/// without a commit, and whoever cannot see this process has nothing else to go by. Through a
/// connection of its own, a moment at a time: where somebody writes just then it gives way, and
/// tries again soon.
class LeaseRenewal {
public:
    /// `path`: the file; `now`: when the lease was taken. What is said is that, and as much as the
    /// machine's clock has moved since.
    LeaseRenewal(std::string path, std::string job, std::string holder, Instant now,
                 std::chrono::milliseconds every = std::chrono::minutes{1});
    LeaseRenewal(const LeaseRenewal&) = delete;
    LeaseRenewal& operator=(const LeaseRenewal&) = delete;
    ~LeaseRenewal();

private:
    void go_on(const std::stop_token& stop);
    bool renew() const;

    const std::string path_, job_, holder_;
    const Instant taken_at_;
    const std::chrono::system_clock::time_point began_ = std::chrono::system_clock::now();
    const std::chrono::milliseconds every_;
    std::mutex mutex_;
    std::condition_variable_any ended_;
    std::jthread thread_;  ///< the last: it uses the others
};

}  // namespace dreams::store
