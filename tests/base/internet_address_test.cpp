#include "base/internet_address.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace dreams::http {
namespace {

class NotPublic : public testing::TestWithParam<const char*> {};

TEST_P(NotPublic, IsKeptOut) {
    EXPECT_FALSE(is_public_address(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(
    InternetAddress, NotPublic,
    testing::Values("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1",
                    "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254",
                    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1",
                    "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7",
                    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1",
                    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1",
                    "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1",
                    "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "5f00::1", "",
                    "localhost", "1.2.3", "1.2.3.4.5", "0x7f.1", "[::1]"));

class Public : public testing::TestWithParam<const char*> {};

TEST_P(Public, MayBeAsked) {
    EXPECT_TRUE(is_public_address(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(InternetAddress, Public,
                         testing::Values("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0",
                                         "100.63.255.255", "100.128.0.0", "126.255.255.255",
                                         "128.0.0.0", "169.253.255.255", "172.15.255.255",
                                         "172.32.0.0", "192.167.255.255", "192.169.0.0",
                                         "198.17.255.255", "198.20.0.0", "223.255.255.255",
                                         "2606:4700::1111", "2001:4860:4860::8888",
                                         "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"));

TEST(InternetAddress, OfAnotherFamilyIsNotPublic) {
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    EXPECT_FALSE(is_public(reinterpret_cast<const sockaddr&>(local)));
}

TEST(InternetAddress, OfASocketIsJudgedAsItsTextIs) {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_addr.s_addr = htonl(0x08080808);
    EXPECT_TRUE(is_public(reinterpret_cast<const sockaddr&>(four)));
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_FALSE(is_public(reinterpret_cast<const sockaddr&>(four)));
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_addr = in6addr_loopback;
    EXPECT_FALSE(is_public(reinterpret_cast<const sockaddr&>(six)));
}

TEST(InternetAddress, ThisMachineIsToldByAddressAndByName) {
    sockaddr_in four{.sin_family = AF_INET};
    sockaddr_in6 six{.sin6_family = AF_INET6};
    for (const auto& [text, here] :
         {std::pair{"127.0.0.1", true}, {"127.9.9.9", true}, {"128.0.0.1", false}}) {
        ::inet_pton(AF_INET, text, &four.sin_addr);
        EXPECT_EQ(is_loopback(reinterpret_cast<const sockaddr&>(four)), here) << text;
        EXPECT_EQ(is_loopback(std::string_view(text)), here) << text;
    }
    for (const auto& [text, here] : {std::pair{"::1", true}, {"::2", false}, {"fe80::1", false}}) {
        ::inet_pton(AF_INET6, text, &six.sin6_addr);
        EXPECT_EQ(is_loopback(reinterpret_cast<const sockaddr&>(six)), here) << text;
        EXPECT_EQ(is_loopback(std::string_view(text)), here) << text;
    }
    for (const char* name : {"localhost", "[::1]"}) EXPECT_TRUE(is_loopback(name)) << name;
    for (const char* name : {"127.evil.example", "localhost.evil.example", ""})
        EXPECT_FALSE(is_loopback(name)) << name;
}

}  // namespace
}  // namespace dreams::http
