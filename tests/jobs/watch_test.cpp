// A listing site whose prices and homes move, and what looking at it makes of the homes that
// somebody cares for.

#include "jobs/watch.h"

#include <gmock/gmock.h>

#include "jobs/sync_idx.h"
#include "sim/idx/site.h"
#include "store/contact_homes.h"
#include "store/fetch_hosts.h"
#include "store/hidden_homes.h"
#include "store/idx_cache.h"
#include "store/lease.h"
#include "store/mls_listings.h"
#include "store/properties.h"
#include "support/database.h"
#include "support/homes.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;
using test::monday;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Watch : public testing::Test {
protected:
    Watch() {
        for (const auto& each : town.homes()) {
            if (each.mls.empty() || each.status != "Active") continue;
            if (!home) home = &each;
            if (home && each.city != home->city) other = &each;
        }
    }

    SyncReport watch(std::int64_t most = 50) {
        const auto network = [this](const http::Ask& ask) {
            auto answer = site.network()(ask);
            if (meanwhile) meanwhile();
            return answer;
        };
        sources::Fetcher fetcher({.allow = {"www.team.example"}}, network, clock,
                                 store::fetch_hosts(db));
        sources::Idx idx("https://www.team.example", fetcher);
        Progress silence;
        auto report = jobs::watch(db, idx, fetcher, clock, most, silence);
        const auto& counts = report.counts;
        EXPECT_EQ(counts.processed,
                  counts.created + counts.updated + counts.unchanged + counts.failed);
        return report;
    }
    PropertyId capture(const sim::Home& listed, const std::string& mls) {
        Sighting said;
        said.listing.mls_number = mls;
        said.listing.city = listed.city;
        return test::see(
            db, {listed.street, listed.price, clock.now(), "active", "redfin", std::move(said)});
    }
    /// A home of the site that Ana saved.
    PropertyId watched(const sim::Home& listed) {
        const auto id = capture(listed, listed.mls);
        store::keep_contact_home(db, ana.id, id, {}, clock.now());
        return id;
    }
    Property row(const PropertyId& id) { return store::property(db, id).value(); }
    std::vector<std::string> changes(const PropertyId& id) {
        std::vector<std::string> told;
        for (const auto& each : store::changes_of(db, id))
            told.push_back(each.type + " " + each.old_value.value_or("") + " to " +
                           each.new_value.value_or(""));
        return told;
    }
    void later(std::chrono::hours hours = 13h) { clock.sleep(hours); }

    ManualClock clock{monday};
    sim::Town town{sim::TownSize::of(60), 1, monday};
    sim::IdxSite site{town, clock};
    std::function<void()> meanwhile;  ///< with each request
    Db db = test::database();
    Lead ana = test::add_lead(db, "Ana Lopez");
    const sim::Home *home = nullptr, *other = nullptr;
};

TEST_F(Watch, AHomeThatIsRemovedMeanwhileIsLeft) {
    const auto gone = watched(*home);
    watched(*other);
    meanwhile = [&] {
        db.run("DELETE FROM contact_properties WHERE property_id = :id", {{"id", gone}});
        db.run("DELETE FROM properties WHERE id = :id", {{"id", gone}});
    };
    const auto report = watch();
    EXPECT_EQ(report.outcome, Outcome::done) << report.error;
    EXPECT_EQ(report.counts.processed, 2);
}

