#include "base/lock_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>
#include <vector>

#include "support/apart.h"
#include "support/folder.h"

namespace dreams {
namespace {

namespace fs = std::filesystem;

struct Lock : testing::Test {
    test::Folder folder;
    std::string file = folder.file("dreams.db"), path = file + ".in-use";
    void SetUp() override { test::write_file(file, "what it speaks of"); }
    LockFile lock() const { return {path, file}; }
};

using ALock = Lock;

TEST_F(ALock, IsSharedOrHadAlone) {
    {
        auto one = lock(), two = lock();
        EXPECT_TRUE(one.alone());
        EXPECT_FALSE(two.alone());
        EXPECT_TRUE(one.share());
        EXPECT_TRUE(two.share());
        EXPECT_FALSE(lock().alone());
        EXPECT_TRUE(LockFile::is_held(path));
    }
    EXPECT_FALSE(LockFile::is_held(path));
    EXPECT_TRUE(lock().alone());
}

TEST_F(ALock, LeavesNoFileWhenTheLastIsGone) {
    {
        auto one = lock();
        ASSERT_TRUE(one.share());
        {
            auto two = lock();
            ASSERT_TRUE(two.share());
        }
        EXPECT_TRUE(fs::exists(path)) << "one has it still";
        EXPECT_TRUE(LockFile::is_held(path));
    }
    EXPECT_FALSE(fs::exists(path));
}

TEST_F(ALock, IsFreeWhenItsHolderWasKilled) {
    const auto ended = test::apart([this]() -> std::string {
        auto* left = new LockFile(path, file);
        left->share();
        ::raise(SIGKILL);
        return "";
    });
    EXPECT_TRUE(ended.killed);
    EXPECT_TRUE(fs::exists(path));
    EXPECT_TRUE(lock().alone());
    EXPECT_FALSE(fs::exists(path)) << "the next tidies up";
}

TEST_F(ALock, CannotBeHadWhereNothingIsOrNothingMayBeWritten) {
    EXPECT_FALSE(LockFile(folder.file("nowhere/lock"), file).alone());
    EXPECT_FALSE(LockFile(path, folder.file("missing.db")).share());
    EXPECT_FALSE(fs::exists(path));
    test::write_file(folder.file("elsewhere"), "");
    fs::create_symlink(folder.file("elsewhere"), path);
    EXPECT_FALSE(lock().alone()) << "what somebody else has put there is not followed";
}

TEST_F(ALock, MadeByTheSuperuserIsThatOfWhoeverHasTheFile) {
    if (::geteuid() != 0) GTEST_SKIP() << "not the superuser";
    constexpr unsigned nobody = 65534;
    ASSERT_EQ(::chown(file.c_str(), nobody, nobody), 0);
    fs::permissions(folder.path(), fs::perms::all);
    auto ours = lock();
    ASSERT_TRUE(ours.share());
    const auto theirs = test::apart_as_nobody([this]() -> std::string {
        auto also = lock();
        return std::string(also.alone() ? "alone" : "") + (also.share() ? "shared" : "");
    });
    EXPECT_EQ(theirs.said, "shared");
}

TEST_F(ALock, IsHadAloneByOneWhoeverRemovesTheFileMeanwhile) {
    std::atomic<int> alone = 0, most = 0;
    std::vector<std::thread> threads;
    for (int each = 0; each < 4; ++each)
        threads.emplace_back([&] {
            for (int round = 0; round < 2000; ++round) {
                auto mine = lock();
                if (!mine.alone()) continue;
                most = std::max<int>(most, ++alone);
                --alone;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(most, 1);
    EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace dreams
