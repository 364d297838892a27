#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// A value that cannot be so, and why, as the end of a sentence about it.
struct LeftOut {
    std::string_view field;
    std::string why;
};

/// The sighting with what means "unknown" taken out: empty texts, and 0 where nothing can be 0
/// (price, baths, square feet, acres, year, fees and taxes; 0 bedrooms unless baths are known, as
/// in a studio; a place at 0°/0°). The status becomes the word of model/listing_status.h, the MLS
/// number loses its label, the city a state behind it, the county the word behind it; a state is
/// two capitals. What was said and cannot be so (a year 3, a latitude alone, a place outside the
/// USA, a link that a browser would run) is taken out too, and named in `left_out`.
Sighting cleaned(Sighting said, std::vector<LeftOut>& left_out);
Sighting cleaned(Sighting said);

/// The number in `MLS# 4100009`, `MLS 4100009` or `#4100009`: without the label, if there is one.
std::string_view bare_mls_number(std::string_view said);

}  // namespace dreams
