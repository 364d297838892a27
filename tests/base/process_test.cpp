#include "base/process.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/apart.h"

namespace dreams {
namespace {

std::string begun(pid_t process) {
    return process_start(std::to_string(process)).value_or("?");
}

TEST(AProcess, HasABeginningUntilItHasEnded) {
    const auto ours = begun(::getpid());
    EXPECT_GT(std::stoll(ours), 0);
    EXPECT_EQ(begun(::getpid()), ours);
    const auto child = ::fork();
    if (child == 0) ::_exit(0);
    siginfo_t ended{};
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);
    EXPECT_EQ(begun(child), "") << "nobody has asked how it ended";
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    EXPECT_EQ(begun(child), "");
    for (const char* none : {"", "0", "-1", "one"}) EXPECT_EQ(process_start(none), "");
}

TEST(AProcess, ThatEndsWhileItIsLookedAtHasEnded) {
    for (int each = 0; each < 60; ++each) {
        const auto child = ::fork();
        if (child == 0) ::_exit(0);
        while (!begun(child).empty()) {
            ASSERT_NE(begun(child), "?");
        }
        ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    }
}

TEST(AProcess, ThatIsHiddenIsNotTakenForOneThatHasEnded) {
    const auto seen = test::apart([parent = ::getpid()]() -> std::string {
        if (::unshare(CLONE_NEWNS) != 0 ||
            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            ::mount("proc", "/proc", "proc", 0, "hidepid=2") != 0)
            return "skip";
        return test::apart_as_nobody([&]() -> std::string {
                   return begun(parent) + (begun(::getpid()) == "?" ? " hidden itself" : "");
               })
            .said;
    });
    if (seen.said == "skip") GTEST_SKIP() << "nothing may be mounted here";
    EXPECT_EQ(seen.said, "?");
}

TEST(AProcess, KnowsInWhichSpaceItHasItsNumber) {
    EXPECT_FALSE(process_space().empty());
    EXPECT_EQ(process_space(), process_space());
}

}  // namespace
}  // namespace dreams
