// Homes that one copy took back or joined, while people went on with them in the other.

#include "homes.h"
#include "store/doubtful_homes.h"
#include "store/imports.h"
#include "two_copies.h"

namespace dreams::store {
namespace {

using std::chrono::hours;
using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;

/// A home that a file brought, known in both copies.
struct HomesOfCopies : test::TwoCopies {
    std::string home;
    std::int64_t first = 0, second = 0;  ///< imports: of the home, and of a wrong price for it

    void SetUp() override {
        TwoCopies::SetUp();
        {
            Db db = open("a");
            auto said = test::sighting("77", "12 Test Lane");
            first = test::import_homes(db, {said}, monday, "first");
            said.listing.price = 4'500'000;
            second = test::import_homes(db, {said}, monday + hours{1}, "second");
        }
        merge("b", "a");
        merge("a", "b");
        home = ask("a", "SELECT id FROM properties WHERE address LIKE '12 Test%'").at(0);
    }
    void undo(std::int64_t import) {
        Db db = open("a");
        undo_import(db, import, monday + hours{2});
    }
    std::vector<int> prices(const std::string& file) {
        return ask<int>(file, "SELECT price FROM properties WHERE id = '" + home + "'");
    }
    std::vector<std::string> notes(const std::string& file) {
        return ask(file, "SELECT notes FROM properties WHERE id = '" + home + "'");
    }
    void expect_same() {
        Db a = open("a"), b = open("b");
        EXPECT_EQ(test::twelve(a, {}), test::twelve(b, {}));
    }
    void both_ways() {
        test::copy(folder, "a", "a before");
        merge("b", "a");
        merge("a", "b");
        expect_same();
        EXPECT_EQ(test::changes(merge("b", "a")) + test::changes(merge("a", "b")), "");
    }
};

TEST_F(HomesOfCopies, OfAnUndoneFileAreAsBeforeInTheOtherCopyToo) {
    undo(second);
    merge("b", "a");
    EXPECT_THAT(prices("b"), ElementsAre(450'000));
    EXPECT_THAT(ask("b", "SELECT id FROM property_changes"), IsEmpty());
    EXPECT_EQ(test::changes(merge("a", "b")), "");
    expect_same();
}

TEST_F(HomesOfCopies, OfAnUndoneFileStayAsBeforeWhateverACopySaysThatHasItYet) {
    undo(second);
    EXPECT_EQ(test::changes(merge("a", "b")), "");
    EXPECT_THAT(prices("a"), ElementsAre(450'000));
    EXPECT_THAT(ask("a", "SELECT id FROM property_changes"), IsEmpty());
    merge("b", "a");
    expect_same();
}

TEST_F(HomesOfCopies, OfAnUndoneFileAreAsSeenSinceInTheOtherCopy) {
    {
        Db db = open("b");
        auto said = test::sighting("77", "12 Test Lane");
        said.listing.price = 440'000;
        test::keep(db, said, {.telling = {"redfin", monday + hours{3}}, .now = monday + hours{3}});
    }
    undo(second);
    both_ways();
    EXPECT_THAT(prices("a"), ElementsAre(440'000));
}

TEST_F(HomesOfCopies, ThatWereTakenBackGoInBoth) {
    undo(second);
    undo(first);
    EXPECT_EQ(of(merge("b", "a"), "properties").removed, 1);
    EXPECT_THAT(prices("b"), IsEmpty());
    EXPECT_EQ(test::changes(merge("a", "b")), "");
}

TEST_F(HomesOfCopies, ThatWereTakenBackStayWhereSomebodyNeedsThem) {
    in("b", "UPDATE properties SET notes = 'takes 430' WHERE id = '" + home +
                "'; INSERT INTO contact_properties (id, contact_id, property_id, relationship, "
                "notes) VALUES ('cp', 'lead-ana-bell', '" +
                home +
                "', 'saved', 'the porch'); INSERT INTO packages (id, lead_id, title, "
                "property_ids) VALUES ('pk', 'lead-ana-bell', 'Saturday', '[\"" +
                home + "\"]')");
    undo(second);
    undo(first);
    test::copy(folder, "a", "other");
    merge("other", "b");
    EXPECT_THAT(notes("other"), ElementsAre("takes 430")) << "whichever is joined into which";
    both_ways();
    EXPECT_THAT(notes("a"), ElementsAre("takes 430"));
    EXPECT_THAT(ask("a", "SELECT notes FROM contact_properties"), ElementsAre("the porch"));
    EXPECT_THAT(ask("a", "SELECT id FROM packages"), ElementsAre("pk"));
}

TEST_F(HomesOfCopies, ThatWereTakenBackStayWhereAnotherFileShowsThem) {
    {
        Db db = open("b");
        test::import_homes(db, {test::sighting("77", "12 Test Lane")}, monday + hours{1}, "third");
    }
    undo(second);
    undo(first);
    both_ways();
    EXPECT_THAT(prices("a"), ElementsAre(450'000));
}

TEST_F(HomesOfCopies, ThatWereJoinedKeepWhatWasTypedOfEither) {
    in("b",
       "UPDATE properties SET notes = 'roof leaks', added_for = 'Bob' WHERE id = 'home_2';"
       "INSERT INTO contact_properties (id, contact_id, property_id, relationship, notes) VALUES "
       "('cp1', 'lead-ana-bell', 'home_1', 'viewed', NULL), "
       "('cp2', 'lead-ana-bell', 'home_2', 'saved', 'the porch')");
    {
        Db db = open("a");
        db.run("UPDATE properties SET notes = 'by the river' WHERE id = 'home_1'");
        join_homes(db, {"home_1"}, {"home_2"}, "Joe", monday + hours{2});
    }
    test::copy(folder, "a", "other");
    merge("other", "b");
    merge("b", "a");
    for (const auto* file : {"other", "b"}) {
        EXPECT_THAT(ask(file,
                        "SELECT added_for FROM properties WHERE id LIKE 'home\\__' "
                        "ESCAPE '\\'"),
                    ElementsAre("Bob"))
            << file;
        EXPECT_THAT(ask(file, "SELECT relationship || ' ' || notes FROM contact_properties"),
                    ElementsAre("saved the porch"))
            << file;
        EXPECT_THAT(
            ask(file, "SELECT ours || ' / ' || theirs FROM dreams_merge_conflicts"),
            ElementsAre(*file == 'b' ? "roof leaks / by the river" : "by the river / roof leaks"))
            << file;
    }
    EXPECT_EQ(test::changes(merge("b", "a")), "");
}

TEST_F(HomesOfCopies, ThatWereJoinedIntoOneThatOnlyThatCopyHasKeepWhatWasTyped) {
    in("b", "UPDATE properties SET notes = 'roof leaks' WHERE id = 'home_2'");
    {
        Db db = open("a");
        const auto kept = test::keep(db, test::sighting("78", "14 Test Lane")).id;
        join_homes(db, kept, {"home_2"}, "Joe", monday + hours{2});
        home = kept.text;
    }
    both_ways();
    EXPECT_THAT(notes("a"), ElementsAre("roof leaks"));
    EXPECT_THAT(ask("b", "SELECT id FROM properties WHERE id = 'home_2'"), IsEmpty());
}

TEST_F(HomesOfCopies, ThatWereJoinedKeepWhatWasTypedInAnOlderProgramsFile) {
    {
        Db a = open("a"), b = open("b");
        join_homes(a, {"home_1"}, {"home_2"}, "Joe", monday + hours{2});
        b.script("UPDATE properties SET notes = 'roof leaks' WHERE id = 'home_2'");
        for (const char* table :
             {"dreams_home_joins", "dreams_home_journal", "dreams_import_rows", "dreams_imports",
              "dreams_doubtful_homes", "dreams_hidden_homes", "dreams_property_keys"})
            b.script(std::string("DROP TABLE ") + table);
    }
    Db ours = open("a"), theirs = Db::open(folder.file("b"), Db::Mode::read_only);
    auto transaction = ours.begin();
    store::merge(ours, theirs, Zone("America/New_York"), monday);
    EXPECT_EQ(ours.value<std::string>("SELECT notes FROM properties WHERE id = 'home_1'"),
              "roof leaks");
}

TEST_F(HomesOfCopies, ThatWereJoinedEitherWayRoundAreOneInBoth) {
    {
        Db a = open("a"), b = open("b");
        join_homes(a, {"home_1"}, {"home_2"}, "Joe", monday + hours{2});
        join_homes(b, {"home_2"}, {"home_1"}, "Eve", monday + hours{3});
    }
    both_ways();
    EXPECT_THAT(ask("a", "SELECT id FROM properties WHERE id IN ('home_1', 'home_2')"),
                ElementsAre("home_2"));
}

TEST_F(HomesOfCopies, ThatBothCapturedUnderTwoIdsAreADoubtfulPair) {
    {
        Db a = open("a"), b = open("b");
        test::keep(a, test::sighting("", "77 Quail Rd", "777"));
        test::keep(b, test::sighting("", "77 Quail Road"));
    }
    merge("b", "a");
    Db b = open("b");
    const auto pairs = doubtful_homes(b, 10);
    ASSERT_EQ(pairs.size(), 1);
    EXPECT_THAT((std::vector{pairs[0].first_address, pairs[0].second_address}),
                testing::UnorderedElementsAre("77 Quail Rd", "77 Quail Road"));
    keep_apart(b, pairs[0].first, pairs[0].second, "Joe", monday + hours{2});
    merge("a", "b");
    EXPECT_EQ(test::changes(merge("a", "b")) + test::changes(merge("b", "a")), "");
    Db a = open("a");
    EXPECT_EQ(count_doubtful_homes(a), 0) << "decided there";
    EXPECT_EQ(homes_apart(a, 10).size(), 1);
}

}  // namespace
}  // namespace dreams::store
