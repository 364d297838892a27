#include "store/whole_file.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <random>

#include "base/db_guard.h"
#include "store/origin.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;

const std::string copy_it_again =
    "copy it again by `dreams backup` or `dreams push`, which may be done while it is in use";

/// Of a file at rest there is none; an empty one is made by reading alone, or left by a checkpoint.
enum class Wal { none, empty, full };

Wal wal_of(const std::string& path) {
    std::error_code missing;
    const auto bytes = fs::file_size(path + "-wal", missing);
    if (missing) return Wal::none;
    return bytes == 0 ? Wal::empty : Wal::full;
}

Error damaged(const std::string& path, const std::string& found) {
    const std::string wal =
        wal_of(path) == Wal::full
            ? ", or " + path + "-wal beside it is not its own (then move that away and try again)"
            : "";
    return {Fault::invalid, path + " is damaged or only a part of the file" + wal + ": " +
                                copy_it_again + ", or restore a backup (" + found + ")"};
}

/// What the engine finds of itself when it reads the schema: half a file is no database.
Db opened_to_look(const std::string& path) {
    try {
        return Db::open(path, Db::Mode::read_only);
    } catch (const Error& error) {
        if (error.fault() != Fault::invalid) throw;
        throw damaged(path, error.what());
    }
}

void require_integrity(Db& db) {
    std::string verdict;
    try {
        verdict = db.value<std::string>("PRAGMA integrity_check(1)");
    } catch (const Error& error) {
        if (error.fault() != Fault::invalid) throw;
        verdict = error.what();
    }
    if (verdict != "ok") throw damaged(db.path(), verdict);
}

/// Whoever uses the file has a lease in it and a -wal beside it; whoever closes it takes both away.
/// A snapshot (store/snapshot) has leases in it as well, but is none of a file in WAL mode.
bool lacks_wal(Db& db, Wal beside, bool is_copy) {
    return (beside == Wal::none || (beside == Wal::empty && is_copy)) && is_in_wal_mode(db) &&
           anybody_at_work(db, Held::by_anybody);
}

/// Its users died, and then another program of SQLite's opened and closed it: that took what lay
/// in the -wal into the file, and removed that. A copy names them too, or lies under another path.
bool was_tidied_up(Db& db, bool is_copy) {
    return !is_copy && origin(db) && all_died_where_it_lies(db);
}

/// What looking has made: left there, it would pass for what is missing.
void remove_empty_wal(const std::string& path) {
    if (wal_of(path) != Wal::empty) return;
    for (const char* beside : {"-wal", "-shm"}) fs::remove(path + beside);
}

/// Nobody has opened it for writing since it was copied.
bool is_new_copy(Db& db) {
    const auto stamp = origin(db);
    return stamp && lies_elsewhere(*stamp, db.path());
}

/// A file that this process uses.
struct Used {
    const Db* db = nullptr;  ///< none: no more
    std::uint32_t mark = 0;  ///< what the header says; 0: it never got there
    bool written_over = false;
};

std::mutex used_guard;
std::map<std::string, Used> used_files;

/// So that whoever opens the file next finds what came, without what belongs to the other.
void put_wal_aside(const std::string& path) noexcept {
    std::error_code failure;  // then it stays, and the next who opens the file is told of it
    auto aside = path + ".written-over-wal";
    for (int twin = 2; fs::exists(aside, failure); ++twin)
        aside = path + ".written-over-wal-" + std::to_string(twin);
    fs::rename(path + "-wal", aside, failure);
    fs::remove(path + "-shm", failure);
}

bool is_written_over(const std::string& path) noexcept {
    const std::lock_guard lock(used_guard);
    const auto found = used_files.find(path);
    if (found == used_files.end()) return false;
    auto& used = found->second;
    if (used.written_over || !used.db || used.mark == 0) return used.written_over;
    const auto mark = mark_on_disk(*used.db);
    if (mark && *mark != used.mark) {
        used.written_over = true;
        put_wal_aside(path);
    }
    return used.written_over;
}

std::uint32_t mark_of(Db& db) {
    return static_cast<std::uint32_t>(db.value<std::int64_t>("PRAGMA application_id"));
}

