// `dreams merge`, by the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/program.h"
#include "support/copies.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;

struct TwoFiles : testing::Test {
    test::Program program;
    void SetUp() override {
        program.variables = {{"DREAMS_NOW", "2026-01-20T16:00:00Z"}, {"DREAMS_ENVIRONMENT", "prd"}};
        test::original(program.folder, "dreams.db");
        test::copy(program.folder, "dreams.db", "other.db");
        for (const char* file : {"dreams.db", "other.db"}) {
            Db db = store::open_file(program.folder.file(file));
            db.run("UPDATE leads SET notes = :file WHERE id = 'lead-ana-bell'", {{"file", file}});
        }
        Db db = store::open_file(program.folder.file("other.db"));
        test::add_lead(db, "Dora Ely");
    }
};

using MergeCommand = TwoFiles;

TEST_F(MergeCommand, CountsAndListsWhatAPersonHasToDecide) {
    const auto dry = program.run({"merge", "other.db", "--dry-run", "--json"});
    const auto ran = program.run({"merge", "other.db", "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    const auto said = ran.json();
    EXPECT_EQ(said.at("tables"), dry.json().at("tables"));
    const auto& leads = said.at("tables").at("leads");
    EXPECT_EQ(leads.at("added"), 1);
    EXPECT_EQ(leads.at("updated"), 0);
    EXPECT_EQ(leads.at("unchanged"), 3);
    EXPECT_EQ(leads.at("conflicts"), 1);
    const auto& conflict = said.at("conflicts").at(0);
    EXPECT_EQ(test::text(conflict.at("ours")), "dreams.db");
    EXPECT_EQ(test::text(conflict.at("theirs")), "other.db");
    EXPECT_THAT(test::text(said.at("snapshot")), HasSubstr("before-merge"));
}

TEST_F(MergeCommand, LetsAPersonDecide) {
    EXPECT_THAT(program.run({"merge", "other.db"}).out, HasSubstr("NO=theirs"));
    EXPECT_THAT(program.run({"merge", "--conflicts"}).out, HasSubstr("lead-ana-bell"));
    EXPECT_EQ(program.run({"merge", "--choose", "1=theirs"}).status, 0);
    EXPECT_THAT(program.run({"merge", "--conflicts"}).out, HasSubstr("nobody has decided"));
    Db db = store::open_file(program.folder.file("dreams.db"));
    EXPECT_EQ(db.value<std::string>("SELECT notes FROM leads WHERE id = 'lead-ana-bell'"),
              "other.db");
    EXPECT_THAT(program.run({"merge", "--choose", "1"}).err, HasSubstr("no choice as 12=ours is"));
}

TEST_F(MergeCommand, TakesABackupAsItIs) {
    program.variables["DREAMS_DATABASE"] = "other.db";
    ASSERT_EQ(program.run({"backup"}).status, 0);
    program.variables.erase("DREAMS_DATABASE");
    std::string packed;
    for (const auto& each : std::filesystem::directory_iterator(program.folder.file("backups")))
        if (each.path().string().ends_with(".zst")) packed = each.path();
    const auto ran = program.run({"merge", packed, "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.json().at("tables").at("leads").at("added"), 1);
}

TEST_F(MergeCommand, NamesWhatStaysThere) {
    {
        Db db = store::open_file(program.folder.file("other.db"));
        db.script("CREATE TABLE my_clients (note TEXT); INSERT INTO my_clients VALUES ('x')");
    }
    EXPECT_EQ(program.run({"merge", "other.db"}).status, 0);
    const auto again = program.run({"merge", "other.db"}).out;
    EXPECT_THAT(again, HasSubstr("nothing else there"));
    EXPECT_THAT(again, HasSubstr("table my_clients (1 row)"));
}

TEST_F(MergeCommand, SaysWhatItLacks) {
    EXPECT_THAT(program.run({"merge"}).err, HasSubstr("say which file"));
    EXPECT_THAT(program.run({"merge", "nowhere.db"}).err, HasSubstr("there is no file"));
    EXPECT_THAT(program.run({"merge", "dreams.db"}).err, HasSubstr("the file itself"));
}

}  // namespace
}  // namespace dreams::cli
