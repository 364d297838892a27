#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "jobs/far_backup.h"
#include "store/backup.h"
#include "store/restore.h"

namespace dreams::cli {

/// A backup as the settings backup.* want it, drill included, here or on another machine. Throws as
/// store::make_backup and jobs::make_far_backup do.
store::Backup take_backup(const Context& context, Db& db);

/// Once a week an older backup of this machine is unpacked and opened (store/backup_drill); a
/// sentence of what came of it. None: it was not its time.
std::optional<std::string> drilled(const Context& context, Db& db);

/// The proved backups of the file in this environment, the newest first. Of those on another
/// machine only the last that got there, without its size and tables.
std::vector<store::Backup> backups_of(const Context& context);

/// Where backups are on this machine; those for another machine, until they have got there.
std::string backups_here(const Context& context);

/// What they are encrypted with; none: they are not.
std::optional<PackKey> backup_key(const Context& context);

/// A backup that is here, or was fetched from another machine for as long as this is there.
class OpenedAnywhere {
public:
    /// Throws as store::OpenedBackup and jobs::FetchedBackup do.
    OpenedAnywhere(const Context& context, const std::string& name);
    store::OpenedBackup& backup() const { return *opened_; }

private:
    std::optional<jobs::FetchedBackup> fetched_;
    std::unique_ptr<store::OpenedBackup> opened_;
};

/// One line about it: its file, its size, that it was opened again.
std::string told(const store::Backup& backup);

/// How old the newest proved backup of this file in this environment is. Of those on another
/// machine that is what is remembered here: nobody is asked. One from a future day, when a clock
/// was ahead, says nothing of how old the last one is.
struct BackupState {
    std::optional<Instant> proved_at;  ///< none: there is none
    std::optional<Instant> waiting;    ///< a newer one that did not get to the other machine
    bool is_old = false;               ///< older than 26 hours, where backups are made at all
    bool is_locked = false;            ///< the newest one needs another key than the present one
    std::optional<std::string> drill_failed;  ///< one that cannot be restored any more, and why
    std::int64_t other_key = 0;  ///< how many need another key than the one that is set
};
BackupState backup_state(const Context& context, Db& db);

/// What to say of backups that are too old, or that nobody here can open; none: all is well.
std::optional<std::string> alarm_of(const Context& context, const BackupState& state);

/// What to say where backups are too old, looked up at most once a minute: every page asks. Keeps a
/// reference. Safe from several threads.
class BackupAlarm {
public:
    explicit BackupAlarm(const Context& context);
    std::optional<std::string> operator()(Db& db) const;

private:
    struct Seen;
    const Context& context_;
    std::shared_ptr<Seen> seen_;
};

}  // namespace dreams::cli
