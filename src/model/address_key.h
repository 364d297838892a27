#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dreams {

/// A street address as a key under which two ways of writing it meet: `12 Elm Road #3` and
/// `12 ELM RD Unit 3` are both `12 elm rd #3`. Suffixes and directions in their postal short form,
/// numbered roads without whose they are (`US-441` and `Highway 441` are `hwy 441`, `County Road 5`
/// is `cr 5`), `First` as `1st`, `12 1/2` as `12½`, units marked (`12A Elm St` is unit a; building
/// 2, unit 3 is
/// `#2-3`), punctuation left off, and a trailing city, state and ZIP: what follows the first comma,
/// or the suffix when state and ZIP end the line. Empty: there is no street in it. Not reversible;
/// for comparing only.
std::string address_key(std::string_view address);

/// Of the words of an address in which a city follows the street without a comma, how many are the
/// street's: up to its suffix, with directions and the unit behind that. All: nothing tells.
std::size_t words_of_street(const std::vector<std::string>& words);

/// An address key cut down to what two people would say of one door: without the street's suffix,
/// and without the word for the unit.
struct LooseAddress {
    std::string key;     ///< `12 elm 3`; empty: there is no number, or no name
    std::string suffix;  ///< `rd`; empty: the street has none
};
LooseAddress loose_address(const std::string& address_key);

}  // namespace dreams
