// An MLS's feed on its way into properties: whole, in changes, cut off, and with what it withdraws.

#include "jobs/sync_listings.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "base/error.h"
#include "sim/reso/feed.h"
#include "store/properties.h"
#include "support/database.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;
using sim::ResoOptions;
using test::monday;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

/// An office with a feed of a small town.
struct Mls {
    explicit Mls(ResoOptions options = {}, sim::TownSize size = {60, 600, 30})
        : town(size, 3, monday) {
        feed = std::make_unique<sim::ResoFeed>(town, clock, std::move(options));
        for (const auto& home : town.homes())
            if (!home.mls.empty() && !home.for_rent && home.status == "Active")
                numbers.push_back(home.mls);
    }
    std::string service() const {
        switch (feed->options().kind) {
            case ResoOptions::Kind::mls_grid:
                return "mlsgrid";
            case ResoOptions::Kind::bridge:
                return "bridge";
            case ResoOptions::Kind::other:
                break;
        }
        return "other";
    }
    SyncReport sync(Db& db, const SyncOptions& options = {}) {
        auto given = settings;
        if (given.service.empty()) given.service = service();
        const sources::Reso reso(given, feed->network(), clock,
                                 asked_before(db, "https://api.mls.example/v2", clock.now()));
        Progress silence;
        auto report = sync_listings(db, reso, clock, options, silence);
        const auto& counts = report.counts;
        EXPECT_EQ(counts.processed,
                  counts.created + counts.updated + counts.unchanged + counts.failed);
        return report;
    }
    void days_pass(int days) { clock.sleep(days * 24h); }

    sources::ResoSettings settings{
        .url = "https://api.mls.example/v2", .token = "long-lived-token", .system = "canopy"};
    ManualClock clock{monday};
    sim::Town town;
    std::unique_ptr<sim::ResoFeed> feed;
    std::vector<std::string> numbers;
};

std::int64_t count(Db& db, const std::string& what) {
    return db.value<std::int64_t>("SELECT count(*) FROM " + what);
}
std::int64_t price_of(Db& db, const std::string& number) {
    return db.value<std::int64_t>("SELECT price FROM properties WHERE mls_number = :number",
                                  {{"number", number}});
}
/// What the run was about: homes and listings, without stamps of when it was written.
std::vector<std::string> rows(Db& db) {
    auto found = db.list<std::string>(
        "SELECT p.mls_number || '|' || coalesce(p.address, '-') || '|' || coalesce(p.price, '-') "
        "|| '|' || p.status || '|' || EXISTS (SELECT 1 FROM dreams_hidden_homes h WHERE "
        "h.property_id = p.id) FROM properties p ORDER BY 1");
    for (auto& each : db.list<std::string>(
             "SELECT id || '|' || coalesce(modified_at, '-') || '|' || coalesce(out_of_view, '-') "
             "FROM dreams_mls_listings ORDER BY 1"))
        found.push_back(std::move(each));
    return found;
}

TEST(SyncListings, BringsTheWholeFeedInAndTheSameAgainChangesNothing) {
    Mls mls({.page = 20});
    Db db = test::database();
    const auto report = mls.sync(db);
    EXPECT_EQ(report.outcome, Outcome::done) << report.error;
    EXPECT_EQ(report.counts.created, mls.feed->in_view());
    EXPECT_EQ(count(db, "properties"), mls.feed->in_view());
    EXPECT_EQ(count(db, "properties WHERE source = 'reso'"), mls.feed->in_view());
    EXPECT_FALSE(mls.feed->suspended());
    mls.days_pass(1);
    const auto again = mls.sync(db);
    EXPECT_EQ(again.counts.created + again.counts.updated, 0);
    EXPECT_EQ(again.requests, 1);
    const auto whole = mls.sync(db, {.full = true});
    EXPECT_EQ(whole.counts.created + whole.counts.updated, 0);
    EXPECT_EQ(whole.counts.unchanged, mls.feed->in_view());
}

