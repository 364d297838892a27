// Homes at a glance: brought up to date by what was edited, they are what a fresh look would give.

#include "store/catalog.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "store/schema.h"
#include "support/database.h"
#include "support/folder.h"

namespace dreams::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// Everything that a catalogue tells, as text.
std::vector<std::string> told(const Catalog& catalog) {
    std::vector<std::string> all;
    for (const auto& home : catalog.homes())
        all.push_back(std::to_string(home.row) + "|" + catalog.statuses().word(home.status) + "|" +
                      catalog.cities().word(home.city) + "|" +
                      catalog.counties().word(home.county) + "|" +
                      catalog.clients().word(home.client) + "|" + std::to_string(home.price) + "|" +
                      std::to_string(home.beds) + "|" + std::to_string(home.on_map) + "|" +
                      std::to_string(home.latitude) + "|" + std::to_string(home.longitude) + "|" +
                      std::to_string(home.updated));
    for (const auto* search : {"elm", "sylva 1", "oak", "41000"}) {
        all.push_back(search);
        for (const auto index : catalog.found(search)) all.back() += " " + std::to_string(index);
    }
    for (const auto* choices :
         {&catalog.statuses(), &catalog.cities(), &catalog.counties(), &catalog.clients()})
        for (const auto& choice : choices->list())
            all.push_back(choice.word + " " + std::to_string(choice.homes));
    return all;
}

std::vector<std::string> told_afresh(Db& db) {
    Catalog catalog;
    catalog.refresh(db);
    return told(catalog);
}

void add_home(Db& db, const std::string& id, const std::string& address = "1 Elm Rd") {
    db.run(
        "INSERT INTO properties (id, address, city, status, price, mls_number) "
        "VALUES (:id, :address, 'Sylva', 'active', 450000, '4100001')",
        {{"id", id}, {"address", address}});
}

/// Something that somebody does to homes: our own programs, older ones, a person with a shell.
void act_on(Db& db) {
    const auto id = std::to_string(*rc::gen::inRange(0, 12));
    const auto number = std::to_string(*rc::gen::inRange(0, 4));
    const auto act = *rc::gen::element<std::string>(
        "INSERT OR IGNORE INTO properties (id, address, city, status) VALUES "
        "(:id, :n || ' Elm Rd', 'Sylva', 'active')",
        "INSERT OR REPLACE INTO properties (id, address, city, price, source) VALUES "
        "(:id, :n || ' Oak Ln', :n || ' Town', 100000 + :n, 'reso')",
        "UPDATE properties SET city = 'Town ' || :n, county = :n WHERE id = :id",
        "UPDATE properties SET price = :n, latitude = 35 + :n, longitude = -83 WHERE id = :id",
        "UPDATE properties SET status = :n, added_for = 'Ana' WHERE id > :id",
        "UPDATE properties SET notes = :n WHERE id = :id",
        "UPDATE properties SET mls_number = '41000' || :n, beds = :n WHERE id = :id",
        "UPDATE properties SET source = 'reso' WHERE id <= :id",
        "DELETE FROM properties WHERE id = :id", "DELETE FROM properties WHERE :n = '0'",
        "INSERT OR IGNORE INTO dreams_hidden_homes (property_id, why, since) "
        "SELECT id, 'w', 's' FROM properties WHERE id = :id",
        "DELETE FROM dreams_hidden_homes WHERE property_id <= :id",
        "INSERT OR IGNORE INTO dreams_property_sources (property_id, source, first_at, last_at) "
        "SELECT id, CASE :n WHEN '0' THEN 'reso' ELSE 'redfin' END, 'a', 'b' FROM properties "
        " WHERE id = :id",
        "UPDATE dreams_property_sources SET source = 'reso' || :n WHERE property_id = :id",
        "DELETE FROM dreams_property_sources WHERE property_id = :id");
    auto sql = act;  // not every act names both
    for (const auto& [name, value] : {std::pair(":id", id), std::pair(":n", number)})
        for (std::size_t at; (at = sql.find(name)) != sql.npos;)
            sql.replace(at, std::string_view(name).size(), "'" + value + "'");
    db.run(sql);
}

TEST(CatalogProperty, ABroughtUpCatalogueIsWhatAFreshOneWouldBe) {
    EXPECT_TRUE(rc::check([] {
        Db db = test::database();
        Catalog catalog;
        for (int i = 0; i < 12; ++i) {
            for (int acts = *rc::gen::inRange(0, 4); acts > 0; --acts) act_on(db);
            catalog.refresh(db);
            RC_ASSERT(told(catalog) == told_afresh(db));
        }
    }));
}

class SharedCatalog : public testing::Test {
protected:
    SharedCatalog() { add_home(one, "a"); }
    static std::string made(const std::string& path) {
        init_file(path);
        return path;
    }
    std::shared_ptr<const HomesAtAGlance> seen(Db& db) { return shelf->latest(db, nothing); }

    test::Folder folder;
    const std::string path = made(folder.file("homes.db"));
    Db one = open_file(path), two = open_file(path);
    std::shared_ptr<CatalogShelf> shelf = std::make_shared<CatalogShelf>();
    std::shared_ptr<const HomesAtAGlance> nothing = std::make_shared<HomesAtAGlance>();
};

TEST_F(SharedCatalog, IsReadOnceForAllConnectionsAndNotAgainForWhatItDoesNotShow) {
    const auto first = seen(one);
    EXPECT_EQ(seen(two), first);
    one.run("INSERT INTO dreams_looked_at (kind, id) VALUES ('homes', '')");
    one.run("UPDATE properties SET notes = 'typed', price = price");
    EXPECT_EQ(seen(one), first);
    EXPECT_EQ(seen(two), first);
    one.run("UPDATE properties SET price = 1");
    EXPECT_NE(seen(two), first);
    EXPECT_EQ(seen(two), seen(one));
}

