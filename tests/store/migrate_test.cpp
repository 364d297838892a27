// A January file comes over whole: what each quirk of it becomes, and what stays the owner's.

#include "store/migrate.h"

#include <gmock/gmock.h>

#include "base/json_record.h"
#include "january.h"
#include "store/leads.h"

namespace dreams::store {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::UnorderedElementsAre;

constexpr auto renee = "8f14e45f-ceea-467f-a0e6-111111111111";
constexpr auto tom = "8f14e45f-ceea-467f-a0e6-222222222222";
constexpr auto sheila = "8f14e45f-ceea-467f-a0e6-333333333333";

std::string waiting_record(Db& db, std::string_view id) {
    return db.value<std::string>("SELECT record FROM dreams_waiting WHERE id = :id", {{"id", id}});
}

/// The January file, migrated once for all tests that only look at it.
class January : public testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = new test::Folder;
        const auto path = test::january_file(*folder_);
        before_ = new std::string(test::whole(path));
        report_ = new MigrateReport(test::migrate(path));
    }
    static void TearDownTestSuite() {
        delete report_;
        delete before_;
        delete folder_;
    }
    January() : db(open_file(folder_->file("dreams.db"))) {}

    std::string text(const std::string& sql) {
        return db.value<std::optional<std::string>>(sql).value_or("NULL");
    }
    /// `why` of what is listed of a value; empty: it is not listed.
    std::string listed(std::string_view table, std::string_view row, std::string_view column) {
        return db
            .one<std::string>(R"sql(SELECT why FROM dreams_unresolved
                 WHERE table_name = :table AND row_id = :row AND column_name = :column)sql",
                              {{"table", table}, {"row", row}, {"column", column}})
            .value_or("");
    }
    const MigratedTable& table(std::string_view name) {
        for (const auto& each : report_->tables)
            if (each.table == name) return each;
        throw Error(Fault::internal, "not in the report");
    }

    Db db;
    static inline test::Folder* folder_;
    static inline std::string* before_;
    static inline MigrateReport* report_;
};

TEST_F(January, IsOfOurSchemaAndWhole) {
    EXPECT_EQ(db.value<int>("PRAGMA user_version"), schema_version);
    EXPECT_EQ(db.value<std::string>("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(text("SELECT count(*) FROM pragma_foreign_key_check WHERE \"table\" <> 'birthdays'"),
              "0");
}

TEST_F(January, HasTheTablesOfAFreshFileToTheColumnTypeAndRule) {
    Db fresh = test::database();
    for (const auto* tables : {&dictionary_tables(), &side_tables()})
        for (const auto* table : *tables) {
            const auto sql =
                "SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk || ' ' "
                "|| coalesce(dflt_value, '-') FROM pragma_table_info('" +
                std::string(table->name) + "')";
            EXPECT_THAT(db.list<std::string>(sql), IsSupersetOf(fresh.list<std::string>(sql)))
                << table->name;
            const auto keys =
                "SELECT \"from\" || \"table\" || \"to\" FROM pragma_foreign_key_list('" +
                std::string(table->name) + "') ORDER BY 1";
            EXPECT_EQ(db.list<std::string>(keys), fresh.list<std::string>(keys)) << table->name;
        }
    constexpr auto indexes =
        "SELECT name || sql FROM sqlite_master WHERE type = 'index' AND sql "
        "IS NOT NULL AND name NOT LIKE 'my_%' ORDER BY 1";
    EXPECT_EQ(db.list<std::string>(indexes), fresh.list<std::string>(indexes));
}

TEST_F(January, LosesNoRow) {
    for (const auto& each : report_->tables)
        EXPECT_EQ(each.before, each.after + each.waiting + each.unresolved) << each.table;
    EXPECT_EQ(table("leads").before, 7);
    EXPECT_EQ(table("leads").after, 7);
    EXPECT_EQ(table("contact_events").before, 8);
    EXPECT_EQ(table("contact_events").after, 5);
    EXPECT_EQ(text("SELECT count(*) FROM dreams_waiting"), "4");
}

