#pragma once

#include <optional>
#include <string>

#include "base/record.h"
#include "base/time.h"

namespace dreams {

/// What is remembered of a web site between runs: a row of `dreams_fetch_hosts`.
struct FetchHost {
    std::string site;  ///< `www.example.com`, with the port where it is not the usual one
    std::optional<Instant> asked_at;        ///< last
    std::optional<Instant> robots_at;       ///< when its robots.txt was read
    std::optional<std::string> robots;      ///< the text; none: it has none
    std::optional<Instant> closed_until;    ///< it turned us away: not to be asked before
    std::optional<std::string> closed_why;  ///< how it did

    static constexpr auto columns() {
        return Columns{
            Column{"site", &FetchHost::site},
            Column{"asked_at", &FetchHost::asked_at},
            Column{"robots_at", &FetchHost::robots_at},
            Column{"robots", &FetchHost::robots},
            Column{"closed_until", &FetchHost::closed_until},
            Column{"closed_why", &FetchHost::closed_why},
        };
    }
};

}  // namespace dreams
