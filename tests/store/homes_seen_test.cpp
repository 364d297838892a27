#include "store/homes_seen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "support/database.h"

namespace dreams::store {
namespace {

using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

ContactEvent look(const Lead& who, std::int64_t number, std::optional<std::string> mls,
                  std::optional<std::string> address = "1 Oak Rd", Instant at = monday,
                  EventKind kind = EventKind::property_view) {
    ContactEvent event = test::event(who, number, at, kind);
    event.property_mls = std::move(mls);
    event.property_address = std::move(address);
    return event;
}

HomesSeen seen(Db& db, const Lead& who, int limit = 30) {
    return homes_seen(db, *who.person.fub_id, limit);
}

TEST(HomesSeen, CountsWhatThePersonDidAtEachHome) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    db.add_all(
        "contact_events",
        std::vector{look(ana, 1, "M1", "1 Oak Rd", monday - 5h),
                    look(ana, 2, "M1", "1 Oak Rd", monday - 1h),
                    look(ana, 3, "M1", "1 Oak Rd", monday - 2h, EventKind::property_favorite),
                    look(ana, 4, "M1", "1 Oak Rd", monday - 3h, EventKind::property_share),
                    look(ana, 5, std::nullopt, std::nullopt, monday, EventKind::website_visit),
                    look(ana, 6, "M2", "2 Elm St")});

    const auto homes = seen(db, ana);
    ASSERT_EQ(homes.total, 2);
    const auto& home = homes.homes[0];
    EXPECT_EQ(home.mls, "M1");
    EXPECT_EQ(home.address, "1 Oak Rd");
    EXPECT_THAT((std::vector{home.views, home.favorites, home.shares}), ElementsAre(2, 1, 1));
    EXPECT_EQ(home.first_at, monday - 5h);
    EXPECT_EQ(home.last_at, monday - 1h);
    EXPECT_EQ(homes.homes[1].home, "M2");
}

TEST(HomesSeen, TellsHomesApartByAddressWhereNoMlsNumberIsKnown) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    db.add_all("contact_events",
               std::vector{look(ana, 1, std::nullopt, "1 Oak Rd"), look(ana, 2, "", "1 Oak Rd"),
                           look(ana, 3, std::nullopt, "2 Elm St")});
    const auto homes = seen(db, ana);
    ASSERT_EQ(homes.total, 2);
    EXPECT_EQ(homes.homes[0].views, 2);
    EXPECT_EQ(homes.homes[0].mls, std::nullopt);
}

TEST(HomesSeen, TakesTheNewestPriceAndAddressThatAnEventTold) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    auto older = look(ana, 1, "M1", "1 Oak Rd", monday - 48h), newer = look(ana, 2, "M1", "");
    older.property_price = 500'000;
    newer.property_price = 480'000;
    db.add_all("contact_events", std::vector{older, newer});

    const auto homes = seen(db, ana);
    ASSERT_EQ(homes.homes.size(), 1u);
    EXPECT_EQ(homes.homes[0].price, 480'000);
    EXPECT_EQ(homes.homes[0].address, "1 Oak Rd");
}

TEST(HomesSeen, AsksTheListingAndThenTheCacheForWhatNoEventTold) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    for (const auto* mls : {"M1", "M2", "M3"}) {
        auto event = look(ana, mls[1] - '0', mls, std::nullopt);
        event.property_price = std::nullopt;
        db.add("contact_events", event);
    }
    db.run(
        "INSERT INTO properties (id, mls_number, address, price, idx_url) "
        "VALUES ('p', 'M1', '1 Listed Ln', 111000, 'https://idx.example/1')");
    db.run(
        "INSERT INTO idx_property_cache (mls_number, address, price) VALUES "
        "('M1', '1 Cached Ct', 999), ('M2', '2 Cached Ct', 222000), "
        "('M3', '[Not found on IDX]', NULL)");

    std::map<std::string, HomeSeen> by_mls;
    for (const auto& home : seen(db, ana).homes) by_mls[*home.mls] = home;
    EXPECT_EQ(by_mls["M1"].address, "1 Listed Ln");
    EXPECT_EQ(by_mls["M1"].price, 111'000);
    EXPECT_EQ(by_mls["M1"].url, "https://idx.example/1");
    EXPECT_EQ(by_mls["M1"].property, PropertyId{"p"});
    EXPECT_EQ(by_mls["M2"].property, std::nullopt);
    EXPECT_EQ(by_mls["M2"].address, "2 Cached Ct");
    EXPECT_EQ(by_mls["M2"].price, 222'000);
    EXPECT_EQ(by_mls["M3"].address, std::nullopt);
    EXPECT_EQ(by_mls["M3"].price, std::nullopt);
}

TEST(HomesSeen, SaysNothingOfAListingThatItsMlsWithdrew) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    auto event = look(ana, 1, "M1", std::nullopt);
    event.property_price = std::nullopt;
    db.add("contact_events", event);
    db.run(
        "INSERT INTO properties (id, mls_number, address, price, source) "
        "VALUES ('p', 'M1', '1 Listed Ln', 111000, 'reso')");
    EXPECT_EQ(seen(db, ana).homes.at(0).property, PropertyId{"p"});
    db.run("INSERT INTO dreams_hidden_homes (property_id, why, since) VALUES ('p', 'w', 's')");
    const auto homes = seen(db, ana).homes;
    EXPECT_EQ(homes.at(0).property, std::nullopt);
    EXPECT_EQ(homes.at(0).address, std::nullopt);
}

