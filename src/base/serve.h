#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
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
    std::string method;  ///< `HEAD` comes as `GET`; the server leaves the body out of its answer
    std::string path;    ///< `/people/42`
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
    int port = 0;                                       ///< 0: any free one; ask port()
    int workers = 2;                                    ///< threads that run the handler
    std::size_t most_body = 8u << 20;                   ///< bytes; more is answered 413
    std::size_t most_bodies = 128u << 20;               ///< bytes of all bodies at once; else 503
    std::chrono::milliseconds header_deadline{15'000};  ///< first byte to end of headers
    std::chrono::milliseconds idle_deadline{75'000};    ///< between requests; also for a whole body
    std::chrono::milliseconds write_deadline{30'000};   ///< for each 64 kB of an answer
    std::chrono::milliseconds drain{1500};              ///< for requests under way when stopping
    /// Looks at a request whose body, of so many bytes, has not been read: gives what to answer
    /// instead of reading it. Runs on the io thread, so it must be quick and may read no file.
    /// Empty: `most_body` decides, and the answer is JSON.
    std::function<std::optional<Response>(const Request& head, std::uint64_t bytes)> before_body;
    /// Told of each failure of our own (a 500) and of what it was, since the caller is not; called
    /// by the thread of the request. Empty: a line on standard error.
    std::function<void(const std::string& what)> mishap;
};

/// An HTTP/1.1 server: listens from construction on, answers from threads of its own, stops in
/// its destructor after requests under way have ended. A handler that throws Error is answered
/// with JSON `{"success":false,"error":{"code","message"}}` of the fitting status; any other
/// exception is a 500 that says nothing. Throws Error{unavailable} when the port cannot be had,
/// Error{invalid} when the address is none.
///
/// Refused before any handler sees them: what is no HTTP (400), headers of more than 16 kB (431),
/// a body of more than `most_body` (413; see before_body), any Transfer-Encoding (411: browsers and
/// webhooks send a Content-Length, and what 1.81 of the parser lets through there is request
/// smuggling), HTTP/1.1 without exactly one Host (400), a path or query that cannot be decoded
/// (400).
class Server {
public:
    Server(ServerOptions options, Handler handler);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    int port() const;
    /// Closes idle connections, lets requests under way end, cuts the rest after `drain`, and
    /// waits for handlers still running. Safe to call twice; not from a handler.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The HTTP status of a fault: invalid 400, unauthorized 401, not_found 404, conflict 409,
/// unavailable 503, internal 500.
int status_of(Fault fault);
/// Its word in an answer: `invalid`, `unauthorized`, `not_found` …
std::string_view code_of(Fault fault);

/// An error as every answer of ours words it: JSON with `code` and `message`.
Response failure(int status, std::string_view code, std::string_view message);
/// The same for an Error; of an internal one the caller learns no more than that.
Response failure(const Error& error);

}  // namespace dreams::http
