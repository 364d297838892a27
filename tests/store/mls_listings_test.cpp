#include "store/mls_listings.h"

#include <gmock/gmock.h>

#include "store/doubtful_homes.h"
#include "store/hidden_homes.h"
#include "store/homes.h"
#include "store/request_counts.h"

namespace dreams::store {
namespace {

using namespace std::chrono_literals;
using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;

MlsListing listing(const std::string& key, const std::string& listed_on = "2026-01-02") {
    return {.id = "canopy " + key,
            .system = "canopy",
            .key = key,
            .number = "CAR" + key,
            .modified_at = monday - 24h,
            .on_market = 1,
            .listed_on = listed_on};
}

Sighting said_of(const std::string& number, const std::string& address = "12 Elm Rd") {
    Sighting said = test::sighting("", address);
    said.listing.mls_number = number;
    said.listing.mls_source = "canopy";
    said.features.latitude = 35.37;
    said.features.longitude = -83.22;
    return said;
}

struct Feed : testing::Test {
    Db db = test::database();
    MlsListingKeeper keeper{db};

    Kept keep(const MlsListing& of, const Sighting& said, Instant now = monday) {
        return keeper.keep(of, said, now);
    }
    Kept withdraw(MlsListing of, const std::string& why = "the MLS has withdrawn it") {
        of.out_of_view = why;
        return keeper.hide(of, monday);
    }
    std::vector<std::string> shown() {
        return db.list<std::string>(
            "SELECT coalesce(address, mls_number) FROM properties p WHERE " + in_view +
            " ORDER BY 1");
    }
    Property only_home() { return db.value<Property>("SELECT * FROM properties"); }
};

TEST_F(Feed, AListingMakesAHomeAndTheSameAgainChangesNothing) {
    EXPECT_EQ(keep(listing("1"), said_of("1")), Kept::created);
    EXPECT_EQ(keep(listing("1"), said_of("1")), Kept::unchanged);
    const auto home = only_home();
    EXPECT_EQ(home.listing.source, "reso");
    EXPECT_EQ(keeper.find("canopy 1")->home, home.id);
    EXPECT_EQ(listings_in_view(db, "canopy"), 1);
}

TEST_F(Feed, ClientsSeeOnlyWhatAnMlsLetsThemSee) {
    const auto shown_to_clients = [&](const std::optional<std::string>& uses) {
        auto of = listing("1");
        if (uses) of.can_use = JsonText{*uses};
        keep(of, said_of("1"));
        return may_be_shown_to_clients(db, only_home().id);
    };
    EXPECT_TRUE(shown_to_clients(std::nullopt)) << "nothing is said against it";
    EXPECT_FALSE(shown_to_clients(R"(["BO","PT"])")) << "for the office itself";
    EXPECT_TRUE(shown_to_clients(R"(["BO","VOW"])"));
    EXPECT_TRUE(shown_to_clients(R"(["IDX"])"));
    withdraw(listing("1"));
    EXPECT_FALSE(may_be_shown_to_clients(db, only_home().id));
    const auto captured = test::keep(db, test::sighting("7", "7 Oak Ln")).id;
    EXPECT_TRUE(may_be_shown_to_clients(db, captured)) << "no feed tells of it";
    EXPECT_FALSE(may_be_shown_to_clients(db, {"nowhere"}));
}

TEST_F(Feed, WhatIsWithdrawnLeavesViewAndStaysInTheFile) {
    keep(listing("1"), said_of("1"));
    keep(listing("2"), said_of("2", "14 Elm Rd"));
    db.run("UPDATE properties SET notes = 'they loved it' WHERE address = '12 Elm Rd'");
    EXPECT_EQ(withdraw(listing("1")), Kept::updated);
    EXPECT_EQ(withdraw(listing("1")), Kept::unchanged);
    EXPECT_THAT(shown(), ElementsAre("14 Elm Rd"));
    EXPECT_EQ(test::homes_in(db), 2);
    const auto id = *keeper.find("canopy 1")->home;
    EXPECT_EQ(hidden_because(db, id), "the MLS has withdrawn it");
    EXPECT_EQ(property(db, id)->workflow.notes, "they loved it");
    EXPECT_EQ(property(db, id)->listing.status, "active") << "gone is not sold";
}

TEST_F(Feed, WhatComesBackIsShownAgain) {
    keep(listing("1"), said_of("1"));
    withdraw(listing("1"));
    EXPECT_EQ(keep(listing("1"), said_of("1")), Kept::updated);
    EXPECT_THAT(shown(), ElementsAre("12 Elm Rd"));
}

TEST_F(Feed, AnUnknownListingThatMayNotBeShownIsNotKept) {
    EXPECT_EQ(withdraw(listing("1")), Kept::unchanged);
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM dreams_mls_listings"), 0);
}

TEST_F(Feed, WhatSomebodyElseShowedTooIsNotTheMlsToTakeAway) {
    keep(listing("1"), said_of("1"));
    keep(listing("2"), said_of("2", "14 Elm Rd"));
    withdraw(listing("1"));
    withdraw(listing("2"));
    EXPECT_THAT(shown(), IsEmpty());
    test::keep(db, test::sighting("", "12 Elm Rd"));
    EXPECT_THAT(shown(), ElementsAre("12 Elm Rd"));
}

TEST_F(Feed, WhatWasLookedUpOrMirroredHereIsNobodyElsesWord) {
    keep(listing("1"), said_of("1"));
    test::keep(db, said_of("1"), test::told("idx"));
    test::keep(db, said_of("1"), test::told("notion"));
    withdraw(listing("1"));
    EXPECT_THAT(shown(), IsEmpty());
    EXPECT_FALSE(may_be_shown_to_clients(db, only_home().id));
}

TEST_F(Feed, AHomeListedTwiceIsAsItsLeadingListingSays) {
    auto old_one = listing("1", "2019-03-01");
    old_one.on_market = 0;
    auto sold = said_of("1");
    sold.listing.status = "Closed";
    sold.listing.price = 300'000;
    auto again = said_of("2");
    again.listing.price = 480'000;
    keep(old_one, sold);
    keep(listing("2"), again);
    for (int walk = 0; walk < 3; ++walk) {
        keep(old_one, sold);
        keep(listing("2"), again);
    }
    EXPECT_EQ(only_home().listing.status, "active");
    EXPECT_EQ(only_home().listing.price, 480'000);
    EXPECT_EQ(only_home().listing.mls_number, "2");
    EXPECT_THAT(db.list<std::string>("SELECT change_type FROM property_changes ORDER BY 1"),
                ElementsAre("relisted", "status"));
}

TEST_F(Feed, TheMlsGoesBeforeAPortalThatSaysOtherwise) {
    keep(listing("1"), said_of("1"));
    auto stale = test::sighting("", "12 Elm Rd");
    stale.listing.price = 470'000;
    test::keep(db, stale, test::told("zillow", monday - 2h));
    EXPECT_EQ(only_home().listing.price, 470'000);
    keep(listing("1"), said_of("1"));
    EXPECT_EQ(only_home().listing.price, 450'000);
    EXPECT_EQ(db.value<Instant>("SELECT max(detected_at) FROM property_changes"), monday);
}

TEST_F(Feed, DaysOnMarketAreNoNewsByThemselves) {
    auto said = said_of("1");
    said.listing.days_on_market = 17;
    keep(listing("1"), said);
    said.listing.days_on_market = 24;
    EXPECT_EQ(keep(listing("1"), said), Kept::unchanged);
    auto changed = listing("1");
    changed.modified_at = monday - 1h;
    EXPECT_EQ(keep(changed, said), Kept::updated);
    EXPECT_EQ(only_home().listing.days_on_market, 24);
}

TEST_F(Feed, AnAddressThatIsWithdrawnIsTakenOutOfTheFile) {
    keep(listing("1"), said_of("1"));
    auto cheaper = said_of("1");
    cheaper.listing.price = 440'000;
    keep(listing("1"), cheaper);
    auto shy = listing("1");
    shy.address_shown = 0;
    auto without = cheaper;
    without.listing.address.reset();
    without.features.latitude = without.features.longitude = std::nullopt;
    EXPECT_EQ(keep(shy, without), Kept::updated);
    EXPECT_EQ(keep(shy, without), Kept::unchanged);
    EXPECT_EQ(only_home().listing.address, std::nullopt);
    EXPECT_EQ(only_home().features.latitude, std::nullopt);
    EXPECT_EQ(db.value<std::string>("SELECT property_address FROM property_changes"), "MLS 1");
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM dreams_property_keys "
                            "WHERE kind IN ('address', 'street')"),
              0);
    EXPECT_EQ(keep(listing("1"), cheaper), Kept::updated);
    EXPECT_EQ(only_home().listing.address, "12 Elm Rd");
}

TEST_F(Feed, AnAddressThatWasOnlyLookedUpAndMirroredHereIsTakenOutToo) {
    keep(listing("1"), said_of("1"));
    test::keep(db, said_of("1"), test::told("idx"));
    test::keep(db, said_of("1"), test::told("notion"));
    auto shy = listing("1");
    shy.address_shown = 0;
    auto without = said_of("1");
    without.listing.address.reset();
    without.features.latitude = without.features.longitude = std::nullopt;
    keep(shy, without);
    EXPECT_EQ(only_home().listing.address, std::nullopt);
    EXPECT_EQ(only_home().features.latitude, std::nullopt);
}

TEST_F(Feed, AnAddressThatSomebodyElseShowedStays) {
    keep(listing("1"), said_of("1"));
    test::keep(db, test::sighting("", "12 Elm Rd"));
    auto shy = listing("1");
    shy.address_shown = 0;
    auto without = said_of("1");
    without.listing.address.reset();
    keep(shy, without);
    EXPECT_EQ(only_home().listing.address, "12 Elm Rd");
}

TEST_F(Feed, JoinedHomesBringTheirListingsAlongAndTakeThemBack) {
    keep(listing("1"), said_of("1"));
    keep(listing("2"), said_of("2", "14 Elm Rd"));
    const auto kept = *keeper.find("canopy 1")->home, gone = *keeper.find("canopy 2")->home;
    const auto join = join_homes(db, kept, gone, "Ana", monday);
    EXPECT_EQ(keeper.find("canopy 2")->home, kept);
    withdraw(listing("1"));
    EXPECT_THAT(shown(), ElementsAre("12 Elm Rd")) << "its other listing may be shown";
    undo_join(db, join, monday);
    EXPECT_EQ(keeper.find("canopy 2")->home, gone);
    EXPECT_THAT(shown(), ElementsAre("14 Elm Rd"));
}

TEST_F(Feed, AWalkKnowsWhomItDidNotMeet) {
    auto met = listing("1");
    met.met_at = monday;
    keep(met, said_of("1"));
    keep(listing("2"), said_of("2", "14 Elm Rd"));
    withdraw(listing("3"));
    std::vector<std::string> keys;
    for (const auto& each : listings_not_met(db, "canopy", monday)) keys.push_back(each.key);
    EXPECT_THAT(keys, ElementsAre("2"));
    keep(listing("1"), said_of("1"));
    EXPECT_EQ(keeper.find("canopy 1")->met_at, monday) << "a run that walks not forgets it not";
}

TEST(RequestCounts, AddUpByTheMinuteAndAreForgottenInTime) {
    Db db = test::database();
    const Instant minute = monday;
    for (int i = 0; i < 3; ++i) count_asked(db, "api.example", {minute, 1, 100});
    count_asked(db, "api.example", {minute - 1min, 2, 0});
    count_asked(db, "other.example", {minute, 9, 9});
    const auto asked = asked_since(db, "api.example", minute - 1h);
    ASSERT_EQ(asked.size(), 2u);
    EXPECT_EQ(asked[0].requests, 2);
    EXPECT_EQ(asked[1].requests, 3);
    EXPECT_EQ(asked[1].bytes, 300);
    count_asked(db, "api.example", {minute + 72h, 1, 0});
    EXPECT_EQ(asked_since(db, "api.example", minute - 1h).size(), 1u);
}

}  // namespace
}  // namespace dreams::store
