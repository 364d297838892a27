#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

// Values as listing files write them. Internal to sources/listing_file.

namespace dreams::sources {

/// Whether a cell says that nothing is known: empty, `-`, `N/A`, `None`, `nan`, `null`, `unknown`.
bool says_nothing(std::string_view cell);

/// `525000`, `$2,950,000`, `499950.00`, `1,176 sq ft`: the number in it. None: there is none.
std::optional<double> number_in(std::string_view cell);
/// The same to the nearest whole; none too when it is beyond any price.
std::optional<std::int64_t> whole_in(std::string_view cell);

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
