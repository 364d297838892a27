// Whom an id of an older file means.

#include "store/migrate_people.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "january.h"

namespace dreams::store {
namespace {

KnownPerson person(const std::string& id, std::optional<std::string> fub = {},
                   std::optional<std::string> external = {},
                   std::optional<std::string> source = {}) {
    KnownPerson known{{id}, std::nullopt, std::move(external), std::move(source)};
    if (fub) known.fub_id = FubId{*fub};
    return known;
}

std::string id_of(const KnownPerson* found) {
    return found ? found->id.text : "nobody";
}

TEST(FubNumber, IsDigitsHoweverTheyWereStored) {
    EXPECT_EQ(fub_number("12345"), "12345");
    EXPECT_EQ(fub_number(" 12345 "), "12345");
    EXPECT_EQ(fub_number("12345.0"), "12345");
    EXPECT_EQ(fub_number("9007199254740993"), "9007199254740993") << "more than a double holds";
    for (const auto* text : {"", "0x12", "12.5", "-7", "8f14e45f", "1 2", ".0"})
        EXPECT_EQ(fub_number(text), std::nullopt) << text;
}

TEST(PersonFinder, FindsByEachOfTheThreeIds) {
    const PersonFinder finder({person("uuid-1", "1001", "x1", "followupboss"), person("1002")}, {});
    for (const auto* contact : {"uuid-1", "1001", "1001.0", "x1"}) {
        EXPECT_EQ(id_of(finder.by_lead_id(contact)), "uuid-1") << contact;
        EXPECT_EQ(id_of(finder.by_fub_id(contact)), "uuid-1") << contact;
    }
    EXPECT_EQ(id_of(finder.by_lead_id("1002")), "1002");
    EXPECT_EQ(id_of(finder.by_lead_id("1003")), "nobody");
    EXPECT_EQ(id_of(finder.by_lead_id("")), "nobody");
}

TEST(PersonFinder, PutsTheIdThatTheTableRefersToFirst) {
    const PersonFinder finder({person("7", "8"), person("8", "7")}, {});
    EXPECT_EQ(id_of(finder.by_lead_id("7")), "7");
    EXPECT_EQ(id_of(finder.by_fub_id("7")), "8");
}

TEST(PersonFinder, HandsNobodysRowsToAnotherSystemsNumberOrToOneOfTwo) {
    const PersonFinder finder({person("a", {}, "501", "zillow"), person("b", {}, "502", "fub"),
                               person("c", {}, "502", "followupboss"), person("d", {}, "503")},
                              {});
    EXPECT_EQ(id_of(finder.by_lead_id("501")), "nobody");
    EXPECT_EQ(id_of(finder.by_lead_id("502")), "nobody");
    EXPECT_EQ(id_of(finder.by_lead_id("503")), "d");
}

TEST(PersonFinder, LeadsATwinsRowsToTheOneThatKeeps) {
    const PersonFinder finder({person("thin"), person("full", "9")}, {{{"thin"}, {"full"}}});
    EXPECT_EQ(id_of(finder.by_lead_id("thin")), "full");
    EXPECT_EQ(id_of(finder.by_fub_id("thin")), "full");
}

/// People whose three ids never collide, of every shape that files hold.
std::vector<KnownPerson> arbitrary_people() {
    std::vector<KnownPerson> people;
    const int count = *rc::gen::inRange(1, 20);
    for (int i = 0; i < count; ++i) {
        const std::string number = std::to_string(1000 + i);
        switch (*rc::gen::inRange(0, 4)) {
            case 0:
                people.push_back(person("uuid-" + number, number));
                break;
            case 1:
                people.push_back(person(number, number, number, "followupboss"));
                break;
            case 2:
                people.push_back(person("uuid-" + number, number, "ext-" + number, "fub"));
                break;
            default:
                people.push_back(person("uuid-" + number, {}, "ext-" + number));
        }
    }
    return people;
}

TEST(PersonFinder, GivesOnePersonForAllIdsOfThatPersonAndNobodyElse) {
    const bool holds = rc::check("one resolver for every mixture of ids", [] {
        const auto people = arbitrary_people();
        const PersonFinder finder(people, {});
        for (const auto& each : people) {
            std::vector<std::string> ids{each.id.text};
            if (each.fub_id) ids.push_back(each.fub_id->text);
            if (each.external_id) ids.push_back(*each.external_id);
            for (const auto& id : ids) {
                RC_ASSERT(id_of(finder.by_lead_id(id)) == each.id.text);
                RC_ASSERT(id_of(finder.by_fub_id(id)) == each.id.text);
            }
        }
        RC_ASSERT(!finder.by_lead_id("999"));
    });
    EXPECT_TRUE(holds);
}

// ---- leads.fub_id

class FubIds : public testing::Test {
protected:
    FubIds() { db.script("PRAGMA foreign_keys = OFF; DROP INDEX idx_leads_fub_id"); }
    std::vector<Twin> settle() { return settle_fub_ids(db, ledger); }
    std::string fub_id_of(const std::string& lead) {
        return db
            .value<std::optional<std::string>>("SELECT fub_id FROM leads WHERE id = :id",
                                               {{"id", lead}})
            .value_or("none");
    }
    Db db = test::database();
    MigrateReport report;
    Ledger ledger{db, test::monday, report};
};

TEST_F(FubIds, AreNotTakenFromAnotherSystem) {
    db.script(
        "INSERT INTO leads (id, external_id, external_source) VALUES "
        "('a', '11', 'zillow'), ('b', '12', 'FollowUpBoss'), ('c', 'x', 'fub'), "
        "('14', NULL, NULL)");
    EXPECT_TRUE(settle().empty());
    EXPECT_EQ(fub_id_of("a"), "none");
    EXPECT_EQ(fub_id_of("b"), "12");
    EXPECT_EQ(fub_id_of("c"), "none");
    EXPECT_EQ(fub_id_of("14"), "14");
}

TEST_F(FubIds, ThatAreEmptyAreNoneAndOddOnesAreListed) {
    db.script("INSERT INTO leads (id, fub_id) VALUES ('a', ''), ('b', '  '), ('c', 'VIP')");
    settle();
    EXPECT_EQ(fub_id_of("a"), "none");
    EXPECT_EQ(fub_id_of("b"), "none");
    EXPECT_EQ(fub_id_of("c"), "VIP");
    EXPECT_EQ(db.value<std::string>("SELECT row_id || why FROM dreams_unresolved"),
              "cno FUB number");
}

TEST_F(FubIds, OfThreeRowsOfOnePersonAreLeftToTheFullest) {
    db.script(
        "INSERT INTO leads (id, fub_id, first_name, notes) VALUES "
        "('a', '5', 'Tom', NULL), ('b', '5', 'Tom', 'wants a creek'), ('c', '5', NULL, NULL)");
    const auto twins = settle();
    ASSERT_EQ(twins.size(), 2u);
    for (const auto& twin : twins) EXPECT_EQ(twin.keeps.text, "b");
    EXPECT_EQ(fub_id_of("b"), "5");
    EXPECT_EQ(fub_id_of("a"), "none");
}

TEST_F(FubIds, OfEquallyFullRowsAreLeftToTheOlder) {
    db.script(
        "INSERT INTO leads (id, fub_id, created_at) VALUES "
        "('a', '5', '2026-01-02T00:00:00Z'), ('b', '5', '2026-01-01T00:00:00Z')");
    ASSERT_EQ(settle().size(), 1u);
    EXPECT_EQ(fub_id_of("b"), "5");
}

}  // namespace
}  // namespace dreams::store
