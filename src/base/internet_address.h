#pragma once

#include <string>
#include <string_view>

struct sockaddr;

namespace dreams::http {

/// Whether an address lies in the public internet: not in a private, loopback, link-local, shared,
/// documentation, multicast or reserved range, as IANA's special-purpose registries list them. An
/// IPv6 address that carries an IPv4 one (mapped, NAT64) is judged by that; tunnels (6to4, Teredo)
/// and all other families are none.
bool is_public(const sockaddr& address);

/// Whether an address is this machine's own: 127.0.0.0/8 or ::1.
bool is_loopback(const sockaddr& address);

/// Whether a host, with or without brackets, is this machine by its name or number. Names are
/// names: `127.evil.example` begins like an address, and is none.
bool is_loopback(std::string_view host);

/// The same as is_public of an address as text, `192.168.0.1`, `::1`. Text that is none: false.
bool is_public_address(const std::string& text);

}  // namespace dreams::http
