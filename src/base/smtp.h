#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace dreams::smtp {

/// The machine that takes mail, and as whom it is handed over.
struct Relay {
    /// `smtp://host` (port 587, TLS by STARTTLS or nothing is sent) or `smtps://host` (465, TLS
    /// from the first byte). Of smtp:// this machine alone is spoken to in the clear (port 25).
    std::string url;
    std::string user, password;                  ///< no user: nobody logs in
    std::chrono::milliseconds deadline{60'000};  ///< from connecting to the last reply
    /// A PEM file of those who may vouch for the host; empty: whom this machine trusts.
    std::string authorities;
    /// `127.0.0.1:2525`: connected to in the host's place, which keeps its name. Empty: the host.
    std::string reached_at;
};

/// Whether `text` is one address and nothing else, as a command or a header can hold it: ASCII, no
/// blanks, no quotes, brackets or commas, at most 254 bytes.
bool is_address(std::string_view text);

/// A message and whom the relay is told of; what its own headers say is another matter.
struct Envelope {
    std::string from;             ///< `ana@example.com`
    std::vector<std::string> to;  ///< likewise
    std::string message;          ///< headers and body as they go out, lines ended by \r\n
};

/// Posting is one function: it returns when the relay has taken the message for everyone in `to`,
/// or throws Error: unavailable (no route, time-out, a reply of the 400s: worth another try),
/// unauthorized (user or password), invalid (any other refusal, no TLS; also when the relay took
/// the message for some and not for all, since another try would send it to those twice). No
/// sentence holds an address: a recipient is named by its place in `to`. Tests put their own in its
/// place.
using Post = std::function<void(const Envelope&)>;

/// The real one: libcurl, certificates verified, TLS 1.2 or later. May be called from several
/// threads. Throws Error{invalid}: `relay.url` is no such address.
Post post(Relay relay);

}  // namespace dreams::smtp
