#include "store/replace.h"

#include "base/db_copy.h"
#include "store/kept_away.h"
#include "store/origin.h"
#include "store/snapshot.h"
#include "store/whole_file.h"

namespace dreams::store {

std::string replace_database(Db& target, Db& by, const std::string& what, Instant now) {
    const SyncsKeptAway kept_away(target, now);
    // Before it is there: afterwards the disk may be full, or nobody alive to do it.
    mark_restored(by, target.path(), now);
    std::string kept;
    copy_locked(by, target, [&] {
        Db reading = Db::open(target.path(), Db::Mode::read_only);
        kept = take_snapshot(reading, name_before(target.path(), what, now)).file;
        carry_leases(reading, by);
        carry_mark(reading, by);
    });
    return kept;
}

}  // namespace dreams::store
