#pragma once

#include <optional>

#include "base/time.h"
#include "model/property.h"

namespace dreams {

/// What one source said of one home at one moment: a line of a file, a captured page, a record of
/// a feed. A member that is none was not said; it never erases what is known.
struct Sighting {
    Listing listing;
    Features features;
    Engagement engagement;
    std::optional<Date> sold_on;  ///< the day of the sale, where the source tells it
};

/// The sighting with what means "unknown" taken out: empty texts, and 0 where nothing can be 0
/// (price, baths, square feet, acres, year, fees and taxes; 0 bedrooms unless baths are known, as
/// in a studio; a place at 0°/0°). The status becomes the word of model/listing_status.h.
Sighting cleaned(Sighting said);

}  // namespace dreams
