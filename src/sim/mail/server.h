#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/mail/dialogue.h"

namespace dreams::sim {

/// The bytes of one connection.
class MailWire {
public:
    virtual ~MailWire() = default;
    virtual std::size_t read(char* buffer, std::size_t size) = 0;  ///< 0: nothing more comes
    virtual void write(std::string_view bytes) = 0;  ///< to somebody who is gone: to nobody
};

/// Makes a connection secure; null: the other side would not have it. Only tests have one, since a
/// certificate belongs to it.
using MailTls = std::function<std::unique_ptr<MailWire>(int socket)>;

struct MailServerOptions {
    MailOptions relay;
    MailTls tls;                   ///< empty: no TLS
    bool from_the_start = false;   ///< TLS from the first byte, not by STARTTLS
    std::filesystem::path folder;  ///< each message becomes a file there, `1.eml`; empty: none
};

/// A mail relay on this machine that keeps what it is given and passes nothing on. Listens from
/// construction on, a thread a connection.
class MailServer {
public:
    /// Throws Error{unavailable}: no port can be had.
    explicit MailServer(MailServerOptions options = {});
    ~MailServer();

    int port() const;
    std::vector<Mail> mails() const;
    std::vector<std::string> heard() const;  ///< commands, whatever carried them
    std::string in_the_clear() const;        ///< every byte that came without TLS

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace dreams::sim
