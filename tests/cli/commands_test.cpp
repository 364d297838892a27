// What the commands answer, by the real program: the documents of the contract, and that people's
// text stays out of them.

#include <gmock/gmock.h>

#include "cli/account.h"

namespace dreams::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

/// The keys of an object, as they stand.
std::vector<std::string> keys(const json::Value& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.as_object()) keys.emplace_back(key);
    return keys;
}

std::int64_t count(const test::Office& office, const std::string& table) {
    Db db = store::open_file(office.program.folder.file("dreams.db"), Db::Mode::read_only);
    return db.value<std::int64_t>("SELECT count(*) FROM " + table);
}

TEST(Commands, InitMakesAFileForItsOwnerAlone) {
    test::Program program;
    const auto ran = program.run({"init", "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.json().at("database"), "dreams.db");
    const auto rights = std::filesystem::status(program.folder.file("dreams.db")).permissions();
    EXPECT_EQ(rights, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(Commands, SyncTellsWhatBecameOfEachStream) {
    test::Office office;
    const auto document = office.synced.json();
    ASSERT_THAT(document.at("runs").as_array(), SizeIs(1));
    const auto& run = document.at("runs").at(0);
    EXPECT_THAT(keys(run),
                ElementsAre("source", "outcome", "requests", "processed", "created", "updated",
                            "unchanged", "failed", "seconds", "streams", "refused", "notices"));
    EXPECT_EQ(run.at("source"), "fub");
    EXPECT_EQ(run.at("outcome"), "done");
    EXPECT_EQ(run.at("streams").at("people").at("created"), 40);
    EXPECT_THAT(keys(run.at("streams").at("events")),
                ElementsAre("requests", "processed", "created", "updated", "unchanged", "failed"));
    std::int64_t processed = 0;
    for (const auto& [name, stream] : run.at("streams").as_object())
        processed += stream.at("processed").as_int64();
    EXPECT_EQ(run.at("processed"), processed);
    EXPECT_EQ(document.at("scored").at("people"), 40);
    EXPECT_EQ(count(office, "leads"), 40);
    EXPECT_EQ(count(office, "contact_scoring_history"), 40);
}

TEST(Commands, SyncTellsPeopleInWords) {
    test::Office office;
    const auto ran = office.program.run({"sync", "fub"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.out, HasSubstr("\nfub: done in "));
    EXPECT_THAT(ran.out, HasSubstr("0 new, 0 changed"));
    EXPECT_THAT(ran.err, IsEmpty());  // no terminal, no bar
}

TEST(Commands, ADryRunChangesNothing) {
    test::Office office;
    office.account.town.add_event(office.account.town.people().rows()[3].id, "Viewed Property", 1);
    Db db = store::open_file(office.program.folder.file("dreams.db"), Db::Mode::read_only);
    const auto before = test::dump(db);
    const auto ran = office.program.run({"sync", "--dry-run", "--full", "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.json().at("runs").at(0).at("created"), 1);
    EXPECT_EQ(test::dump(db), before);
}

TEST(Commands, CallsAreAListInJsonAndATableForPeople) {
    test::Office office;
    const auto ran = office.program.run({"calls", "--json", "--limit", "3"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
    const auto document = ran.json();
    ASSERT_THAT(document.as_array(), SizeIs(3));
    EXPECT_THAT(keys(document.at(0)),
                ElementsAre("lead_id", "fub_id", "name", "phone", "stage", "priority_score",
                            "heat_score", "value_score", "relationship_score", "score_trend",
                            "reason", "last_activity_at", "next_action", "next_action_date"));
    EXPECT_GE(document.at(0).at("priority_score").as_int64(),
              document.at(1).at("priority_score").as_int64());
    const auto table = office.program.run({"calls", "--limit", "3"});
    EXPECT_EQ(std::ranges::count(table.out, '\n'), 4);
    EXPECT_THAT(table.out, HasSubstr(test::text(document.at(0).at("name"))));
    EXPECT_THAT(table.out, HasSubstr(test::text(document.at(0).at("reason"))));
}

TEST(Commands, LeadsAreFilteredSortedAndLimited) {
    test::Office office;
    const auto all =
        office.program.run({"leads", "--limit", "1000", "--json", "--sort", "heat_score"});
    EXPECT_EQ(all.status, 0) << all.err;
    const auto document = all.json();
    EXPECT_THAT(
        keys(document.at(0)),
        ElementsAre("lead_id", "fub_id", "name", "email", "phone", "stage", "priority_score",
                    "heat_score", "value_score", "relationship_score", "score_trend",
                    "intent_signal_count", "last_activity_at", "deleted_at", "no_call"));
    std::int64_t last = 100;
    for (const auto& lead : document.as_array()) {
        EXPECT_LE(lead.at("heat_score").as_int64(), last);
        last = lead.at("heat_score").as_int64();
    }
    const std::string stage = test::text(document.at(0).at("stage"));
    const auto some = office.program.run({"leads", "--stage", stage, "--json", "--min-heat", "1"});
    const auto found = some.json();
    EXPECT_THAT(found.as_array(), Not(IsEmpty()));
    for (const auto& lead : found.as_array()) {
        EXPECT_EQ(test::text(lead.at("stage")), stage);
        EXPECT_GE(lead.at("heat_score").as_int64(), 1);
    }
    const std::string id = test::text(document.at(0).at("email"));
    EXPECT_THAT(office.program.run({"leads", "--search", id, "--json"}).json().as_array(),
                SizeIs(1));
    EXPECT_THAT(office.program.run({"leads", "--limit", "7", "--json"}).json().as_array(),
                SizeIs(7));
    EXPECT_THAT(office.program.run({"leads", "--stage", "nosuch"}).err,
                AllOf(HasSubstr("there is no stage 'nosuch'; there are "), HasSubstr(stage)));
}

TEST(Commands, ALongNameMakesNoTableWide) {
    test::Program program;
    {
        Db db = test::database(program.folder);
        test::add_lead(db, "Ana " + std::string(300, 'x'));
    }
    for (const auto* command : {"calls", "leads"}) {
        const auto out = program.run({command}).out;
        EXPECT_THAT(out, AllOf(HasSubstr("Ana xxxx"), HasSubstr("x…"))) << command;
        for (std::size_t at = 0, end; (end = out.find('\n', at)) != std::string::npos; at = end + 1)
            EXPECT_LT(end - at, 180u) << command;
        EXPECT_THAT(program.run({command, "--json"}).out, HasSubstr(std::string(300, 'x')));
    }
}

TEST(Commands, LeadsGoOnBeyondOnePage) {
    test::Office office(450);
    EXPECT_THAT(office.program.run({"leads", "--limit", "1000", "--json"}).json().as_array(),
                SizeIs(count(office, "leads")));
    EXPECT_THAT(office.program.run({"leads", "--limit", "250", "--json"}).json().as_array(),
                SizeIs(250));
}

TEST(Commands, ExplainSumsToTheScoresThatTheFileHolds) {
    test::Office office;
    const auto best = office.program.run({"calls", "--json", "--limit", "1"}).json().at(0);
    const std::string lead = test::text(best.at("lead_id"));
    const auto ran = office.program.run({"explain", lead, "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    const auto document = ran.json();
    EXPECT_EQ(test::text(document.at("lead_id")), lead);
    EXPECT_EQ(document.at("policy"), "house");
    EXPECT_EQ(document.at("as_of"), "2026-01-19T16:00:00Z");
    for (const auto* score : {"heat", "value", "relationship", "priority"}) {
        const auto& part = document.at("scores").at(score);
        EXPECT_THAT(keys(part), ElementsAre("value", "raw", "contributions"));
        double sum = 0;
        for (const auto& contribution : part.at("contributions").as_array()) {
            EXPECT_THAT(keys(contribution), ElementsAre("name", "points", "why", "events"));
            sum += contribution.at("points").to_number<double>();
        }
        EXPECT_NEAR(sum, part.at("raw").to_number<double>(), 1e-9) << score;
        EXPECT_EQ(part.at("value"), best.at(std::string(score) + "_score")) << score;
    }
}

TEST(Commands, ExplainFindsPeopleByIdMailAndName) {
    test::Office office;
    const auto best = office.program.run({"leads", "--json", "--limit", "1"}).json().at(0);
    const auto told = office.program.run({"explain", test::text(best.at("lead_id"))});
    EXPECT_THAT(told.out,
                HasSubstr("\npriority " + std::to_string(best.at("priority_score").as_int64())));
    for (const auto* key : {"fub_id", "email", "name"})
        EXPECT_EQ(office.program.run({"explain", test::text(best.at(key))}).out, told.out) << key;
}

TEST(Commands, ExplainSaysWhyAScoreStandsHigherThanItFollows) {
    test::Office office;
    const auto best = office.program.run({"leads", "--json", "--limit", "1"}).json().at(0);
    const auto lead = test::text(best.at("lead_id"));
    Db db = store::open_file(office.program.folder.file("dreams.db"));
    db.run("UPDATE leads SET priority_score = 100 WHERE id = :lead", {{"lead", lead}});
    EXPECT_THAT(office.program.run({"explain", lead}).out,
                HasSubstr("in the file 100: more has come in"));
    db.run(R"sql(UPDATE dreams_fub_people SET stale_since = '2026-01-18T16:00:00Z'
                  WHERE fub_id = (SELECT fub_id FROM leads WHERE id = :lead))sql",
           {{"lead", lead}});
    EXPECT_THAT(office.program.run({"explain", lead}).out,
                HasSubstr("in the file 100: some of what they did or said could not be read"));
}

TEST(Commands, ScoreByAnotherPolicyIsExplainedByIt) {
    test::Office office;
    const auto ran = office.program.run({"score", "--policy", "january", "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.json().at("policy"), "january");
    EXPECT_EQ(ran.json().at("people"), 40);
    EXPECT_EQ(ran.json().at("day"), "2026-01-19");
    const auto best = office.program.run({"leads", "--json", "--limit", "1"}).json().at(0);
    const std::string lead = test::text(best.at("lead_id"));
    const auto document = office.program.run({"explain", lead, "--json"}).json();
    EXPECT_EQ(document.at("policy"), "january");
    EXPECT_EQ(document.at("scores").at("priority").at("value"), best.at("priority_score"));
}

TEST(Commands, ScoreTwiceADayKeepsOneSnapshot) {
    test::Office office;
    for (const auto* as_of :
         {"2026-01-19T18:00:00Z", "2026-01-20T04:59:59Z"})  // still Monday there
        ASSERT_EQ(office.program.run({"score", "--as-of", as_of}).status, 0);
    EXPECT_EQ(count(office, "contact_scoring_history"), 40);
    ASSERT_EQ(office.program.run({"score", "--as-of", "2026-01-20T05:00:00Z"}).status, 0);
    EXPECT_EQ(count(office, "contact_scoring_history"), 80);
}

TEST(Commands, StatusCountsAndSaysHowFresh) {
    test::Office office;
    const auto document = office.program.run({"status", "--json"}).json();
    EXPECT_THAT(keys(document),
                ElementsAre("version", "schema", "sqlite", "database", "environment", "tables",
                            "sources", "backup", "jobs_put_off"));
    EXPECT_THAT(document.at("tables").as_object(), SizeIs(12));
    EXPECT_EQ(document.at("tables").at("leads"), 40);
    EXPECT_EQ(document.at("sources").at("fub").at("last_success"), "2026-01-19T16:00:00Z");
    EXPECT_EQ(document.at("sources").at("fub").at("stale"), false);
    const auto later = office.program.run({"--now", "2026-01-22T16:00:00Z", "status", "--json"});
    EXPECT_EQ(later.json().at("sources").at("fub").at("stale"), true);
    EXPECT_THAT(office.program.run({"status"}).out,
                HasSubstr("fub: last good run 2026-01-19 11:00"));
}

TEST(Commands, ConfigShowsWhereEachValueComesFromAndNoSecret) {
    test::Program program;
    const test::Variables secret{{"DREAMS_FUB_API_KEY", "fka_0123456789abcdef"}};
    const auto ran = program.run({"config", "--json", "--database", "mine.db"}, secret);
    EXPECT_EQ(ran.status, 0);
    const auto document = ran.json();
    EXPECT_EQ(document.at("database").at("value"), "mine.db");
    EXPECT_EQ(document.at("database").at("source"), "--database");
    EXPECT_EQ(document.at("database").at("default"), "dreams.db");
    EXPECT_EQ(document.at("fub.api_key").at("value"), "••••cdef");
    EXPECT_EQ(document.at("idx.pace").at("unit"), "seconds");
    EXPECT_THAT(ran.out, Not(HasSubstr("0123456789")));
    const auto table = program.run({"config"}, secret);
    EXPECT_THAT(table.out, Not(HasSubstr("0123456789")));
    EXPECT_THAT(table.out, HasSubstr("DREAMS_FUB_API_KEY"));
}

TEST(Commands, MigrateSaysThatThereIsNothingToDo) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    const auto ran = program.run({"migrate", "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.json().at("up_to_date"), true);
    EXPECT_THAT(program.run({"migrate"}).out, HasSubstr("up to date"));
}

TEST(Commands, MigrateBringsAJanuaryFileUp) {
    test::Program program;
    {
        Db db = Db::open(program.folder.file("dreams.db"), Db::Mode::create);
        db.script("PRAGMA foreign_keys = OFF");  // as the older program left it
        db.script(test::read_file(DREAMS_FIXTURES "/january_schema.sql"));
        db.script(test::read_file(DREAMS_FIXTURES "/january_rows.sql"));
    }
    const auto ran = program.run({"migrate", "--json", "--now", "2026-01-19T16:00:00Z"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.json().at("up_to_date"), false);
    EXPECT_THAT(test::text(ran.json().at("snapshot")), HasSubstr("before-migrate-20260119-160000"));
    EXPECT_EQ(program.run({"status"}).status, 0);
    EXPECT_EQ(program.run({"score"}).status, 0);
}

}  // namespace
}  // namespace dreams::cli
