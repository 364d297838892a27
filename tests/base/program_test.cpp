// Another program beside this one: what it is given, what it says, and how it ends.

#include "base/program.h"

#include <gmock/gmock.h>
#include <signal.h>

#include "base/error.h"
#include "support/folder.h"

namespace dreams {
namespace {

using testing::HasSubstr;

TEST(Programs, AreGivenBytesAndGiveThemBack) {
    Program cat({"cat"});
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    EXPECT_TRUE(cat.write(all));
    cat.close_input();
    EXPECT_EQ(cat.read_all(), all);
    EXPECT_EQ(cat.end(), 0);
}

TEST(Programs, TakeTheirWordsAsTheyAre) {
    Program echo({"printf", "%s|", "a b", "$(id)", "it's", ""});
    EXPECT_EQ(echo.read_all(), "a b|$(id)|it's||");
    EXPECT_EQ(echo.end(), 0);
}

TEST(Programs, EndWithTheirStatusOrTheSignal) {
    EXPECT_EQ(Program({"sh", "-c", "exit 4"}).end(), 4);
    EXPECT_EQ(Program({"sh", "-c", "kill -9 $$"}).end(), 128 + SIGKILL);
}

TEST(Programs, HeedTheSignalsThatThisOneHasItsThreadsLeaveAlone) {
    sigset_t ours, before;
    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    ASSERT_EQ(::pthread_sigmask(SIG_BLOCK, &ours, &before), 0);
    EXPECT_EQ(Program({"sh", "-c", "kill -TERM $$; echo on"}).end(), 128 + SIGTERM);
    ASSERT_EQ(::pthread_sigmask(SIG_SETMASK, &before, nullptr), 0);
}

TEST(Programs, ThatDoNotHeedTheirEndAreKilled) {
    pid_t process = 0;
    {
        Program deaf({"sh", "-c", "trap '' TERM PIPE; echo $$; while :; do sleep 0.05; done"});
        char line[16] = {};
        ASSERT_GT(deaf.read(line, sizeof line - 1), 0u);
        process = std::stoi(line);
        ASSERT_EQ(::kill(process, 0), 0);
    }
    EXPECT_NE(::kill(process, 0), 0);
}

TEST(Programs, ThatTakeNoMoreEndNothingHere) {
    Program done({"true"});
    EXPECT_EQ(done.read_all(), "");
    EXPECT_FALSE(done.write(std::string(1 << 20, 'x')));
    EXPECT_EQ(done.end(), 0);
}

TEST(Programs, ThatAreNotThereAreNamed) {
    try {
        Program missing({"no-such-program-anywhere"});
        EXPECT_EQ(missing.end(), 127);
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("no-such-program-anywhere cannot be run"));
    }
}

TEST(Programs, ThatAreLeftAreEnded) {
    const test::Folder folder;
    {
        Program waits({"sh", "-c",
                       "trap 'echo ended > \"$0\"; exit' TERM; echo; while :; do sleep 0.01; done",
                       folder.file("told")});
        char line = 0;
        EXPECT_EQ(waits.read(&line, 1), 1u);
    }
    EXPECT_EQ(test::read_file(folder.file("told")), "ended\n");
}

}  // namespace
}  // namespace dreams
