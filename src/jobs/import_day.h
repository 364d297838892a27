#pragma once

#include <optional>
#include <string>

#include "base/time.h"

namespace dreams::jobs {

/// What to say of a file that tells how things were at `at`; none: that is not long ago. What an
/// old file says is no longer so, and nobody should take it for today's market.
std::optional<std::string> age_remark(Instant at, const Zone& zone, Instant now);

}  // namespace dreams::jobs
