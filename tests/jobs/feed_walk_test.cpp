// A walk through a feed notices when it comes to no end.

#include "jobs/feed_walk.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/database.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;
using test::monday;

TEST(FeedWalk, WhatIsChangedMeanwhileComesTwiceAndThatIsNoCircle) {
    FeedWalk walk("the MLS");
    const auto page = [](std::initializer_list<const char*> keys, Instant modified) {
        sources::ResoPage result{.rows = std::ssize(keys)};
        for (const auto* key : keys)
            result.listings.push_back(
                {.listing = {.key = key, .modified_at = modified}, .said = {}});
        return result;
    };
    walk.met(page({"a", "b"}, monday));
    walk.go_on("1");
    walk.met(page({"b"}, monday + 1s));
    walk.go_on("2");
    walk.met(page({}, monday));
    walk.go_on("3");
    walk.met(page({"b"}, monday + 1s));
    EXPECT_THROW(walk.go_on("4"), Error) << "the very same row";
    walk.ask_anew();
    walk.met(page({"b"}, monday + 1s));
    walk.go_on("5");
    walk.met(page({"a"}, monday + 2s));
    walk.go_on("");
    walk.met(page({"a"}, monday + 3s));
    EXPECT_THROW(walk.go_on(""), Error) << "everything twice, and no end";
    EXPECT_THROW(walk.go_on("1"), Error) << "it was there";
}

TEST(FeedWalk, SomePagesWithoutARowAreNoEndTwentyAre) {
    FeedWalk walk("the MLS");
    for (int page = 1; page < 20; ++page) {
        walk.met({});
        walk.go_on(std::to_string(page));
    }
    walk.met({});
    EXPECT_THROW(walk.go_on("20"), Error);
}

TEST(FeedWalk, RowsThatCannotBeReadAreRowsToo) {
    FeedWalk walk("the MLS");
    const auto page = [](const std::string& raw) {
        return sources::ResoPage{.unreadable = {{"listing without a key", "no key", raw}},
                                 .rows = 1};
    };
    walk.met(page("{1}"));
    walk.go_on("");
    walk.met(page("{2}"));
    walk.go_on("");
    walk.met(page("{2}"));
    EXPECT_THROW(walk.go_on(""), Error);
}

}  // namespace
}  // namespace dreams::jobs
