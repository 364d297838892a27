#include "store/backup.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>

#include "base/unfinished_file.h"
#include "store/backup_manifest.h"
#include "store/lease.h"
#include "store/snapshot.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;

void remove_file(const fs::path& file) {
    std::error_code failure;
    if (!fs::remove(file, failure) && failure)
        throw Error(Fault::unavailable, file.string() + " cannot be removed: " + failure.message());
}

/// What a program that was killed left behind: the lease says that no other is at work here.
void remove_unproved(const BackupPlan& plan) {
    const auto begin = "dreams-" + plan.environment + "-";
    remove_leftovers((fs::path(plan.folder) / begin).string());
    std::error_code failure;
    const fs::directory_iterator files(plan.folder, failure);
    if (failure)
        throw Error(Fault::unavailable,
                    "the folder " + plan.folder + " cannot be read: " + failure.message());
    for (const auto& each : files) {
        const auto name = each.path().filename().string();
        if (!name.starts_with(begin)) continue;
        const bool packed = name.ends_with(".zst") || name.ends_with(".zst.locked");
        if (packed && !fs::exists(each.path().string() + ".json")) remove_file(each.path());
    }
}

void make_folder(const std::string& folder) {
    std::error_code failure;
    if (fs::is_directory(folder, failure)) return;
    fs::create_directories(folder, failure);
    if (!failure) fs::permissions(folder, fs::perms::owner_all, failure);
    if (failure)
        throw Error(Fault::unavailable,
                    "the folder " + folder + " cannot be made: " + failure.message());
}

bool same_bytes(const std::string& one, const std::string& other) {
    std::ifstream a(one, std::ios::binary), b(other, std::ios::binary);
    std::vector<char> from_a(1 << 20), from_b(1 << 20);
    do {
        a.read(from_a.data(), static_cast<std::streamsize>(from_a.size()));
        b.read(from_b.data(), static_cast<std::streamsize>(from_b.size()));
        if (a.gcount() != b.gcount() ||
            std::memcmp(from_a.data(), from_b.data(), static_cast<std::size_t>(a.gcount())) != 0)
            return false;
    } while (a && b);
    return a.eof() && b.eof();
}

/// Packs the copy; then the restore drill: what was packed is unpacked, must be the copy to the
/// last byte, and is opened and read to its last value.
std::vector<TableProof> pack_and_drill(const std::string& copy, const std::string& packed,
                                       const std::string& stem, const BackupPlan& plan) {
    pack_file(copy, packed, plan.key);
    const UnfinishedFile again(stem);
    unpack_file(packed, again.name(), plan.key);
    if (!same_bytes(copy, again.name()))
        throw Error(Fault::unavailable,
                    "what was packed is not what was copied; check the disk of " + plan.folder +
                        " and try again");
    Db opened = Db::open(again.name(), Db::Mode::read_only);
    return prove(opened);
}

std::int64_t count_orphans(const std::string& copy) {
    Db opened = Db::open(copy, Db::Mode::read_only);
    return opened.value<std::int64_t>("SELECT count(*) FROM pragma_foreign_key_check");
}

/// Fills `packed` with what `db` holds, and `backup` with what that was found to be. The engine
/// checks the copy while it is packed and unpacked: both only read it, and either takes long.
void copy_and_prove(Db& db, const BackupPlan& plan, const std::string& stem,
                    const std::string& packed, Backup& backup) {
    const UnfinishedFile copy(stem);
    const auto rows = copy_unchecked(db, copy.name());
    auto checked = std::async(std::launch::async, [&] {
        check_copy(copy.name(), rows, db.path());
        return count_orphans(copy.name());
    });
    try {
        backup.tables = pack_and_drill(copy.name(), packed, stem, plan);
    } catch (const Error&) {
        checked.get();  // that the file is damaged is the better reason
        throw;
    }
    backup.orphans = checked.get();
}

/// A file of another size than was proved is none of that: cut short, or written over.
bool is_all_there(const Backup& backup) {
    std::error_code missing;
    const auto bytes = fs::file_size(backup.file, missing);
    return !missing && bytes == static_cast<std::uintmax_t>(backup.bytes);
}

std::vector<std::string> remove_old(const BackupPlan& plan, const Zone& zone) {
    const auto all = backups(plan.folder, plan.environment);
    std::vector<Instant> instants;
    for (const auto& each : all) instants.push_back(each.made_at);
    const auto kept = to_keep(instants, zone, plan.keep);
    std::vector<std::string> removed;
    for (const auto& each : all) {
        if (std::ranges::find(kept, each.made_at) != kept.end()) continue;
        remove_file(each.file + ".json");  // first: without it the rest is no backup
        remove_file(each.file);
        removed.push_back(each.file);
    }
    return removed;
}

}  // namespace

Backup make_backup(Db& db, const BackupPlan& plan, Instant now, const Zone& zone) {
    make_folder(plan.folder);
    Lease lease(db, "backup", now);
    remove_unproved(plan);
    const auto stem = (fs::path(plan.folder) / backup_stem(plan.environment, now)).string();
    Backup backup{.file = stem + (plan.key ? ".zst.locked" : ".zst"),
                  .made_at = now,
                  .environment = plan.environment};
    if (fs::exists(backup.file))
        throw Error(Fault::conflict, backup.file + " is there already; it was not touched");
    UnfinishedFile packed(backup.file);
    copy_and_prove(db, plan, stem, packed.name(), backup);
    backup.bytes = static_cast<std::int64_t>(fs::file_size(packed.name()));
    UnfinishedFile manifest(backup.file + ".json");
    write_manifest(backup, manifest);
    packed.finish();
    manifest.finish();
    backup.removed = remove_old(plan, zone);
    return backup;
}

std::vector<Backup> backups(const std::string& folder, const std::string& environment) {
    std::vector<Backup> found;
    std::error_code missing;  // no folder yet: no backups yet
    for (const auto& each : fs::directory_iterator(folder, missing)) {
        if (each.path().extension() != ".json") continue;
        auto file = each.path();
        auto backup = manifest_of(file.replace_extension().string());
        if (backup && backup->environment == environment && is_all_there(*backup))
            found.push_back(std::move(*backup));
    }
    std::ranges::sort(found, std::greater(), &Backup::made_at);
    return found;
}

}  // namespace dreams::store
