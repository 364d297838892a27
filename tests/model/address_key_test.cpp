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

TEST(AddressKey, KnowsThePostalAbbreviations) {
    for (const auto& [whole, brief] :
         {std::pair("Bend", "Bnd"), std::pair("Glen", "Gln"), std::pair("Grove", "Grv"),
          std::pair("Landing", "Lndg"), std::pair("Manor", "Mnr"), std::pair("Brook", "Brk"),
          std::pair("Forest", "Frst"), std::pair("Harbor", "Hbr"), std::pair("Shores", "Shrs"),
          std::pair("Orchard", "Orch"), std::pair("Gardens", "Gdns"), std::pair("Vista", "Vis"),
          std::pair("Center", "Ctr"), std::pair("Crescent", "Cres")})
        EXPECT_EQ(address_key("12 Laurel " + std::string(whole)),
                  address_key("12 Laurel " + std::string(brief)))
            << whole;
}

TEST(AddressKey, TakesAHalfForAPartOfTheNumber) {
    for (const auto* same : {"12½ Elm St", "12 1/2 Elm St", "12-1/2 Elm Street", "12 ½ Elm St"})
        EXPECT_EQ(address_key(same), "12½ elm st") << same;
    EXPECT_NE(address_key("12½ Elm St"), address_key("12 Elm St"));
    EXPECT_EQ(address_key("12 1/2"), "12 1 2");
}

TEST(AddressKey, KeepsUnitsApartAndTheirSpellingsTogether) {
    for (const auto* same : {"12 Elm Rd #3", "12 Elm Rd Unit 3", "12 Elm Rd Apt. 3",
                             "12 Elm Rd, Unit 3, Sylva, NC", "12 Elm Rd Unit #3"})
        EXPECT_EQ(address_key(same), "12 elm rd #3") << same;
    EXPECT_NE(address_key("12 Elm Rd #3"), address_key("12 Elm Rd #4"));
    EXPECT_NE(address_key("12 Elm Rd"), address_key("12 Elm Rd #4"));
}

TEST(AddressKey, TakesWhatHasNoNumber) {
    EXPECT_EQ(address_key("Meadow Stone Ln"), "mdw stone ln");
    EXPECT_EQ(address_key("Lot 125 Wagon Hitch Rd"), "lot 125 wagon hitch rd");
    EXPECT_EQ(address_key(""), "");
    EXPECT_EQ(address_key(" , "), "");
}

TEST(AddressKey, MeetsTheWaysOfWritingAMountainRoad) {
    for (const auto* same :
         {"1200 US-441 N", "1200 US Highway 441 N", "1200 Highway 441 North", "1200 U.S. Hwy 441 N",
          "1200 us 441 N", "1200 US Hwy 441 N, Sylva, NC 28779"})
        EXPECT_EQ(address_key(same), "1200 hwy 441 n") << same;
    for (const auto* same : {"12 NC 107", "12 State Route 107", "12 NC Hwy 107", "12 N.C. 107",
                             "12 Highway 107", "12 SR 107", "12 State Road 107", "12 NC-107"})
        EXPECT_EQ(address_key(same), "12 hwy 107") << same;
    for (const auto* same : {"7 County Road 5", "7 Co Rd 5", "7 County Rd 5", "7 CR 5"})
        EXPECT_EQ(address_key(same), "7 cr 5") << same;
    EXPECT_EQ(address_key("9 Old US 441"), "9 old hwy 441");
    EXPECT_EQ(address_key("9 Tennessee Gap Rd"), "9 tennessee gap rd");
    EXPECT_EQ(address_key("9 State St"), "9 state st");
    EXPECT_EQ(address_key("9 Highway View Rd"), "9 hwy vw rd");
}

TEST(AddressKey, MeetsLotsLettersAndOrdinals) {
    EXPECT_EQ(address_key("Lot #5 Bear Rd"), address_key("Lot 5 Bear Road"));
    EXPECT_EQ(address_key("Lot No. 5 Bear Rd"), "lot 5 bear rd");
    EXPECT_EQ(address_key("12A Elm St"), address_key("12 Elm St Unit A"));
    EXPECT_EQ(address_key("12A Elm St Unit 3"), "12a elm st #3");
    EXPECT_EQ(address_key("12E Elm St"), "12e elm st") << "east, perhaps";
    EXPECT_EQ(address_key("12 First St"), address_key("12 1st Street"));
}

TEST(AddressKey, MeetsBuildingsAndPenthouses) {
    for (const auto* same : {"12 Elm St Bldg 2 Unit 3", "12 Elm St #2-3", "12 Elm St Unit 2-3",
                             "12 Elm St Unit 3 Building 2", "12 Elm St, Bldg 2, Unit 3"})
        EXPECT_EQ(address_key(same), "12 elm st #2-3") << same;
    EXPECT_EQ(address_key("12 Elm St #2B"), address_key("12 Elm St Unit 2-B"));
    EXPECT_NE(address_key("12 Elm St #2-3"), address_key("12 Elm St #23"));
    for (const auto* same : {"12 Elm St Penthouse 4", "12 Elm St PH 4", "12 Elm St PH4",
                             "12 Elm St #PH-4", "12 Elm St, Penthouse 4"})
        EXPECT_EQ(address_key(same), "12 elm st #ph4") << same;
    EXPECT_EQ(address_key("12 Penthouse Dr"), "12 penthouse dr");
}

TEST(AddressKey, TakesNoCityForAStreetWhereCommasAreMissing) {
    EXPECT_EQ(address_key("12 Elm Rd Sylva NC 28779"), "12 elm rd");
    EXPECT_EQ(address_key("12 Rocky River Rd Maggie Valley NC 28751"), "12 rocky riv rd");
    EXPECT_EQ(address_key("12 Elm St W Sylva NC 28779"), "12 elm st w");
    EXPECT_EQ(address_key("12 Elm St Unit 3 Bryson City NC 28713"), "12 elm st #3");
    EXPECT_EQ(address_key("12 Elm Rd Sylva"), "12 elm rd sylva") << "nothing tells where it ends";
}

TEST(LooseAddress, LeavesOffTheSuffixAndTheUnitsWord) {
    EXPECT_EQ(loose_address(address_key("12 Elm St")).key, "12 elm");
    EXPECT_EQ(loose_address(address_key("12 Elm St")).suffix, "st");
    EXPECT_EQ(loose_address(address_key("12 Elm")).key, "12 elm");
    EXPECT_EQ(loose_address(address_key("12 Elm")).suffix, "");
    EXPECT_EQ(loose_address(address_key("12 Elm St Lot 3")).key,
              loose_address(address_key("12 Elm St Unit 3")).key);
    EXPECT_EQ(loose_address(address_key("12 Loop Rd")).key, "12 loop");
    EXPECT_EQ(loose_address(address_key("12 Loop")).key, "12 loop") << "its only name";
    EXPECT_EQ(loose_address(address_key("Meadow Stone Ln")).key, "");
    EXPECT_EQ(loose_address("").key, "");
}

}  // namespace
}  // namespace dreams
