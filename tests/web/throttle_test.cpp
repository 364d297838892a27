#include "web/throttle.h"

#include <gtest/gtest.h>

namespace dreams::web {
namespace {

using namespace std::chrono_literals;

TEST(Throttle, LetsSoManyThroughAtOnceAndThenSoManyASecond) {
    Throttle throttle(3, 0.5);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(throttle.refuse("ana", 0s), std::nullopt);
    EXPECT_EQ(throttle.refuse("ana", 0s), 2s);
    EXPECT_EQ(throttle.refuse("ana", 1s), 1s);
    EXPECT_EQ(throttle.refuse("ana", 2s), std::nullopt);
    EXPECT_EQ(throttle.refuse("ana", 2s), 2s);
    EXPECT_EQ(throttle.refuse("bea", 2s), std::nullopt);
}

TEST(Throttle, ForgivesNoMoreThanItBeganWith) {
    Throttle throttle(2, 1);
    EXPECT_EQ(throttle.refuse("ana", 0s), std::nullopt);
    EXPECT_EQ(throttle.refuse("ana", 1h), std::nullopt);
    EXPECT_EQ(throttle.refuse("ana", 1h), std::nullopt);
    EXPECT_EQ(throttle.refuse("ana", 1h), 1s);
}

TEST(Throttle, RemembersACallerBesideTenThousandOthers) {
    Throttle throttle(1, 0.001);
    for (int i = 0; i < 10'000; ++i)
        EXPECT_EQ(throttle.refuse("caller" + std::to_string(i), 0s), std::nullopt);
    EXPECT_NE(throttle.refuse("caller9999", 0s), std::nullopt);
}

}  // namespace
}  // namespace dreams::web
