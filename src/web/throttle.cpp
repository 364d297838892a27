#include "web/throttle.h"

#include <algorithm>
#include <cmath>

namespace dreams::web {
namespace {

constexpr std::size_t most_callers = 4096;  ///< remembered; the quiet ones are forgotten first

}  // namespace

double Throttle::filled(const Bucket& bucket, Ticks now) const {
    const double seconds = std::chrono::duration<double>(now - bucket.at).count();
    return std::min(at_once_, bucket.left + std::max(0.0, seconds) * per_second_);
}

void Throttle::forget_the_quiet(Ticks now) {
    std::erase_if(buckets_, [&](const auto& each) { return filled(each.second, now) >= at_once_; });
    if (buckets_.size() >= most_callers) buckets_.erase(buckets_.begin());
}

std::optional<std::chrono::seconds> Throttle::refuse(const std::string& who, Ticks now) {
    const std::lock_guard lock(guard_);
    if (buckets_.size() >= most_callers && !buckets_.contains(who)) forget_the_quiet(now);
    auto& bucket = buckets_.try_emplace(who, Bucket{at_once_, now}).first->second;
    bucket = {filled(bucket, now), now};
    if (bucket.left >= 1) {
        bucket.left -= 1;
        return std::nullopt;
    }
    const auto wait = std::ceil((1 - bucket.left) / per_second_);
    return std::chrono::seconds(std::max<long>(1, std::lround(wait)));
}

}  // namespace dreams::web
