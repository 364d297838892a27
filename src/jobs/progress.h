#pragma once

#include <cstdint>
#include <string>

namespace dreams::jobs {

/// Where long work says how far it is. The terminal draws bars from it; the default is silence.
class Progress {
public:
    virtual ~Progress() = default;
    /// A new part of the work begins: `people`, `events` … `total` things are expected; 0: unknown.
    virtual void part(const std::string& /*name*/, std::int64_t /*total*/) {}
    virtual void done(std::int64_t /*so_far*/) {}          ///< of the part under way
    virtual void note(const std::string& /*sentence*/) {}  ///< e.g. why it waits
};

}  // namespace dreams::jobs
