#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"

namespace dreams::score {

/// How long before `as_of` it was, in 24-hour steps, so that no calendar is asked: `in the last
/// day`, `2 days ago`, `3 weeks ago`, `5 months ago`.
std::string ago(Instant then, Instant as_of);

/// A price as an agent says it: `$450k` (to 25k; under 200k to 5k), `$1.3M`.
std::string about(std::int64_t dollars);

/// `1 call`, `3 calls`.
std::string counted(std::int64_t number, std::string_view one, std::string_view many);

}  // namespace dreams::score
