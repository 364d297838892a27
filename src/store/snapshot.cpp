#include "store/snapshot.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace dreams::store {
namespace {

namespace fs = std::filesystem;
using Counts = std::vector<std::pair<std::string, std::int64_t>>;

Error disk_error(const std::string& file, int code) {
    return {Fault::unavailable, "a copy cannot be written to " + file + ": " + std::strerror(code)};
}

/// A file under a passing name beside `target`, 0600; gone when it has not been renamed.
class Unfinished {
public:
    explicit Unfinished(const std::string& target) : name_(target + ".partial-XXXXXX") {
        const int file = ::mkstemp(name_.data());
        if (file < 0) throw disk_error(target, errno);
        ::close(file);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished() {
        for (const char* beside : {"", "-wal", "-shm", "-journal"})
            ::unlink((name_ + beside).c_str());  // most of them were never made
    }

    const std::string& name() const { return name_; }

    /// Brings the bytes to the disk, then gives them their name.
    void finish(const std::string& target) {
        sync(name_, O_RDONLY);
        if (::rename(name_.c_str(), target.c_str()) != 0) throw disk_error(target, errno);
        const auto folder = fs::path(target).parent_path();
        sync(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
    }

private:
    static void sync(const std::string& path, int flags) {
        const int file = ::open(path.c_str(), flags | O_CLOEXEC);
        const bool synced = file >= 0 && ::fsync(file) == 0;
        const int code = errno;
        if (file >= 0) ::close(file);
        if (!synced) throw disk_error(path, code);
    }
    std::string name_;
};

/// Rows of every table, the owner's too; virtual tables are views of tables that are counted.
Counts count_rows(Db& db) {
    Counts counts;
    for (auto& table : db.list<std::string>(R"sql(
             SELECT name FROM pragma_table_list
              WHERE schema = 'main' AND type IN ('table', 'shadow') AND name <> 'sqlite_schema'
              ORDER BY name)sql")) {
        std::string sql = "SELECT count(*) FROM \"";
        for (const char c : table) sql.append(c == '"' ? 2 : 1, c);
        const auto rows = db.value<std::int64_t>(sql + "\"");
        counts.emplace_back(std::move(table), rows);
    }
    return counts;
}

/// The copy as one file without a journal beside it, whole by the engine's own check.
Counts checked_copy(Db& from, const std::string& file) {
    Db copy = Db::open(file, Db::Mode::create);
    copy.query("PRAGMA journal_mode = DELETE").step();  // else only an equal page size may come in
    from.copy_to(copy);
    copy.query("PRAGMA journal_mode = DELETE").step();  // what came in says WAL
    const auto verdict = copy.value<std::string>("PRAGMA integrity_check(1)");
    if (verdict != "ok")
        throw Error(Fault::invalid,
                    from.path() + " is damaged; restore a backup (" + verdict + ")");
    return count_rows(copy);
}

}  // namespace

Snapshot take_snapshot(Db& db, const std::string& target) {
    std::error_code unseen;  // a folder that may not be looked into: making the copy says so
    if (fs::exists(target, unseen))
        throw Error(Fault::conflict, target + " is there already; it was not touched");
    Unfinished copy(target);
    db.script("BEGIN");  // the rows counted and the rows copied are those of one moment
    Counts counted, copied;
    try {
        counted = count_rows(db);
        copied = checked_copy(db, copy.name());
        db.script("COMMIT");
    } catch (...) {
        if (db.in_transaction()) db.script("ROLLBACK");
        throw;
    }
    if (counted != copied)
        throw Error(Fault::unavailable,
                    "the copy of " + db.path() + " holds other rows than the file; try again");
    copy.finish(target);
    return {target, static_cast<std::int64_t>(fs::file_size(target)), std::move(copied)};
}

}  // namespace dreams::store
