#include "store/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "store/copy_changes.h"
#include "store/doubtful_homes.h"
#include "store/merge_rules.h"
#include "two_copies.h"

namespace dreams::store {
namespace {

using std::chrono::hours;
using test::monday;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Optional;

using test::TwoCopies;

TEST(MergeRules, AreThereForEveryTableOnce) {
    std::multiset<std::string_view> known, ruled;
    for (const auto* tables : {&dictionary_tables(), &side_tables()})
        for (const auto* table : *tables) known.insert(table->name);
    for (const auto& rule : merge_rules()) {
        ruled.insert(rule.table);
        EXPECT_NE(rule.words, "") << rule.table;
    }
    EXPECT_EQ(known, ruled) << "a new table needs a rule in store/merge_rules.cpp";
}

TEST(MergeRules, NameColumnsThatAreThere) {
    Db db = test::database();
    for (const auto& rule : merge_rules()) {
        const auto columns = table_shape(db, std::string(rule.table)).columns;
        auto named = rule.same_by;
        for (const auto* more :
             {&rule.unless, &rule.lasting, &rule.typed, &rule.people, &rule.homes})
            named.insert(named.end(), more->begin(), more->end());
        for (const auto& number : rule.numbers) named.push_back(number.column);
        for (const auto name : named)
            EXPECT_THAT(columns, testing::Contains(std::string(name))) << rule.table;
    }
}

TEST(MergeRules, AreWhatTheDocumentationSays) {
    const auto said = test::read_file(DREAMS_ROOT "/docs/merging.md");
    for (const auto& rule : merge_rules())
        EXPECT_THAT(said, HasSubstr("| `" + std::string(rule.table) + "` | " +
                                    std::string(rule.words) + " |"));
}

using Merge = TwoCopies;

TEST_F(Merge, OfTwoEqualCopiesChangesNothing) {
    EXPECT_EQ(test::changes(merge()), "");
}

TEST_F(Merge, BringsWhatBothTyped) {
    in("a", "UPDATE leads SET notes = 'likes views' WHERE id = 'lead-ana-bell'");
    in("b",
       "UPDATE leads SET next_action = 'call', stage = 'Hot', last_synced_at = "
       "'2026-01-20T00:00:00Z' WHERE id = 'lead-ana-bell'");
    const auto report = merge();
    EXPECT_EQ(of(report, "leads").updated, 1);
    EXPECT_THAT(ask("a",
                    "SELECT notes || next_action || stage FROM leads WHERE id = "
                    "'lead-ana-bell'"),
                ElementsAre("likes viewscallHot"));
    EXPECT_THAT(report.conflicts, testing::IsEmpty());
}

TEST_F(Merge, ListsWhatBothTypedInOnePlaceWithBothValues) {
    in("a", "UPDATE leads SET notes = 'north' WHERE id = 'lead-ana-bell'");
    in("b", "UPDATE leads SET notes = 'south' WHERE id = 'lead-ana-bell'");
    const auto report = merge();
    ASSERT_EQ(report.conflicts.size(), 1);
    EXPECT_EQ(report.conflicts[0].column, "notes");
    EXPECT_THAT(report.conflicts[0].ours, Optional(std::string("north")));
    EXPECT_THAT(report.conflicts[0].theirs, Optional(std::string("south")));
    EXPECT_EQ(of(report, "leads").conflicts, 1);
    EXPECT_TRUE(merge().conflicts.empty()) << "listed once";

    Db db = open("a");
    const auto open_ones = open_merge_conflicts(db);
    ASSERT_EQ(open_ones.size(), 1);
    choose_in_merge_conflict(db, open_ones[0].id, "theirs", "Joe", monday + hours{2});
    EXPECT_THAT(ask("a", "SELECT notes FROM leads WHERE id = 'lead-ana-bell'"),
                ElementsAre("south"));
    EXPECT_TRUE(open_merge_conflicts(db).empty());
    EXPECT_THROW(choose_in_merge_conflict(db, open_ones[0].id, "ours", "Joe", monday), Error);
}

TEST_F(Merge, ChoosesNotAgainstWhatWasTypedSince) {
    in("a", "UPDATE leads SET notes = 'north' WHERE id = 'lead-ana-bell'");
    in("b", "UPDATE leads SET notes = 'south' WHERE id = 'lead-ana-bell'");
    const auto id = merge().conflicts.at(0).id;
    in("a", "UPDATE leads SET notes = 'north, by the river' WHERE id = 'lead-ana-bell'");
    Db db = open("a");
    EXPECT_THROW(choose_in_merge_conflict(db, id, "theirs", "Joe", monday), Error);
    choose_in_merge_conflict(db, id, "ours", "Joe", monday);
    EXPECT_THAT(ask("a", "SELECT notes FROM leads WHERE id = 'lead-ana-bell'"),
                ElementsAre("north, by the river"));
}

TEST_F(Merge, GivesRunsAndSnapshotsNumbersOfOurs) {
    const std::string run =
        "INSERT INTO sync_log (sync_type, source, direction, started_at, records_created) VALUES "
        "('people', 'fub', 'import', '2026-01-";
    const std::string score =
        "INSERT INTO contact_scoring_history (contact_id, recorded_at, sync_id, heat_score) VALUES "
        "('lead-ana-bell', '2026-01-";
    in("a", run + "20T10:00:00Z', 1); " + score + "20T10:00:00Z', 1, 50)");
    in("b",
       run + "21T10:00:00Z', 2); " + run + "22T10:00:00Z', 3); " + score + "22T10:00:00Z', 2, 70)");
    const auto report = merge();
    EXPECT_EQ(of(report, "sync_log").added, 2);
    EXPECT_EQ(of(report, "contact_scoring_history").added, 1);
    EXPECT_THAT(ask<int>("a",
                         "SELECT s.records_created FROM contact_scoring_history h JOIN "
                         "sync_log s ON s.id = h.sync_id ORDER BY h.recorded_at"),
                ElementsAre(1, 3));
}

TEST_F(Merge, KeepsTwoRunsThatBeganInOneSecond) {
    const std::string run =
        "INSERT INTO sync_log (sync_type, source, direction, started_at, completed_at, "
        "records_processed, error_message) VALUES ('idx', 'idx', 'import', "
        "'2026-01-20T10:00:00Z', ";
    in("a", run + "'2026-01-20T10:40:00Z', 200, NULL)");
    in("b", run + "'2026-01-20T10:01:00Z', 7, 'captcha')");
    EXPECT_EQ(of(merge(), "sync_log").added, 1);
    EXPECT_EQ(test::changes(merge()), "");
    EXPECT_EQ(of(merge("b", "a"), "sync_log").added, 1);
    EXPECT_THAT(ask<int>("b", "SELECT records_processed FROM sync_log ORDER BY completed_at"),
                ElementsAre(7, 200));
    EXPECT_EQ(test::changes(merge()), "");
}

TEST_F(Merge, TakesTheEndOfARunThatACopyHasTheBeginningOf) {
    const std::string run =
        "INSERT INTO sync_log (sync_type, source, direction, started_at, completed_at, "
        "records_processed) VALUES ('idx', 'idx', 'import', '2026-01-20T10:00:00Z', ";
    in("a", run + "NULL, 3)");
    in("b", run + "'2026-01-20T10:40:00Z', 200)");
    merge();
    EXPECT_THAT(ask<int>("a", "SELECT records_processed FROM sync_log"), ElementsAre(200));
    EXPECT_EQ(test::changes(merge("b", "a")), "");
}

TEST_F(Merge, KeepsTheLaterSnapshotOfABusinessDay) {
    const std::string score =
        "INSERT INTO contact_scoring_history (contact_id, recorded_at, heat_score) VALUES "
        "('lead-ana-bell', ";
    in("a", score + "'2026-01-20T16:00:00Z', 50)");
    in("b", score + "'2026-01-21T03:00:00Z', 60)");  // 22:00 in New York
    merge();
    EXPECT_THAT(ask<int>("a", "SELECT heat_score FROM contact_scoring_history"), ElementsAre(60));
    in("b", "UPDATE contact_scoring_history SET recorded_at = '2026-01-20T15:00:00Z'");
    EXPECT_EQ(of(merge(), "contact_scoring_history").updated, 0) << "that one is older";
}

TEST_F(Merge, LeavesADeletedPersonDeletedWhateverTheOtherCopyHas) {
    in("a", "DELETE FROM leads WHERE id = 'lead-ana-bell'");
    in("b",
       "UPDATE leads SET notes = 'typed' WHERE id = 'lead-ana-bell'; INSERT INTO "
       "contact_communications (id, contact_id, comm_type, direction, occurred_at) VALUES "
       "('call_1', 'lead-ana-bell', 'call', 'inbound', '2026-01-20T00:00:00Z')");
    const auto report = merge();
    EXPECT_EQ(of(report, "leads").refused, 1);
    EXPECT_EQ(of(report, "contact_communications").refused, 1);
    EXPECT_EQ(ask("a", "SELECT id FROM leads").size(), 2);
    merge("b", "a");
    EXPECT_EQ(ask("b", "SELECT id FROM leads").size(), 2);
    EXPECT_TRUE(ask("b", "SELECT id FROM contact_communications").empty());
}

TEST_F(Merge, MarksADeletedPersonInBothUnlessFubToldOfThemSince) {
    const std::string person =
        "INSERT INTO dreams_fub_people (fub_id, updated_at, deleted_at) VALUES ('77', '2026-01-";
    in("a", person + "10T00:00:00Z', '2026-01-12T00:00:00Z')");
    in("b", person + "15T00:00:00Z', NULL)");
    const std::string state =
        "SELECT updated_at || coalesce(deleted_at, '') FROM dreams_fub_people";
    merge();
    EXPECT_THAT(ask("a", state), ElementsAre("2026-01-15T00:00:00Z")) << "FUB told of them since";
    in("a", "UPDATE dreams_fub_people SET deleted_at = '2026-01-16T00:00:00Z'");
    merge("b", "a");
    EXPECT_THAT(ask("b", state), ElementsAre("2026-01-15T00:00:00Z2026-01-16T00:00:00Z"));
    EXPECT_EQ(test::changes(merge("b", "a")), "");
}

TEST_F(Merge, HangsWhatBelongedToAJoinedHomeOnTheOther) {
    in("b",
       "INSERT INTO dreams_home_joins (kept_id, gone_id, joined_at) VALUES ('home_1', "
       "'home_2', '2026-01-20T00:00:00Z'); DELETE FROM dreams_property_keys WHERE property_id "
       "= 'home_2'; DELETE FROM properties WHERE id = 'home_2'; INSERT INTO "
       "dreams_home_journal (action, action_id, table_name, row_id, column_name) VALUES "
       "('join', 1, 'properties', 'home_2', 'id')");
    in("a",
       "INSERT INTO contact_properties (id, contact_id, property_id, updated_at) VALUES "
       "('cp', 'lead-ana-bell', 'home_2', '2026-01-20T00:00:00Z')");
    merge();
    EXPECT_THAT(ask("a", "SELECT id FROM properties"), ElementsAre("home_1"));
    EXPECT_THAT(ask("a", "SELECT property_id FROM contact_properties"), ElementsAre("home_1"));
    EXPECT_EQ(test::changes(merge()), "");
    Db db = open("a");
    undo_join(db, 1, monday);
    EXPECT_THAT(ask("a", "SELECT property_id FROM contact_properties"), ElementsAre("home_2"));
}

TEST_F(Merge, TellsOfOnePersonUnderTwoIds) {
    const std::string person = " INTO leads (id, fub_id, notes) VALUES ('";
    in("a", "INSERT" + person + "old-uuid', '4711', NULL)");
    in("b", "INSERT" + person +
                "4711', '4711', 'typed'); INSERT INTO contact_communications (id, "
                "contact_id, comm_type, direction, occurred_at) VALUES ('call_9', '4711', 'call', "
                "'inbound', '2026-01-20T00:00:00Z')");
    EXPECT_EQ(of(merge(), "leads").added, 0);
    EXPECT_THAT(ask("a", "SELECT contact_id FROM contact_communications"), ElementsAre("old-uuid"));
    EXPECT_THAT(ask("a", "SELECT notes FROM leads WHERE fub_id = '4711'"), ElementsAre("typed"));
}

TEST_F(Merge, LeavesAnExternalIdWithWhoHasItHereAndListsIt) {
    const std::string nine = "external_id = '9', external_source = 'zillow'";
    in("a", "UPDATE leads SET " + nine + ", notes = 'likes views' WHERE id = 'lead-ana-bell'");
    in("b", "INSERT INTO leads (id, first_name) VALUES ('new', 'Ana'); UPDATE leads SET " + nine +
                " WHERE id = 'new'");
    const auto report = merge("b", "a");
    ASSERT_EQ(report.conflicts.size(), 2);
    for (const auto& conflict : report.conflicts) EXPECT_EQ(conflict.row, "lead-ana-bell");
    EXPECT_THAT(ask("b", "SELECT id FROM leads WHERE external_id = '9'"), ElementsAre("new"));
    EXPECT_THAT(ask("b", "SELECT notes FROM leads WHERE id = 'lead-ana-bell'"),
                ElementsAre("likes views"));
    EXPECT_EQ(test::changes(merge("b", "a", monday + hours{2})), "") << "listed once";
    merge("a", "b", monday + hours{2});
    EXPECT_THAT(ask("a", "SELECT id FROM leads WHERE external_id = '9'"),
                ElementsAre("lead-ana-bell"));

    Db db = open("b");
    const auto choose = [&](const MergeConflict& conflict) {
        choose_in_merge_conflict(db, conflict.id, "theirs", "Joe", monday + hours{3});
    };
    choose(report.conflicts[0]);
    try {
        choose(report.conflicts[1]);
        ADD_FAILURE() << "two have one external id";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("another of leads has that"));
    }
    db.script("DELETE FROM leads WHERE id = 'new'");
    choose(report.conflicts[1]);
    EXPECT_THAT(ask("b", "SELECT id FROM leads WHERE external_id = '9'"),
                ElementsAre("lead-ana-bell"));
}

TEST_F(Merge, OfOneWhoIsTwoPeopleHereLeavesEachWhatIsTheirs) {
    in("a",
       "INSERT INTO leads (id, fub_id) VALUES ('one', '4711'); INSERT INTO leads (id, external_id, "
       "external_source) VALUES ('two', '9', 'zillow')");
    in("b",
       "INSERT INTO leads (id, fub_id, external_id, external_source) VALUES ('both', '4711', '9', "
       "'zillow')");
    EXPECT_FALSE(merge().conflicts.empty());
    EXPECT_THAT(ask("a", "SELECT id FROM leads WHERE fub_id = '4711' OR external_id = '9'"),
                testing::UnorderedElementsAre("one", "two"));
}

TEST_F(Merge, TakesAnExternalIdTogetherWithWhoseItIs) {
    const std::string set = "UPDATE leads SET external_id = '9', external_source = 'zillow'";
    in("a", set + " WHERE id = 'lead-ana-bell'");
    merge("b", "a");
    in("a", "UPDATE leads SET external_id = '10' WHERE id = 'lead-ana-bell'");
    in("b", "UPDATE leads SET external_source = 'redfin' WHERE id = 'lead-ana-bell'");
    merge("a", "b", monday + hours{2});
    EXPECT_THAT(
        ask("a", "SELECT external_id || external_source FROM leads WHERE id = 'lead-ana-bell'"),
        ElementsAre("10zillow"));
}

TEST_F(Merge, WithoutACommonPastFillsGapsAndListsTheRest) {
    in("a",
       "DELETE FROM dreams_origin; UPDATE leads SET notes = 'north' WHERE id = "
       "'lead-ana-bell'");
    in("b",
       "DELETE FROM dreams_merge_bases; DELETE FROM dreams_origin; UPDATE leads SET notes = "
       "'south', next_action = 'call' WHERE id = 'lead-ana-bell'");
    const auto report = merge();
    EXPECT_FALSE(report.met_at);
    EXPECT_EQ(report.conflicts.size(), 1);
    EXPECT_THAT(ask("a", "SELECT notes || next_action FROM leads WHERE id = 'lead-ana-bell'"),
                ElementsAre("northcall"));
}

TEST_F(Merge, TakesAnOlderProgramsFileAndLeavesOwnersColumnsAlone) {
    {
        Db b = open("b");
        for (const auto& trigger : copy_triggers()) b.script("DROP TRIGGER " + trigger.name);
        b.script(
            "DROP TABLE dreams_merge_seen; DROP TABLE dreams_merge_bases; DROP TABLE "
            "dreams_merge_conflicts; DROP TABLE dreams_origin; ALTER TABLE leads ADD COLUMN "
            "nickname TEXT; UPDATE leads SET nickname = 'Annie', notes = 'typed'");
    }
    Db ours = open("a"), theirs = Db::open(folder.file("b"), Db::Mode::read_only);
    auto transaction = ours.begin();
    EXPECT_EQ(of(store::merge(ours, theirs, Zone("America/New_York"), monday), "leads").updated, 3);
}

TEST_F(Merge, RefusesAFileOfAnotherSchema) {
    for (const auto& [version, advice] :
         {std::pair{"0", "dreams migrate"}, {"9", "use the newer program"}}) {
        Db ours = open("a"), other = Db::open(folder.file("b"));
        other.script(std::string("PRAGMA user_version = ") + version);
        auto transaction = ours.begin();
        try {
            store::merge(ours, other, Zone("America/New_York"), monday);
            ADD_FAILURE() << version;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr(advice));
        }
    }
}

