#pragma once

#include <cstdint>
#include <vector>

#include "base/db.h"
#include "model/brief.h"

namespace dreams::store {

/// Homes that two people or more looked at, saved or shared since `since`, at most `limit`, those
/// with most people first: of the file, and those that only have an MLS number on the listing site,
/// with what is known of them there. None that is sold or may not be shown.
std::vector<HotHome> hot_homes(Db& db, Instant since, std::int64_t limit, std::int64_t clients);

}  // namespace dreams::store
