#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "model/property.h"

namespace dreams::store {

struct PropertyRowsAsked {
    std::string status;  ///< in any spelling of it (`FOR_SALE` is `active`); empty: every one
    std::optional<std::string> city;            ///< case aside; none: everywhere
    std::int64_t min_price = 0, max_price = 0;  ///< whole US dollars, both inclusive
    std::int64_t limit = 100;
};

/// Whole rows of homes that may be shown, the latest changed first. A home without a price is
/// within none but 0 and up.
std::vector<Property> property_rows(Db& db, const PropertyRowsAsked& asked);

}  // namespace dreams::store
