// The whole way of an MLS number: seen in an event, asked for at a simulated site with its traps
// and walls, kept in the cache, and told to the event and the property that bear it.

#include "jobs/sync_idx.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "sim/idx/site.h"
#include "store/fetch_hosts.h"
#include "store/idx_cache.h"
#include "store/properties.h"
#include "support/database.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;
using test::monday;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class SyncIdx : public testing::Test {
protected:
    SyncIdx() {
        for (const auto& home : town.homes()) {
            if (home.mls.empty()) continue;
            if (home.status == "Active" && !for_sale) for_sale = &home;
            if (home.status == "Sold" && !sold) sold = &home;
            if (home.status == "Active" && for_sale && home.city != for_sale->city) other = &home;
        }
    }

    SyncReport sync(jobs::IdxOptions options = {}) {
        sources::Fetcher fetcher({.allow = {"www.team.example"}}, site.network(), clock,
                                 store::fetch_hosts(db));
        sources::Idx idx("https://www.team.example", fetcher);
        Progress silence;
        auto report = sync_idx(db, idx, fetcher, clock, options, silence);
        const auto& counts = report.counts;
        EXPECT_EQ(counts.processed,
                  counts.created + counts.updated + counts.unchanged + counts.failed);
        return report;
    }
    void look(const std::string& mls, std::optional<std::string> address = std::nullopt) {
        auto event = test::event(ana, ++events, clock.now() - 1h);
        event.property_mls = mls;
        event.property_address = std::move(address);
        db.add("contact_events", event);
    }
    /// A property as an agent captured it.
    PropertyId capture(const std::string& mls, const std::string& address,
                       const std::string& city = "", const std::string& zip = "") {
        Sighting said;
        said.listing.mls_number = mls;
        said.listing.address = address;
        said.listing.city = city;
        said.listing.zip = zip;
        auto transaction = db.begin();
        const auto kept = store::keep_property(
            db, said, {.telling = {"capture", clock.now()}, .now = clock.now()});
        transaction.commit();
        return kept.id;
    }
    std::vector<std::string> numbers_for_sale(std::size_t count) const {
        std::vector<std::string> numbers;
        for (const auto& home : town.homes())
            if (home.status == "Active" && !home.mls.empty() && !home.for_rent &&
                numbers.size() < count)
                numbers.push_back(home.mls);
        return numbers;
    }
    std::optional<IdxListing> cached(const std::string& mls) { return store::idx_listing(db, mls); }
    IdxCheck check(const PropertyId& id) { return store::property(db, id)->idx; }
    void a_day_passes() { clock.sleep(24h); }

    ManualClock clock{monday};
    sim::Town town{sim::TownSize::of(60), 1, monday};
    sim::IdxSite site{town, clock};
    Db db = test::database();
    Lead ana = test::add_lead(db, "Ana Lopez");
    std::int64_t events = 0;
    const sim::Home *for_sale = nullptr, *sold = nullptr, *other = nullptr;
};

TEST_F(SyncIdx, ANumberBecomesAnAddressInTheCacheAndInTheEvent) {
    look(for_sale->mls);
    const auto report = sync();
    EXPECT_EQ(report.outcome, Outcome::done) << report.error;
    EXPECT_EQ(report.counts.created, 1);
    EXPECT_GT(report.requests, 0);
    const auto home = cached(for_sale->mls).value();
    EXPECT_THAT(*home.address, testing::StartsWith(for_sale->street + ", " + for_sale->city));
    EXPECT_EQ(home.city, for_sale->city);
    EXPECT_EQ(home.price, for_sale->price);
    EXPECT_EQ(home.status, "Active");
    EXPECT_TRUE(home.photo_url) << "the page has what the search has not";
    EXPECT_EQ(home.last_updated, monday);
    EXPECT_EQ(db.value<std::string>("SELECT property_address FROM contact_events"), home.address);
}

