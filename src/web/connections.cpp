#include "web/connections.h"

#include <sys/stat.h>

#include <filesystem>

#include "store/schema.h"
#include "store/whole_file.h"

namespace dreams::web {
namespace {

// The engine's own 2 MB hold less than what the indexes of 43,000 people take; twice as much is
// enough.
constexpr auto settings = "PRAGMA query_only = ON; PRAGMA cache_size = -4000;";

ino_t file_at(const std::string& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0)
        throw Error(Fault::unavailable,
                    "The database file is not there. `dreams init` makes a new one; if there "
                    "should be one, look at the setting `database`.");
    return found.st_ino;
}

std::string hide(const std::string& path, std::string sentence) {
    for (auto at = sentence.find(path); at != std::string::npos; at = sentence.find(path, at))
        sentence.replace(at, path.size(), "the database");
    return sentence;
}

void require_own_file(const std::string& path) {
    try {
        store::require_not_written_over(path);
    } catch (const Error& error) {
        throw Error(error.fault(), hide(path, error.what()));
    }
}

/// Whatever is wrong with the file, it is not what the caller asked.
Db opened(const std::string& path, Db::Mode mode, const char* with) {
    try {
        Db db = store::open_file(path, mode);
        db.script(with);
        return db;
    } catch (const Error& error) {
        throw Error(Fault::unavailable, hide(path, error.what()));
    }
}

}  // namespace

std::unique_ptr<Connection> Connections::take() {
    const ino_t file = file_at(path_);
    require_own_file(path_);
    Shelves shelves;
    {
        const std::lock_guard lock(idle_guard_);
        if (shelves_.file != file) shelves_ = {.file = file};
        shelves = shelves_;
        std::erase_if(idle_, [&](const auto& each) { return each->file != file; });
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
    }
    return std::make_unique<Connection>(Connection{opened(path_, Db::Mode::read_only, settings),
                                                   store::Roster(shelves.people),
                                                   store::Catalog(shelves.homes), file});
}

void Connections::give_back(std::unique_ptr<Connection> connection) {
    connection->roster.put_back();
    const std::lock_guard lock(idle_guard_);
    idle_.push_back(std::move(connection));
}

std::string Connections::without_path(const std::string& sentence) const {
    return hide(path_, sentence);
}

std::string Connections::file_name() const {
    return std::filesystem::path(path_).filename().string();
}

WritingDesk::Turn::Turn(WritingDesk& desk) : desk_(desk), lock_(desk.guard_) {
    const ino_t file = file_at(desk_.path_);
    require_own_file(desk_.path_);
    if (desk_.db_ && desk_.file_ == file) return;
    desk_.db_.reset();
    desk_.db_ = opened(desk_.path_, Db::Mode::read_write, "");
    desk_.keys_ = {};
    desk_.file_ = file;
}

View::View(Connections& connections) : connections_(connections), connection_(connections.take()) {
    connection_->db.script("BEGIN");
}

View::~View() {
    try {
        connection_->db.script("ROLLBACK");  // nothing was written: it only ends the view
        connections_.give_back(std::move(connection_));
    } catch (const Error&) {
        // The file failed under it; the next request opens it anew and says what is wrong.
    }
}

}  // namespace dreams::web
