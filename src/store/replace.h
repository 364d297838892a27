#pragma once

#include <string>

#include "base/db.h"
#include "base/time.h"

namespace dreams::store {

/// Makes `target` the database that `by` is, in one transaction, after a proved copy of it as it
/// was (`….before-WHAT-….db`). Nobody can write between the one and the other: what was
/// acknowledged is in the copy. Who uses the file goes on using it, with their leases, and sees the
/// one or the other; no sync may be under way. What comes is a copy and sends nothing until it is
/// claimed (store/origin). `by` is a private copy and is written to. Gives the name of what was
/// kept.
/// Throws Error: conflict (LeaseHeld: a sync is under way), else as taking a snapshot does; then
/// the file is as it was.
std::string replace_database(Db& target, Db& by, const std::string& what, Instant now);

}  // namespace dreams::store
