#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dreams::sources {

/// An address on one line in its parts.
struct AddressLine {
    std::string street;  ///< with its unit
    std::optional<std::string> city, state, zip;
};

/// Reads `14 Example Ridge Rd, Unit 3, Testville, NC 28700`, with or without city, state, ZIP and
/// `USA`. None: it does not begin with a house number, or has no street behind it.
std::optional<AddressLine> address_line(std::string_view text);

}  // namespace dreams::sources
