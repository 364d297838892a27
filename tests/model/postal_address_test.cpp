#include "model/postal_address.h"

#include <gtest/gtest.h>

namespace dreams {
namespace {

TEST(PostalAddress, IsReadFromOneLine) {
    EXPECT_EQ(postal_address("31 Wayehutta Rd, Cullowhee, NC 28723"),
              (PostalAddress{"31 Wayehutta Rd", "Cullowhee", "NC", "28723"}));
    EXPECT_EQ(postal_address(" 12 Elm St , Unit 3, St. Paul , NC  28723-1234 "),
              (PostalAddress{"12 Elm St , Unit 3", "St. Paul", "NC", "28723-1234"}));
    EXPECT_EQ(postal_address("12 Elm St, Asheville, NC"),
              (PostalAddress{"12 Elm St", "Asheville", "NC", ""}));
}

TEST(PostalAddress, IsNoneWhereTheLineIsWrittenOtherwise) {
    for (const auto* line :
         {"", ",", ",,", "12 Elm St", "12 Elm St, Asheville", "12 Elm St, Unit 3, NC 28723",
          "12 Elm St, Asheville, North Carolina", "12 Elm St, Asheville, nc 28723",
          "12 Elm St, Asheville, NC 2872", "12 Elm St, Asheville, NC 28723 USA", ", Asheville, NC",
          "12 Elm St, , NC 28723"})
        EXPECT_EQ(postal_address(line), std::nullopt) << line;
}

}  // namespace
}  // namespace dreams
