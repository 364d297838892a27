#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/property.h"

namespace dreams::sources {

/// An address on one line in its parts.
struct AddressLine {
    std::string street;  ///< with its unit
    std::optional<std::string> city, state, zip;
};

/// Reads `14 Example Ridge Rd, Unit 3, Testville, NC 28700`, with or without city, state (its name
/// too), ZIP and `USA`; without commas where a state ends it and the street has a suffix. None: it
/// does not begin with a house number, or has no street behind it.
std::optional<AddressLine> address_line(std::string_view text);

/// Of a home whose address holds city, state and ZIP too, the street alone stays in it; they fill
/// what the listing does not tell by itself.
void split_address(Listing& home);

}  // namespace dreams::sources