TEST_F(SyncIdx, WhatIsFreshIsNotAskedForAgainAndWhatHasAgedIs) {
    look(for_sale->mls);
    sync();
    site.forget_log();
    EXPECT_EQ(sync().requests, 0);
    EXPECT_THAT(site.log(), IsEmpty());
    a_day_passes();
    site.set_price(for_sale->mls, 123'000);
    const auto report = sync();
    EXPECT_EQ(report.counts.updated, 1);
    EXPECT_EQ(cached(for_sale->mls)->price, 123'000);
    EXPECT_TRUE(cached(for_sale->mls)->photo_url);
    a_day_passes();
    const auto then = clock.now();
    EXPECT_EQ(sync().counts.unchanged, 1);
    EXPECT_EQ(cached(for_sale->mls)->last_updated, then) << "looked after all the same";
}

TEST_F(SyncIdx, ANumberThatIsNotThereIsMarkedAndTriedAgainEverLater) {
    look("999999999");
    EXPECT_EQ(sync().counts.created, 1);
    EXPECT_EQ(cached("999999999")->address, not_found_on_idx);
    std::vector<int> asked_on;
    for (int day = 1; day <= 45; ++day) {
        a_day_passes();
        if (sync().counts.processed > 0) asked_on.push_back(day);
    }
    EXPECT_THAT(asked_on, testing::ElementsAre(1, 4, 11, 41));
}

TEST_F(SyncIdx, AHomeThatLeavesTheSiteKeepsItsAddressAndItsStatusIsUnknown) {
    look(for_sale->mls);
    sync();
    site.take_down(for_sale->mls);
    a_day_passes();
    EXPECT_EQ(sync().counts.updated, 1);
    const auto home = cached(for_sale->mls).value();
    EXPECT_THAT(*home.address, HasSubstr(for_sale->street));
    EXPECT_EQ(home.status, "Unknown");
    EXPECT_EQ(home.price, for_sale->price);
}

TEST_F(SyncIdx, AWallEndsTheRunChangesNothingAndClosesTheSiteForADay) {
    look(for_sale->mls);
    look(other->mls);
    for (const auto wall :
         {sim::IdxWall::refused_403, sim::IdxWall::captcha_200, sim::IdxWall::challenge_202,
          sim::IdxWall::too_many_429, sim::IdxWall::captcha_503}) {
        site.wall(wall);
        const auto report = sync();
        EXPECT_EQ(report.outcome, Outcome::partial);
        EXPECT_THAT(report.notices, Not(IsEmpty()));
        EXPECT_EQ(db.value<int>("SELECT count(*) FROM idx_property_cache"), 0);
        site.wall(std::nullopt);
        site.forget_log();
        const auto next = sync();
        EXPECT_EQ(next.requests, 0) << "left alone, in the next run too";
        EXPECT_EQ(next.outcome, Outcome::partial);
        EXPECT_THAT(site.log(), IsEmpty());
        a_day_passes();
        clock.sleep(1h);
    }
    EXPECT_EQ(sync().counts.created, 2) << "and goes on when the door is open again";
}

TEST_F(SyncIdx, AWallInTheMiddleKeepsWhatWasLearnedBefore) {
    look(for_sale->mls);
    look(other->mls);
    site.wall(sim::IdxWall::refused_403, 5);
    EXPECT_EQ(sync().outcome, Outcome::partial);
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM idx_property_cache"), 1);
    EXPECT_EQ(db.value<int>("SELECT records_processed FROM sync_log"), 1);
}

TEST_F(SyncIdx, ASiteThatIsDownFailsTheRunAndNothingIsMarked) {
    for (const auto& home : town.homes())
        if (!home.mls.empty()) look(home.mls);
    site.faults().from("*", 1, sim::WireFault::error_503_html);
    const auto report = sync();
    EXPECT_EQ(report.outcome, Outcome::failed);
    EXPECT_FALSE(report.error.empty());
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM idx_property_cache"), 0);
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM dreams_idx_visits"), 0)
        << "it is the site's fault, not the numbers'";
}

TEST_F(SyncIdx, NumbersThatTheSiteStumblesOverDoNotKeepTheOthersWaiting) {
    const auto bad = numbers_for_sale(5);
    for (const auto& number : bad) {
        site.stumble_over(number);
        look(number);
        look(number);  // looked at more, so asked for first
    }
    look(sold->mls);
    const auto report = sync();
    EXPECT_EQ(report.outcome, Outcome::partial) << report.error;
    EXPECT_EQ(report.counts.failed, 5);
    EXPECT_TRUE(cached(sold->mls)) << "its turn came";
    EXPECT_THAT(site.log(), Contains("/")) << "looked whether the site is there";
    site.forget_log();
    EXPECT_EQ(sync().requests, 0) << "not at once again";
    a_day_passes();
    EXPECT_EQ(sync().counts.failed, 5);
    EXPECT_FALSE(cached(bad[0]));
}

TEST_F(SyncIdx, ANumberThatFailsAtTheEndOfARunIsAskedForInTheNext) {
    site.stumble_over(for_sale->mls);
    look(for_sale->mls);
    EXPECT_EQ(sync().outcome, Outcome::partial);
    EXPECT_GT(sync().requests, 0) << "nothing tells that the site was there";
}

TEST_F(SyncIdx, ASiteThatAnswersNothingButItsStartPageIsGivenUpAndTheNextRunGoesOn) {
    const auto bad = numbers_for_sale(15);
    for (const auto& number : bad) {
        site.stumble_over(number);
        look(number);
        look(number);
    }
    look(sold->mls);
    const auto report = sync();
    EXPECT_EQ(report.outcome, Outcome::failed);
    EXPECT_THAT(report.error, HasSubstr("start page"));
    EXPECT_FALSE(cached(sold->mls));
    EXPECT_EQ(sync().outcome, Outcome::partial);
    EXPECT_TRUE(cached(sold->mls));
}

TEST_F(SyncIdx, ASearchThatDropsTheCriterionFoolsNobody) {
    site.options().criteria_dropped = true;
    site.options().metadata_lies = true;
    look(for_sale->mls);
    look("999999999");
    sync();
    EXPECT_THAT(*cached(for_sale->mls)->address, HasSubstr(for_sale->street));
    EXPECT_EQ(cached("999999999")->address, not_found_on_idx);
}

TEST_F(SyncIdx, OfTwoHomesWithOneNumberTheOneThatIsKnownIsMeant) {
    site.use_twice(for_sale->mls, *other);
    look(for_sale->mls);
    EXPECT_EQ(sync().counts.failed, 1) << "nothing tells which";
    EXPECT_FALSE(cached(for_sale->mls));
    look(for_sale->mls, other->street + ", " + other->city);
    a_day_passes();
    EXPECT_EQ(sync().counts.created, 1);
    EXPECT_THAT(*cached(for_sale->mls)->address, HasSubstr(other->street));
}

TEST_F(SyncIdx, ARunTakesSoManyNumbersAndSaysHowManyWait) {
    look(for_sale->mls);
    look(other->mls);
    const auto report = sync({.numbers = 1});
    EXPECT_EQ(report.counts.processed, 1);
    EXPECT_THAT(report.notices, Contains(HasSubstr("1 MLS number")));
    EXPECT_EQ(sync({.numbers = 1}).counts.processed, 1);
}

// ---- Validation

TEST_F(SyncIdx, APropertyIsValidatedByItsNumber) {
    const auto home = capture(for_sale->mls, for_sale->street, for_sale->city);
    sync();
    EXPECT_EQ(check(home).idx_validation_status, "validated");
    EXPECT_EQ(check(home).idx_mls_number, for_sale->mls);
    EXPECT_EQ(check(home).original_mls_number, for_sale->mls);
    EXPECT_TRUE(check(home).idx_mls_source);
    EXPECT_EQ(check(home).idx_validated_at, monday);
    a_day_passes();
    site.forget_log();
    sync();
    EXPECT_EQ(check(home).idx_validated_at, monday) << "once is enough";
}

TEST_F(SyncIdx, APropertysNumberIsAskedForBeforeItsAddressHoweverManyNumbersWait) {
    site.options().results = sim::IdxOptions::Results::deaf;
    look(other->mls);
    const auto home = capture(for_sale->mls, for_sale->street, for_sale->city);
    sync({.numbers = 1});
    EXPECT_EQ(check(home).idx_validation_status, "validated") << "the site shows its number";
    EXPECT_TRUE(cached(for_sale->mls));
}

TEST_F(SyncIdx, APropertyWhoseNumberGotNoAnswerStaysPending) {
    site.stumble_over(for_sale->mls);
    site.options().results = sim::IdxOptions::Results::deaf;
    const auto home = capture(for_sale->mls, for_sale->street, for_sale->city);
    look(other->mls);
    for (int day = 0; day < 3; ++day) {
        sync();
        EXPECT_EQ(check(home).idx_validation_status, "pending");
        a_day_passes();
    }
}

TEST_F(SyncIdx, APropertyThatWasNotFoundIsValidatedAsSoonAsItsNumberIs) {
    site.options().results = sim::IdxOptions::Results::deaf;
    site.take_down(for_sale->mls);
    const auto home = capture(for_sale->mls, for_sale->street, for_sale->city);
    sync();
    EXPECT_EQ(check(home).idx_validation_status, "not_found");
    site.put_up_again(for_sale->mls);
    clock.sleep(7 * 24h);  // the number is due, the home would not be for three weeks
    sync();
    EXPECT_EQ(check(home).idx_validation_status, "validated");
}

TEST_F(SyncIdx, ASearchForAddressesThatIsNoneLeavesAPropertyPending) {
    for (const auto results :
         {sim::IdxOptions::Results::by_script, sim::IdxOptions::Results::none}) {
        site.options().results = results;
        const auto home = capture("999999999", for_sale->street, for_sale->city);
        EXPECT_EQ(sync().counts.failed, 1);
        EXPECT_EQ(check(home).idx_validation_status, "pending");
        a_day_passes();
    }
}

TEST_F(SyncIdx, APropertyWhoseNumberIsAnothersIsValidatedByItsAddress) {
    const auto home = capture(other->mls, for_sale->street, for_sale->city);
    sync();
    EXPECT_EQ(check(home).idx_validation_status, "validated");
    EXPECT_EQ(check(home).idx_mls_number, for_sale->mls);
    EXPECT_EQ(check(home).original_mls_number, other->mls);
    EXPECT_EQ(store::property(db, home)->listing.mls_number, other->mls) << "the agent's stays";
}

TEST_F(SyncIdx, APropertyInAnotherTownIsNotValidatedByTheSameStreet) {
    const auto home = capture("999999999", for_sale->street, "Atlantis", "28001");
    sync();
    EXPECT_EQ(check(home).idx_validation_status, "not_found");
    EXPECT_EQ(check(home).idx_mls_number, std::nullopt);
}

TEST_F(SyncIdx, APropertyThatTheSiteDoesNotHaveIsNotFoundUntilAMonthHasPassed) {
    const auto home = capture("999999999", "1 Nowhere Ln", "Atlantis");
    sync();
    EXPECT_EQ(check(home).idx_validation_status, "not_found");
    EXPECT_EQ(check(home).idx_mls_number, std::nullopt);
    a_day_passes();
    sync();
    EXPECT_EQ(check(home).idx_validated_at, monday);
    clock.sleep(31 * 24h);
    sync();
    EXPECT_GT(check(home).idx_validated_at, monday);
}

TEST_F(SyncIdx, ABlockedSiteLeavesAPropertyPending) {
    const auto home = capture(for_sale->mls, for_sale->street);
    site.wall(sim::IdxWall::captcha_200);
    sync();
    EXPECT_EQ(check(home).idx_validation_status, "pending");
}

TEST_F(SyncIdx, OneHomeIsValidatedByItselfAndAtOnce) {
    const auto home = capture(for_sale->mls, for_sale->street, for_sale->city);
    capture(other->mls, other->street, other->city);
    look("999999999");
    const auto report = sync({.only = {home}});
    EXPECT_EQ(report.counts.processed, 2) << "its number, and the home";
    EXPECT_EQ(check(home).idx_validation_status, "validated");
    EXPECT_FALSE(cached(other->mls));
    a_day_passes();
    sync({.only = {home}});
    EXPECT_GT(check(home).idx_validated_at, monday) << "though it was validated before";
}

// ---- When to ask again

TEST(NextVisit, FollowsWhatIsLookedAtAndWhatCanStillChange) {
    using enum IdxVerdict;
    EXPECT_EQ(next_visit(found, "Active", 3, 1, monday), monday + 20h);
    EXPECT_EQ(next_visit(found, "Active", 0, 9, monday), monday + 6 * 24h);
    EXPECT_EQ(next_visit(found, "Sold", 3, 1, monday), monday + 60 * 24h);
    EXPECT_EQ(next_visit(gone, "", 0, 1, monday), monday + 7 * 24h);
    EXPECT_EQ(next_visit(gone, "", 0, 50, monday), monday + 90 * 24h);
    EXPECT_EQ(next_visit(unclear, "", 0, 2, monday), monday + 3 * 24h);
}

}  // namespace
}  // namespace dreams::jobs
