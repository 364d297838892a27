#include "sim/mail/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "base/error.h"

namespace dreams::sim {
namespace {

/// A socket as it is.
class ClearWire : public MailWire {
public:
    explicit ClearWire(int socket) : socket_(socket) {}
    std::size_t read(char* buffer, std::size_t size) override {
        const auto count = ::recv(socket_, buffer, size, 0);
        return count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    void write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }

private:
    int socket_;
};

/// A socket that waits for callers at a free port of this machine.
int listening() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0 &&
        ::listen(socket, SOMAXCONN) == 0)
        return socket;
    ::close(socket);
    throw Error(Fault::unavailable, "no port can be had for the simulated mail server");
}

int port_of(int socket) {
    sockaddr_in place{};
    socklen_t size = sizeof place;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&place), &size);
    return ntohs(place.sin_port);
}

}  // namespace

struct MailServer::Impl {
    explicit Impl(MailServerOptions asked)
        : options(std::move(asked)), door(listening()), doorman([this] { receive(); }) {}

    ~Impl() {
        {
            const std::lock_guard lock(mutex);
            over = true;
            ::shutdown(door, SHUT_RDWR);
            for (const int socket : open) ::shutdown(socket, SHUT_RDWR);
        }
        doorman.join();
        for (auto& each : guests) each.join();
        ::close(door);
    }

    void receive() {
        for (;;) {
            const int socket = ::accept4(door, nullptr, nullptr, SOCK_CLOEXEC);
            const std::lock_guard lock(mutex);
            if (over || socket < 0) {
                if (socket >= 0) ::close(socket);
                return;
            }
            open.insert(socket);
            guests.emplace_back([this, socket] {
                serve(socket);
                const std::lock_guard locked(mutex);
                open.erase(socket);
                ::close(socket);
            });
        }
    }

    void serve(int socket);
    void keep(MailDialogue& dialogue);

    const MailServerOptions options;
    mutable std::mutex mutex;  ///< of all that follows
    std::vector<Mail> mails;
    std::vector<std::string> heard;
    std::string clear;
    std::set<int> open;
    bool over = false;
    std::vector<std::thread> guests;
    const int door;
    std::thread doorman;
};

void MailServer::Impl::keep(MailDialogue& dialogue) {
    const std::lock_guard lock(mutex);
    for (auto& line : std::exchange(dialogue.heard, {})) heard.push_back(std::move(line));
    for (auto& mail : std::exchange(dialogue.taken, {})) {
        mails.push_back(std::move(mail));
        if (options.folder.empty()) continue;
        const auto name = std::to_string(mails.size()) + ".eml";
        std::ofstream(options.folder / name, std::ios::binary) << mails.back().text;
    }
}

void MailServer::Impl::serve(int socket) {
    using enum MailDialogue::Tls;
    std::unique_ptr<MailWire> wire = std::make_unique<ClearWire>(socket);
    bool secure = false;
    const auto begin_tls = [&] { return secure = (wire = options.tls(socket)) != nullptr; };
    if (options.from_the_start && !begin_tls()) return;
    MailDialogue dialogue(options.relay, secure ? on : options.tls ? offered : none);
    wire->write(dialogue.greeting().text);
    std::string waiting;
    char buffer[4096];
    while (const auto count = wire->read(buffer, sizeof buffer)) {
        waiting.append(buffer, count);
        if (!secure) {
            const std::lock_guard lock(mutex);
            clear.append(buffer, count);
        }
        for (auto end = waiting.find("\r\n"); end != waiting.npos; end = waiting.find("\r\n")) {
            const auto reply = dialogue.answer(waiting.substr(0, end));
            waiting.erase(0, end + 2);
            keep(dialogue);  // before anybody hears that it was taken
            wire->write(reply.text);
            if (reply.then == MailDialogue::Then::hang_up) return;
            if (reply.then != MailDialogue::Then::start_tls) continue;
            waiting.clear();  // what was slipped in before TLS is none of the dialogue's
            if (!begin_tls()) return;
            dialogue.tls_is_on();
        }
    }
}

MailServer::MailServer(MailServerOptions options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}
MailServer::~MailServer() = default;

int MailServer::port() const {
    return port_of(impl_->door);
}
std::vector<Mail> MailServer::mails() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->mails;
}
std::vector<std::string> MailServer::heard() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->heard;
}
std::string MailServer::in_the_clear() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->clear;
}

}  // namespace dreams::sim
