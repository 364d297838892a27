#include <fcntl.h>
#include <unistd.h>

#include "bench/bare.h"
#include "bench/bench.h"
#include "store/backup.h"
#include "store/schema.h"
#include "store/snapshot.h"

namespace dreams::bench {
namespace {

void bring_to_disk(const std::string& file) {
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = opened >= 0 && ::fsync(opened) == 0;
    if (opened >= 0) ::close(opened);
    if (!synced) throw Error(Fault::unavailable, file + " cannot be brought to the disk");
}

/// How long `what` takes, `result` having been removed before.
template <class What>
double seconds_of(const std::string& result, What what) {
    std::filesystem::remove(result);
    const Stopwatch watch;
    what();
    return watch.seconds();
}

/// The times of the parts and of what they stand beside.
struct Times {
    Best cp, vacuum, check, whole, locked, snapshot, prove, pack, unpack;
};

/// What the engine itself needs to find a file whole.
void check(const std::string& file) {
    const Bare db(file);
    for (const char* pragma : {"PRAGMA integrity_check", "PRAGMA foreign_key_check"})
        db.prepare(pragma).scan();
}

void measure(const std::string& file, const std::string& beside, Times& times) {
    times.cp.see(seconds_of(beside, [&] {
        copy_file(file, beside);
        bring_to_disk(beside);
    }));
    times.check.see(seconds_of("", [&] { check(file); }));
    times.vacuum.see(seconds_of(beside, [&] {
        Bare(file).run("VACUUM INTO '" + beside + "'");
        bring_to_disk(beside);
    }));
    Db db = store::open_file(file);
    times.snapshot.see(seconds_of(beside, [&] { store::take_snapshot(db, beside); }));
    times.prove.see(seconds_of("", [&] { store::prove(db); }));
    const auto packed = beside + ".zst";
    times.pack.see(seconds_of(packed, [&] { pack_file(beside, packed, {}); }));
    times.unpack.see(seconds_of("", [&] {
        if (!is_packed_of(packed, beside, {})) throw Error(Fault::internal, "other bytes");
    }));
    std::filesystem::remove(packed);
    std::filesystem::remove(beside);
    for (auto* best : {&times.whole, &times.locked}) {
        const auto folder = beside + ".backups";
        const store::BackupPlan plan{
            .folder = folder,
            .environment = "prd",
            .key = best == &times.locked ? std::optional(PackKey::random()) : std::nullopt};
        best->see(seconds_of(
            "", [&] { store::make_backup(db, plan, monday, Zone("America/New_York")); }));
        std::filesystem::remove_all(folder);
    }
}

}  // namespace

void backing_up(const Setting& setting, Table& table) {
    const auto file = setting.folder.file("whole.db");
    make_file(file, account(half_large));
    rescore_file(file, monday);
    Times times;
    for (int run = 0; run < setting.runs; ++run)
        measure(file, setting.folder.file("copy.db"), times);
    const auto size = mebibytes(static_cast<double>(std::filesystem::file_size(file)));
    const double limit = 2 * times.cp.seconds() + times.check.seconds();
    const double ratio = times.whole.seconds() / limit;
    table.add({"a proved backup of " + size + "; limit: cp twice, and SQLite's check",
               milliseconds(times.whole.seconds()), milliseconds(limit), ratio, "≤ 1", ratio <= 1});
    table.add({"  the same, encrypted", milliseconds(times.locked.seconds())});
    const std::pair<const char*, const Best&> parts[] = {
        {"  cp, with fsync", times.cp},
        {"  SQLite's integrity_check and foreign_key_check", times.check},
        {"  VACUUM INTO, with fsync", times.vacuum},
        {"  of a backup: the copy, checked", times.snapshot},
        {"  of a backup: every table's hash", times.prove},
        {"  of a backup: packing", times.pack},
        {"  of a backup: unpacking, byte for byte beside the copy", times.unpack}};
    for (const auto& [name, best] : parts) table.add({name, milliseconds(best.seconds())});
}

}  // namespace dreams::bench
