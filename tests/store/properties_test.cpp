// What a sighting makes of a row: nulls erase nothing, sold homes stay sold, agents' words stay.

#include "store/properties.h"

#include <gmock/gmock.h>

#include "homes.h"

namespace dreams::store {
namespace {

using std::chrono::hours;
using test::keep;
using test::monday;
using test::sighting;
using test::told;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Homes : public testing::Test {
protected:
    Db db = test::database();
    PropertyId home = keep(db, sighting("1", "12 Elm Rd", "4100001")).id;

    Property row() { return *property(db, home); }
};

TEST_F(Homes, BeginAsADictionaryRowWithTheirFirstPriceAndStatus) {
    const Property made = row();
    EXPECT_EQ(made.listing.status, "active");
    EXPECT_EQ(made.listing.initial_price, 450'000);
    EXPECT_EQ(made.listing.source, "redfin");
    EXPECT_EQ(made.idx.idx_validation_status, "pending");
    EXPECT_EQ(made.notion.sync_status, "pending");
    EXPECT_EQ(made.stamps.created_at, monday);
    EXPECT_THAT(made.listing.price_history->text, HasSubstr("\"price\":450000"));
    EXPECT_THAT(made.listing.status_history->text, HasSubstr("\"status\":\"active\""));
}

TEST_F(Homes, AreTheSameWhenTheSameIsSaidAgain) {
    const auto before = test::dump(db);
    EXPECT_EQ(keep(db, sighting("1", "12 Elm Rd", "4100001")).kept, Kept::unchanged);
    auto shouted = sighting("1", "12 ELM ROAD", "4100001");
    shouted.listing.city = "SYLVA";
    shouted.listing.zip = "28779-0001";
    EXPECT_EQ(keep(db, shouted).kept, Kept::unchanged);
    EXPECT_EQ(test::dump(db), before);
}

TEST_F(Homes, LoseNothingByWhatASourceDoesNotSay) {
    Sighting little = sighting("1", "", "");
    little.listing = {};
    little.listing.redfin_id = "1";
    little.listing.sqft = 0;
    little.listing.price = 0;
    EXPECT_EQ(keep(db, little).kept, Kept::unchanged);
    EXPECT_EQ(row().listing.price, 450'000);
    EXPECT_EQ(row().listing.baths, 2.5);
}

TEST_F(Homes, AreNotActiveAgainWhenNoStatusIsSaid) {
    auto sold = sighting("1", "12 Elm Rd", "4100001");
    sold.listing.status = "Sold";
    keep(db, sold);
    auto silent = sighting("1", "12 Elm Rd", "4100001");
    for (const char* said : {"", "unknown", "OTHER"}) {
        silent.listing.status = said;
        keep(db, silent);
        EXPECT_EQ(row().listing.status, "sold") << said;
    }
}

TEST_F(Homes, KeepWhatAgentsTyped) {
    db.run("UPDATE properties SET notes = 'steep drive', added_for = 'Ana', notion_page_id = 'n'");
    auto cheaper = sighting("1", "12 Elm Rd", "4100001");
    cheaper.listing.price = 440'000;
    EXPECT_EQ(keep(db, cheaper).kept, Kept::updated);
    EXPECT_EQ(row().workflow.notes, "steep drive");
    EXPECT_EQ(row().workflow.added_for, "Ana");
    EXPECT_EQ(row().notion.notion_page_id, "n");
}

TEST_F(Homes, AreToldToNotionAgainWhenTheyChange) {
    db.run("UPDATE properties SET sync_status = 'synced'");
    keep(db, sighting("1", "12 Elm Rd", "4100001"));
    EXPECT_EQ(row().notion.sync_status, "synced");
    auto cheaper = sighting("1", "12 Elm Rd", "4100001");
    cheaper.listing.price = 440'000;
    keep(db, cheaper);
    EXPECT_EQ(row().notion.sync_status, "pending");
}

TEST_F(Homes, FillOnlyGapsFromWhatIsOlderThanWhatIsKnown) {
    auto older = sighting("1", "12 Elm Rd", "4100001");
    older.listing.price = 480'000;
    older.listing.year_built = 1988;
    const auto kept = keep(db, older, told("redfin", monday - hours{48}));
    EXPECT_TRUE(kept.older);
    EXPECT_THAT(kept.changes, IsEmpty());
    EXPECT_EQ(row().listing.price, 450'000);
    EXPECT_EQ(row().listing.year_built, 1988);
}

TEST_F(Homes, AreLeftAloneWhenThatIsTheRule) {
    auto said = sighting("1", "12 Elm Rd", "4100001");
    said.listing.price = 440'000;
    said.listing.year_built = 1988;
    auto how = told();
    how.known = KnownHomes::skip;
    EXPECT_EQ(keep(db, said, how).kept, Kept::unchanged);
    EXPECT_EQ(row().listing.year_built, std::nullopt);
    how.known = KnownHomes::fill;
    EXPECT_EQ(keep(db, said, how).kept, Kept::updated);
    EXPECT_EQ(row().listing.year_built, 1988);
    EXPECT_EQ(row().listing.price, 450'000);
}

TEST_F(Homes, RememberWhoShowedThemWhen) {
    keep(db, sighting("1", "12 Elm Rd"), told("zillow", monday + hours{3}));
    keep(db, sighting("1", "12 Elm Rd"), told("redfin", monday + hours{1}));
    const auto sources = sources_of(db, home);
    ASSERT_EQ(sources.size(), 2u);
    EXPECT_EQ(sources[0].source, "zillow");
    EXPECT_EQ(sources[1].first_at, monday);
    EXPECT_EQ(sources[1].last_at, monday + hours{1});
}

TEST_F(Homes, HaveOneIdInTwoCopiesOfAFile) {
    Db other = test::database();
    EXPECT_EQ(keep(other, sighting("1", "another street", "")).id, home);
}

TEST_F(Homes, AreNotMadeOfASightingOfNowhere) {
    Sighting nowhere;
    nowhere.listing.price = 100'000;
    EXPECT_THROW(keep(db, nowhere), Error);
    EXPECT_EQ(test::homes_in(db), 1);
}

}  // namespace
}  // namespace dreams::store