void set_mark(Db& db, std::uint32_t mark) {
    db.script("PRAGMA application_id = " + std::to_string(static_cast<std::int32_t>(mark)));
}

/// Another program that uses the file has marked it, be it in a container or on another machine;
/// else it gets a mark by chance, so that it is told from copies that were made before. To be done
/// in the transaction that says of this process that it uses the file: of two that start together
/// the second would otherwise take the mark of the first away, which then puts aside their -wal.
void mark(Db& db, LockFile& users) {
    const bool alone = users.alone();
    if (alone) drop_leases_of_use(db);
    if (mark_of(db) == 0 || (alone && !anybody_at_work(db, Held::by_the_perhaps_living))) {
        std::random_device random;  // the operating system's
        set_mark(db, random() | 1u);
    }
    users.share();
}

Error without_wal(const std::string& path) {
    return {Fault::invalid,
            path +
                " was copied while DREAMS was using the file, without the -wal file beside it: "
                "what was written last is missing; " +
                copy_it_again + ", or `dreams origin --accept` takes it as it is"};
}

}  // namespace

Db open_whole(const std::string& path, Db::Mode mode) {
    require_not_written_over(path);
    const auto wal = wal_of(path);  // before looking makes one
    std::optional<Db> looking = opened_to_look(path);
    const bool is_copy = is_new_copy(*looking);
    // Somebody may have begun to use it since: looked at again while this connection keeps what is
    // there from being taken away.
    const bool without = lacks_wal(*looking, wal, is_copy) && wal_of(path) != Wal::full;
    const bool tidied_up = without && was_tidied_up(*looking, is_copy);
    if (without && !tidied_up) {
        looking.reset();
        if (wal == Wal::none) remove_empty_wal(path);
        throw without_wal(path);
    }
    const bool user_died = wal == Wal::full && !anybody_at_work(*looking, Held::by_the_living);
    if (is_copy || user_died || tidied_up) require_integrity(*looking);
    if (mode == Db::Mode::read_only) return std::move(*looking);
    Db db = Db::open(path, mode);
    drop_dead_leases(db);
    return db;
}

void accept_as_it_is(const std::string& path, Instant now) {
    if (!fs::exists(path)) throw Error(Fault::not_found, "there is no file " + path);
    {
        Db looking = opened_to_look(path);
        require_integrity(looking);
    }
    Db db = Db::open(path);
    auto transaction = db.begin();
    auto users = in_use_lock(db);
    if (!users.alone() || anybody_at_work_where_it_lies(db, now))
        throw Error(Fault::conflict,
                    path +
                        " is in use, and whoever uses it has what was written last: nothing of it "
                        "was changed. Stop DREAMS first, then try again (ten minutes later where "
                        "it ran on another machine and was killed)");
    if (has_table(db, "dreams_leases")) db.run("DELETE FROM dreams_leases");
    transaction.commit();
}

InUse::InUse(Db db, Instant now)
    : db_(std::move(db)),
      users_(in_use_lock(db_)),
      lease_(db_, lease_of_use(), now, [this] { mark(db_, users_); }) {
    db_.query("PRAGMA wal_checkpoint(FULL)").step();  // into the file itself, which cp would take
    const auto own = mark_of(db_);
    const std::lock_guard lock(used_guard);
    used_files[db_.path()] = {.db = &db_, .mark = mark_on_disk(db_) == own ? own : 0};
    guard_files([](const std::string& path) noexcept { return !is_written_over(path); });
}

InUse::~InUse() {
    is_written_over(db_.path());  // the last look: closing it brings in what lies in the -wal
    const std::lock_guard lock(used_guard);
    used_files[db_.path()].db = nullptr;
}

void require_not_written_over(const std::string& path) {
    if (is_written_over(path))
        throw Error(Fault::unavailable,
                    path +
                        " was written over by another program (cp, scp?) while DREAMS was using "
                        "it. Nothing is read from it or written to it any more. Stop DREAMS; then "
                        "`dreams status` tells what came in its place, and `dreams restore` with "
                        "the newest backup brings back what was there");
}

void carry_mark(Db& from, Db& to) {
    set_mark(to, mark_of(from));
}

}  // namespace dreams::store
