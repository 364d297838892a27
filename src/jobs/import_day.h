#pragma once

#include <optional>
#include <string>

#include "base/time.h"

namespace dreams::jobs {

/// What to say of a file that tells how things were at `at`; none: that is not long ago. What an
/// old file says is no longer so, and nobody should take it for today's market.
std::optional<std::string> age_remark(Instant at, const Zone& zone, Instant now);

/// When a file of this name was made: `redfin_2024-09-12-14-05-33.csv` at that wall-clock time, a
/// day or a month alone (`redfin_2024-09_sylva.csv`) at its end. None: the name has none, or one
/// that is yet to come.
std::optional<Instant> observed_in_name(const std::string& name, const Zone& zone, Instant now);

}  // namespace dreams::jobs
