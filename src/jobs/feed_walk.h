#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>

#include "sources/reso.h"

namespace dreams::jobs {

/// Notices that a feed does not come to an end: that it leads in a circle, sends the same listings
/// whatever is asked, or page after page without any. One for each walk.
class FeedWalk {
public:
    /// `name`: what the feed is called in sentences.
    explicit FeedWalk(std::string name) : name_(std::move(name)) {}

    void met(const sources::ResoPage& page);
    /// The page that was met last is not the end. `next`: where the service says that it goes on;
    /// empty: it does not say. Throws Error{unavailable}: that leads nowhere.
    void go_on(const std::string& next);
    /// It asks anew, from a later moment on: rows may come again.
    void ask_anew() { rows_.clear(); }

private:
    std::string name_;
    std::unordered_set<std::string> followed_;
    std::unordered_set<std::string> rows_;  ///< key and when it was changed, since it asked anew
    std::unordered_set<std::string> keys_;
    bool brought_a_row_ = true;  ///< the last page, that had not come before, or it had none at all
    std::int64_t empty_ = 0;     ///< pages in a row
    std::int64_t again_ = 0;     ///< rows in a row whose listing was met before
};

}  // namespace dreams::jobs
