#pragma once

#include <string>

#include "base/time.h"
#include "sim/town/town.h"

namespace dreams::sim {

/// What Redfin's "Download All" would have given for the town on that day: the homes that were
/// listed then, at what they cost then, at most 350, in its header of 2024.
std::string redfin_download(const Town& town, Instant day);

/// A table of an assistant's own: homes that clients asked about, by street alone, as people write
/// them down. The towns are missing, so that nobody can be sure which homes are meant.
std::string wish_list(const Town& town);

}  // namespace dreams::sim
