#include "base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <new>

namespace dreams {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Error, IsToldByItsOwnSentence) {
    EXPECT_EQ(sentence_of(Error(Fault::invalid, "there is no such day")), "there is no such day");
}

TEST(Error, OfTheDiskIsToldWithTheFile) {
    try {
        FAIL() << "of so many bytes: " << std::filesystem::file_size("/nowhere/dreams.db");
    } catch (const std::exception& failure) {
        EXPECT_THAT(sentence_of(failure),
                    AllOf(StartsWith("/nowhere/dreams.db cannot be reached"),
                          HasSubstr("No such file"), Not(HasSubstr("wrong"))));
    }
}

TEST(Error, OfMemoryIsToldAsThat) {
    EXPECT_THAT(sentence_of(std::bad_alloc()), HasSubstr("not enough memory"));
}

TEST(Error, ThatNobodyExpectedSaysSo) {
    EXPECT_EQ(sentence_of(std::out_of_range("map::at")), "something went wrong here: map::at");
}

}  // namespace
}  // namespace dreams
