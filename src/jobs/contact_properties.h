#pragma once

#include "base/db.h"
#include "base/time.h"
#include "store/contact_properties.h"

namespace dreams::jobs {

/// Who looked at which home, brought up to date (store::keep_contact_properties) in one commit.
/// Runs after whatever brings events or homes: a sync, an import.
store::LookedAtCounts refresh_contact_properties(Db& db, Instant now);

}  // namespace dreams::jobs
