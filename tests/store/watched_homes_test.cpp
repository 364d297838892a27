// Which homes are watched, for whom, and what is remembered of a look.

#include "store/watched_homes.h"

#include <gmock/gmock.h>

#include "store/contact_homes.h"
#include "store/idx_cache.h"
#include "store/properties.h"
#include "store/untold_changes.h"
#include "support/database.h"
#include "support/homes.h"

namespace dreams::store {
namespace {

using namespace std::chrono_literals;
using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class WatchedHomes : public testing::Test {
protected:
    PropertyId home(const std::string& address, const std::string& status = "active") {
        return test::see(db, {address, 450'000, monday - 24h, status});
    }
    PropertyId saved(const std::string& address, const std::string& status = "active") {
        const auto id = home(address, status);
        keep_contact_home(db, ana.id, id, {}, monday);
        return id;
    }
    void match(const PropertyId& home, const std::string& status) {
        db.run(
            "INSERT INTO matches (id, lead_id, property_id, match_status) "
            "VALUES ('match_' || :home, :lead, :home, :status)",
            {{"home", home}, {"lead", ana.id}, {"status", status}});
    }
    std::vector<PropertyId> due(Instant now = monday) {
        std::vector<PropertyId> ids;
        for (const auto& each : homes_to_watch(db, now - 5h, now, 50)) ids.push_back(each.home.id);
        EXPECT_EQ(count_homes_to_watch(db, now - 5h, now), std::ssize(ids));
        return ids;
    }

    Db db = test::database();
    Lead ana = test::add_lead(db, "Ana Lopez");
};

TEST_F(WatchedHomes, AreThoseOnTheMarketThatSomebodyCaresFor) {
    home("1 Nobody's Ln");
    saved("2 Sold Ln", "sold");
    const auto looked_at = saved("3 Elm St"), pending = saved("4 Elm St", "pending"),
               contingent = saved("5 Elm St", "contingent"),
               soon = saved("6 Elm St", "coming soon");
    const auto added = home("7 Elm St"), sent = home("8 Elm St"), suggested = home("9 Elm St");
    db.run("UPDATE properties SET added_for = 'The Smiths' WHERE id = :id", {{"id", added}});
    match(sent, "sent");
    match(suggested, "suggested");
    EXPECT_THAT(due(), UnorderedElementsAre(looked_at, pending, contingent, soon, added, sent));
}

TEST_F(WatchedHomes, AreNotThoseOfPeopleWhomFollowUpBossNoLongerHas) {
    saved("3 Elm St");
    db.run("INSERT INTO dreams_fub_people (fub_id, deleted_at) VALUES (:id, :at)",
           {{"id", *ana.person.fub_id}, {"at", monday}});
    EXPECT_THAT(due(), IsEmpty());
}

TEST_F(WatchedHomes, ComeWithMostPeopleFirstAndThenWhoWaitsLongest) {
    const auto one = saved("3 Elm St"), two = saved("4 Elm St"), three = saved("5 Elm St");
    keep_contact_home(db, test::add_lead(db, "Ben Ray").id, two, {}, monday);
    keep_watched(db, one, monday - 6h);
    EXPECT_THAT(due(), ElementsAre(two, three, one));
    keep_watched(db, two, monday - 4h);
    EXPECT_THAT(due(), ElementsAre(three, one));
}

TEST_F(WatchedHomes, WhoseNumberHasNoGoodAnswerWaitUntilItIsAskedForAgain) {
    const auto id = saved("3 Elm St");
    db.run("UPDATE properties SET mls_number = '4100001' WHERE id = :id", {{"id", id}});
    IdxVisit visit{.key = "4100001",
                   .verdict = IdxVerdict::gone,
                   .asked_at = monday - 6h,
                   .due_at = monday + 24h};
    keep_visit(db, visit);
    EXPECT_THAT(due(), ElementsAre(id)) << "nobody has taken note of it yet";
    keep_watched(db, id, monday - 6h);
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_THAT(due(monday + 25h), ElementsAre(id));
    visit.verdict = IdxVerdict::found;
    keep_visit(db, visit);
    EXPECT_THAT(due(), ElementsAre(id));
}

TEST_F(WatchedHomes, ThatLeaveTheSiteAreNotedOnceAndWhenTheyComeBackTo) {
    const auto id = saved("3 Elm St");
    EXPECT_FALSE(keep_on_site(db, id, OnSite::shown, monday)) << "it is taken to have been there";
    EXPECT_TRUE(keep_on_site(db, id, OnSite::gone, monday));
    EXPECT_FALSE(keep_on_site(db, id, OnSite::gone, monday + 6h));
    EXPECT_TRUE(keep_on_site(db, id, OnSite::shown, monday + 12h));
    EXPECT_TRUE(keep_on_site(db, id, OnSite::gone, monday + 18h));
    const auto changes = changes_of(db, id);
    ASSERT_EQ(changes.size(), 3u);
    EXPECT_EQ(changes.front().type, "site");
    EXPECT_EQ(changes.front().old_value, "shown");
    EXPECT_EQ(changes.front().new_value, "gone");
    EXPECT_EQ(changes.front().property_address, "3 Elm St");
}

TEST_F(WatchedHomes, NameTheirKeenestPeopleEachOnce) {
    const auto id = saved("3 Elm St");
    const auto ben = test::add_lead(db, "Ben Ray", 90);
    keep_contact_home(db, ben.id, id, {}, monday);
    db.run("UPDATE contact_properties SET view_count = 7 WHERE contact_id = :id", {{"id", ana.id}});
    match(id, "sent");
    const auto all = clients_of_home(db, id, 5);
    EXPECT_THAT(all.keenest, ElementsAre(Client{ana.id, "Ana Lopez"}, Client{ben.id, "Ben Ray"}));
    EXPECT_EQ(clients_of_home(db, id, 1).keenest.size(), 1u);
    EXPECT_EQ(clients_of_home(db, id, 1).total, 2);
}

TEST_F(WatchedHomes, HaveNewsThatIsMarkedOnceAndStaysMarkedWhenItIsHeardAgain) {
    saved("3 Elm St");
    test::see(db, {"3 Elm St", 435'000, monday - 2h});
    auto untold = untold_changes(db, monday - 72h);
    ASSERT_EQ(untold.size(), 1u);
    EXPECT_TRUE(untold.front().is_cared_for);
    mark_told(db, {untold.front().change.id});
    EXPECT_THAT(untold_changes(db, monday - 72h), IsEmpty());
    add_changes(db, {untold.front().change});
    EXPECT_THAT(untold_changes(db, monday - 72h), IsEmpty());
}

TEST_F(WatchedHomes, HaveTheirOldNewsMarkedAllTogether) {
    saved("3 Elm St");
    test::see(db, {"3 Elm St", 435'000, monday - 2h});
    test::see(db, {"3 Elm St", 425'000, monday - 1h});
    EXPECT_EQ(count_untold_before(db, monday - 90min), 1);
    EXPECT_EQ(mark_told_before(db, monday - 90min), 1);
    EXPECT_EQ(untold_changes(db, monday - 72h).size(), 1u);
    EXPECT_EQ(changes_between(db, monday - 72h, monday).size(), 2u) << "told or not";
}

}  // namespace
}  // namespace dreams::store