TEST_F(Watch, APriceThatTheSiteShowsDifferentlyIsAChangeWithItsHistory) {
    const auto id = watched(*home);
    const auto first = watch();
    EXPECT_EQ(first.outcome, Outcome::done) << first.error;
    EXPECT_EQ(first.counts.processed, 1);
    EXPECT_THAT(changes(id), IsEmpty());
    EXPECT_EQ(row(id).stamps.last_monitored_at, monday);

    later();
    site.set_price(home->mls, home->price - 15'000);
    EXPECT_EQ(watch().counts.updated, 1);
    EXPECT_EQ(row(id).listing.price, home->price - 15'000);
    EXPECT_THAT(changes(id), ElementsAre("price " + std::to_string(home->price) + " to " +
                                         std::to_string(home->price - 15'000)));
    EXPECT_EQ(store::changes_of(db, id).front().source, "idx");
    EXPECT_EQ(store::changes_of(db, id).front().notified, 0);
    EXPECT_THAT(row(id).listing.price_history->text,
                HasSubstr(std::to_string(home->price - 15'000)));
    EXPECT_GE(row(id).stamps.last_monitored_at, monday + 13h);
}

TEST_F(Watch, LookingAtAHomeDoesNotKeepInViewWhatTheMlsWithdraws) {
    Sighting said;
    said.listing.address = home->street;
    said.listing.city = home->city;
    said.listing.mls_number = home->mls;
    said.listing.status = "active";
    MlsListing listing{.id = "canopy 1", .system = "canopy", .key = "1", .on_market = 1};
    store::MlsListingKeeper feed(db);
    feed.keep(listing, said, clock.now());
    const auto id = feed.find(listing.id)->home.value();
    store::keep_contact_home(db, ana.id, id, {}, clock.now());
    watch();
    ASSERT_THAT(store::sources_of(db, id),
                Contains(testing::Field(&store::HomeSource::source, "idx")));

    listing.out_of_view = "the MLS has withdrawn it";
    feed.hide(listing, clock.now());
    EXPECT_TRUE(store::hidden_because(db, id));
    EXPECT_FALSE(store::may_be_shown_to_clients(db, id));
    later();
    EXPECT_EQ(watch().counts.processed, 0);
}

TEST_F(Watch, ARunIsARowOfTheSyncLogAndHoldsTheSitesLease) {
    watched(*home);
    watch();
    EXPECT_EQ(db.value<std::string>("SELECT source FROM sync_log"), "watch");
    EXPECT_EQ(db.value<int>("SELECT records_processed FROM sync_log"), 1);
    const store::Lease held(db, "sync idx", clock.now());
    later();
    EXPECT_THROW(watch(), store::LeaseHeld);
}

TEST_F(Watch, NobodysHomeIsLeftAloneAndOneThatWasJustLookedAtToo) {
    capture(*other, other->mls);
    EXPECT_EQ(watch().requests, 0);
    watched(*home);
    watch();
    site.forget_log();
    later(4h);
    EXPECT_EQ(watch().counts.processed, 0);
    EXPECT_THAT(site.log(), IsEmpty());
}

TEST_F(Watch, WhatTheCacheKnowsFreshlyIsNotAskedForAgain) {
    const auto id = watched(*home);
    {
        sources::Fetcher fetcher({.allow = {"www.team.example"}}, site.network(), clock, {});
        sources::Idx idx("https://www.team.example", fetcher);
        Progress silence;
        site.set_price(home->mls, home->price + 7'000);
        later(1h);
        EXPECT_EQ(sync_idx(db, idx, fetcher, clock, {}, silence).outcome, Outcome::done);
    }
    site.forget_log();
    later(5h);
    EXPECT_EQ(watch().requests, 0);
    EXPECT_THAT(site.log(), IsEmpty());
    EXPECT_EQ(row(id).listing.price, home->price + 7'000) << "learnt from what was known";
    EXPECT_EQ(store::changes_of(db, id).front().detected_at, monday + 1h) << "when it said so";
}

TEST_F(Watch, AnotherHomesPageNeverChangesOurs) {
    const auto id = capture(*home, other->mls);
    store::keep_contact_home(db, ana.id, id, {}, clock.now());
    site.take_down(home->mls);
    const auto report = watch();
    EXPECT_EQ(report.outcome, Outcome::done) << report.error;
    EXPECT_THAT(report.notices, Contains(HasSubstr("another home")));
    EXPECT_EQ(row(id).listing.price, home->price);
    EXPECT_THAT(changes(id), IsEmpty());
}

TEST_F(Watch, OneWhoseNumberIsAnothersIsFoundByItsAddress) {
    const auto id = capture(*home, other->mls);
    store::keep_contact_home(db, ana.id, id, {}, clock.now());
    site.set_price(home->mls, home->price - 9'000);
    watch();
    EXPECT_EQ(row(id).listing.price, home->price - 9'000);
    EXPECT_EQ(row(id).listing.mls_number, other->mls) << "the agent's stays";
}

TEST_F(Watch, TheSameStreetInAnotherTownNeverChangesOurs) {
    auto elsewhere = *home;
    elsewhere.city = "Atlantis";
    const auto id = capture(elsewhere, "999999999");
    store::keep_contact_home(db, ana.id, id, {}, clock.now());
    site.set_price(home->mls, home->price - 9'000);
    watch();
    EXPECT_EQ(row(id).listing.price, home->price);

    // An earlier look took the other home's number for ours.
    db.run("UPDATE properties SET idx_mls_number = :number, idx_validation_status = 'validated'",
           {{"number", home->mls}});
    later();
    EXPECT_THAT(watch().notices, Contains(HasSubstr("another home")));
    EXPECT_EQ(row(id).listing.price, home->price);
}

TEST_F(Watch, AHomeThatLeavesTheSiteIsNotSoldAndSaidOnce) {
    const auto id = watched(*home);
    watch();
    site.take_down(home->mls);
    for (int look = 0; look < 40; ++look) {
        later();
        watch();
    }
    EXPECT_THAT(changes(id), ElementsAre("site shown to gone"));
    EXPECT_EQ(row(id).listing.status, "active");
}

TEST_F(Watch, ANumberThatTheSiteNeverKnewIsNoNews) {
    const auto id = capture(*home, "999999999");
    store::keep_contact_home(db, ana.id, id, {}, clock.now());
    site.take_down(home->mls);
    for (int look = 0; look < 10; ++look) {
        watch();
        later();
    }
    EXPECT_THAT(changes(id), IsEmpty());
}

TEST_F(Watch, ASiteThatTurnsUsAwayEndsTheRunAndChangesNothing) {
    const auto id = watched(*home);
    watched(*other);
    watch();
    later();
    site.set_price(home->mls, 1'234'000);
    site.wall(sim::IdxWall::refused_403);
    const auto report = watch();
    EXPECT_EQ(report.outcome, Outcome::partial);
    EXPECT_THAT(report.notices, testing::Not(IsEmpty()));
    EXPECT_EQ(report.counts.processed, 0);
    EXPECT_EQ(row(id).stamps.last_monitored_at, monday) << "nobody looked";
    EXPECT_THAT(changes(id), IsEmpty());
    site.wall(std::nullopt);
    EXPECT_EQ(watch().requests, 0) << "left alone for a day";
}

TEST_F(Watch, ASiteThatIsDownFailsTheRun) {
    std::vector<PropertyId> homes;
    for (const auto& each : town.homes())
        if (!each.mls.empty() && each.status == "Active" && homes.size() < 5)
            homes.push_back(watched(each));
    site.faults().from("*", 1, sim::WireFault::error_503_html);
    const auto report = watch();
    EXPECT_EQ(report.outcome, Outcome::failed);
    EXPECT_FALSE(report.error.empty());
    for (const auto& each : homes) EXPECT_FALSE(row(each).stamps.last_monitored_at);
}

TEST_F(Watch, OneThatTheSiteStumblesOverKeepsNoOtherWaiting) {
    const auto bad = watched(*home), good = watched(*other);
    site.stumble_over(home->mls);
    const auto report = watch();
    EXPECT_EQ(report.outcome, Outcome::partial) << report.error;
    EXPECT_EQ(report.counts.failed, 1);
    EXPECT_TRUE(row(good).stamps.last_monitored_at);
    EXPECT_FALSE(row(bad).stamps.last_monitored_at);
    EXPECT_THAT(changes(bad), IsEmpty());
}

TEST_F(Watch, ThoseWithMostPeopleComeFirstAndTheRunSaysHowManyWait) {
    const auto one = watched(*home);
    const auto two = watched(*other);
    store::keep_contact_home(db, test::add_lead(db, "Ben Ray").id, two, {}, clock.now());
    const auto report = watch(1);
    EXPECT_EQ(report.counts.processed, 1);
    EXPECT_TRUE(row(two).stamps.last_monitored_at);
    EXPECT_FALSE(row(one).stamps.last_monitored_at);
    EXPECT_THAT(report.notices, Contains(HasSubstr("1 watched homes wait")));
    EXPECT_EQ(watch(1).counts.processed, 1);
    EXPECT_TRUE(row(one).stamps.last_monitored_at);
}

TEST_F(Watch, AKilledRunGoesOnWithWhatItHadNotLookedAt) {
    const auto one = watched(*home);
    const auto two = watched(*other);
    sources::Fetcher fetcher({.allow = {"www.team.example"}}, site.network(), clock, {});
    sources::Idx idx("https://www.team.example", fetcher);
    struct Killed {};
    struct KillAfterOne : Progress {
        void done(std::int64_t) override { throw Killed{}; }
    } killed;
    EXPECT_THROW(jobs::watch(db, idx, fetcher, clock, 50, killed), Killed);
    EXPECT_NE(row(one).stamps.last_monitored_at.has_value(),
              row(two).stamps.last_monitored_at.has_value());
    EXPECT_EQ(watch().counts.processed, 1);
}

}  // namespace
}  // namespace dreams::jobs