TEST_F(SharedCatalog, ShowsEachTheMomentThatItSees) {
    Catalog early(shelf), late(shelf);
    two.script("BEGIN");
    early.refresh(two);
    EXPECT_THAT(early.homes(), SizeIs(1));
    add_home(one, "b", "2 Elm Rd");
    late.refresh(one);
    EXPECT_THAT(late.homes(), SizeIs(2));
    early.refresh(two);
    EXPECT_THAT(early.homes(), SizeIs(1)) << "its moment has not passed";
    Catalog other(shelf);
    other.refresh(two);
    EXPECT_THAT(other.homes(), SizeIs(1));
    two.script("ROLLBACK");
    early.refresh(two);
    EXPECT_EQ(told(early), told(late));
}

TEST_F(SharedCatalog, IsReadAnewWhenTheFileIsPackedOrAnotherIsPutInItsPlace) {
    add_home(one, "b", "2 Elm Rd");
    Catalog catalog(shelf);
    catalog.refresh(two);
    one.run("DELETE FROM properties WHERE id = 'a'");
    one.script("VACUUM");  // rows may get other numbers
    catalog.refresh(two);
    EXPECT_EQ(told(catalog), told_afresh(one));

    const auto earlier = folder.file("earlier.db");
    init_file(earlier);
    Db backup = open_file(earlier);
    for (int i = 0; i < 4; ++i) add_home(backup, std::to_string(i), "9 Oak Ln");
    catalog.refresh(two);
    backup.copy_to(one);
    catalog.refresh(two);
    EXPECT_EQ(told(catalog), told_afresh(one));
    EXPECT_THAT(catalog.homes(), SizeIs(4));
}

TEST_F(SharedCatalog, TakesManyEditsAtOnce) {
    Catalog catalog(shelf);
    catalog.refresh(one);
    auto transaction = one.begin();
    for (int i = 0; i < 6000; ++i) add_home(one, std::to_string(i));
    transaction.commit();
    catalog.refresh(one);
    EXPECT_THAT(catalog.homes(), SizeIs(6001));
    one.run("DELETE FROM properties");
    catalog.refresh(one);
    EXPECT_THAT(catalog.homes(), IsEmpty());
    EXPECT_THAT(catalog.cities().list(), IsEmpty());
}

TEST_F(SharedCatalog, OfAFileOfAnEarlierProgramGetsItsTriggersWhenItIsOpened) {
    for (const auto& trigger : home_triggers()) one.script("DROP TRIGGER " + trigger.name);
    one.script("DROP TABLE dreams_home_edits");
    Db again = open_file(path, Db::Mode::read_only);
    const auto before = home_edits(again);
    one.run("UPDATE properties SET price = 2");
    EXPECT_NE(home_edits(again), before);
}

TEST(Catalog, TakesACountyForOneHoweverItIsWritten) {
    Db db = test::database();
    add_home(db, "1");
    add_home(db, "2", "2 Elm Rd");
    db.run("UPDATE properties SET county = 'Haywood' WHERE id = '1'");
    db.run("UPDATE properties SET county = 'Haywood County' WHERE id = '2'");
    Catalog catalog;
    catalog.refresh(db);
    EXPECT_THAT(catalog.counties().list(), testing::ElementsAre(HomeChoice{"Haywood", 2}));
}

TEST(Catalog, KnowsEachOfAHomesClients) {
    Db db = test::database();
    add_home(db, "1");
    add_home(db, "2", "2 Elm Rd");
    db.run("UPDATE properties SET added_for = 'Ann Lee, Bob' WHERE id = '1'");
    db.run("UPDATE properties SET added_for = 'Bob' WHERE id = '2'");
    Catalog catalog;
    catalog.refresh(db);
    const auto& clients = catalog.clients();
    EXPECT_THAT(clients.list_apart(),
                testing::ElementsAre(HomeChoice{"Ann Lee", 1}, HomeChoice{"Bob", 2}));
    const auto of_those_for = [&](std::string_view name) {
        const auto naming = clients.naming(name);
        return std::ranges::count_if(catalog.homes(),
                                     [&](const auto& home) { return naming[home.client]; });
    };
    EXPECT_EQ(of_those_for("ann lee"), 1);
    EXPECT_EQ(of_those_for("Bob"), 2);
    EXPECT_EQ(of_those_for("Ann Lee, Bob"), 1);
    EXPECT_EQ(of_those_for("Ann"), 0);
}

TEST(Catalog, FindsAHomeHoweverOneWritesIt) {
    Db db = test::database();
    add_home(db, "1", "12 SW Nevada St");
    add_home(db, "2", "2 Elm Rd");
    db.run(
        "INSERT INTO dreams_property_keys (kind, key, property_id) VALUES "
        "('number', '1927252', '2')");
    Catalog catalog;
    catalog.refresh(db);
    for (const auto* search :
         {"southwest nevada street", "12 SW Nevada Street Sylva", "sw nevada", "Nevada sylva"})
        EXPECT_THAT(catalog.found(search), testing::ElementsAre(0)) << search;
    for (const auto* search : {"MLS# 1927252", "1927252", "elm road"})
        EXPECT_THAT(catalog.found(search), testing::ElementsAre(1)) << search;
    EXPECT_THAT(catalog.found("northwest nevada street"), IsEmpty());
}

}  // namespace
}  // namespace dreams::store
