#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/db.h"

namespace dreams::store {

/// A copy of a database that has been read back and found whole.
struct Snapshot {
    std::string file;
    std::int64_t bytes = 0;
    std::vector<std::pair<std::string, std::int64_t>> tables;  ///< rows of each, by name
};

/// Copies the database behind `db`, as of one moment, to a new file `target` that only its owner
/// may read; others may go on writing to `db` meanwhile. The copy is made under another name in
/// the same folder, checked (the engine's integrity check, rows of every table counted in both),
/// brought to the disk and only then given its name: a file of that name is always whole.
/// Throws Error: conflict (there is a file `target`), invalid (`db` is damaged), unavailable (the
/// folder is missing or read-only, the disk is full); then nothing is left behind.
Snapshot take_snapshot(Db& db, const std::string& target);

}  // namespace dreams::store
