#include <algorithm>
#include <array>
#include <iterator>

#include "jobs/sync_idx.h"

namespace dreams::jobs {

using std::chrono::hours;

Instant next_visit(IdxVerdict verdict, const std::string& status, std::int64_t looks,
                   std::int64_t in_a_row, Instant now) {
    constexpr std::array missing_days{1, 3, 7, 30};
    constexpr std::array gone_days{7, 30, 90};
    const auto step = [&](const auto& days) {
        const auto last = std::ssize(days) - 1;
        const auto at = std::clamp<std::int64_t>(in_a_row - 1, 0, last);
        return now + hours{24} * days[static_cast<std::size_t>(at)];
    };
    switch (verdict) {
        case IdxVerdict::not_found:
        case IdxVerdict::unclear:
            return step(missing_days);
        case IdxVerdict::gone:
            return step(gone_days);
        case IdxVerdict::found:
            break;
    }
    if (status == "Sold") return now + hours{60 * 24};
    return now + (looks > 0 ? hours{20} : hours{6 * 24});
}

}  // namespace dreams::jobs
