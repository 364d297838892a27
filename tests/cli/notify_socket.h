#pragma once

// What systemd would listen at: a socket of datagrams.

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string>

namespace dreams::test {

class NotifySocket {
public:
    /// A path, or `@name`.
    explicit NotifySocket(const std::string& name)
        : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (name.size() >= sizeof address.sun_path) throw std::runtime_error("too long: " + name);
        std::memcpy(address.sun_path, name.data(), name.size());
        if (name[0] == '@') address.sun_path[0] = '\0';
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) != 0)
            throw std::runtime_error("nobody can listen at " + name);
    }
    NotifySocket(const NotifySocket&) = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;
    ~NotifySocket() { ::close(socket_); }

    /// What came next; `nothing` when that is nothing within so many seconds.
    std::string heard(int seconds = 0) const {
        const timeval patience{.tv_sec = seconds, .tv_usec = 1000};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        char bytes[64];
        const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
        return size < 0 ? "nothing" : std::string(bytes, static_cast<std::size_t>(size));
    }

private:
    int socket_;
};

}  // namespace dreams::test
