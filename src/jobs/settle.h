#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/home_news.h"
#include "model/property_change.h"

namespace dreams::jobs {

/// How long to wait for what may be taken back.
struct Patience {
    /// A home that moved this lately may move back: `$450,000`, a slip, `$450,000` again.
    std::chrono::hours to_settle{1};
    /// One that never comes to rest is told of after so long.
    std::chrono::hours at_most{24};
    /// A price that looks like a typo is mostly put right within this.
    std::chrono::hours with_typos{24};

    /// None: whatever there is is told of now.
    static constexpr Patience none() { return {{}, {}, {}}; }
};

/// What changes come to.
struct Settled {
    std::vector<HomeNews> news;        ///< one a home: the address, the moves and their changes
    std::vector<std::string> passed;   ///< ids of changes that come to nothing
    std::vector<std::string> waiting;  ///< ids of those that may yet come to something else
};

/// Whether a price that became another looks like a slip of a finger: five times, or a fifth.
bool looks_like_a_typo(double from, double to);

/// What the changes come to at `now`. All of one home and one type are one move, from where the
/// oldest began to where the newest ended: A to B to A is nothing, and so is a price that moved by
/// less than a thousandth. Every change is in exactly one of the three lists.
Settled settle(std::vector<PropertyChange> changes, Instant now, const Patience& patience = {});

}  // namespace dreams::jobs
