// One home, one row: what makes two sightings one home, and what does not.

#include "store/property_identity.h"

#include <gmock/gmock.h>

#include "homes.h"
#include "store/doubtful_homes.h"

namespace dreams::store {
namespace {

using test::keep;
using test::sighting;
using test::told;
using testing::ElementsAre;
using testing::IsEmpty;

class OneHome : public testing::Test {
protected:
    Db db = test::database();

    /// Both kept; whether they became one row.
    bool is_one(const Sighting& a, const Sighting& b) { return keep(db, a).id == keep(db, b).id; }
    std::vector<std::string> doubts() {
        std::vector<std::string> sentences;
        for (const auto& pair : doubtful_homes(db, 10)) sentences.push_back(pair.why);
        return sentences;
    }
};

TEST_F(OneHome, HasOneRedfinIdWhateverElseIsSaid) {
    EXPECT_TRUE(is_one(sighting("1", "12 Elm Rd", "4100001"), sighting("1", "", "4100002")));
    EXPECT_EQ(test::homes_in(db), 1);
}

TEST_F(OneHome, HasOneNumberOfOneBoardUnderTwoRedfinIds) {
    auto second = sighting("2", "12 Elm Road Unit B", "4100001");
    second.listing.mls_source = "Canopy";
    EXPECT_TRUE(is_one(sighting("1", "12 Elm Rd #B", "4100001"), second));
    EXPECT_TRUE(is_one(sighting("1", "12 Elm Rd #B"), sighting("2", "12 Elm Rd #B")));
    EXPECT_THAT(doubts(), IsEmpty());
}

TEST_F(OneHome, IsNotMadeByTwoBoardsThatUseOneNumber) {
    auto second = sighting("", "9 Oak Ct", "4100001");
    second.listing.mls_source = "Georgia MLS";
    EXPECT_FALSE(is_one(sighting("", "12 Elm Rd", "4100001"), second));
    EXPECT_THAT(doubts(), IsEmpty());
}

TEST_F(OneHome, IsDoubtfulWhereTheBoardIsNotKnown) {
    auto second = sighting("", "9 Oak Ct", "4100001");
    second.listing.mls_source.reset();
    EXPECT_FALSE(is_one(sighting("", "12 Elm Rd", "4100001"), second));
    EXPECT_THAT(doubts(), ElementsAre("one MLS number, but the board is not known"));
}

TEST_F(OneHome, IsNotDoubtfulWhereOneNumberStandsForTwoTowns) {
    auto second = sighting("", "9 Oak Ct", "4100001");
    second.listing.mls_source.reset();
    second.listing.city = "Boone";
    second.listing.zip = "28607";
    EXPECT_FALSE(is_one(sighting("", "12 Elm Rd", "4100001"), second));
    EXPECT_THAT(doubts(), IsEmpty());
}

TEST_F(OneHome, IsDoubtfulOnlyWhereOneOfThemTellsTheTown) {
    auto nowhere = sighting("", "12 Elm Rd");
    nowhere.listing.city.reset();
    nowhere.listing.zip.reset();
    EXPECT_TRUE(is_one(nowhere, nowhere));
    EXPECT_FALSE(is_one(nowhere, sighting("", "12 Elm Rd")));
    EXPECT_THAT(doubts(), ElementsAre("one address, but the town is not sure"));
}

TEST_F(OneHome, HasOneAddressHoweverItIsWritten) {
    auto second = sighting("", "12 ELM ROAD, Sylva, NC 28779");
    second.listing.city.reset();
    second.listing.state = "North Carolina";
    second.listing.zip = "28779-1234";
    EXPECT_TRUE(is_one(sighting("1", "12 Elm Rd", "4100001"), second));
}

TEST_F(OneHome, IsNotTheSameStreetInAnotherTown) {
    auto second = sighting("", "12 Elm Rd");
    second.listing.city = "Boone";
    second.listing.zip = "28607";
    EXPECT_FALSE(is_one(sighting("", "12 Elm Rd"), second));
    EXPECT_THAT(doubts(), IsEmpty());
}

TEST_F(OneHome, IsDoubtfulUnderOneCityAndTwoZips) {
    auto second = sighting("", "12 Elm Rd");
    second.listing.zip = "28780";
    EXPECT_FALSE(is_one(sighting("", "12 Elm Rd"), second));
    EXPECT_THAT(doubts(), ElementsAre("one address, but the town is not sure"));
}

TEST_F(OneHome, IsDoubtfulUnderOneAddressAndTwoIdsOfOnePortal) {
    EXPECT_FALSE(is_one(sighting("1", "12 Elm Rd"), sighting("2", "12 Elm Rd")));
    EXPECT_THAT(doubts(), ElementsAre("one address, but two Redfin ids"));
}

TEST_F(OneHome, IsNotTheLotBesideTheHouse) {
    auto lot = sighting("", "12 Elm Rd", "4100009");
    lot.listing.property_type = "Vacant Land";
    EXPECT_FALSE(is_one(sighting("", "12 Elm Rd", "4100001"), lot));
    EXPECT_THAT(doubts(), ElementsAre("one address, but one is land, the other is not"));
}

TEST_F(OneHome, NeedsAHouseNumberToBeKnownByItsAddress) {
    EXPECT_FALSE(is_one(sighting("1", "Meadow Stone Ln"), sighting("2", "Meadow Stone Ln")));
    EXPECT_FALSE(is_one(sighting("3", "00 Holland Ave"), sighting("", "00 Holland Ave", "7")));
    EXPECT_THAT(doubts(), IsEmpty());
    EXPECT_TRUE(is_one(sighting("", "Meadow Stone Ln"), sighting("", "Meadow Stone Lane")));
}

TEST_F(OneHome, HasOneParcelInItsCounty) {
    auto first = sighting("", "", ""), second = sighting("", "", "");
    for (auto* said : {&first, &second}) {
        said->listing.address.reset();
        said->listing.county = "Jackson";
    }
    first.listing.parcel_id = "7641-12-3456";
    second.listing.parcel_id = "7641123456";
    EXPECT_TRUE(is_one(first, second));
    second.listing.county = "Swain";
    EXPECT_FALSE(is_one(first, second));
    EXPECT_THAT(doubts(), IsEmpty());
}

TEST_F(OneHome, IsFoundByTheNumberItHadEarlier) {
    const auto home = keep(db, sighting("1", "12 Elm Rd", "4100001")).id;
    keep(db, sighting("1", "12 Elm Rd", "4100002"));
    EXPECT_EQ(keep(db, sighting("", "", "4100001")).id, home);
}

TEST_F(OneHome, IsKnownAmongRowsThatAnOlderProgramWrote) {
    db.run(R"sql(INSERT INTO properties (id, address, city, mls_number)
                 VALUES ('old', '12 Elm Road', 'Sylva', '4100001'))sql");
    EXPECT_EQ(keep(db, sighting("1", "12 Elm Rd", "4100001")).id.text, "old");
    db.run("UPDATE properties SET address = '9 Oak Court', redfin_id = NULL, mls_number = NULL");
    EXPECT_EQ(keep(db, sighting("", "9 Oak Ct")).id.text, "old");
}

TEST_F(OneHome, IsOneHoweverAMountainRoadIsWritten) {
    for (const auto& [one, other] :
         {std::pair("1200 US-441 N", "1200 Highway 441 N"),
          std::pair("12 NC 107", "12 State Route 107"), std::pair("7 County Road 5", "7 Co Rd 5"),
          std::pair("Lot 5 Bear Rd", "Lot #5 Bear Rd"), std::pair("14A Elm St", "14 Elm St Unit A"),
          std::pair("9 First St", "9 1st St"), std::pair("3 Oak St Bldg 2 Unit 3", "3 Oak St #2-3"),
          std::pair("4 Ash St Penthouse 4", "4 Ash St PH 4"),
          std::pair("12 Fir Rd", "12 Fir Rd Sylva NC 28779")})
        EXPECT_TRUE(is_one(sighting("", one), sighting("", other))) << one;
    EXPECT_THAT(doubts(), IsEmpty());
}

TEST_F(OneHome, IsDoubtfulWhereOnlyTheSuffixOrTheUnitsWordDiffers) {
    EXPECT_FALSE(is_one(sighting("", "12 Elm St"), sighting("", "12 Elm")));
    EXPECT_THAT(doubts(),
                ElementsAre("two addresses that differ only in the street's suffix or the unit"));
    EXPECT_FALSE(is_one(sighting("", "9 Oak St Lot 3"), sighting("", "9 Oak St Unit 3")));
    EXPECT_THAT(doubts(), testing::SizeIs(2));
}

TEST_F(OneHome, IsNotDoubtfulWhereTwoStreetsHaveOneName) {
    EXPECT_FALSE(is_one(sighting("", "12 Elm St"), sighting("", "12 Elm Rd")));
    EXPECT_FALSE(is_one(sighting("1", "9 Oak St"), sighting("2", "9 Oak"))) << "two Redfin ids";
    auto elsewhere = sighting("", "12 Elm");
    elsewhere.listing.zip = "28734";
    elsewhere.listing.city = "Franklin";
    keep(db, elsewhere);
    EXPECT_THAT(doubts(), IsEmpty());
}

TEST_F(OneHome, HasOneNumberWithAndWithoutItsLabel) {
    const auto home = keep(db, sighting("", "12 Elm Rd", "4100009")).id;
    for (const auto* label : {"MLS# 4100009", "MLS 4100009", "#4100009"}) {
        const auto kept = keep(db, sighting("", "12 Elm Rd", label));
        EXPECT_EQ(kept.id, home) << label;
        EXPECT_THAT(kept.changes, IsEmpty()) << label;
    }
    EXPECT_EQ(property(db, home)->listing.mls_number, "4100009");
}

TEST_F(OneHome, IsFoundByKeysThatAnOlderDreamsMadeInAnotherWay) {
    const auto home = keep(db, sighting("", "1200 US-441 N")).id;
    db.run("UPDATE dreams_property_keys SET key = '1200 us 441 n' WHERE kind = 'address'");
    db.run("UPDATE dreams_homes SET identity = substr(identity, 3)");
    EXPECT_EQ(keep(db, sighting("", "1200 Highway 441 N")).id, home);
}

class Keys : public testing::Test {
protected:
    void add_by(Db& connection, const std::string& id) {
        connection.run("INSERT INTO properties (id, address) VALUES (:id, '12 Elm Rd')",
                       {{"id", id}});
    }
    std::int64_t homes_with_keys() {
        return ours.value<std::int64_t>("SELECT count(*) FROM dreams_homes");
    }
    test::Folder folder;
    Db ours = test::database(folder);
    Db theirs = Db::open(folder.file("dreams.db"));
    KeysInStep keys;
};

TEST_F(Keys, AreLookedThroughOnlyWhenSomebodyElseHasWritten) {
    add_by(ours, "first");
    keys.see_to(ours);
    EXPECT_EQ(homes_with_keys(), 1);
    keys.see_to(ours);
    add_by(ours, "behind our back");
    keys.see_to(ours);
    EXPECT_EQ(homes_with_keys(), 1) << "nobody else wrote: it did not look";
    add_by(theirs, "second");
    keys.see_to(ours);
    EXPECT_EQ(homes_with_keys(), 3);
}

TEST_F(Keys, ThatWereTakenBackAreMadeAgain) {
    add_by(theirs, "first");
    {
        auto transaction = ours.begin();
        keys.see_to(ours);
    }
    EXPECT_EQ(homes_with_keys(), 0);
    keys.see_to(ours);
    EXPECT_EQ(homes_with_keys(), 1);
}

TEST(BoardKey, IsOneForEveryWayOfWritingABoard) {
    for (const auto* name :
         {"CANOPYMLS as Distributed by MLS Grid", "CHNC", "Canopy", "Canopy MLS"})
        EXPECT_EQ(board_key(name), "canopy") << name;
    EXPECT_EQ(board_key("NWMLS"), "nwmls");
    EXPECT_EQ(board_key(""), "");
}

}  // namespace
}  // namespace dreams::store
