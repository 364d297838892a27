// What systemd is told: datagrams to a socket that the test listens at.

#include "cli/service_manager.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <optional>

#include "base/error.h"
#include "cli/notify_socket.h"
#include "support/folder.h"

namespace dreams::cli {
namespace {

class ServiceManager : public testing::Test {
protected:
    ~ServiceManager() override {
        for (const auto* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
            ::unsetenv(name);
    }
    void listen(const std::string& name) {
        socket.emplace(name);
        ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    }
    std::string heard() const { return socket->heard(); }
    test::Folder folder;
    std::optional<test::NotifySocket> socket;
};

TEST_F(ServiceManager, HearsWhatItIsTold) {
    listen(folder.file("notify"));
    tell_service_manager("READY=1");
    tell_service_manager("STOPPING=1");
    EXPECT_EQ(heard(), "READY=1");
    EXPECT_EQ(heard(), "STOPPING=1");
    EXPECT_EQ(heard(), "nothing");
}

TEST_F(ServiceManager, MayHaveAnAbstractName) {
    listen("@dreams-test-" + std::to_string(::getpid()));
    tell_service_manager("WATCHDOG=1");
    EXPECT_EQ(heard(), "WATCHDOG=1");
}

TEST_F(ServiceManager, IsToldNothingWhereThereIsNone) {
    listen(folder.file("notify"));
    ::unsetenv("NOTIFY_SOCKET");
    tell_service_manager("READY=1");
    EXPECT_EQ(heard(), "nothing");
    ::setenv("NOTIFY_SOCKET", folder.file("gone").c_str(), 1);
    tell_service_manager("READY=1");
    EXPECT_EQ(heard(), "nothing");
    for (const auto& wrong : {std::string("relative"), std::string("/"), std::string(200, '/')}) {
        ::setenv("NOTIFY_SOCKET", wrong.c_str(), 1);
        EXPECT_THROW(tell_service_manager("READY=1"), Error) << wrong;
    }
}

TEST_F(ServiceManager, WantsSignsOfLifeOfItsOwnProcess) {
    EXPECT_FALSE(watchdog_patience());
    ::setenv("WATCHDOG_USEC", "30000000", 1);
    EXPECT_EQ(watchdog_patience(), std::chrono::seconds{30});
    ::setenv("WATCHDOG_PID", "1", 1);
    EXPECT_FALSE(watchdog_patience());
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
    EXPECT_TRUE(watchdog_patience());
    ::setenv("WATCHDOG_USEC", "soon", 1);
    EXPECT_THROW(watchdog_patience(), Error);
}

TEST(ServiceUnit, IsAsHardenedAsTheDocumentationSays) {
    if (std::system("command -v systemd-analyze >/dev/null") != 0)
        GTEST_SKIP() << "there is no systemd-analyze here";
    // docs/running.md says 1.4; the threshold counts in tenths.
    EXPECT_EQ(
        std::system("systemd-analyze security --offline=true --no-pager --threshold=15 " DREAMS_ROOT
                    "/packaging/dreams.service >/dev/null"),
        0);
}

TEST(ServiceUnit, PassesSystemdsOwnCheck) {
    if (std::system("command -v systemd-analyze >/dev/null") != 0)
        GTEST_SKIP() << "there is no systemd-analyze here";
    auto unit = test::read_file(DREAMS_ROOT "/packaging/dreams.service");
    const std::string program = "/usr/bin/dreams";
    const auto at = unit.find(program);
    ASSERT_NE(at, std::string::npos);
    unit.replace(at, program.size(), "/bin/true");  // the program need not be installed
    const test::Folder folder;
    test::write_file(folder.file("dreams.service"), unit);
    const auto check = "systemd-analyze --man=no verify " + folder.file("dreams.service");
    EXPECT_EQ(std::system(check.c_str()), 0);
    test::write_file(folder.file("dreams.service"), "[Service]\nType=none\n");
    EXPECT_NE(std::system((check + " 2>/dev/null").c_str()), 0) << "it finds what is wrong";
}

}  // namespace
}  // namespace dreams::cli
