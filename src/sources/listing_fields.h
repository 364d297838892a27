#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/sighting.h"

// What a column of a listing file can mean. Internal to sources/listing_file.

namespace dreams::sources {

/// A street address as tables tell it, in a column for each part.
struct StreetParts {
    std::optional<std::string> number, direction, name, suffix, direction_behind;
};

/// `12`, `N`, `Oak`, `St` as `12 N Oak St`; none: no part is told. A whole number as spreadsheets
/// write it (`12.0`) loses its point.
std::optional<std::string> joined(const StreetParts& parts);

/// A line on its way to be a sighting: what it says, and what still has to be put together.
struct ListingDraft {
    Sighting said;
    StreetParts street;
    std::optional<std::string> unit, sale_type, url;
    std::optional<double> full_baths, half_baths, lot_sqft;
    std::optional<std::int64_t> sold_price;
};

struct ListingField {
    std::string_view name;                          ///< `price`, `mls_number` …
    bool (*read)(ListingDraft&, std::string_view);  ///< false: the cell does not say such a thing
    std::vector<std::string_view> headers;  ///< under which it may stand, as normal_header gives
};

/// Every field there is, in the order in which they are shown.
const std::vector<ListingField>& listing_fields();
/// Null: there is no field of that name.
const ListingField* listing_field(std::string_view name);

/// A column's name without case, blanks and punctuation: `ZIP OR POSTAL CODE` is
/// `ziporpostalcode`; `$`, `#` and `/` stay, since `$/SQUARE FEET` is not `SQUARE FEET`.
std::string normal_header(std::string_view header);

/// The draft as a sighting: the street from its parts where no whole address is told, the number
/// before an address without one, city, state and ZIP out of the address, unit behind the street,
/// baths from full and half ones, acres from square feet, what was paid as the price of a sold
/// home, ids from addresses of portals.
Sighting finished(ListingDraft draft);

}  // namespace dreams::sources
