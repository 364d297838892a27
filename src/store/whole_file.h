#pragma once

#include <string>

#include "base/db.h"
#include "store/in_use_lock.h"
#include "store/lease.h"

namespace dreams::store {

/// Opens the database `path` as it lies there, if it is whole: neither cut short nor parted from
/// its
/// `-wal`, nor joined with that of another day. To be sure, a copy that nobody has stamped yet, and
/// a file that its last user left without closing it, are read through once (seconds for 200 MB).
/// Throws Error{invalid}, which says what is wrong and what to do; nothing was written to it then.
Db open_whole(const std::string& path, Db::Mode mode);

/// A person takes a copy that open_whole() refuses for want of its `-wal`: what was written last is
/// lost with that. Throws Error: invalid (it is damaged besides), conflict (it is no copy: somebody
/// uses it where it lies).
void accept_as_it_is(const std::string& path, Instant now);

/// For as long as it stands, the file itself says that it is in use: a copy of it alone, without
/// the `-wal` that lies beside, is told from one of a file at rest. And the other way round: when
/// somebody writes another file over this one, this process notices by a mark in its header that
/// comes and goes with no transaction. From then on no connection of this process brings anything
/// into it, and the `-wal`, which belongs to what was there, is put aside.
class InUse {
public:
    InUse(Db db, Instant now);
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;
    ~InUse();

private:
    Db db_;
    LockFile users_;
    Lease lease_;
};

/// Throws Error{unavailable}, which says what to do, when another file was written over the one at
/// `path` since this process has it InUse.
void require_not_written_over(const std::string& path);

/// Gives `to`, which takes the place of `from`, the mark of that: who uses the one goes on with the
/// other.
void carry_mark(Db& from, Db& to);

}  // namespace dreams::store
