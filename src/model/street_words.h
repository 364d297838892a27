#pragma once

#include <string_view>

namespace dreams {

/// A word of a street's name as the USPS abbreviates it (Publication 28): `rd` of `road`, `n` of
/// `north`, `1st` of `first`. Any other word is its own. In lower case, as is what is asked.
std::string_view short_form(std::string_view word);

}  // namespace dreams
