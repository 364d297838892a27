#include "model/days_on_market.h"

#include "model/listing_status.h"

namespace dreams {

std::optional<std::int64_t> days_on_market(const std::optional<std::string>& status,
                                           const std::optional<std::string>& list_date,
                                           std::optional<std::int64_t> stored, Date today) {
    const auto listed =
        is_on_market(status) && list_date ? date_from(*list_date) : std::optional<Date>();
    if (!listed || *listed > today) return stored;
    return (today - *listed).count();
}

}  // namespace dreams
