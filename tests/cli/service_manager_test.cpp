// What systemd is told: datagrams to a socket that the test listens at.

#include "cli/service_manager.h"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "base/error.h"
#include "support/folder.h"

namespace dreams::cli {
namespace {

class ServiceManager : public testing::Test {
protected:
    ~ServiceManager() override {
        for (const auto* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
            ::unsetenv(name);
        if (socket >= 0) ::close(socket);
    }
    void listen(const std::string& name) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.data(), name.size());
        if (name[0] == '@') address.sun_path[0] = '\0';
        socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), size), 0);
        ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    }
    std::string heard() const {
        char bytes[64];
        const auto size = ::recv(socket, bytes, sizeof bytes, 0);
        return size < 0 ? "nothing" : std::string(bytes, static_cast<std::size_t>(size));
    }
    test::Folder folder;
    int socket = -1;
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
    EXPECT_NO_THROW(tell_service_manager("READY=1"));
    ::setenv("NOTIFY_SOCKET", folder.file("gone").c_str(), 1);
    EXPECT_NO_THROW(tell_service_manager("READY=1"));
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
