#pragma once

#include <string>

namespace dreams::store {

/// Whether `file`, by whatever name, is the database at `database` or one that the engine keeps
/// beside it. Such a file is opened by the engine alone: whoever closes it gives back the locks
/// that this process has on it, and the others write where it reads.
bool is_own_file(const std::string& file, const std::string& database);

}  // namespace dreams::store
