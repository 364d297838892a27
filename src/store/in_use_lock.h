#pragma once

#include <string>

#include "base/db.h"
#include "base/lock_file.h"

namespace dreams::store {

/// The lock that every program shares for as long as it uses the file of `db` (store/whole_file):
/// `dreams.db.in-use` beside it. Whoever gets it alone is the only one on this machine, whatever
/// the file says: its leases name processes that cannot be seen from a container, and may be lost.
LockFile in_use_lock(const Db& db);

/// Whether a program on this machine uses the file at `path`, be it this one.
bool is_in_use_here(const std::string& path);

}  // namespace dreams::store
