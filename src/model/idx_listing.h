#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "base/time.h"

namespace dreams {

/// A row of `idx_property_cache`: what the team's listing site says of an MLS number.
struct IdxListing {
    std::string mls_number;
    std::optional<std::string> address;  ///< whole, or the marker that it is not there
    std::optional<std::string> city;
    std::optional<std::int64_t> price;  ///< whole US dollars
    std::optional<std::string> status;  ///< 'Active', 'Pending', 'Sold'; 'Unknown': it is gone
    std::optional<std::string> photo_url;
    std::optional<Instant> last_updated;

    static constexpr auto columns() {
        return std::tuple{
            Column{"mls_number", &IdxListing::mls_number},
            Column{"address", &IdxListing::address},
            Column{"city", &IdxListing::city},
            Column{"price", &IdxListing::price},
            Column{"status", &IdxListing::status},
            Column{"photo_url", &IdxListing::photo_url},
            Column{"last_updated", &IdxListing::last_updated},
        };
    }
};

/// What stands in `address` for a number that the site does not know: readers of older programs
/// look for exactly this.
inline constexpr std::string_view not_found_on_idx = "[Not found on IDX]";

}  // namespace dreams
