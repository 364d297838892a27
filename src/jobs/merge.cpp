#include "jobs/merge.h"

#include <filesystem>
#include <future>

#include "store/kept_away.h"
#include "store/snapshot.h"
#include "store/whole_file.h"

namespace dreams::jobs {
namespace {

namespace fs = std::filesystem;

std::string snapshot_before(const std::string& path, Instant now) {
    Db reading = Db::open(path, Db::Mode::read_only);
    return store::take_snapshot(reading, store::name_before(path, "merge", now)).file;
}

}  // namespace

MergeOutcome merge(Db& db, const std::string& other, const Zone& zone, Instant now,
                   const MergeJob& job) {
    std::error_code unseen;  // a folder that may not be looked into: opening says so
    if (!fs::exists(other, unseen)) throw Error(Fault::not_found, "there is no file " + other);
    Db theirs = store::open_whole(other, Db::Mode::read_only);
    return merge(db, theirs, zone, now, job);
}

MergeOutcome merge(Db& db, Db& theirs, const Zone& zone, Instant now, const MergeJob& job) {
    std::error_code unseen;
    if (fs::equivalent(theirs.path(), db.path(), unseen))
        throw Error(Fault::invalid, theirs.path() + " is the file itself");
    const store::SyncsKeptAway kept_away(db, now);
    MergeOutcome outcome;
    auto transaction = db.begin();
    if (job.dry_run) {
        outcome.report = store::merge(db, theirs, zone, now);
        return outcome;
    }
    // From here on nobody else can write. Copying and checking what stands takes as long as the
    // work, which it cannot see before the commit: both are done at once.
    auto snapshot = std::async(std::launch::async, snapshot_before, db.path(), now);
    outcome.report = store::merge(db, theirs, zone, now);
    outcome.snapshot = snapshot.get();
    transaction.commit();
    return outcome;
}

}  // namespace dreams::jobs
