#include "bench/measure.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/serve.h"
#include "bench/caller.h"

namespace dreams::bench {
namespace {

constexpr double drive_seconds = 1;

/// The middle one of several drives by what 99 of 100 answers took, its three figures together; the
/// first of all warms up and does not count.
Pace middle_drive(int port, const std::vector<std::string>& paths, int runs) {
    drive(port, paths, drive_seconds / 4);
    std::vector<Pace> drives;
    for (int run = 0; run < runs; ++run) drives.push_back(drive(port, paths, drive_seconds));
    std::ranges::sort(drives, {}, &Pace::nearly_all);
    return drives[drives.size() / 2];
}

/// What the same server gives the same callers when the page is ready-made.
double ready_made(std::size_t bytes, int runs) {
    const std::string body(bytes, 'x');
    const http::Server server({}, [&](const http::Request&) {
        return http::Response{.headers = {{"Content-Type", "text/html"}}, .body = body};
    });
    return middle_drive(server.port(), {"/"}, runs).per_second;
}

}  // namespace

void measure(const Page& page, int port, int runs, double most_seconds, Table& table) {
    std::size_t bytes = 0;
    {
        Caller caller(port);
        for (const auto& path : page.paths) bytes += caller.get(path).size();
    }
    const Pace pace = middle_drive(port, page.paths, runs);
    const double limit = ready_made(bytes / page.paths.size(), runs);
    table.add({page.name,
               rate(pace.per_second, "") + ", p50 " + milliseconds(pace.half) + ", p99 " +
                   milliseconds(pace.nearly_all),
               rate(limit, ""), pace.per_second / limit,
               fmt::format("p99 < {:.0f} ms", most_seconds * 1000),
               pace.nearly_all < most_seconds});
}

}  // namespace dreams::bench
