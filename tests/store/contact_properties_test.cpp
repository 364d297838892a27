// Who looked at which home, from events; what people chose and wrote stays theirs.

#include "store/contact_properties.h"

#include <gmock/gmock.h>

#include <random>

#include "homes.h"
#include "store/idx_cache.h"

namespace dreams::store {
namespace {

using std::chrono::hours;
using test::keep;
using test::monday;
using test::sighting;
using testing::ElementsAre;
using testing::IsEmpty;

class LookedAtHomes : public testing::Test {
protected:
    Db db = test::database();
    Lead ana = test::add_lead(db, "Ana");
    Lead ben = test::add_lead(db, "Ben");
    PropertyId elm = keep(db, sighting("1", "12 Elm Rd", "4100001")).id;
    int number = 0;

    void event(const Lead& who, EventKind kind, int hour = 0, const std::string& mls = "4100001",
               const std::string& address = "12 Elm Rd, Sylva, NC 28779") {
        auto act = test::event(who, ++number, monday + hours{hour}, kind);
        act.property_mls = mls.empty() ? std::nullopt : std::optional(mls);
        act.property_address = address.empty() ? std::nullopt : std::optional(address);
        db.add("contact_events", act);
    }
    LookedAtCounts derive() {
        auto transaction = db.begin();
        const auto counts = keep_contact_properties(db, monday);
        transaction.commit();
        return counts;
    }
    /// `Ana favorited 2`: who, relationship, views.
    std::vector<std::string> rows() {
        return db.list<std::string>(R"sql(
            SELECT l.first_name || ' ' || c.relationship || ' ' || c.view_count ||
                   CASE WHEN p.address = '12 Elm Rd' THEN '' ELSE ' ' || p.address END
              FROM contact_properties c JOIN leads l ON l.id = c.contact_id
              JOIN properties p ON p.id = c.property_id ORDER BY 1)sql");
    }
    std::string text(const std::string& column) {
        return db.value<std::optional<std::string>>("SELECT " + column + " FROM contact_properties")
            .value_or("NULL");
    }
};

TEST_F(LookedAtHomes, AreOneRowAPairWithItsViews) {
    event(ana, EventKind::property_view, 3);
    event(ana, EventKind::property_view, 1);
    event(ana, EventKind::website_visit, 9);
    event(ben, EventKind::property_view, 2);
    const auto counts = derive();
    EXPECT_EQ(counts.pairs, 2);
    EXPECT_EQ(counts.created, 2);
    EXPECT_THAT(rows(), ElementsAre("Ana viewed 2", "Ben viewed 1"));
    const auto first =
        db.value<Instant>("SELECT first_viewed_at FROM contact_properties WHERE contact_id = :ana",
                          {{"ana", ana.id}});
    EXPECT_EQ(first, monday + hours{1});
}

TEST_F(LookedAtHomes, AreFavoritedBeforeSharedBeforeViewed) {
    event(ana, EventKind::property_share, 5);
    event(ana, EventKind::property_view, 4);
    derive();
    EXPECT_THAT(rows(), ElementsAre("Ana shared 1"));
    EXPECT_EQ(text("shared_at"), to_text(monday + hours{5}));
    event(ana, EventKind::property_favorite, 6);
    derive();
    EXPECT_THAT(rows(), ElementsAre("Ana favorited 1"));
    EXPECT_EQ(text("saved_at"), to_text(monday + hours{6}));
    EXPECT_EQ(text("last_viewed_at"), to_text(monday + hours{4}));
}

TEST_F(LookedAtHomes, AreTheSameWhenDerivedAgain) {
    event(ana, EventKind::property_view);
    derive();
    const auto before = test::dump(db);
    EXPECT_EQ(derive().pairs, 0) << "nothing is due";
    homes_to_look_at(db);
    EXPECT_EQ(derive().unchanged, 1);
    EXPECT_EQ(test::dump(db), before);
}

TEST_F(LookedAtHomes, AreDerivedOfThoseOnlyWhoDidSomething) {
    event(ana, EventKind::property_view);
    event(ben, EventKind::property_view);
    derive();
    event(ben, EventKind::property_view);
    events_to_look_at(db, *ben.person.fub_id, 1);
    EXPECT_EQ(derive().pairs, 1);
    EXPECT_THAT(rows(), ElementsAre("Ana viewed 1", "Ben viewed 2"));
}

TEST_F(LookedAtHomes, AreDerivedOfThoseWhoseEventsGotTheirAddressFromTheListingSite) {
    keep(db, sighting("2", "7 Oak Ln"));  // its number is not known
    event(ana, EventKind::property_view, 1, "4100002", "");
    event(ben, EventKind::property_view);
    derive();
    EXPECT_THAT(rows(), ElementsAre("Ben viewed 1"));
    keep_found(db, {.mls_number = "4100002", .address = "7 Oak Ln, Sylva, NC 28779"});
    EXPECT_EQ(give_events_addresses(db), 1);
    EXPECT_EQ(derive().pairs, 1) << "hers alone";
    EXPECT_THAT(rows(), ElementsAre("Ana viewed 1 7 Oak Ln", "Ben viewed 1"));
}

TEST_F(LookedAtHomes, AreDerivedOfEveryoneWhenAnotherProgramWroteEvents) {
    event(ana, EventKind::property_view);
    derive();
    event(ben, EventKind::property_view);
    EXPECT_EQ(derive().pairs, 2);
    EXPECT_THAT(rows(), ElementsAre("Ana viewed 1", "Ben viewed 1"));
}

TEST_F(LookedAtHomes, FollowTheHomesThatCome) {
    event(ana, EventKind::property_view, 0, "4100009", "9 Oak Ct, Sylva, NC 28779");
    EXPECT_EQ(derive().homeless, 1);
    keep(db, sighting("2", "9 Oak Ct", "4100009"));
    EXPECT_EQ(derive().created, 1);
}

/// Whatever happens in whatever order, what was derived step by step is what is derived at once.
TEST_F(LookedAtHomes, DerivedStepByStepAreThoseDerivedAtOnce) {
    std::mt19937 random(7);
    const auto any = [&](int count) { return static_cast<int>(random() % unsigned(count)); };
    const std::vector<Lead> people{ana, ben, test::add_lead(db, "Cem")};
    const auto mls = [](int n) { return std::to_string(4'100'000 + n); };
    for (int step = 0; step < 300; ++step) {
        const int home = any(12);
        const auto street = std::to_string(10 + home) + " Fern Ct";
        const Lead& who = people[std::size_t(any(3))];
        if (any(4) == 0) {
            auto said = sighting(std::to_string(home), street, any(3) ? mls(home) : "");
            if (any(2)) said.listing.city.reset();
            if (any(2)) said.listing.zip.reset();
            keep(db, said);
        } else {
            event(who, any(3) ? EventKind::property_view : EventKind::property_share, any(99),
                  any(2) ? mls(any(12)) : "", street + ", Sylva, NC 28779");
            events_to_look_at(db, *who.person.fub_id, 1);
        }
        if (any(3) == 0) derive();
    }
    derive();
    const auto step_by_step = rows();
    EXPECT_THAT(step_by_step, testing::SizeIs(testing::Gt(10)));
    db.run("DELETE FROM contact_properties");
    homes_to_look_at(db);
    derive();
    EXPECT_EQ(rows(), step_by_step);
}

TEST_F(LookedAtHomes, KeepWhatPeopleChoseAndWrote) {
    db.run(R"sql(INSERT INTO contact_properties
                   (id, contact_id, property_id, relationship, match_score, notes, saved_at)
                 VALUES ('mine', :ana, :elm, 'saved', 87.5, 'loves the porch', 'then'))sql",
           {{"ana", ana.id}, {"elm", elm}});
    event(ana, EventKind::property_view);
    event(ana, EventKind::property_favorite);
    derive();
    EXPECT_THAT(rows(), ElementsAre("Ana saved 1"));
    EXPECT_EQ(text("notes"), "loves the porch");
    EXPECT_EQ(text("match_score"), "87.5");
    EXPECT_EQ(text("saved_at"), "then");
    EXPECT_EQ(text("id"), "mine");
}

TEST_F(LookedAtHomes, GoWithTheirEventsUnlessSomebodyWroteOnThem) {
    event(ana, EventKind::property_view);
    event(ben, EventKind::property_view);
    derive();
    db.run("UPDATE contact_properties SET notes = 'call him' WHERE contact_id = :ben",
           {{"ben", ben.id}});
    db.run("DELETE FROM contact_events");
    EXPECT_EQ(derive().removed, 1);
    EXPECT_THAT(rows(), ElementsAre("Ben viewed 1"));
}

TEST_F(LookedAtHomes, AreFoundByAddressWhereThereIsNoNumber) {
    event(ana, EventKind::property_view, 0, "", "12 Elm Road, Sylva, NC 28779");
    event(ben, EventKind::property_view, 0, "", "12 Elm Road, Boone, NC 28607");
    EXPECT_EQ(derive().homeless, 1);
    EXPECT_THAT(rows(), ElementsAre("Ana viewed 1"));
}

TEST_F(LookedAtHomes, AreTheOneAtThatStreetWhereTwoBoardsUseOneNumber) {
    auto other = sighting("2", "9 Oak Ct", "4100001");
    other.listing.mls_source = "Georgia MLS";
    keep(db, other);
    event(ana, EventKind::property_view, 0, "4100001", "9 Oak Court, Sylva, NC 28779");
    event(ben, EventKind::property_view, 0, "4100001", "");
    EXPECT_EQ(derive().homeless, 1) << "a number of two homes and no address";
    EXPECT_EQ(db.value<std::string>("SELECT p.address FROM contact_properties c JOIN properties p "
                                    "ON p.id = c.property_id"),
              "9 Oak Ct");
}

TEST_F(LookedAtHomes, AreNotAnotherHouseUnderAWrongNumber) {
    event(ana, EventKind::property_view, 0, "4100001", "77 Fern Ct, Sylva, NC 28779");
    event(ben, EventKind::property_view, 0, "4100001", "[Not found on IDX]");
    EXPECT_EQ(derive().homeless, 1);
    EXPECT_THAT(rows(), ElementsAre("Ben viewed 1"));
}

TEST_F(LookedAtHomes, AreFoundUnderTheNumberTheyHadEarlier) {
    event(ana, EventKind::property_view);
    keep(db, sighting("1", "12 Elm Rd", "4100002"));
    event(ana, EventKind::property_view, 1, "4100002");
    derive();
    EXPECT_THAT(rows(), ElementsAre("Ana viewed 2"));
}

}  // namespace
}  // namespace dreams::store
