#pragma once

#include <functional>

#include "base/db.h"

namespace dreams {

/// Makes `target` the same database as `from`, as Db::copy_to does, and calls `locked` when nobody
/// but this can write to `target` any more and nothing in it has changed yet: others may read it.
/// When that throws, nothing changes. `from` is nobody else's: it may be written to by `locked`.
/// Throws Error as every other use of the two files does.
void copy_locked(const Db& from, Db& target, const std::function<void()>& locked);

/// Makes the file `to`, which nobody uses, the same database as `from` is at one moment, but for
/// what `change` does then (several statements): one file without a journal, not yet brought to the
/// disk. Throws Error as copy_locked() does.
void copy_to_file(const Db& from, const std::string& to, const std::string& change);

}  // namespace dreams
