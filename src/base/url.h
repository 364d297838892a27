#pragma once

#include <optional>
#include <string>

namespace dreams::http {

/// An http(s) address in its parts.
struct Url {
    std::string scheme;  ///< `http`, `https`
    std::string host;    ///< lower case; an IPv6 address in brackets, numbers as `127.0.0.1`
    int port = 0;        ///< the scheme's own where the address names none
    std::string path;    ///< with the query, never empty: `/property/4100001/?a=b`
    bool has_user = false;

    /// `www.example.com`, with the port where it is not the scheme's own: what tells sites apart.
    std::string site() const;
    std::string text() const;  ///< `https://www.example.com/property/4100001/`; without user
};

/// None: no http(s) address.
std::optional<Url> url_from(const std::string& text);

/// Where `reference` (`/search/`, `?page=2`, `//other.example/`, a whole address) leads from
/// `base`. None: to no http(s) address.
std::optional<Url> resolved(const Url& base, const std::string& reference);

}  // namespace dreams::http
