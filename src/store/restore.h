#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/packed_file.h"
#include "base/time.h"
#include "store/compare.h"

namespace dreams::store {

/// A backup, opened to be read: a packed one is unpacked beside `database` for as long as this is
/// there; a plain database file serves as well, if it is whole (store/whole_file). Its integrity
/// has been checked and, where a manifest is beside it, every table's rows and hash. Throws Error:
/// not_found (no such file), invalid (damaged, cut short, parted from its -wal, other than its
/// manifest says, another key, the -wal or -shm of `database`, a newer program's, a database of
/// something else), unavailable (the disk).
class OpenedBackup {
public:
    OpenedBackup(const std::string& file, const std::string& database,
                 const std::optional<PackKey>& key);
    ~OpenedBackup();
    OpenedBackup(const OpenedBackup&) = delete;
    OpenedBackup& operator=(const OpenedBackup&) = delete;

    Db& db();
    bool proved() const;  ///< there was a manifest to hold it against

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// What restoring would change: A is the present file, B the backup. A file that is not there or
/// cannot be read counts as empty.
std::vector<TableComparison> would_change(const std::string& database, OpenedBackup& backup);

/// What a restore did.
struct Restored {
    std::string kept;  ///< the file as it was; empty: there was none
    /// The file as it is now beside the backup, without the table of who uses it: the same, but for
    /// what others wrote since.
    std::vector<TableComparison> compared;
    bool written_since = false;
};

/// Makes `database` what the backup is, as store/replace does: what was in it is kept beside it, to
/// the last commit (`….before-restore-….db`). A file too damaged to be copied is moved aside
/// instead. Nothing is sent to others from what was restored until a person claims it
/// (store/origin). Throws Error as replace_database() does.
Restored restore(const std::string& database, OpenedBackup& backup, Instant now);

}  // namespace dreams::store
