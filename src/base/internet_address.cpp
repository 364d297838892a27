#include "base/internet_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace dreams::http {
namespace {

/// The first `bits` bits of a range's addresses.
template <std::size_t Bytes>
struct Range {
    std::array<std::uint8_t, Bytes> start;
    int bits;

    bool holds(std::span<const std::uint8_t, Bytes> address) const {
        const auto whole = static_cast<std::size_t>(bits / 8);
        if (!std::equal(start.begin(), start.begin() + static_cast<std::ptrdiff_t>(whole),
                        address.begin()))
            return false;
        const int rest = bits % 8;
        return rest == 0 || (start[whole] ^ address[whole]) >> (8 - rest) == 0;
    }
};

// IANA IPv4 Special-Purpose Address Registry, and multicast (224/4) and reserved (240/4) space.
constexpr std::array not_public_v4{
    Range<4>{{0, 0, 0, 0}, 8},      Range<4>{{10, 0, 0, 0}, 8},     Range<4>{{100, 64, 0, 0}, 10},
    Range<4>{{127, 0, 0, 0}, 8},    Range<4>{{169, 254, 0, 0}, 16}, Range<4>{{172, 16, 0, 0}, 12},
    Range<4>{{192, 0, 0, 0}, 24},   Range<4>{{192, 0, 2, 0}, 24},   Range<4>{{192, 88, 99, 0}, 24},
    Range<4>{{192, 168, 0, 0}, 16}, Range<4>{{198, 18, 0, 0}, 15},  Range<4>{{198, 51, 100, 0}, 24},
    Range<4>{{203, 0, 113, 0}, 24}, Range<4>{{224, 0, 0, 0}, 4},    Range<4>{{240, 0, 0, 0}, 4}};

// Of IPv6 only 2000::/3 is given out for the public internet; within it, what is not.
constexpr Range<16> global_v6{{0x20}, 3};
constexpr std::array not_public_v6{
    Range<16>{{0x20, 0x01, 0x00}, 23},        // IETF protocols, Teredo among them
    Range<16>{{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    Range<16>{{0x20, 0x02}, 16},              // 6to4: any IPv4 address in disguise
    Range<16>{{0x3f, 0xff, 0x00}, 20}};       // documentation
constexpr Range<16> mapped_v4{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
constexpr Range<16> nat64{{0x00, 0x64, 0xff, 0x9b}, 96};

bool is_public_v4(std::span<const std::uint8_t, 4> address) {
    return std::ranges::none_of(not_public_v4,
                                [&](const auto& range) { return range.holds(address); });
}

bool is_public_v6(std::span<const std::uint8_t, 16> address) {
    if (mapped_v4.holds(address) || nat64.holds(address))
        return is_public_v4(address.subspan<12, 4>());
    return global_v6.holds(address) && std::ranges::none_of(not_public_v6, [&](const auto& range) {
               return range.holds(address);
           });
}

constexpr Range<4> loopback_v4{{127}, 8};
constexpr Range<16> loopback_v6{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128};

using V4 = std::array<std::uint8_t, 4>;
using V6 = std::array<std::uint8_t, 16>;

/// What `of_v4` or `of_v6` says of an address's bytes; false for any other family.
template <class OfV4, class OfV6>
bool judged(const sockaddr& address, OfV4 of_v4, OfV6 of_v6) {
    if (address.sa_family == AF_INET) {
        V4 bytes;
        std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in&>(address).sin_addr, 4);
        return of_v4(bytes);
    }
    if (address.sa_family == AF_INET6) {
        V6 bytes;
        std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
        return of_v6(bytes);
    }
    return false;
}

}  // namespace

bool is_public(const sockaddr& address) {
    return judged(address, is_public_v4, is_public_v6);
}

bool is_loopback(const sockaddr& address) {
    return judged(
        address, [](const V4& bytes) { return loopback_v4.holds(bytes); },
        [](const V6& bytes) { return loopback_v6.holds(bytes); });
}

bool is_loopback(std::string_view host) {
    const bool dotted =
        host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || host == "::1" || host == "[::1]" || dotted;
}

bool is_public_address(const std::string& text) {
    std::array<std::uint8_t, 16> bytes{};
    if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1)
        return is_public_v4(std::span(bytes).first<4>());
    return ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1 && is_public_v6(bytes);
}

}  // namespace dreams::http
