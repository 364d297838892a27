#pragma once

#include <optional>
#include <string>

#include "base/db.h"

namespace dreams {

/// Which state of the file the open reading transaction of `db` sees: the same text for every
/// connection to the file that sees the same one, and for no other. None: there is no transaction,
/// it writes, or the file has no -wal (it is in memory).
std::optional<std::string> moment_of(const Db& db);

}  // namespace dreams