TEST_F(January, IsReadableByTheProgramAsRecords) {
    EXPECT_EQ(lead(db, {renee})->person.first_name, "Renée");
    EXPECT_EQ(db.list<ContactCommunication>("SELECT * FROM contact_communications").size(), 2u);
    EXPECT_EQ(db.list<LeadActivity>("SELECT * FROM lead_activities").size(), 1u);
}

// ---- Values

TEST_F(January, ScoresAreWholeRoundedHalfUp) {
    EXPECT_EQ(text("SELECT heat_score || ' ' || value_score || ' ' || priority_score FROM leads "
                   "WHERE first_name = 'Renée'"),
              "47 13 48");
    EXPECT_EQ(text("SELECT group_concat(DISTINCT typeof(heat_score)) FROM leads"), "integer");
    EXPECT_EQ(text("SELECT typeof(property_price) || property_price FROM contact_events "
                   "WHERE id = 'evt_2'"),
              "integer450000");
}

TEST_F(January, EveryInstantIsInUtcOrListed) {
    // A: blank, UTC. B: T without a zone, New York's winter and summer. D: +00:00.
    EXPECT_EQ(text("SELECT created_at FROM leads WHERE id = '1002'"), "2026-01-02T08:00:00Z");
    EXPECT_EQ(text("SELECT updated_at FROM leads WHERE first_name = 'Renée'"),
              "2026-01-19T16:00:04Z");
    EXPECT_EQ(text("SELECT updated_at FROM leads WHERE id = '1002'"), "2026-07-04T13:30:00Z");
    EXPECT_EQ(text("SELECT created_at FROM leads WHERE first_name = 'Renée'"),
              "2025-11-30T15:04:05Z");
    EXPECT_EQ(text("SELECT detected_at FROM property_changes"), "2026-01-15T11:30:00Z");
    EXPECT_EQ(text("SELECT last_activity_at FROM leads WHERE id = '1003'"), "NULL");
    EXPECT_EQ(text("SELECT created_at FROM leads WHERE id = '1003'"), "last spring");
    EXPECT_EQ(listed("leads", "1003", "created_at"), "no instant");
    EXPECT_EQ(listed("contact_events", "evt_8", "occurred_at"), "no instant");
}

TEST_F(January, DatesOfAllFourWaysAreDates) {
    EXPECT_EQ(text("SELECT group_concat(next_action_date, ' ') FROM (SELECT next_action_date FROM "
                   "leads WHERE id <> '1003' ORDER BY fub_id)"),
              "2026-01-09 2026-02-03");
    EXPECT_EQ(text("SELECT showing_date FROM packages"), "2026-01-25");
    EXPECT_EQ(text("SELECT list_date FROM properties WHERE id = 'home-1'"), "2026-01-05");
    EXPECT_EQ(listed("leads", "1003", "next_action_date"), "no date");
    EXPECT_THAT(listed("properties", "home-2", "list_date"), HasSubstr("time of day"));
}

TEST_F(January, JsonColumnsHoldJson) {
    for (const auto* table : dictionary_tables())
        for (const auto& column : table->columns) {
            const std::string name(column.name);
            if (column.description.find("JSON") == std::string_view::npos) continue;
            EXPECT_EQ(text("SELECT count(*) FROM " + std::string(table->name) +
                           " WHERE NOT "
                           "json_valid(" +
                           name + ")"),
                      "0")
                << name;
        }
    EXPECT_EQ(text("SELECT lead_type_tags FROM leads WHERE fub_id = '1001'"),
              R"(["Buyer","Relocation"])");
    EXPECT_EQ(text("SELECT tags FROM leads WHERE fub_id = '1001'"), R"(["Cash","Lake view"])");
    EXPECT_EQ(text("SELECT tags FROM leads WHERE id = '1002'"), "NULL");
    EXPECT_EQ(text("SELECT property_ids FROM packages"), R"(["home-1","home-2"])");
    EXPECT_EQ(text("SELECT json_array_length(photo_urls) FROM properties WHERE id = 'home-1'"),
              "2");
}

