#pragma once

#include <string>
#include <string_view>

#include "base/serve.h"

// Between the bytes of a connection and Request and Response; knows no sockets.

namespace dreams::http {

/// Reads the target of a request line, `/people?q=a+b`, into path and query, decoding `%XX` (and
/// `+` in the query). Throws Error{invalid}: it is no path, not decodable, or holds a NUL.
void read_target(std::string_view target, Request& request);

/// How an answer is to be framed.
struct Framing {
    bool head = false;       ///< the body is measured and left out
    bool keep_alive = true;  ///< another request may follow
    bool http_1_0 = false;   ///< the caller needs to be told of a connection kept
};

/// The answer as it goes over the wire; its headers must hold no line breaks.
std::string wire_bytes(const Response& response, Framing framing);

/// Runs the handler; what it throws, and an answer that cannot be sent, becomes an answer too.
Response answered(const ServerOptions& options, const Handler& handler, const Request& request);

}  // namespace dreams::http
