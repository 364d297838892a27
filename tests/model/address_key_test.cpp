#include "model/address_key.h"

#include <gtest/gtest.h>

namespace dreams {
namespace {

TEST(AddressKey, MeetsTwoWaysOfWritingOneStreet) {
    for (const auto* same :
         {"12 Elm Road", "12 ELM RD.", "12  Elm rd", "12 Elm Rd, Sylva, NC 28779"})
        EXPECT_EQ(address_key(same), "12 elm rd") << same;
    EXPECT_EQ(address_key("100 N. Main Street"), address_key("100 North Main St"));
    EXPECT_EQ(address_key("7 O'Brien's Cove"), address_key("7 OBriens Cv"));
    EXPECT_EQ(address_key("3 Café Lane"), address_key("3 Cafe Ln"));
}

TEST(AddressKey, KeepsUnitsApartAndTheirSpellingsTogether) {
    for (const auto* same : {"12 Elm Rd #3", "12 Elm Rd Unit 3", "12 Elm Rd Apt. 3",
                             "12 Elm Rd, Unit 3, Sylva, NC", "12 Elm Rd Unit #3"})
        EXPECT_EQ(address_key(same), "12 elm rd u3") << same;
    EXPECT_NE(address_key("12 Elm Rd #3"), address_key("12 Elm Rd #4"));
    EXPECT_NE(address_key("12 Elm Rd"), address_key("12 Elm Rd #4"));
}

TEST(AddressKey, TakesWhatHasNoNumber) {
    EXPECT_EQ(address_key("Meadow Stone Ln"), "mdw stone ln");
    EXPECT_EQ(address_key("Lot 125 Wagon Hitch Rd"), "lot 125 wagon hitch rd");
    EXPECT_EQ(address_key(""), "");
    EXPECT_EQ(address_key(" , "), "");
}

}  // namespace
}  // namespace dreams
