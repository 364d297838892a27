// `dreams compare`, by the real program.

#include <gmock/gmock.h>

#include <filesystem>

#include "cli/program.h"
#include "store/whole_file.h"
#include "support/database.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;

TEST(Compare, TellsTwoFilesApartAndTouchesNeither) {
    test::Program program;
    {
        Db a = test::database(program.folder, "a.db"), b = test::database(program.folder, "b.db");
        test::add_lead(a, "Ana");
    }
    const auto before = test::read_file(program.folder.file("b.db"));
    const auto said = program.run({"compare", "a.db", "b.db"});
    EXPECT_EQ(said.status, 0) << said.err;
    EXPECT_THAT(said.out, HasSubstr("1 only in A"));
    const auto told = program.run({"compare", "a.db", "b.db", "--json"}).json();
    EXPECT_FALSE(told.at("same").as_bool());
    EXPECT_EQ(told.at("tables").at("leads").at("only_a"), 1);
    EXPECT_EQ(told.at("tables").at("leads").at("b"), 0);
    EXPECT_EQ(test::read_file(program.folder.file("b.db")), before);
    EXPECT_FALSE(program.run({"compare", "a.db", "a.db"}).out.empty());
}

TEST(Compare, TellsATableThatIsNotThereFromOneThatIsEmpty) {
    test::Program program;
    {
        Db a = test::database(program.folder, "a.db"), b = test::database(program.folder, "b.db");
        b.script("DROP TABLE packages");
    }
    const auto told = program.run({"compare", "a.db", "b.db", "--json"}).json();
    const auto& packages = told.at("tables").at("packages");
    EXPECT_EQ(packages.at("b"), 0);
    EXPECT_TRUE(packages.at("in_a").as_bool());
    EXPECT_FALSE(packages.at("in_b").as_bool());
    EXPECT_TRUE(told.at("tables").at("leads").at("in_b").as_bool());
}

TEST(Compare, RefusesACopyThatLacksWhatWasWrittenLast) {
    test::Program program;
    test::database(program.folder);
    const auto file = program.folder.file("dreams.db"), copy = program.folder.file("copy.db");
    const store::InUse in_use(store::open_file(file), test::monday);
    Db db = store::open_file(file);
    test::add_lead(db, "Ana");
    std::filesystem::copy_file(file, copy);
    for (const auto& words : {test::Words{"compare", "dreams.db", "copy.db"},
                              test::Words{"dictionary", "--compare", "copy.db"}}) {
        const auto said = program.run(words);
        EXPECT_EQ(said.status, 1);
        EXPECT_THAT(said.err, HasSubstr("what was written last is missing"));
    }
}

TEST(Compare, OpensBackups) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    ASSERT_EQ(program.run({"backup"}).status, 0);
    ASSERT_EQ(program.run({"backup", "--new-key", "key"}).status, 0);
    program.variables["DREAMS_BACKUP_KEY_FILE"] = "key";
    ASSERT_EQ(program.run({"--now", "2030-01-19T16:00:00Z", "backup"}).status, 0);
    int backups = 0;
    for (const auto& each : std::filesystem::directory_iterator(program.folder.file("backups"))) {
        if (each.path().extension() == ".json") continue;
        ++backups;
        const auto told =
            program.run({"compare", "dreams.db", each.path().string(), "--json"}).json();
        EXPECT_TRUE(told.at("same").as_bool()) << each.path();
    }
    EXPECT_EQ(backups, 2);
}

TEST(Compare, SaysWhatIsNoFileAndWhatIsNoDatabase) {
    test::Program program;
    test::write_file(program.folder.file("a.db"), "not a database, but long enough to be read");
    const auto missing = program.run({"compare", "a.db", "nowhere.db"});
    EXPECT_EQ(missing.status, 1);
    EXPECT_THAT(missing.err, HasSubstr("a.db is not a database"));
    EXPECT_EQ(program.run({"compare", "a.db"}).status, 2);
    EXPECT_THAT(program.run({"compare", ".", "a.db"}).err,
                HasSubstr(". is a folder; name the file"));
}

}  // namespace
}  // namespace dreams::cli
