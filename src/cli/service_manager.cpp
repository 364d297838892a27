#include "cli/service_manager.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "base/error.h"
#include "base/text.h"

namespace dreams::cli {

void tell_service_manager(std::string_view state) {
    const char* name = std::getenv("NOTIFY_SOCKET");
    if (!name) return;
    const std::string_view path(name);
    sockaddr_un address{};
    const bool sound = path.size() > 1 && (path[0] == '/' || path[0] == '@');
    if (!sound || path.size() >= sizeof address.sun_path)
        throw Error(Fault::invalid, "NOTIFY_SOCKET is no address of a socket");
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    if (path[0] == '@') address.sun_path[0] = '\0';  // Linux' abstract names
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return;
    ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL,
             reinterpret_cast<const sockaddr*>(&address), size);
    ::close(socket);
}

std::optional<std::chrono::microseconds> watchdog_patience() {
    const char* said = std::getenv("WATCHDOG_USEC");
    const char* process = std::getenv("WATCHDOG_PID");
    if (!said || (process && std::to_string(::getpid()) != process)) return std::nullopt;
    const auto number = text::integer(said);
    if (!number || *number < 2)
        throw Error(Fault::invalid, "WATCHDOG_USEC is no number of microseconds");
    return std::chrono::microseconds{*number};
}

}  // namespace dreams::cli
