// Homes for buyers, kept in `matches`, through the real file.

#include "jobs/match.h"

#include <gmock/gmock.h>

#include "base/json.h"
#include "base/json_writer.h"
#include "jobs/match_market.h"
#include "model/property.h"
#include "store/contact_properties.h"
#include "store/lease.h"
#include "support/database.h"

namespace dreams::jobs {
namespace {

using test::monday;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const Zone new_york("America/New_York");

class Matches : public testing::Test {
protected:
    Matches() {
        for (int i = 0; i < 5; ++i)
            look_at(ana, home("seen-" + std::to_string(i), 390'000 + i, "sold"), i);
    }

    PropertyId home(const std::string& id, std::int64_t price,
                    const std::string& status = "active") {
        Property home{.id = {id}};
        home.listing.mls_number = "41" + std::to_string(text::hash(id) % 100'000);
        home.listing.address = id + " Elm St";
        home.listing.city = "Sylva";
        home.listing.county = "Jackson";
        home.listing.price = price;
        home.listing.beds = 3;
        home.listing.baths = 2;
        home.listing.sqft = 1'800;
        home.listing.acreage = 1;
        home.listing.property_type = "Single Family";
        home.listing.status = status;
        home.listing.list_date = "2026-01-10";
        home.features.latitude = 35.37;
        home.features.longitude = -83.22;
        db.add("properties", home);
        return home.id;
    }

    void look_at(const Lead& who, const PropertyId& what, int days_ago) {
        auto event = test::event(who, ++events, monday - std::chrono::days{days_ago});
        event.property_mls = db.value<std::string>(
            "SELECT mls_number FROM properties WHERE id = :id", {{"id", what}});
        event.property_address = std::nullopt;
        event.property_price = std::nullopt;
        db.add("contact_events", event);
    }

    MatchReport run(MatchOptions options = {}, Instant now = monday) {
        Progress silent;
        options.lines = 100;
        return match(db, score::match_policy(), now, new_york, options, silent);
    }

    Match row(const Lead& who, const PropertyId& what) {
        return store::match(db, match_id(who.id, what));
    }
    std::int64_t rows() { return db.value<std::int64_t>("SELECT count(*) FROM matches"); }
    void decide(const Lead& who, const PropertyId& what, MatchStatus status) {
        store::decide_match(db, match_id(who.id, what), status, monday);
    }

    Db db = test::database();
    std::int64_t events = 0;
    Lead ana = test::add_lead(db, "Ana"), bo = test::add_lead(db, "Bo");
};

TEST_F(Matches, AreSuggestedWithScoresAndWhyAndNeverTwice) {
    const auto fits = home("fits", 395'000);
    home("castle", 3'000'000);
    const auto report = run();
    EXPECT_EQ(report.created, 1);
    EXPECT_EQ(report.buyers, 2);
    EXPECT_EQ(report.without, 1);  // nothing is known of Bo
    const Match found = row(ana, fits);
    EXPECT_EQ(found.id.text, "match_" + ana.id.text + "_fits");
    EXPECT_EQ(found.decision.status, MatchStatus::suggested);
    EXPECT_EQ(found.suggested_at, monday);
    EXPECT_GT(*found.scores.total, 70);
    EXPECT_EQ(found.scores.stated, std::nullopt);
    EXPECT_GT(*found.scores.behavioral, 70);
    const auto told = json::parse(found.scores.breakdown->text);
    double sum = 0;
    for (const auto& part : *json::array(told, "contributions"))
        sum += *json::number(part, "points");
    EXPECT_NEAR(sum, *found.scores.total, 1e-9);

    const auto before = test::dump(db);
    const auto again = run();
    EXPECT_EQ(again.created + again.changed + again.withdrawn, 0);
    EXPECT_EQ(again.unchanged, 1);
    EXPECT_EQ(test::dump(db), before);
}

TEST_F(Matches, OfSomebodyUnknownAreNoneAndTheFileSaysWhy) {
    home("fits", 395'000);
    const auto report = run({.lead = bo.id});
    EXPECT_THAT(report.best.lines, IsEmpty());
    ASSERT_TRUE(report.buyer);
    EXPECT_EQ(report.buyer->known, "nothing");
    EXPECT_THAT(*store::matched_buyer(db, bo.id)->none_because, HasSubstr("Nothing is known"));
    EXPECT_EQ(store::matched_buyer(db, ana.id), std::nullopt);  // she was not asked for
    EXPECT_EQ(rows(), 0);
}

TEST_F(Matches, FollowWhatTheyTold) {
    const auto fits = home("fits", 395'000);
    db.run(R"sql(UPDATE leads SET max_price = 400000, min_beds = 3, requirements_confidence = 1,
                  preferred_cities = '["sylva"]', requirements_updated_at = :now WHERE id = :bo)sql",
           {{"now", monday}, {"bo", bo.id}});
    run();
    EXPECT_GT(*row(bo, fits).scores.stated, 90);
    EXPECT_EQ(row(bo, fits).scores.behavioral, std::nullopt);
}

TEST_F(Matches, KeepOutWhatTheyRefuseAndNeverReadWishesAboutPeople) {
    const auto plain = home("plain", 395'000), hoa = home("hoa", 395'000);
    db.run("UPDATE properties SET hoa_fee = 200 WHERE id = 'hoa'");
    db.run("UPDATE properties SET amenities = 'near school'");
    db.run(R"sql(UPDATE leads SET deal_breakers = '["HOA","school"]' WHERE id = :ana)sql",
           {{"ana", ana.id}});
    run();
    EXPECT_EQ(row(ana, plain).property, plain);
    EXPECT_THROW(row(ana, hoa), Error);
    EXPECT_EQ(*store::matched_buyer(db, ana.id)->left_out, "Left out: 1 home with “HOA”.");
}

TEST_F(Matches, AreNotSoughtForThoseWhoAreNoBuyersOrGone) {
    home("fits", 395'000);
    db.run("UPDATE leads SET stage = 'Trash' WHERE id = :ana", {{"ana", ana.id}});
    auto report = run();
    EXPECT_EQ(report.left_out, 1);
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(*run({.lead = ana.id}).no_buyer, "trash");
    db.run("UPDATE leads SET stage = 'Lead', type = 'Seller' WHERE id = :ana", {{"ana", ana.id}});
    EXPECT_EQ(*run({.lead = ana.id}).no_buyer, "no buyer: seller");
    db.run("UPDATE leads SET type = 'Buyer' WHERE id = :ana", {{"ana", ana.id}});
    EXPECT_EQ(run().created, 1);
    db.run("INSERT INTO dreams_fub_people (fub_id, deleted_at) VALUES (:id, :now)",
           {{"id", ana.person.fub_id}, {"now", monday}});
    EXPECT_EQ(run().withdrawn, 1);
    EXPECT_EQ(store::matched_buyer(db, ana.id), std::nullopt);
}

TEST_F(Matches, GoWhenTheHomeIsSoldAsLongAsNobodyTouchedThem) {
    const auto one = home("one", 395'000), two = home("two", 396'000),
               three = home("three", 394'000);
    EXPECT_EQ(run().created, 3);
    decide(ana, two, MatchStatus::sent);
    store::note_match(db, match_id(ana.id, three), "ask about the well", "");
    const auto sent = row(ana, two), noted = row(ana, three);
    db.run("UPDATE properties SET status = 'sold' WHERE id IN ('one', 'two', 'three')");
    const auto report = run({}, monday + std::chrono::days{1});
    EXPECT_EQ(report.withdrawn, 1);
    EXPECT_EQ(report.kept, 2);
    EXPECT_THROW(row(ana, one), Error);
    EXPECT_EQ(json::written(row(ana, two)), json::written(sent));
    EXPECT_EQ(json::written(row(ana, three)), json::written(noted));
}

TEST_F(Matches, OfAHomeThatOnlyAnOldFileTellsOfAreNone) {
    const auto what = home("old", 391'000);
    db.run(
        "INSERT INTO dreams_homes (property_id, identity, observed_at) VALUES "
        "(:home, '', '2025-10-01T00:00:00Z')",
        {{"home", what}});
    run();
    EXPECT_EQ(rows(), 0);
    db.run(
        "UPDATE properties SET idx_validation_status = 'validated', "
        "idx_validated_at = '2026-01-18T00:00:00Z'");
    run();
    EXPECT_EQ(rows(), 1) << "the site shows it";
    db.run("UPDATE properties SET idx_validation_status = NULL");
    run();
    EXPECT_EQ(rows(), 0);
    db.run("UPDATE dreams_homes SET observed_at = '2026-01-01T00:00:00Z'");
    run();
    EXPECT_EQ(rows(), 1);
}

TEST_F(Matches, OnceDecidedAreNeverRescoredNorSuggestedAgain) {
    const auto fits = home("fits", 395'000);
    run();
    decide(ana, fits, MatchStatus::rejected);
    db.run("UPDATE matches SET lead_feedback = 'too steep', agent_notes = 'a pity'");
    const auto before = row(ana, fits);
    db.run("UPDATE properties SET price = 380000 WHERE id = 'fits'");
    const auto report = run({}, monday + std::chrono::days{3});
    EXPECT_EQ(report.created + report.changed + report.withdrawn, 0);
    EXPECT_EQ(json::written(row(ana, fits)), json::written(before));
}

TEST_F(Matches, WhoseScoresMoveKeepTheDayTheyWereSuggestedAndTheNotes) {
    const auto fits = home("fits", 395'000);
    run();
    store::note_match(db, match_id(ana.id, fits), "nice porch", "");
    db.run("UPDATE properties SET price = 450000 WHERE id = 'fits'");
    EXPECT_EQ(run({}, monday + std::chrono::hours{1}).changed, 1);
    EXPECT_EQ(row(ana, fits).suggested_at, monday);
    EXPECT_EQ(row(ana, fits).decision.agent_notes, "nice porch");
}

TEST_F(Matches, OfOnePersonOrOneHomeLeaveTheOthersAlone) {
    const auto one = home("one", 395'000), two = home("two", 396'000);
    look_at(bo, {"seen-1"}, 0);
    look_at(bo, {"seen-2"}, 0);
    EXPECT_EQ(run({.lead = ana.id}).created, 2);
    EXPECT_EQ(run({.home = one}).created, 1);  // Bo's
    EXPECT_THROW(row(bo, two), Error);
    db.run("UPDATE properties SET status = 'pending' WHERE id IN ('one', 'two')");
    EXPECT_EQ(run({.lead = bo.id}).withdrawn, 1);
    EXPECT_EQ(run({.home = two}).withdrawn, 1);
    EXPECT_EQ(rows(), 1);
    EXPECT_THROW(run({.lead = LeadId{"nobody"}}), Error);
    EXPECT_THROW(run({.home = PropertyId{"nowhere"}}), Error);
}

TEST_F(Matches, OfARehearsalAreToldAndNotKept) {
    home("fits", 395'000);
    const auto before = test::dump(db);
    const auto report = run({.rehearsal = Rehearsal::yes});
    EXPECT_EQ(report.created, 1);
    EXPECT_THAT(report.best.lines, SizeIs(1));
    EXPECT_EQ(test::dump(db), before);
}

TEST_F(Matches, AreSoughtByOneProgramAtATime) {
    const store::Lease other(db, "match", monday);
    EXPECT_THROW(run(), store::LeaseHeld);
}

TEST_F(Matches, ThatWereSentMakePersonAndHomeMatchedAndTakenBackLeaveNothing) {
    const auto fits = home("fits", 395'000);
    {
        auto transaction = db.begin();
        store::keep_contact_properties(db, monday);
        transaction.commit();
    }
    run();
    const auto links = [&] {
        return db.list<std::string>(
            "SELECT relationship || ' ' || match_score FROM contact_properties "
            "WHERE match_score IS NOT NULL");
    };
    EXPECT_THAT(links(), IsEmpty());  // a suggestion alone brings nobody together
    decide(ana, fits, MatchStatus::sent);
    ASSERT_THAT(links(), SizeIs(1));
    EXPECT_THAT(links()[0], HasSubstr("matched 8"));
    {
        look_at(ana, fits, 0);  // she opens it: views are counted beside the word
        auto transaction = db.begin();
        store::keep_contact_properties(db, monday);
        transaction.commit();
    }
    EXPECT_THAT(links()[0], HasSubstr("matched"));
    decide(ana, fits, MatchStatus::suggested);
    EXPECT_THAT(links(), IsEmpty());
    EXPECT_EQ(db.value<std::string>(
                  "SELECT relationship FROM contact_properties WHERE property_id = 'fits'"),
              "viewed");
    const auto back = row(ana, fits);
    EXPECT_EQ(back.decision.sent_at, std::nullopt);
    EXPECT_FALSE(store::is_touched(back));
}

TEST_F(Matches, TakeInquiriesAndHomesThatAreNotInTheFileForWhatTheyAre) {
    auto asked = test::activity(bo, 900, "property_inquiry", monday);
    asked.data = JsonText{
        R"json({"property":{"street":"1 Far Rd","city":"Sylva","code":"28779","price":"395000"}})json"};
    db.add("lead_activities", asked);
    auto seen = test::event(bo, 901, monday);
    seen.property_mls = std::nullopt;
    seen.property_address = "2 Far Rd, Sylva, NC 28779";
    seen.property_price = 391'000;
    db.add("contact_events", seen);
    const auto facts = store::matching_facts(db);
    const auto question = match_question(facts, new_york, monday);
    const auto& market = question.market;
    std::vector<std::int64_t> prices;
    for (std::size_t i = 0; i < facts.buyers.size(); ++i)
        if (facts.buyers[i].lead == bo.id)
            for (const auto& glance : question.buyers[i].glances) {
                prices.push_back(market.homes[glance.home].price);
                EXPECT_EQ(market.homes[glance.home].place, market.homes[0].place);  // Sylva
                EXPECT_TRUE(facts.homes[glance.home].id.empty());
            }
    EXPECT_THAT(prices, testing::UnorderedElementsAre(395'000, 391'000));
}

}  // namespace
}  // namespace dreams::jobs
