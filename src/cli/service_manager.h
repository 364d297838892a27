#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace dreams::cli {

/// Tells systemd how we are, as sd_notify(3) has it: `READY=1`, `STOPPING=1`, `WATCHDOG=1`: one
/// datagram to the socket that NOTIFY_SOCKET names. Does nothing where that is not set: nobody
/// asked. What cannot be sent is no failure of ours: systemd's own time-outs see to it. Throws
/// Error{invalid}: NOTIFY_SOCKET is no address of a socket.
void tell_service_manager(std::string_view state);

/// How often at least systemd wants a sign of life (WATCHDOG_USEC, WATCHDOG_PID); none: never.
/// Throws Error{invalid}: the variable holds no number of microseconds.
std::optional<std::chrono::microseconds> watchdog_patience();

}  // namespace dreams::cli
