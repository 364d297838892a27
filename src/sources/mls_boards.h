#pragma once

#include <string>
#include <string_view>

namespace dreams::sources {

/// The MLS that a page names as where its listing comes from: `Canopy`, `CSAOR`, `HCMLS`, `GAMLS`,
/// `NGMLS`. Empty: none that is known, or more than one, as pages do that list all they draw on.
std::string mls_board_in(std::string_view text);

}  // namespace dreams::sources
