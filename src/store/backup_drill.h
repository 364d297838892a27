#pragma once

#include <optional>
#include <string>

#include "store/backup.h"

namespace dreams::store {

/// What an older backup came to when it was taken out, unpacked and opened.
struct Drill {
    Instant at;
    std::string file;     ///< without its folder
    std::string failure;  ///< why it could not be restored; empty: it was whole
};

/// Once a week takes one of the older backups of `db`, another each week, unpacks it whole beside
/// the file, opens it and holds it against its manifest; one that failed is looked at again each
/// time. What came of it is kept in the folder. None: it was done within the week, or there is no
/// older one that this key opens. Throws Error: conflict (LeaseHeld: a backup is under way),
/// unavailable (the disk).
std::optional<Drill> drill_older(Db& db, const BackupPlan& plan, Instant now);

/// The last one; none: there was none yet, or its backup is gone.
std::optional<Drill> last_drill(const std::string& folder, const Whose& whose);

}  // namespace dreams::store
