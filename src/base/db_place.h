#pragma once

#include <string>

namespace dreams {

/// What the engine is to be given to read the file at `path`: the path, or where nothing can be
/// written a name by which it takes the file as it lies there, without a lock. Nobody writes to
/// that one either. Throws Error{unavailable}: this user may not read it, or what was written last
/// lies beside it in a -wal, which cannot be read without a place to write.
std::string name_to_read(const std::string& path);

}  // namespace dreams
