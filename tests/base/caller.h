#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/serve.h"

namespace dreams::test {

/// A TCP connection to a server on this machine that says exactly what it is told to, as no decent
/// client would. Waits at most ten seconds for anything.
class Caller {
public:
    explicit Caller(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const timeval patience{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            ::close(socket_);
            throw std::runtime_error("nobody listens on port " + std::to_string(port));
        }
    }
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    ~Caller() { ::close(socket_); }

    /// False: the other side has closed.
    bool say(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// What comes until `end` has come, or the other side closes.
    std::string hear(std::string_view end) const {
        std::string heard;
        char buffer[4096];
        while (end.empty() || heard.find(end) == std::string::npos) {
            const auto got = ::recv(socket_, buffer, sizeof buffer, 0);
            if (got == 0 || (got < 0 && errno == ECONNRESET)) break;
            if (got < 0) throw std::runtime_error("nothing came, nor was the connection closed");
            heard.append(buffer, static_cast<std::size_t>(got));
        }
        return heard;
    }
    std::string hear_all() const { return hear(""); }

private:
    int socket_;
};

/// Where a server of this machine answers.
inline std::string url(const http::Server& server, const std::string& target) {
    return "http://127.0.0.1:" + std::to_string(server.port()) + target;
}

inline http::Answer get(const http::Server& server, const std::string& target) {
    return http::network()({.url = url(server, target)});
}

inline http::Response says(std::string body) {
    return {.body = std::move(body)};
}

}  // namespace dreams::test