TEST_F(Merge, NamesWhatIsItsOwnersOwnAndStaysThere) {
    in("b",
       "CREATE TABLE my_clients (id INTEGER PRIMARY KEY, note TEXT);"
       "INSERT INTO my_clients (note) VALUES ('x'), ('y');"
       "CREATE TABLE same (word TEXT); INSERT INTO same VALUES ('w');"
       "ALTER TABLE leads ADD COLUMN birthday TEXT; ALTER TABLE leads ADD COLUMN unused TEXT;"
       "UPDATE leads SET birthday = '1970-01-01' WHERE id = 'lead-ana-bell'");
    in("a", "CREATE TABLE same (word TEXT); INSERT INTO same VALUES ('w')");
    std::vector<std::string> left;
    for (const auto& each : merge().left)
        left.push_back(each.table + "." + each.column.value_or("*") + " " +
                       std::to_string(each.rows));
    EXPECT_THAT(left, ElementsAre("leads.birthday 1", "my_clients.* 2"));
    EXPECT_TRUE(merge("b", "a").left.empty());
}

TEST_F(Merge, TakesANoteAsItWasTypedLast) {
    const std::string look =
        "INSERT INTO contact_properties (id, contact_id, property_id, notes, updated_at) VALUES "
        "('cp', 'lead-ana-bell', 'home_1', 'a long note about the gate', '2026-01-20T00:00:00Z')";
    in("a", look);
    in("b", look);
    merge();
    in("a", "UPDATE contact_properties SET notes = 'gate 9', updated_at = '2026-01-21T00:00:00Z'");
    in("b", "UPDATE contact_properties SET view_count = 7, updated_at = '2026-01-22T00:00:00Z'");
    EXPECT_TRUE(merge().conflicts.empty());
    EXPECT_THAT(ask("a", "SELECT notes || view_count FROM contact_properties"),
                ElementsAre("gate 97"));
}

