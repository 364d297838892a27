#include "base/db_guard.h"

#include <sqlite3.h>

#include <array>
#include <atomic>

namespace dreams {
namespace {

std::atomic<FileGuard> guard = nullptr;

/// Four bytes of the header, as SQLite's file format has them. Read by the engine's own hand: to
/// open and close the file beside it would give up its locks.
std::optional<std::uint32_t> header(const Db& db, int place) noexcept {
    std::array<unsigned char, 4> bytes{};
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(db.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        !file || !file->pMethods)
        return std::nullopt;
    const int read = file->pMethods->xRead(file, bytes.data(), bytes.size(), place);
    if (read != SQLITE_OK && read != SQLITE_IOERR_SHORT_READ) return std::nullopt;
    std::uint32_t number = 0;
    for (const auto byte : bytes) number = number << 8 | byte;
    return number;
}

}  // namespace

void guard_files(FileGuard asked) {
    guard = asked;
}

bool may_write(const std::string& path) noexcept {
    const auto asked = guard.load();
    return !asked || asked(path);
}

std::optional<std::uint32_t> mark_on_disk(const Db& db) noexcept {
    constexpr int application_id = 68;
    return header(db, application_id);
}

bool is_in_wal_mode(const Db& db) noexcept {
    constexpr int versions = 18;  // of writing, of reading; 2: by way of a -wal
    const auto said = header(db, versions);
    return said && *said >> 24 == 2;
}

bool is_read_as_it_lies(const Db& db) noexcept {
    return sqlite3_uri_boolean(sqlite3_db_filename(db.handle(), "main"), "immutable", 0) != 0;
}

}  // namespace dreams
