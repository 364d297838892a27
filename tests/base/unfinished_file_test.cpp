// What bears a final name is whole, and what killed programs left is told from what living ones
// are at.

#include "base/unfinished_file.h"

#include <gmock/gmock.h>
#include <signal.h>

#include "support/apart.h"
#include "support/folder.h"

namespace dreams {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

struct Unfinished : testing::Test {
    test::Folder folder;
    std::string target = folder.file("dreams.db");

    std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const auto& each : fs::directory_iterator(folder.path()))
            names.push_back(each.path().filename());
        return names;
    }
};

TEST_F(Unfinished, HasItsNameOnlyWhenItIsFinished) {
    {
        UnfinishedFile file(target);
        test::write_file(file.name(), "whole");
        EXPECT_FALSE(fs::exists(target));
        EXPECT_EQ(fs::status(file.name()).permissions(),
                  fs::perms::owner_read | fs::perms::owner_write);
        file.finish();
        EXPECT_EQ(test::read_file(target), "whole");
    }
    EXPECT_THAT(names(), UnorderedElementsAre("dreams.db"));
}

TEST_F(Unfinished, TakesTheNameOfNoFileThatCameMeanwhileWhereItIsToBeNew) {
    {
        UnfinishedFile first(target), second(target);
        test::write_file(first.name(), "first");
        test::write_file(second.name(), "second");
        EXPECT_TRUE(second.finish_new());
        EXPECT_FALSE(first.finish_new());
        EXPECT_EQ(test::read_file(target), "second");
    }
    EXPECT_THAT(names(), UnorderedElementsAre("dreams.db"));
}

TEST_F(Unfinished, IsGoneWithWhatAnEnginePutBesideIt) {
    {
        const UnfinishedFile file(target);
        test::write_file(file.name() + "-wal", "");
    }
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(Unfinished, WhereNothingCanBeWrittenSaysWhy) {
    try {
        const UnfinishedFile file(folder.file("nowhere/dreams.db"));
        FAIL();
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("No such file or directory"));
    }
}

TEST_F(Unfinished, LeftByAKilledProgramIsRemovedAndThatOfALivingOneIsNot) {
    const auto ended = test::apart([&]() -> std::string {
        const UnfinishedFile first(target), second(target + ".from-backup"),
            other(folder.file("other.db"));
        test::write_file(first.name() + "-journal", "");
        test::write_file(first.name() + ".db", "");
        ::kill(::getpid(), SIGKILL);
        return "";
    });
    ASSERT_TRUE(ended.killed);
    EXPECT_EQ(names().size(), 8u);
    const UnfinishedFile living(target);
    // The owner's own: no program of ours locked it.
    test::write_file(target + ".partial-export", "");
    remove_leftovers(target);
    const auto name = fs::path(living.name()).filename().string();
    EXPECT_THAT(names(),
                UnorderedElementsAre(name, name + ".lock", "dreams.db.partial-export",
                                     HasSubstr("other.db.partial-"), HasSubstr("other.db.part")));
}

}  // namespace
}  // namespace dreams
