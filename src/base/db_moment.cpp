#include "base/db_moment.h"

#include <sqlite3.h>

#include <memory>

namespace dreams {

std::optional<std::string> moment_of(const Db& db) {
    sqlite3_snapshot* found = nullptr;
    if (!db.in_transaction() || sqlite3_snapshot_get(db.handle(), "main", &found) != SQLITE_OK)
        return std::nullopt;
    const std::unique_ptr<sqlite3_snapshot, decltype(&sqlite3_snapshot_free)> moment(
        found, sqlite3_snapshot_free);
    // The header of the -wal's index: its salts, frames, checksums and the count of changes.
    return std::string(reinterpret_cast<const char*>(moment->hidden), sizeof moment->hidden);
}

}  // namespace dreams
