#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace dreams::web {

/// How often somebody may do something: so many at once, and so many a second after that. For
/// several threads.
class Throttle {
public:
    using Ticks = std::chrono::steady_clock::duration;

    Throttle(double at_once, double per_second) : at_once_(at_once), per_second_(per_second) {}

    /// Counts one more of `who` at `now` (Clock::ticks). None: it may be done; else how long to
    /// wait first, at least a second.
    std::optional<std::chrono::seconds> refuse(const std::string& who, Ticks now);

private:
    struct Bucket {
        double left;
        Ticks at;
    };
    double filled(const Bucket& bucket, Ticks now) const;
    void forget_the_quiet(Ticks now);

    double at_once_, per_second_;
    std::mutex guard_;
    std::map<std::string, Bucket> buckets_;
};

}  // namespace dreams::web
