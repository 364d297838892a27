#pragma once

#include <sys/types.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "store/catalog.h"
#include "store/property_identity.h"
#include "store/roster.h"

namespace dreams::web {

/// An open connection to the file, for reading only, and what is kept in memory beside it.
struct Connection {
    Db db;
    store::Roster roster;
    store::Catalog catalog;
    ino_t file;  ///< which file lay at the path when it was opened
};

/// Connections to one file, opened as they are needed and used again, by one thread at a time.
/// When another file has taken the place of the first (a restore, a copy), it is opened instead.
class Connections {
public:
    explicit Connections(std::string path) : path_(std::move(path)) {}

    /// Throws Error{unavailable}: no file, none that can be read, or another one written over it;
    /// the sentence names no path.
    std::unique_ptr<Connection> take();
    void give_back(std::unique_ptr<Connection> connection);

    /// `sentence` with the file's path taken out: what is answered must not tell it.
    std::string without_path(const std::string& sentence) const;
    /// The file's name without its folder.
    std::string file_name() const;

private:
    std::string path_;
    std::mutex idle_guard_;
    std::vector<std::unique_ptr<Connection>> idle_;
    /// What the connections to one file share.
    struct Shelves {
        ino_t file = 0;
        std::shared_ptr<store::RosterShelf> people = std::make_shared<store::RosterShelf>();
        std::shared_ptr<store::CatalogShelf> homes = std::make_shared<store::CatalogShelf>();
    } shelves_;
};

/// The one connection of this server that writes, for one request at a time. A sync or another
/// program may write meanwhile: each transaction waits for the other's, five seconds at most.
class WritingDesk {
public:
    explicit WritingDesk(std::string path) : path_(std::move(path)) {}

    /// The desk, as long as it is held.
    class Turn {
    public:
        explicit Turn(WritingDesk& desk);
        Db& db() { return *desk_.db_; }
        store::KeysInStep& keys() { return desk_.keys_; }

    private:
        WritingDesk& desk_;
        std::unique_lock<std::mutex> lock_;
    };

    /// Waits until nobody else holds it. Throws Error{unavailable}, as Connections does.
    Turn take() { return Turn(*this); }

private:
    std::string path_;
    std::mutex guard_;
    std::optional<Db> db_;
    store::KeysInStep keys_;  ///< of db_
    ino_t file_ = 0;
};

/// One request's view of the file: everything that is asked through it is of one moment, whatever
/// a sync commits meanwhile.
class View {
public:
    explicit View(Connections& connections);
    ~View();
    View(const View&) = delete;
    View& operator=(const View&) = delete;

    Db& db() { return connection_->db; }
    store::Roster& roster() { return connection_->roster; }
    store::Catalog& catalog() { return connection_->catalog; }

private:
    Connections& connections_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace dreams::web
