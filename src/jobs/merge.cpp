#include "jobs/merge.h"

#include <filesystem>

#include "store/kept_away.h"
#include "store/snapshot.h"
#include "store/whole_file.h"

namespace dreams::jobs {
namespace {

namespace fs = std::filesystem;

std::string snapshot_before(Db& db, Instant now) {
    // Nobody can write between the copy and the work: the write lock is held already.
    Db reading = Db::open(db.path(), Db::Mode::read_only);
    return store::take_snapshot(reading, store::name_before(db.path(), "merge", now)).file;
}

}  // namespace

MergeOutcome merge(Db& db, const std::string& other, const Zone& zone, Instant now,
                   const MergeJob& job) {
    std::error_code unseen;  // a folder that may not be looked into: opening says so
    if (!fs::exists(other, unseen)) throw Error(Fault::not_found, "there is no file " + other);
    if (fs::equivalent(other, db.path(), unseen))
        throw Error(Fault::invalid, other + " is the file itself");
    Db theirs = store::open_whole(other, Db::Mode::read_only);
    const store::SyncsKeptAway kept_away(db, now);
    MergeOutcome outcome;
    auto transaction = db.begin();
    if (!job.dry_run) outcome.snapshot = snapshot_before(db, now);
    outcome.report = store::merge(db, theirs, zone, now);
    if (!job.dry_run) transaction.commit();
    return outcome;
}

}  // namespace dreams::jobs
