#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"
#include "model/asked_minute.h"

namespace dreams::store {

/// How often `service` was asked since `since`, the oldest minute first.
std::vector<AskedMinute> asked_since(Db& db, const std::string& service, Instant since);

/// Adds to what is known of that minute. A commit of its own, unless the caller has one.
void count_asked(Db& db, const std::string& service, const AskedMinute& asked);

}  // namespace dreams::store
