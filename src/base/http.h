#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/time.h"

namespace dreams::http {

/// Header fields in the order they came; names compare without regard to case.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// The first value of `name`; none: no such field.
std::optional<std::string> header(const Headers& headers, std::string_view name);

/// Which machines may be connected to.
enum class Reach {
    anywhere,
    public_only,  ///< not this machine and no private network, whatever the name resolves to
};

/// One question to another machine.
struct Ask {
    std::string method = "GET";
    std::string url;
    Headers headers;
    std::string body;
    std::chrono::milliseconds deadline{30'000};  ///< from connecting to the last byte
    std::size_t most_bytes = 64u << 20;  ///< of the answer, after inflating; more is refused
    Reach reach = Reach::anywhere;
};

/// What came back, whatever its status. Redirects are not followed: a 302 is an answer too.
struct Answer {
    int status = 0;
    Headers headers;
    std::string body;
};

/// The answer is larger than `most_bytes`. It would be so again, unless less is asked for.
class TooLarge : public Error {
public:
    explicit TooLarge(const std::string& sentence) : Error(Fault::unavailable, sentence) {}
};

/// The network is one function: asked, it answers or throws Error{unavailable} with a sentence
/// (no route, refused, time-out, cut off, TLS; TooLarge), or Error{invalid} for what cannot be
/// asked (no http address, a line break in a header). No sentence holds more of the address than
/// its host. Tests put their own in its place.
using Network = std::function<Answer(const Ask&)>;

/// The real one: libcurl, connections kept alive, gzip understood, certificates verified.
/// Only http and https. May be called from several threads.
Network network();

/// `text` with everything but unreserved characters as %XX: for a query value or a path segment.
std::string url_encoded(std::string_view text);

/// Host and port of an http(s) address, as sentences name it: never user, password, path or query.
/// Empty: it is no such address.
std::string host_of(const std::string& url);

/// Reads a header's date, `Wed, 21 Oct 2026 07:28:00 GMT`. None: it is none.
std::optional<Instant> http_date(const std::string& text);

}  // namespace dreams::http
