#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/db.h"
#include "base/time.h"

namespace dreams::store {

/// Rows of every table by its name, the owner's too.
using RowCounts = std::vector<std::pair<std::string, std::int64_t>>;

/// A copy of a database that has been read back and found whole.
struct Snapshot {
    std::string file;
    std::int64_t bytes = 0;
    RowCounts tables;
};

/// Copies the database behind `db`, as of one moment, to a new file `target` that only its owner
/// may read; others may go on writing to `db` meanwhile. The copy is made under another name in
/// the same folder, checked (the engine's integrity check, rows of every table counted in both),
/// brought to the disk and only then given its name: a file of that name is always whole.
/// Throws Error: conflict (there is a file `target`), invalid (`db` is damaged), unavailable (the
/// folder is missing or read-only, the disk is full); then nothing is left behind.
Snapshot take_snapshot(Db& db, const std::string& target);

// The parts of it.

/// Copies `db`, as of one moment, over the file `copy`, which nobody uses; gives the rows of that
/// moment. The copy is one file without a journal and without leases, not checked and not yet
/// brought to the disk.
RowCounts copy_unchecked(Db& db, const std::string& copy);

/// Opens a copy that nobody else uses, to read all of it: through memory, which would be the end of
/// this process if anybody cut the file short.
Db open_private(const std::string& copy);

/// Throws Error: invalid (the copy of `db` is not whole by the engine's own check: then `db` is
/// not), unavailable (it holds other rows).
void check_copy(const std::string& copy, const RowCounts& rows, const std::string& db);

/// A name for a copy of `path` as it is before something is done to it, which no file has yet:
/// `dreams.db.before-migrate-20260119-160000.db`, numbered when there is one already.
std::string name_before(const std::string& path, const std::string& what, Instant now);

}  // namespace dreams::store
