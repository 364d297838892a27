#pragma once

#include <string>

namespace dreams::sources {

/// A record that could not be read, with what its source sent of it, so that nothing is lost.
struct Unreadable {
    std::string id;   ///< `event 7001`
    std::string why;  ///< one sentence
    std::string raw;  ///< JSON
};

}  // namespace dreams::sources
