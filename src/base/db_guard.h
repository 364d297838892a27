#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/db.h"

namespace dreams {

/// What is asked before any connection of this process commits to the file at `path`, or brings
/// what lies in its -wal into it when the last one closes. False: it does not; then commits fail
/// with Error{unavailable}. Asked from several threads, within the engine: it must not use a
/// connection to the file, nor throw.
using FileGuard = bool (*)(const std::string& path) noexcept;
void guard_files(FileGuard asked);

/// What was set with `guard_files` says of the file at `path`; true: nothing was set.
bool may_write(const std::string& path) noexcept;

/// The number that `PRAGMA application_id` sets, as the file itself has it, whatever its -wal says;
/// 0 where it is too short to have one; none: the disk failed. May be asked while the engine is at
/// work.
std::optional<std::uint32_t> mark_on_disk(const Db& db) noexcept;

/// Whether the file itself says that it is written by way of a -wal, however it was opened.
bool is_in_wal_mode(const Db& db) noexcept;

/// Whether the file is read as it lies there, without a lock: this user may write neither it nor
/// anything beside it.
bool is_read_as_it_lies(const Db& db) noexcept;

}  // namespace dreams
