#pragma once

#include <cstddef>
#include <string>

#include "base/time.h"

namespace dreams::bench {

/// A listing file as Redfin's "Download All" has it: homes `first` … `first + count − 1`, all on
/// the market. Each home is the same in every file but for its price: every tenth is cheaper by a
/// few per cent in each later `week`. The first ones have the MLS numbers that the account's people
/// look at.
std::string redfin_file(std::size_t first, std::size_t count, int week);

/// What such a file is called: it was downloaded so many weeks after the first.
std::string redfin_name(std::size_t first, int week);

}  // namespace dreams::bench
