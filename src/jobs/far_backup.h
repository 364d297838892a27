#pragma once

#include <optional>
#include <string>

#include "base/unfinished_file.h"
#include "jobs/far_folder.h"
#include "store/backup.h"

namespace dreams::jobs {

/// Backups that are made and proved on this machine and then brought to another.
struct FarBackups {
    std::string target;      ///< `ssh://user@host/path`, the folder there
    std::string ssh_config;  ///< a file for ssh; empty: its own
    store::BackupPlan plan;  ///< `folder`: where they are made here; the rule holds there

    /// Where backups of `database` are made that are to go elsewhere.
    static std::string folder_beside(const std::string& database);
};

/// A backup that reached its target.
struct Carried {
    std::string target;
    std::string file;  ///< its name there
    Instant made_at;
};

/// Makes a proved backup here, brings it there under a passing name, reads it back, and only then
/// gives it its name; its manifest follows. Then removes there what the rule does not keep, and
/// here the backup. One that does not get there stays here, the newest alone.
/// Throws Error as store::make_backup and FarFolder do.
store::Backup make_far_backup(Db& db, const FarBackups& backups, Instant now, const Zone& zone);

/// The last backup of that lineage that reached `target` from here, as this machine remembers it.
std::optional<Carried> last_carried(const FarBackups& backups, const std::string& lineage);

/// A backup on another machine, copied beside `database` for as long as this is there, with its
/// manifest where it has one.
class FetchedBackup {
public:
    /// `url`: ssh://user@host/path/FILE. Throws Error{not_found}: it is not there; else as
    /// FarFolder.
    FetchedBackup(const std::string& url, const std::string& ssh_config,
                  const std::string& database, bool may_ask);
    FetchedBackup(const FetchedBackup&) = delete;
    FetchedBackup& operator=(const FetchedBackup&) = delete;
    ~FetchedBackup();

    const std::string& file() const { return file_.name(); }

private:
    UnfinishedFile file_;
};

}  // namespace dreams::jobs
