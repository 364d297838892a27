#pragma once

#include <cstdint>
#include <string>

#include "base/db.h"

namespace dreams::store {

/// Another text whenever the file is another: `data_version` tells of other connections' changes,
/// the count of changes of this one's. For what is kept in memory beside a connection.
inline std::string file_version(Db& db) {
    return std::to_string(db.value<std::int64_t>("PRAGMA data_version")) + "/" +
           std::to_string(db.value<std::int64_t>("SELECT total_changes()"));
}

}  // namespace dreams::store