TEST(HomesSeen, NamesWhoElseLooksWhoLooksMostFirst) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana"), bea = test::add_lead(db, "Bea B", 80),
               cleo = test::add_lead(db, "Cleo C");
    db.add_all("contact_events",
               std::vector{look(ana, 1, "M1"), look(ana, 2, "M2"), look(bea, 3, "M1"),
                           look(cleo, 4, "M1"), look(cleo, 5, "M1"), look(bea, 6, "M9")});

    const auto homes = seen(db, ana);
    ASSERT_EQ(homes.homes.size(), 2u);
    const auto& shared = homes.homes[0].mls == "M1" ? homes.homes[0] : homes.homes[1];
    const auto& alone = homes.homes[0].mls == "M1" ? homes.homes[1] : homes.homes[0];
    EXPECT_EQ(shared.other_count, 2);
    ASSERT_EQ(shared.others.size(), 2u);
    EXPECT_EQ(shared.others[0].name, "Cleo C");
    EXPECT_EQ(shared.others[0].looks, 2);
    EXPECT_EQ(shared.others[1].lead, bea.id);
    EXPECT_EQ(shared.others[1].priority, 80);
    EXPECT_EQ(alone.other_count, 0);
    EXPECT_THAT(alone.others, IsEmpty());
}

TEST(HomesSeen, NamesTenOthersAndCountsTheRest) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    db.add("contact_events", look(ana, 1, "M1"));
    for (int i = 0; i < 12; ++i)
        db.add("contact_events",
               look(test::add_lead(db, "Other" + std::to_string(i)), 100 + i, "M1"));

    const auto homes = seen(db, ana);
    EXPECT_EQ(homes.homes[0].other_count, 12);
    EXPECT_EQ(homes.homes[0].others.size(), 10u);
}

TEST(HomesSeen, DoesNotCountPeopleDeletedInFollowUpBoss) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana"), gone = test::add_lead(db, "Gone");
    db.add_all("contact_events",
               std::vector{look(ana, 1, "M1"), look(gone, 2, "M1"), look(gone, 3, "M1")});
    db.run("INSERT INTO dreams_fub_people (fub_id, deleted_at) VALUES (:fub_id, :at)",
           {{"fub_id", gone.person.fub_id}, {"at", monday}});

    EXPECT_EQ(seen(db, ana).homes[0].other_count, 0);
}

TEST(HomesSeen, ListsTheMostLookedAtAndSaysHowManyThereAre) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    for (int i = 0; i < 6; ++i)
        db.add("contact_events", look(ana, i, i < 3 ? "M0" : "M" + std::to_string(i)));

    const auto homes = seen(db, ana, 2);
    EXPECT_EQ(homes.total, 4);
    ASSERT_EQ(homes.homes.size(), 2u);
    EXPECT_EQ(homes.homes[0].views, 3);
}

TEST(HomesSeen, OfSomebodyWhoLookedAtNothingAreNone) {
    Db db = test::database();
    const auto homes = seen(db, test::add_lead(db, "Ana"));
    EXPECT_EQ(homes.total, 0);
    EXPECT_THAT(homes.homes, IsEmpty());
}

std::string plan_of(Db& db, const std::string& sql) {
    Statement plan = db.prepare("EXPLAIN QUERY PLAN " + sql);
    std::string all;
    while (plan.step()) (all += plan.text(3)) += '\n';
    return all;
}

TEST(HomesSeen, FindsTheOthersInIndexesAlone) {
    Db db = test::database();
    const auto others =
        plan_of(db,
                "SELECT coalesce(nullif(property_mls, ''), property_address), contact_id "
                "FROM contact_events WHERE coalesce(nullif(property_mls, ''), property_address) "
                "IN ('M1', 'M2') ORDER BY 1, 2");
    EXPECT_THAT(others, testing::HasSubstr("COVERING INDEX idx_events_home"));
    EXPECT_THAT(others, testing::Not(testing::HasSubstr("TEMP B-TREE")));
    EXPECT_THAT(plan_of(db, "SELECT fub_id FROM dreams_fub_people WHERE deleted_at > ''"),
                testing::HasSubstr("INDEX dreams_fub_people_deleted"));
}

}  // namespace
}  // namespace dreams::store