TEST_F(January, WordsKeepTheirMeaning) {
    EXPECT_EQ(text("SELECT sync_status FROM properties WHERE id = 'home-1'"), "error");
    EXPECT_EQ(text("SELECT idx_validation_status FROM properties WHERE id = 'home-1'"), "error");
    EXPECT_THAT(listed("properties", "home-1", "idx_validation_status"), HasSubstr("words"));
    EXPECT_EQ(text("SELECT address FROM idx_property_cache WHERE mls_number = '4100404'"),
              "[Not found on IDX]");
    EXPECT_THAT(db.list<std::string>("SELECT DISTINCT stage FROM leads ORDER BY 1"),
                ElementsAre("Hot Prospect", "Lead", "lead"));
}

// ---- People

TEST_F(January, FubNumbersAreFilledWhereTheyCanBeKnown) {
    EXPECT_EQ(text(std::string("SELECT fub_id FROM leads WHERE id = '") + renee + "'"), "1001");
    EXPECT_EQ(text("SELECT fub_id FROM leads WHERE id = '1003'"), "1003");
    EXPECT_EQ(text(std::string("SELECT fub_id FROM leads WHERE id = '") + sheila + "'"), "1005");
    EXPECT_EQ(text("SELECT fub_id FROM leads WHERE id = 'zz-other'"), "NULL");
}

TEST_F(January, OfOnePersonTwiceTheFullerRowKeepsTheNumberAndBothStay) {
    EXPECT_EQ(text("SELECT id FROM leads WHERE fub_id = '1004'"), tom);
    EXPECT_EQ(text("SELECT fub_id FROM leads WHERE id = '1004'"), "NULL");
    EXPECT_THAT(listed("leads", "1004", "fub_id"), HasSubstr("same person"));
    EXPECT_THAT(listed("leads", "1004", "external_id"), HasSubstr("same person"));
    EXPECT_EQ(text("SELECT contact_id FROM contact_events WHERE id = 'evt_4'"), "1004");
    EXPECT_EQ(text("SELECT lead_id FROM packages WHERE id = 'pkg-1'"), tom);
}

TEST_F(January, RowsAreJoinedToTheirPerson) {
    EXPECT_EQ(text("SELECT contact_id FROM contact_events WHERE id = 'evt_3'"), "1001");
    EXPECT_EQ(text("SELECT contact_id FROM contact_communications WHERE id = 'call_1'"), renee);
    EXPECT_EQ(
        text(std::string("SELECT count(*) FROM contact_scoring_history WHERE contact_id = '") +
             renee + "'"),
        "2");
    EXPECT_EQ(text("SELECT lead_id FROM lead_activities WHERE id = 'act-1'"), sheila);
    EXPECT_EQ(text("SELECT id FROM matches"), std::string("match_") + renee + "_home-2");
}

TEST_F(January, StrangersEventsCallsAndActivitiesWait) {
    EXPECT_THAT(db.list<std::string>("SELECT kind || ' ' || id || ' ' || fub_id FROM "
                                     "dreams_waiting ORDER BY id"),
                ElementsAre("communication call_3 8888", "communication call_4 1009",
                            "event evt_5 9999", "activity evt_70 9999"));
    EXPECT_EQ(text("SELECT value FROM dreams_unresolved WHERE row_id = 'call_3'"), "No Answer");
    EXPECT_EQ(json::from_json<ContactEvent>(waiting_record(db, "evt_5")).person.text, "9999");
    EXPECT_EQ(json::from_json<LeadActivity>(waiting_record(db, "evt_70")).type, "registration");
    EXPECT_EQ(json::from_json<ContactCommunication>(waiting_record(db, "call_4")).imported_at,
              test::monday)
        << "a row without a stamp was imported by this run";
}

TEST_F(January, OtherRowsWithoutAPersonOrHomeAreKeptWhole) {
    EXPECT_THAT(db.list<std::string>("SELECT table_name || ' ' || row_id FROM dreams_unresolved "
                                     "WHERE column_name = '*'"),
                UnorderedElementsAre("contact_events evt_6", "contact_events evt_7",
                                     "contact_scoring_history 5", "contact_properties cp-1",
                                     "contact_properties cp-3", "contact_properties cp-4"));
    EXPECT_EQ(text("SELECT value ->> 'notes' FROM dreams_unresolved WHERE row_id = 'cp-1'"),
              "loved it");
}

