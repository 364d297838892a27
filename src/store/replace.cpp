#include "store/replace.h"

#include "base/db_copy.h"
#include "store/kept_away.h"
#include "store/origin.h"
#include "store/snapshot.h"
#include "store/table_shape.h"
#include "store/whole_file.h"

namespace dreams::store {
namespace {

void drop_leases(Db& db) {
    if (has_table(db, "dreams_leases")) db.run("DELETE FROM dreams_leases");
}

}  // namespace

std::string replace_database(Db& target, Db& by, const std::string& what, Instant now) {
    const SyncsKeptAway kept_away(target, now);
    if (origin(by)) by.run("UPDATE dreams_origin SET place = '', claimed_at = NULL");
    std::string kept;
    copy_locked(by, target, [&] {
        Db reading = Db::open(target.path(), Db::Mode::read_only);
        kept = take_snapshot(reading, name_before(target.path(), what, now)).file;
        carry_leases(reading, by);
        carry_mark(reading, by);
    });
    drop_leases(by);
    return kept;
}

}  // namespace dreams::store
