#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dreams {

/// An American address in its parts.
struct PostalAddress {
    std::string street;  ///< with its unit: `12 Elm St, Unit 3`
    std::string city;
    std::string state;  ///< two capitals
    std::string zip;    ///< five digits, or nine with a dash; may be empty

    friend bool operator==(const PostalAddress&, const PostalAddress&) = default;
};

/// Reads `31 Wayehutta Rd, Cullowhee, NC 28723`, as portals write an address in one line. None: it
/// is not so written, as a street alone is not.
std::optional<PostalAddress> postal_address(std::string_view line);

}  // namespace dreams
