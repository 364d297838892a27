#include "store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <future>

#include "base/unfinished_file.h"
#include "store/backup_manifest.h"
#include "store/lease.h"
#include "store/origin.h"
#include "store/snapshot.h"

namespace dreams::store {

Whose whose_backups(Db& db, const std::string& environment) {
    const auto known = origin(db);
    return known ? Whose{environment, known->lineage, known->copy} : Whose{environment, ""};
}

namespace {

namespace fs = std::filesystem;

Error is_there(const std::string& file) {
    return {Fault::conflict, file + " is there already; it was not touched"};
}

void remove_file(const fs::path& file) {
    std::error_code failure;
    if (!fs::remove(file, failure) && failure)
        throw Error(Fault::unavailable, file.string() + " cannot be removed: " + failure.message());
}

/// What a program that was killed left behind: the lease says that no other is at work here.
void remove_unproved(const std::string& folder, const Whose& whose, Instant now) {
    remove_leftovers((fs::path(folder) / ("dreams-" + whose.environment + "-")).string());
    std::error_code failure;
    const fs::directory_iterator files(folder, failure);
    if (failure)
        throw Error(Fault::unavailable,
                    "the folder " + folder + " cannot be read: " + failure.message());
    for (const auto& each : files) {
        const auto name = each.path().filename().string();
        const bool packed = name.ends_with(".zst") || name.ends_with(".zst.locked");
        if (packed && is_left_of(name, whose, now) && !fs::exists(each.path().string() + ".json"))
            remove_file(each.path());
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

/// Brings it to the disk and has the machine forget it, so that reading it reads the disk.
void leave_to_disk(const std::string& file) {
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = opened >= 0 && ::fsync(opened) == 0;
    const int code = errno;
    if (synced) ::posix_fadvise(opened, 0, 0, POSIX_FADV_DONTNEED);  // where it can
    if (opened >= 0) ::close(opened);
    if (!synced) throw cannot_write(file, code);
}

/// Packs the copy; then the restore drill: what was packed is unpacked and must be the copy to the
/// last byte, which is opened and read to its last value.
void pack_and_drill(const std::string& copy, const std::string& packed, const BackupPlan& plan,
                    Backup& backup) {
    pack_file(copy, packed, plan.key);
    leave_to_disk(packed);
    if (!is_packed_of(packed, copy, plan.key))
        throw Error(Fault::unavailable,
                    "what was packed is not what was copied; check the disk of " + plan.folder +
                        " and try again");
    Db opened = open_private(copy);
    backup.orphans = opened.value<std::int64_t>("SELECT count(*) FROM pragma_foreign_key_check");
    backup.tables = prove(opened);
}

/// Fills `copy` and `packed` with what `db` holds, and `backup` with what that was found to be. The
/// engine checks the copy while it is packed and unpacked: both only read it, and either takes
/// long.
void copy_and_prove(Db& db, const BackupPlan& plan, const std::string& copy,
                    const std::string& packed, Backup& backup) {
    const auto rows = copy_unchecked(db, copy);
    auto checked = std::async(std::launch::async, [&] { check_copy(copy, rows, db.path()); });
    try {
        pack_and_drill(copy, packed, plan, backup);
    } catch (const Error&) {
        checked.get();  // that the file is damaged is the better reason
        throw;
    }
    checked.get();
}

/// A file of another size than was proved is none of that: cut short, or written over.
bool is_all_there(const Backup& backup) {
    std::error_code missing;
    const auto bytes = fs::file_size(backup.file, missing);
    return !missing && bytes == static_cast<std::uintmax_t>(backup.bytes);
}

/// What was proved once, newest first, whether or not it is there still.
std::vector<Backup> manifests(const std::string& folder, const std::string& environment) {
    std::vector<Backup> found;
    std::error_code missing;  // no folder yet: no backups yet
    for (const auto& each : fs::directory_iterator(folder, missing)) {
        if (each.path().extension() != ".json") continue;
        auto file = each.path();
        auto backup = manifest_of(file.replace_extension().string());
        if (backup && backup->environment == environment) found.push_back(std::move(*backup));
    }
    std::ranges::sort(found, std::greater(), &Backup::made_at);
    return found;
}

std::vector<std::string> remove_old(const BackupPlan& plan, const Whose& whose, const Zone& zone) {
    std::vector<std::string> removed;
    if (whose.lineage.empty()) return removed;
    auto all = backups(plan.folder, whose);
    std::erase_if(all, [&](const auto& each) { return each.copy != whose.copy; });
    std::vector<Instant> instants;
    for (const auto& each : all) instants.push_back(each.made_at);
    const auto kept = to_keep(instants, zone, plan.keep);
    for (const auto& each : all) {
        if (std::ranges::find(kept, each.made_at) != kept.end()) continue;
        remove_file(each.file + ".json");  // first: without it the rest is no backup
        remove_file(each.file);
        removed.push_back(each.file);
    }
    return removed;
}

/// What is to be made at `now`, before anything is known of it. A second has one backup: of
/// two that are asked for in one the other gets the next that is free.
Backup begun(const BackupPlan& plan, const Whose& whose, Instant now) {
    const auto file = [&] {
        const auto stem = (fs::path(plan.folder) / backup_stem(whose, now)).string();
        return stem + (plan.key ? ".zst.locked" : ".zst");
    };
    while (fs::exists(file())) now += std::chrono::seconds{1};
    return {.file = file(),
            .made_at = now,
            .environment = whose.environment,
            .lineage = whose.lineage,
            .copy = whose.copy,
            .key = plan.key ? plan.key->fingerprint() : ""};
}

}  // namespace

Backup make_backup(Db& db, const BackupPlan& plan, Instant now, const Zone& zone) {
    make_folder(plan.folder);
    Lease lease(db, "backup", now);
    const auto whose = whose_backups(db, plan.environment);
    remove_leftovers(db.path() + ".");
    remove_unproved(plan.folder, whose, now);
    auto backup = begun(plan, whose, now);
    UnfinishedFile packed(backup.file);
    // What is to be encrypted never lies open in the folder, which may be another machine's.
    std::optional<UnfinishedFile> copy(std::in_place,
                                       plan.key ? db.path() + ".to-back-up" : backup.file);
    copy_and_prove(db, plan, copy->name(), packed.name(), backup);
    // Removing a large file takes as long as writing a small one.
    const auto removed = std::async(std::launch::async, [&] { copy.reset(); });
    backup.bytes = static_cast<std::int64_t>(fs::file_size(packed.name()));
    UnfinishedFile manifest(backup.file + ".json");
    write_manifest(backup, manifest);
    if (!packed.finish_new()) throw is_there(backup.file);
    if (!manifest.finish_new()) throw is_there(backup.file + ".json");
    backup.removed = remove_old(plan, whose, zone);
    return backup;
}

std::vector<Backup> backups(const std::string& folder, const std::string& environment) {
    auto all = manifests(folder, environment);
    std::erase_if(all, [](const auto& each) { return !is_all_there(each); });
    return all;
}

std::vector<Backup> backups(const std::string& folder, const Whose& whose) {
    auto all = backups(folder, whose.environment);
    std::erase_if(all, [&](const auto& each) { return each.lineage != whose.lineage; });
    return all;
}

std::vector<Backup> cut_short(const std::string& folder, const Whose& whose) {
    auto all = manifests(folder, whose.environment);
    std::erase_if(all, [&](const auto& each) {
        return each.lineage != whose.lineage || each.copy != whose.copy || is_all_there(each);
    });
    return all;
}

}  // namespace dreams::store
