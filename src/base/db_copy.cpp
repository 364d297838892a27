#include "base/db_copy.h"

#include <sqlite3.h>

#include <memory>

#include "base/db_rows.h"

namespace dreams {
namespace {

using Backup = std::unique_ptr<sqlite3_backup, decltype(&sqlite3_backup_finish)>;
using Handle = std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)>;

Backup begin_backup(sqlite3* from, sqlite3* to, const std::string& path) {
    Backup backup(sqlite3_backup_init(to, "main", from, "main"), sqlite3_backup_finish);
    if (!backup) throw sqlite_error(to, sqlite3_extended_errcode(to), path);
    return backup;
}

/// A damaged or busy file is the one that is read; anything else befell the one written.
Error failure(int code, const std::string& from, const std::string& to) {
    const int kind = code & 0xff;
    const bool reading = kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_BUSY ||
                         kind == SQLITE_LOCKED;
    return sqlite_error(nullptr, code, reading ? from : to);
}

}  // namespace

void copy_locked(const Db& from, Db& target, const std::function<void()>& locked) {
    const auto backup = begin_backup(from.handle(), target.handle(), target.path());
    // No page at first: that takes the lock alone.
    if (const int code = sqlite3_backup_step(backup.get(), 0); code != SQLITE_OK)
        throw sqlite_error(nullptr, code, target.path());
    locked();
    if (const int code = sqlite3_backup_step(backup.get(), -1); code != SQLITE_DONE)
        throw failure(code, from.path(), target.path());
}

void copy_to_file(const Db& from, const std::string& to, const std::string& change) {
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(to.c_str(), &opened,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    const Handle target(opened, sqlite3_close_v2);
    const auto check = [&](int result) {
        if (result != SQLITE_OK) throw sqlite_error(target.get(), result, to);
    };
    const auto run = [&](const std::string& sql) {
        check(sqlite3_exec(target.get(), sql.c_str(), nullptr, nullptr, nullptr));
    };
    check(code);
    sqlite3_extended_result_codes(target.get(), 1);
    run("PRAGMA synchronous = OFF");  // whoever gives it its name brings it to the disk
    if (const int done =
            sqlite3_backup_step(begin_backup(from.handle(), target.get(), to).get(), -1);
        done != SQLITE_DONE)
        throw failure(done, from.path(), to);
    run("PRAGMA journal_mode = DELETE");  // what came in says WAL
    run(change);
}

}  // namespace dreams