TEST_F(January, PeopleAreFoundBySearching) {
    EXPECT_EQ(text("SELECT count(*) FROM dreams_lead_search"), "7");
    EXPECT_EQ(
        text("SELECT lead_id FROM dreams_lead_search WHERE folded LIKE '%renee o%8285550101%'"),
        renee);
}

// ---- The owner's own

TEST_F(January, TheOwnersColumnsKeepTypeRuleAndValues) {
    EXPECT_EQ(text("SELECT \"nick, name\" || hex(portrait) FROM leads WHERE fub_id = '1001'"),
              "Ren00FF10");
    EXPECT_EQ(text("SELECT type FROM pragma_table_info('leads') WHERE name = 'portrait'"), "BLOB");
    EXPECT_THROW(
        db.run("UPDATE leads SET \"nick, name\" = :long", {{"long", std::string(50, 'x')}}), Error);
    db.run("INSERT INTO leads (id) VALUES ('newcomer')");
    EXPECT_EQ(text("SELECT \"nick, name\" FROM leads WHERE id = 'newcomer'"), "friend");
    db.run("DELETE FROM leads WHERE id = 'newcomer'");
}

TEST_F(January, TheOwnersTablesViewsTriggersAndIndexesAreThere) {
    EXPECT_EQ(text("SELECT group_concat(first_name) FROM hot_leads WHERE heat_score = 47"),
              "Renée");
    EXPECT_EQ(text("SELECT count(*) FROM birthdays"), "2");
    EXPECT_EQ(text("SELECT count(*) FROM changes_seen"), "0") << "the migration set a trigger off";
    db.run("UPDATE leads SET stage = 'Nurture' WHERE id = '1003'");
    EXPECT_EQ(text("SELECT group_concat(what) FROM (SELECT what FROM changes_seen ORDER BY 1)"),
              "Lead > Nurture,touched");
    db.script("UPDATE leads SET stage = 'Lead' WHERE id = '1003'; DELETE FROM changes_seen");
    EXPECT_EQ(text("SELECT sql FROM sqlite_master WHERE name = 'my_leads_by_mail'"),
              "CREATE INDEX my_leads_by_mail ON leads(lower(email))");
    EXPECT_THAT(
        report_->kept,
        UnorderedElementsAre("column leads.nick, name", "column leads.portrait", "table birthdays",
                             "table changes_seen", "view hot_leads", "trigger watch_stage",
                             "trigger watch_all", "index my_leads_by_mail", "index my_one_pair"));
    EXPECT_THAT(report_->notices, Contains(HasSubstr("birthdays")));
}

TEST_F(January, NumbersOnceGivenOutAreNotGivenOutAgain) {
    EXPECT_EQ(text("SELECT seq FROM sqlite_sequence WHERE name = 'contact_scoring_history'"),
              "900");
}

TEST_F(January, LeavesTheFileAsItWasBesideIt) {
    EXPECT_EQ(report_->snapshot, folder_->file("dreams.db.before-migrate-20260119-160000.db"));
    EXPECT_EQ(test::whole(report_->snapshot), *before_);
    Db before = Db::open(report_->snapshot, Db::Mode::read_only);
    EXPECT_EQ(before.value<int>("PRAGMA user_version"), 0);
    EXPECT_EQ(before.value<std::int64_t>("SELECT count(*) FROM contact_events"), 8);
}

TEST_F(January, IsToldInSentences) {
    const auto lines = report_->lines();
    EXPECT_THAT(lines, Contains("leads: 7 rows, all kept"));
    EXPECT_THAT(lines, Contains("contact_events: 8 rows: 5 kept, 1 wait for a person not known "
                                "yet, 2 set aside in dreams_unresolved"));
    EXPECT_THAT(lines, Contains("put right: leads.heat_score: made a whole number (1)"));
    EXPECT_THAT(lines, Contains("unresolved: leads.created_at: no instant (1)"));
}

}  // namespace
}  // namespace dreams::store
