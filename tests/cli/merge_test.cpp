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

TEST_F(MergeCommand, SaysWhatItLacks) {
    EXPECT_THAT(program.run({"merge"}).err, HasSubstr("say which file"));
    EXPECT_THAT(program.run({"merge", "nowhere.db"}).err, HasSubstr("there is no file"));
    EXPECT_THAT(program.run({"merge", "dreams.db"}).err, HasSubstr("the file itself"));
}

}  // namespace
}  // namespace dreams::cli
