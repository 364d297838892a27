#pragma once

#include <string>

#include "base/db.h"
#include "store/lease.h"

namespace dreams::store {

/// Opens the database `path` as it lies there, if it is whole: neither cut short nor parted from
/// its
/// `-wal`, nor joined with that of another day. To be sure, a copy that nobody has stamped yet, and
/// a file that its last user left without closing it, are read through once (seconds for 200 MB).
/// Throws Error{invalid}, which says what is wrong and what to do; nothing was written to it then.
Db open_whole(const std::string& path, Db::Mode mode);

/// A person takes a copy that open_whole() refuses for want of its `-wal`: what was written last is
/// lost with that. Throws Error{invalid}: it is damaged besides.
void accept_as_it_is(const std::string& path);

/// For as long as it stands, the file itself says that it is in use: a copy of it alone, without
/// the `-wal` that lies beside, is told from one of a file at rest.
class InUse {
public:
    InUse(Db db, Instant now);

private:
    Db db_;
    Lease lease_;
};

}  // namespace dreams::store
