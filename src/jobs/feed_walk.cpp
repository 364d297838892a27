#include "jobs/feed_walk.h"

#include <iterator>

#include "base/error.h"

namespace dreams::jobs {
namespace {

constexpr std::int64_t empty_pages_borne = 20;  // services do send some: what was filtered away

}  // namespace

void FeedWalk::met(const sources::ResoPage& page) {
    empty_ = page.rows == 0 ? empty_ + 1 : 0;
    brought_a_row_ = page.rows == 0;
    for (const auto& [listing, said] : page.listings) {
        const auto stamp = listing.modified_at ? to_text(*listing.modified_at) : "";
        if (rows_.insert(listing.key + " " + stamp).second) brought_a_row_ = true;
        again_ = keys_.insert(listing.key).second ? 0 : again_ + 1;
    }
    for (const auto& row : page.unreadable)
        if (rows_.insert(row.id + " " + row.raw).second) brought_a_row_ = true;
}

void FeedWalk::go_on(const std::string& next) {
    const auto nowhere = [&](const std::string& why) {
        return Error(Fault::unavailable, name_ + " " + why);
    };
    if (!next.empty() && !followed_.insert(next).second) throw nowhere("leads in a circle");
    if (empty_ >= empty_pages_borne)
        throw nowhere("sent " + std::to_string(empty_) + " pages in a row without a listing");
    if (!brought_a_row_)
        throw nowhere("sends the same listings again instead of those that follow");
    // What is changed during a walk comes once more at its end; everything twice is no end.
    if (again_ > 2 * std::ssize(keys_))
        throw nowhere("sends the listings it sent before, and no end");
}

}  // namespace dreams::jobs
