#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

// Values as listing files and callers of the API write them.

namespace dreams::sources {

/// Whether a cell says that nothing is known: empty, `-`, `N/A`, `None`, `nan`, `null`, `unknown`.
bool says_nothing(std::string_view cell);

/// A cell as the spreadsheet showed it: `="0041"` and `'0042` are how one keeps digits a text.
std::string_view shown_cell(std::string_view cell);

/// What a number is of: that says which words may stand around it, and what a fraction means.
enum class Measure : std::uint8_t {
    dollars,      ///< `$2,950,000`, `499950.00`, `$35/mo`; cents are rounded off
    square_feet,  ///< `1,176 sq ft`
    lot,          ///< `10,890 sq ft`, `0.25 acres`: given in square feet
    acres,        ///< `0.74 ac`, `10,890 sq ft`: given in acres
    baths,        ///< `2.5`, `2 1/2 baths`
    count,        ///< `3 beds`, `12 days`; never a fraction
    plain         ///< a number and nothing else
};

/// The number in a cell that says nothing but one. Commas part groups of three; `450.000` of
/// dollars, square feet or things counted is none, since it may be meant as 450,000. None: there is
/// none, or something beside it that is no unit of the measure, like a second number.
std::optional<double> number_in(std::string_view cell, Measure measure);
/// The same to the nearest whole; none too when it is beyond any price.
std::optional<std::int64_t> whole_in(std::string_view cell, Measure measure);

/// Bathrooms in one number, as number_in reads them, or counted apart: `2 full / 1 half` is 2.5.
/// None: neither.
std::optional<double> baths_in(std::string_view cell);

/// `2022-07-21` with or without a time, `07/21/2022`, `July-21-2022`, `20220721T000000`,
/// `Wed May 21 00:00:00 EDT 2008`. None: no day.
std::optional<Date> day_in(std::string_view cell);

/// The value of a key in a cell that holds a Python list of dicts, as HomeHarvest writes phone
/// numbers: `[{'number': '8285550100', 'primary': True}]`. That of the entry marked primary, else
/// the first. None: the cell is no such list, or no entry has the key.
std::optional<std::string> python_value(std::string_view cell, std::string_view key);

/// A Python literal (None, True, single quotes) as JSON; none: not one that is understood.
std::optional<std::string> python_as_json(std::string_view text);

}  // namespace dreams::sources
