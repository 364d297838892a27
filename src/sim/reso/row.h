#pragma once

#include <map>
#include <optional>
#include <string>

#include "sim/reso/feed.h"

// A row of the feed. Internal to sim/reso.

namespace dreams::sim {

/// A listing as the MLS has it at a moment.
struct ResoRow {
    const Home* home = nullptr;
    std::string key;     ///< ListingKey
    std::string number;  ///< ListingId, with the prefix
    Instant modified;
    std::int64_t price = 0;
    std::string status;  ///< StandardStatus, as people write it
    bool in_view = true, address_shown = true;
    std::map<std::string, std::string>
        odd_fields;  ///< JSON, in the place of what would stand there
};

/// The row as JSON: the fields that `select` names (commas between; none: all there are, agents'
/// remarks and lock boxes too), photos when they are expanded.
std::string row_json(const ResoRow& row, const ResoOptions& options,
                     const std::optional<std::string>& select, bool with_media);

}  // namespace dreams::sim
