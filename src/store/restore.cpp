#include "store/restore.h"

#include <array>
#include <filesystem>
#include <fstream>

#include "base/unfinished_file.h"
#include "store/backup.h"
#include "store/origin.h"
#include "store/own_files.h"
#include "store/replace.h"
#include "store/schema.h"
#include "store/snapshot.h"
#include "store/whole_file.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;

/// Which programs use the file, whatever it holds.
constexpr std::string_view users = "dreams_leases";

bool is_database(const std::string& file) {
    constexpr std::string_view header{"SQLite format 3\0", 16};
    std::ifstream in(file, std::ios::binary);
    std::array<char, header.size()> begin{};
    in.read(begin.data(), begin.size());
    return in && std::string_view(begin.data(), begin.size()) == header;
}

void check(Db& db, const std::string& file) {
    const auto verdict = db.value<std::string>("PRAGMA integrity_check(1)");
    if (verdict != "ok") throw Error(Fault::invalid, file + " is damaged (" + verdict + ")");
}

/// The present file; none: there is none, or it cannot be read as a database.
std::optional<Db> open_present(const std::string& database, Db::Mode mode) {
    if (!fs::exists(database)) return std::nullopt;
    try {
        Db db = Db::open(database, mode);
        check(db, database);
        return db;
    } catch (const Error& error) {
        if (error.fault() != Fault::invalid) throw;
        return std::nullopt;  // damaged: that is what backups are for
    }
}

void move_aside(const std::string& database, const std::string& name) {
    for (const char* beside : {"", "-wal", "-shm", "-journal"})
        if (fs::exists(database + beside)) fs::rename(database + beside, name + beside);
}

/// What the backup holds, as no file's own: put where no file is, it is not taken for the one it
/// came from, even if nobody lives to mark it.
Db as_nobodys(Db& backup, const std::string& copy) {
    copy_unchecked(backup, copy);
    Db db = Db::open(copy, Db::Mode::read_write);
    if (origin(db)) db.run("UPDATE dreams_origin SET place = '', claimed_at = NULL");
    return db;
}

}  // namespace

struct OpenedBackup::Impl {
    std::optional<UnfinishedFile> unpacked;
    std::optional<Db> db;
    bool proved = false;
};

OpenedBackup::OpenedBackup(const std::string& file, const std::string& database,
                           const std::optional<PackKey>& key)
    : impl_(std::make_unique<Impl>()) {
    if (!fs::exists(file)) throw Error(Fault::not_found, "there is no file " + file);
    const bool own = is_own_file(file, database);
    std::error_code missing;
    if (own && !fs::equivalent(file, database, missing))
        throw Error(Fault::invalid, file + " is a part of " + database + ", and no copy of it");
    if (!own && !is_database(file)) {
        remove_leftovers(database + ".");
        impl_->unpacked.emplace(database + ".from-backup");
        unpack_file(file, impl_->unpacked->name(), key);
    }
    // What we packed was whole, and the file itself is in use; any other file may have been copied
    // from under a program that used it.
    impl_->db = impl_->unpacked ? Db::open(impl_->unpacked->name(), Db::Mode::read_only)
                : own           ? Db::open(file, Db::Mode::read_only)
                                : open_whole(file, Db::Mode::read_only);
    check(db(), file);
    known_version(db(), file);  // an older one may come: `migrate` goes on from there
    require_people(db(), file);
    const auto manifest = manifest_of(file);
    impl_->proved = manifest.has_value();
    if (manifest && prove(db()) != manifest->tables)
        throw Error(Fault::invalid,
                    file + " holds other rows than its manifest says; take another backup");
}

OpenedBackup::~OpenedBackup() = default;

Db& OpenedBackup::db() {
    return *impl_->db;
}
bool OpenedBackup::proved() const {
    return impl_->proved;
}

std::vector<TableComparison> would_change(const std::string& database, OpenedBackup& backup) {
    if (auto present = open_present(database, Db::Mode::read_only))
        return compare(*present, backup.db());
    Db nothing = Db::open(":memory:", Db::Mode::create);
    return compare(nothing, backup.db());
}

Restored restore(const std::string& database, OpenedBackup& backup, Instant now) {
    Restored restored;
    const UnfinishedFile copy(database + ".to-restore");
    Db wanted = as_nobodys(backup.db(), copy.name());
    if (auto present = open_present(database, Db::Mode::read_write)) {
        restored.kept = replace_database(*present, wanted, "restore", now);
    } else {
        if (fs::exists(database)) {
            restored.kept = name_before(database, "restore", now);
            move_aside(database, restored.kept);
        }
        take_snapshot(wanted, database);
    }
    Db now_there = Db::open(database, Db::Mode::read_only);
    restored.compared = compare(now_there, wanted);
    std::erase_if(restored.compared, [](const auto& each) { return each.table == users; });
    const auto came = origin(now_there), meant = origin(wanted);
    restored.written_since = !same(restored.compared);
    // Whoever writes to it from now on leaves its name.
    if (restored.written_since && (!came || !meant || came->copy != meant->copy))
        throw Error(Fault::conflict,
                    "another program wrote to " + database +
                        " at once; `dreams compare` shows what differs from the backup");
    if (came && came->place.empty()) {  // a new file, whose place nobody knew before
        Db db = Db::open(database, Db::Mode::read_write);
        mark_restored(db, database, now);
    }
    return restored;
}

}  // namespace dreams::store