TEST_F(Merge, ListsANoteThatBothTypedAndWritesTheChosenOne) {
    const std::string match =
        "INSERT INTO matches (id, lead_id, property_id, agent_notes) VALUES "
        "('match_1', 'lead-ana-bell', 'home_1', ";
    in("a", match + "'too steep')");
    in("b", match + "'loved it')");
    const auto report = merge();
    ASSERT_EQ(report.conflicts.size(), 1);
    EXPECT_EQ(report.conflicts[0].table, "matches");
    EXPECT_EQ(report.conflicts[0].row, "match_1");
    EXPECT_EQ(of(report, "matches").conflicts, 1);
    Db db = open("a");
    choose_in_merge_conflict(db, report.conflicts[0].id, "theirs", "Joe", monday + hours{2});
    EXPECT_THAT(ask("a", "SELECT agent_notes FROM matches"), ElementsAre("loved it"));
}

TEST_F(Merge, OfAMatchIsTheSameInWhateverOrderThreeCopiesMeet) {
    test::copy(folder, "a", "c");
    const std::string match =
        "INSERT INTO matches (id, lead_id, property_id, match_status, sent_at, response_at) VALUES "
        "('match_1', 'lead-ana-bell', 'home_1', ";
    in("a", match + "'accepted', NULL, '2026-11-05T00:00:00Z')");
    in("b", match + "'sent B', '2026-11-09T00:00:00Z', NULL)");
    in("c", match + "'sent C', '2026-11-07T00:00:00Z', NULL)");
    test::copy(folder, "a", "other");
    const auto status = [&](const std::string& file) {
        return ask(file, "SELECT match_status || sent_at || response_at FROM matches");
    };
    merge("a", "b");
    merge("a", "c");
    merge("other", "c");
    merge("other", "b");
    EXPECT_EQ(status("a"), status("other"));
    EXPECT_EQ(test::changes(merge("a", "b")), "") << "merging is idempotent";
}

