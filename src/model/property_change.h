#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/record.h"
#include "base/time.h"

namespace dreams {

/// A row of `property_changes`: one thing that became different about a home on the market.
///
/// `price`: the asking price moved; old and new in whole dollars, `change_amount` their difference.
/// `status`: from one word of model/listing_status.h to another. `relisted`: the home came back
/// under another MLS number (old and new are the numbers) or after a sale (`sold` to `active`);
/// `change_amount` is then how the asking price moved with it, if it did. What was paid at a sale
/// is no change of the asking price: that is the `status` row alone, and stands in price_history.
/// `site`: the team's own listing site no longer has it (`shown` to `gone`), or has it again; what
/// became of the home it does not say.
struct PropertyChange {
    std::string id;
    std::optional<std::string> property_id;
    std::string property_address;
    std::string type;
    std::optional<std::string> old_value, new_value;
    std::optional<std::int64_t> amount;
    Instant detected_at;
    std::int64_t notified = 0;
    std::optional<std::string> source;
    std::optional<std::string> notion_url;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &PropertyChange::id},
            Column{"property_id", &PropertyChange::property_id},
            Column{"property_address", &PropertyChange::property_address},
            Column{"change_type", &PropertyChange::type},
            Column{"old_value", &PropertyChange::old_value},
            Column{"new_value", &PropertyChange::new_value},
            Column{"change_amount", &PropertyChange::amount},
            Column{"detected_at", &PropertyChange::detected_at},
            Column{"notified", &PropertyChange::notified},
            Column{"source", &PropertyChange::source},
            Column{"notion_url", &PropertyChange::notion_url},
        };
    }
};

}  // namespace dreams
