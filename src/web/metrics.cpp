#include "web/metrics.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace dreams::web {

void Metrics::answered(int status, std::chrono::steady_clock::duration took) {
    const double seconds = std::chrono::duration<double>(took).count();
    const auto bucket =
        static_cast<std::size_t>(std::ranges::lower_bound(bounds, seconds) - bounds.begin());
    const std::lock_guard lock(guard_);
    ++by_status_[status];
    ++by_time_[bucket];
    seconds_ += seconds;
}

std::string Metrics::text() const {
    const std::lock_guard lock(guard_);
    std::string text =
        "# HELP dreams_http_requests_total Requests answered, by status.\n"
        "# TYPE dreams_http_requests_total counter\n";
    const auto out = std::back_inserter(text);
    for (const auto& [status, count] : by_status_)
        fmt::format_to(out, "dreams_http_requests_total{{status=\"{}\"}} {}\n", status, count);
    text +=
        "# HELP dreams_http_request_duration_seconds Time to answer a request.\n"
        "# TYPE dreams_http_request_duration_seconds histogram\n";
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i)
        fmt::format_to(out, "dreams_http_request_duration_seconds_bucket{{le=\"{}\"}} {}\n",
                       bounds[i], so_far += by_time_[i]);
    so_far += by_time_.back();
    fmt::format_to(out,
                   "dreams_http_request_duration_seconds_bucket{{le=\"+Inf\"}} {}\n"
                   "dreams_http_request_duration_seconds_sum {}\n"
                   "dreams_http_request_duration_seconds_count {}\n",
                   so_far, seconds_, so_far);
    return text;
}

std::uint64_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");  // size and resident, in pages
    std::uint64_t size = 0, resident = 0;
    statm >> size >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace dreams::web