TEST(SyncListings, AskOnlyForWhatWasChangedAndRecordIt) {
    Mls mls;
    Db db = test::database();
    mls.sync(db);
    mls.days_pass(1);
    mls.feed->set_price(mls.numbers[0], 123'000);
    mls.feed->set_status(mls.numbers[1], "Closed");
    const auto report = mls.sync(db);
    EXPECT_EQ(report.counts.updated, 2);
    EXPECT_LE(report.counts.unchanged, 5) << "those of the overlap";
    EXPECT_EQ(price_of(db, mls.numbers[0]), 123'000);
    EXPECT_EQ(db.value<std::string>("SELECT status FROM properties WHERE mls_number = :n",
                                    {{"n", mls.numbers[1]}}),
              "sold");
    EXPECT_EQ(count(db, "property_changes WHERE change_type = 'price'"), 1);
    EXPECT_EQ(count(db, "property_changes WHERE change_type = 'status'"), 1);
}

TEST(SyncListings, HideWhatTheMlsWithdrawsAndKeepItsRow) {
    Mls mls;
    Db db = test::database();
    mls.sync(db);
    const auto homes = count(db, "properties");
    db.run("UPDATE properties SET notes = 'typed' WHERE mls_number = :n", {{"n", mls.numbers[0]}});
    mls.days_pass(1);
    mls.feed->withdraw(mls.numbers[0]);
    EXPECT_EQ(mls.sync(db).counts.updated, 1);
    EXPECT_EQ(count(db, "dreams_hidden_homes"), 1);
    EXPECT_EQ(count(db, "properties"), homes);
    EXPECT_EQ(count(db, "properties WHERE notes = 'typed'"), 1);
}

TEST(SyncListings, AfterMoreThanAWeekLookForWhatLeftTheFeedMeanwhile) {
    Mls mls;
    Db db = test::database();
    mls.sync(db);
    mls.feed->withdraw(mls.numbers[0]);
    mls.days_pass(9);  // its row has left the feed by now
    mls.sync(db);
    EXPECT_EQ(count(db, "dreams_hidden_homes"), 1);
    EXPECT_EQ(count(db, "dreams_mls_listings WHERE out_of_view LIKE '%any more'"), 1);
}

TEST(SyncListings, OfAServiceThatTellsOfNoWithdrawalComparesEveryWeek) {
    Mls mls({.kind = ResoOptions::Kind::other, .page = 30});
    Db db = test::database();
    mls.sync(db);
    EXPECT_EQ(count(db, "properties"), mls.feed->in_view());
    mls.feed->withdraw(mls.numbers[0]);
    mls.days_pass(1);
    mls.sync(db);
    EXPECT_EQ(count(db, "dreams_hidden_homes"), 0) << "nobody has said so yet";
    mls.days_pass(7);
    mls.sync(db);
    EXPECT_EQ(count(db, "dreams_hidden_homes"), 1);
}

class SyncListingsOf : public testing::TestWithParam<ResoOptions::Kind> {};

TEST_P(SyncListingsOf, EachServiceBringTheWholeAndThenWhatWasChanged) {
    Mls mls({.kind = GetParam(), .page = 20});
    Db db = test::database();
    const auto report = mls.sync(db);
    EXPECT_EQ(report.outcome, Outcome::done) << report.error;
    EXPECT_EQ(count(db, "properties"), mls.feed->in_view());
    mls.days_pass(1);
    mls.feed->set_price(mls.numbers[0], 123'000);
    const auto next = mls.sync(db);
    EXPECT_EQ(next.counts.updated, 1);
    EXPECT_EQ(next.requests, 1);
    EXPECT_EQ(price_of(db, mls.numbers[0]), 123'000);
    mls.feed->withdraw(mls.numbers[1]);
    mls.days_pass(9);
    EXPECT_EQ(mls.sync(db).outcome, Outcome::done);
    EXPECT_EQ(count(db, "dreams_hidden_homes"), 1);
}

INSTANTIATE_TEST_SUITE_P(Kinds, SyncListingsOf,
                         testing::Values(ResoOptions::Kind::mls_grid, ResoOptions::Kind::other,
                                         ResoOptions::Kind::bridge));

TEST(SyncListings, OfTrestleWithATokenForItsClientId) {
    Mls mls({.kind = ResoOptions::Kind::other, .client_id = "office", .client_secret = "secret"});
    mls.settings = {.url = "https://api.cotality.com/trestle/odata",
                    .client_id = "office",
                    .client_secret = "secret",
                    .token_url = "https://api.cotality.com/trestle/oidc/connect/token"};
    mls.settings.service = "trestle";
    Db db = test::database();
    EXPECT_EQ(mls.sync(db).outcome, Outcome::done);
    EXPECT_EQ(count(db, "properties"), mls.feed->in_view());
}

TEST(SyncListings, GoOnBySkippingWhereNobodySaysHow) {
    for (const auto kind : {ResoOptions::Kind::other, ResoOptions::Kind::bridge}) {
        Mls mls({.kind = kind, .says_next = false});
        mls.settings.page = 20;
        Db db = test::database();
        EXPECT_EQ(mls.sync(db).outcome, Outcome::done);
        EXPECT_EQ(count(db, "properties"), mls.feed->in_view());
    }
}

TEST(SyncListings, AskFromALaterMomentOnWhereNoMoreMayBeSkipped) {
    for (const auto kind : {ResoOptions::Kind::other, ResoOptions::Kind::bridge}) {
        Mls mls({.kind = kind, .says_next = false, .most_skipped = 50});
        mls.settings.page = 10;
        mls.settings.most_skipped = 30;
        Db db = test::database();
        const auto report = mls.sync(db);
        EXPECT_EQ(report.outcome, Outcome::done) << report.error;
        EXPECT_EQ(count(db, "properties"), mls.feed->in_view());
        mls.settings.most_skipped = 1000;
        EXPECT_THAT(mls.sync(db, {.full = true}).error, HasSubstr("$skip is too large"));
    }
}

TEST(SyncListings, AFeedThatNeverEndsIsLeftAndWhatItSentIsKept) {
    using Endless = ResoOptions::Endless;
    const ResoOptions circle{
        .kind = ResoOptions::Kind::other, .page = 20, .endless = Endless::in_a_circle};
    const ResoOptions deaf{
        .kind = ResoOptions::Kind::other, .says_next = false, .endless = Endless::without_skip};
    for (const auto& [options, error, kept] :
         {std::tuple(circle, "in a circle", 290), std::tuple(deaf, "listings again", 190)}) {
        Mls mls(options, sim::TownSize::of(150));
        Db db = test::database();
        const auto report = mls.sync(db);
        EXPECT_EQ(report.outcome, Outcome::failed);
        EXPECT_THAT(report.error, HasSubstr(error));
        EXPECT_GE(count(db, "properties"), kept);
        EXPECT_LE(report.requests, 20);
    }
}

TEST(SyncListings, AFeedOfNothingButEmptyPagesIsLeft) {
    Mls mls({.endless = ResoOptions::Endless::empty_pages});
    Db db = test::database();
    const auto report = mls.sync(db);
    EXPECT_EQ(report.outcome, Outcome::failed);
    EXPECT_THAT(report.error, HasSubstr("20 pages"));
    EXPECT_EQ(report.requests, 20);
}

TEST(SyncListings, ASuspendedTokenRestsForAnHourWhicheverProgramAsks) {
    Mls mls;
    Db db = test::database();
    mls.feed->options().a_second = 0;
    EXPECT_THAT(mls.sync(db).error, HasSubstr("suspended"));
    const auto again = mls.sync(db);
    EXPECT_EQ(again.requests, 0);
    EXPECT_THAT(again.error, HasSubstr("left alone until"));
    mls.clock.sleep(2h);
    EXPECT_EQ(mls.sync(db).requests, 1);
}

TEST(SyncListings, ADropTakesNothingOutOfView) {
    Mls mls;
    Db db = test::database();
    mls.sync(db);
    const auto half = mls.numbers.size() / 2;
    for (std::size_t i = 0; i < half; ++i) mls.feed->withdraw(mls.numbers[i]);
    mls.days_pass(9);
    const auto report = mls.sync(db);
    EXPECT_EQ(report.outcome, Outcome::failed);
    EXPECT_THAT(report.error, HasSubstr("--accept-drop"));
    EXPECT_EQ(count(db, "dreams_hidden_homes"), 0);
    EXPECT_EQ(mls.sync(db, {.full = true, .accept_drop = true}).outcome, Outcome::done);
    EXPECT_EQ(count(db, "dreams_hidden_homes"), static_cast<std::int64_t>(half));
}

TEST(SyncListings, ARowThatCannotBeReadIsRefusedAndTheOthersComeIn) {
    Mls mls;
    mls.feed->set_field(mls.numbers[0], "ListingKey", "null");
    mls.feed->set_field(mls.numbers[0], "ListingId", "null");
    Db db = test::database();
    const auto report = mls.sync(db);
    EXPECT_EQ(report.outcome, Outcome::partial);
    EXPECT_EQ(report.counts.failed, 1);
    EXPECT_EQ(count(db, "properties"), mls.feed->in_view() - 1);
    EXPECT_EQ(count(db, "dreams_waiting WHERE record LIKE '%hurry%'"), 0)
        << "agents' remarks are kept nowhere";
}

TEST(SyncListings, ARowWithAlmostNothingInItIsAListingAllTheSame) {
    Mls mls;
    for (const auto* field :
         {"StandardStatus", "ListPrice", "OriginalListPrice", "OnMarketDate", "UnparsedAddress",
          "City", "StateOrProvince", "PostalCode", "CountyOrParish", "Latitude", "Longitude",
          "PropertyType", "BedroomsTotal", "BathroomsFull", "LivingArea", "YearBuilt", "Heating",
          "InternetAddressDisplayYN", "MlgCanUse"})
        mls.feed->set_field(mls.numbers[0], field, "null");
    Db db = test::database();
    EXPECT_EQ(mls.sync(db).outcome, Outcome::done);
    EXPECT_EQ(count(db, "properties WHERE price IS NULL AND address IS NULL AND mls_number = '" +
                            mls.numbers[0] + "'"),
              1);
}

TEST(SyncListings, AHiddenAddressLeavesTheFile) {
    Mls mls;
    Db db = test::database();
    mls.sync(db);
    mls.days_pass(1);
    mls.feed->hide_address(mls.numbers[0]);
    mls.sync(db);
    EXPECT_EQ(
        count(db, "properties WHERE address IS NULL AND mls_number = '" + mls.numbers[0] + "'"), 1);
}

TEST(SyncListings, JoinWhatAPersonHasCapturedBefore) {
    Mls mls;
    Db db = test::database();
    const auto& home = *std::ranges::find(mls.town.homes(), mls.numbers[0], &sim::Home::mls);
    Sighting said;
    said.listing.address = home.street;
    said.listing.city = home.city;
    said.listing.zip = home.code;
    auto transaction = db.begin();
    const auto captured =
        store::keep_property(db, said, {.telling = {"capture", monday - 24h}, .now = monday});
    transaction.commit();
    mls.sync(db);
    EXPECT_EQ(count(db, "properties"), mls.feed->in_view());
    EXPECT_EQ(store::property(db, captured.id)->listing.mls_number, mls.numbers[0]);
}

/// Whatever goes wrong, and wherever a run is cut off: after the last good run the file is as if
/// nothing had.
TEST(SyncListings, EndsTheSameWhateverHappensOnTheWay) {
    EXPECT_TRUE(rc::check([] {
        const auto kind = *rc::gen::element(ResoOptions::Kind::mls_grid, ResoOptions::Kind::other,
                                            ResoOptions::Kind::bridge);
        const ResoOptions options{.kind = kind, .page = *rc::gen::inRange(3, 30)};
        const auto fault = *rc::gen::element(
            sim::WireFault::error_500, sim::WireFault::truncated_body, sim::WireFault::html_200,
            sim::WireFault::closed, sim::WireFault::empty_200, sim::WireFault::repeated_page,
            sim::WireFault::unauthorized_401, sim::WireFault::gzip);
        const int from = *rc::gen::inRange(1, 8);
        const bool for_good = *rc::gen::arbitrary<bool>();

        const sim::TownSize small{12, 120, 8};
        Mls calm(options, small), stormy(options, small);
        Db expected = test::database(), db = test::database();
        if (for_good)
            stormy.feed->faults().from("Property", from, fault);
        else
            stormy.feed->faults().at("Property", from, fault);
        stormy.sync(db);
        stormy.feed->faults().clear();
        for (auto* mls : {&calm, &stormy}) {
            mls->clock.sleep(
                std::chrono::ceil<std::chrono::seconds>(monday + 48h - mls->clock.now()));
            mls->feed->set_price(mls->numbers[2], 99'000);
            mls->feed->withdraw(mls->numbers[3]);
        }
        // A service that does not tell of withdrawals has to be walked whole to notice one.
        const auto last = stormy.sync(db, {.full = kind != ResoOptions::Kind::mls_grid});
        RC_ASSERT(last.outcome == Outcome::done);
        calm.sync(expected);
        // What was withdrawn before the first good run was never known: both ways are right.
        expected.run("DELETE FROM dreams_mls_listings WHERE out_of_view IS NOT NULL");
        db.run("DELETE FROM dreams_mls_listings WHERE out_of_view IS NOT NULL");
        db.run("DELETE FROM properties WHERE id IN (SELECT property_id FROM dreams_hidden_homes)");
        RC_LOG() << "fault " << static_cast<int>(fault) << ", kind " << static_cast<int>(kind);
        const auto is = rows(db), should_be = rows(expected);
        for (const auto& each : is)
            if (std::ranges::find(should_be, each) == should_be.end())
                RC_LOG() << "+ " << each << "\n";
        for (const auto& each : should_be)
            if (std::ranges::find(is, each) == is.end()) RC_LOG() << "- " << each << "\n";
        RC_ASSERT(is == should_be);
    }));
}

}  // namespace
}  // namespace dreams::jobs
