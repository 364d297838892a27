#include "base/utf16.h"

#include <gtest/gtest.h>

namespace dreams::text {
namespace {

using std::string_literals::operator""s;

TEST(Utf16, IsReadInEitherOrderOfItsBytes) {
    EXPECT_EQ(from_utf16("\xFF\xFE"s + "a\0\xE9\0"s), "a\xC3\xA9");
    EXPECT_EQ(from_utf16("\xFE\xFF"s + "\0a\0\xE9"s), "a\xC3\xA9");
    EXPECT_EQ(from_utf16("\xFF\xFE\x3D\xD8\x00\xDE"s), "\xF0\x9F\x98\x80");
    EXPECT_EQ(from_utf16("\xFE\xFF\x20\xAC"s), "\xE2\x82\xAC");
}

TEST(Utf16, IsNoneWithoutAMarkAndWholeWithHalfAPair) {
    EXPECT_EQ(from_utf16("address,city"), std::nullopt);
    EXPECT_EQ(from_utf16(""), std::nullopt);
    EXPECT_EQ(from_utf16("\xFF\xFE"s), "");
    EXPECT_EQ(from_utf16("\xFF\xFE\x3D\xD8"s + "a\0"s),
              "\xEF\xBF\xBD"
              "a");
    EXPECT_EQ(from_utf16("\xFF\xFE"s + "a\0b"s), "a");
}

}  // namespace
}  // namespace dreams::text