TEST_F(Merge, BringsNobodyBackFromAnEarlierStateOfTheSameFile) {
    std::filesystem::copy_file(folder.file("a"), folder.file("old"));
    in("a", "DELETE FROM leads WHERE id = 'lead-ana-bell'");
    const auto report = merge("a", "old");
    EXPECT_EQ(of(report, "leads").added, 0);
    EXPECT_EQ(of(report, "leads").refused, 1);
    EXPECT_EQ(ask("a", "SELECT id FROM leads").size(), 2);
}

TEST_F(Merge, TakesWhatAProgramThatStampsNothingDidInACopy) {
    std::filesystem::copy_file(folder.file("a"), folder.file("elsewhere"));
    {
        Db db = Db::open(folder.file("elsewhere"));
        db.script(
            "INSERT INTO leads (id, fub_id, updated_at) VALUES ('77', '77', "
            "'2026-01-21T00:00:00Z');"
            "UPDATE leads SET stage = 'Hot', updated_at = '2027-01-21T00:00:00Z' "
            "WHERE id = 'lead-ana-bell'");
    }
    EXPECT_EQ(of(merge("a", "elsewhere"), "leads").added, 1);
    EXPECT_THAT(ask("a", "SELECT stage FROM leads WHERE id = 'lead-ana-bell'"), ElementsAre("Hot"));
}

TEST_F(Merge, TakesWhomAProgramThatStampsNothingOnlyAddedToACopy) {
    std::filesystem::copy_file(folder.file("a"), folder.file("elsewhere"));
    {
        Db db = Db::open(folder.file("elsewhere"));
        db.run(
            "INSERT INTO leads (id, fub_id, updated_at) VALUES ('77', '77', "
            "'2027-01-21T00:00:00Z')");
    }
    EXPECT_EQ(of(merge("a", "elsewhere"), "leads").added, 1);
}

}  // namespace
}  // namespace dreams::store
