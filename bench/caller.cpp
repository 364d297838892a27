#include "bench/caller.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <future>

#include "base/error.h"
#include "bench/bench.h"

namespace dreams::bench {
namespace {

constexpr int callers = 2;

[[noreturn]] void fail(const std::string& what) {
    throw Error(Fault::unavailable, "the server " + what);
}

std::size_t length_of(std::string_view head) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const auto at = head.find(name);
    if (at == std::string_view::npos) fail("said no length");
    return std::strtoul(head.data() + at + name.size(), nullptr, 10);
}

/// The times of one caller's answers, in seconds.
std::vector<double> times_of(int port, const std::vector<std::string>& paths, std::size_t first,
                             double seconds) {
    Caller caller(port);
    std::vector<double> times;
    const Stopwatch all;
    for (std::size_t at = first; all.seconds() < seconds; ++at) {
        const Stopwatch one;
        caller.get(paths[at % paths.size()]);
        times.push_back(one.seconds());
    }
    return times;
}

}  // namespace

Caller::Caller(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        fail("cannot be reached");
    }
}

Caller::~Caller() {
    ::close(socket_);
}

void Caller::send(const std::string& text) const {
    for (std::size_t sent = 0; sent < text.size();) {
        const auto count = ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) fail("hung up");
        sent += static_cast<std::size_t>(count);
    }
}

void Caller::receive() {
    char block[65536];
    const auto count = ::recv(socket_, block, sizeof block, 0);
    if (count <= 0) fail("hung up");
    received_.append(block, static_cast<std::size_t>(count));
}

std::string Caller::get(const std::string& path) {
    send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n");
    received_.clear();
    std::size_t head_end = std::string::npos;
    while ((head_end = received_.find("\r\n\r\n")) == std::string::npos) receive();
    const auto head = std::string_view(received_).substr(0, head_end + 2);
    if (!head.starts_with("HTTP/1.1 200 "))
        fail("answered " + path + " with " + std::string(head.substr(0, head.find('\r'))));
    const std::size_t body = head_end + 4, size = length_of(head);
    while (received_.size() < body + size) receive();
    return received_.substr(body, size);
}

Pace drive(int port, const std::vector<std::string>& paths, double seconds) {
    std::vector<std::future<std::vector<double>>> others;
    for (std::size_t n = 0; n < callers; ++n)
        others.push_back(std::async(std::launch::async, times_of, port, std::cref(paths),
                                    n * paths.size() / callers, seconds));
    std::vector<double> times;
    for (auto& other : others) {
        const auto some = other.get();
        times.insert(times.end(), some.begin(), some.end());
    }
    std::ranges::sort(times);
    const auto within = [&](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    return {static_cast<double>(times.size()) / seconds, within(0.50), within(0.99)};
}

}  // namespace dreams::bench
