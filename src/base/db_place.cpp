#include "base/db_place.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/error.h"

namespace dreams {
namespace {

/// On a disk that is read-only, or in somebody else's folder.
bool may_be_made_beside(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    return ::faccessat(AT_FDCWD, folder.empty() ? "." : folder.c_str(), W_OK, AT_EACCESS) == 0;
}

/// The path, for an engine that takes it as it lies there: no lock, nothing made beside it.
std::string as_it_lies(const std::string& path) {
    std::string uri = "file:";
    for (const char c : std::filesystem::absolute(path).lexically_normal().string())
        uri += c == '%' ? "%25" : c == '?' ? "%3f" : c == '#' ? "%23" : std::string(1, c);
    return uri + "?immutable=1";
}

/// Throws Error{unavailable}: what was written last lies beside the file, and reading it takes a
/// place to write.
void require_nothing_beside(const std::string& path) {
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(path + "-wal", missing);
    if (!missing && bytes > 0)
        throw Error(Fault::unavailable, path +
                                            " cannot be read where nothing may be written: what "
                                            "was written last is in " +
                                            path +
                                            "-wal; copy both into a folder of your own, or ask "
                                            "whoever uses it for a backup");
}

/// Whether the engine can read the file in its own way: by what lies beside it, or is made there.
bool can_be_read(const std::string& path) {
    sqlite3* db = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, "SELECT count(*) FROM sqlite_master", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    return (code & 0xff) != SQLITE_CANTOPEN && (code & 0xff) != SQLITE_READONLY;
}

}  // namespace

std::string name_to_read(const std::string& path) {
    std::error_code missing;
    if (may_be_made_beside(path) || !std::filesystem::exists(path, missing) || can_be_read(path))
        return path;
    if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0 && errno == EACCES)
        throw Error(Fault::unavailable, path + " may not be read by this user");
    require_nothing_beside(path);
    return as_it_lies(path);
}

}  // namespace dreams
