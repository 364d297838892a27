#include "base/secret.h"

#include <gtest/gtest.h>

#include <string>

namespace dreams {
namespace {

TEST(SameSecret, IsTrueForTheSecretAndNothingElse) {
    EXPECT_TRUE(same_secret("k-3f9a", "k-3f9a"));
    for (const auto* other : {"", "k", "k-3f9", "k-3f9b", "K-3f9a", "k-3f9aa", "k-3f9ak-3f9a"})
        EXPECT_FALSE(same_secret(other, "k-3f9a")) << other;
    EXPECT_FALSE(same_secret(std::string("k-3f9a\0", 7), "k-3f9a"));
}

TEST(SameSecret, IsNeverTrueWhereThereIsNone) {
    EXPECT_FALSE(same_secret("", ""));
    EXPECT_FALSE(same_secret("anything", ""));
}

}  // namespace
}  // namespace dreams
