#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/http.h"

namespace dreams::http {

/// One request as it came in. Path and query values are percent-decoded.
struct Request {
    std::string method;
    std::string path;                                        ///< `/people/42`
    std::vector<std::pair<std::string, std::string>> query;  ///< in order, repeats kept
    Headers headers;
    std::string body;
    std::string peer;  ///< the caller's address

    /// The first value of query parameter `name`; none: it is not there.
    std::optional<std::string> parameter(std::string_view name) const;
};

/// Bytes that go out exactly so, after a pause: how a simulator plays a broken server.
struct Piece {
    std::chrono::milliseconds pause{0};
    std::string bytes;
};

struct Response {
    int status = 200;
    Headers headers;  ///< Content-Length, Date and Connection are the server's business
    std::string body;
    /// Not empty: these bytes go to the socket as they stand, status and headers included, and
    /// the connection is closed after the last. Only sim/ uses it.
    std::vector<Piece> wire;
};

using Handler = std::function<Response(const Request&)>;

struct ServerOptions {
    std::string address = "127.0.0.1";
    int port = 0;                              ///< 0: any free one; ask port()
    int workers = 2;                           ///< threads that run the handler
    std::size_t most_body = 8u << 20;          ///< bytes; more is answered 413
    std::chrono::seconds header_deadline{15};  ///< first byte to end of headers
    std::chrono::seconds idle_deadline{75};
    std::chrono::seconds write_deadline{30};
    std::chrono::milliseconds drain{1500};  ///< for requests under way when stopping
};

/// An HTTP/1.1 server: listens from construction on, answers from threads of its own, stops in
/// its destructor after requests under way have ended. A handler that throws Error is answered
/// with JSON `{"success":false,"error":{"code","message"}}` of the fitting status; any other
/// exception is a 500 that says nothing. Throws Error{unavailable} when the port cannot be had.
class Server {
public:
    Server(ServerOptions options, Handler handler);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    int port() const;
    void stop();  ///< graceful; safe to call twice

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The HTTP status of a fault: invalid 400, unauthorized 401, not_found 404, conflict 409,
/// unavailable 503, internal 500.
int status_of(Fault fault);

}  // namespace dreams::http
