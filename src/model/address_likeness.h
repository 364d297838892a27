#pragma once

#include <string>

namespace dreams {

/// From so much likeness on two addresses are taken for one home's.
constexpr double alike_enough = 0.85;

/// How alike two street addresses are, 0 to 1. Ways of writing the same (`Road`, `Rd`) are 1. The
/// house numbers have to be the same, and the units where both name one: else 0. The street's words
/// may differ by a slip of the pen, not by a letter in a short name. A street without a number is
/// like none. What follows the first comma counts only where both addresses name a city: another
/// one is another home, unless the street is the same to the letter (rural homes have two).
double address_likeness(const std::string& a, const std::string& b);

/// The same where the address alone says which home is meant, and no MLS number does: every town
/// has a Main Street. Another state is another home. So is another city, unless the street is the
/// same to the letter and so is the ZIP (rural homes have two post towns); that is just alike
/// enough. Where one of them names no city, another ZIP is another home.
double whole_address_likeness(const std::string& a, const std::string& b);

/// Whether two addresses are told and are not one home's. What has no house number is told apart by
/// its words alone.
bool addresses_differ(const std::string& a, const std::string& b);

}  // namespace dreams
