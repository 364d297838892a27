#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jobs/import.h"

namespace dreams::web {

/// Files that somebody has sent and not yet said what to do with.
struct Upload {
    struct File {
        std::string name, text;
    };
    std::vector<File> files;
};

/// What a person said of an upload's files: the fields of the preview's form, by name.
using Said = std::vector<std::pair<std::string, std::string>>;

/// An upload as it stands.
struct Waiting {
    std::shared_ptr<const Upload> upload;  ///< its files; without any once they are imported
    Said said;
    std::shared_ptr<const jobs::ImportReport> done;  ///< what came of it; null: nothing yet
};

/// Uploads between their preview and the word to import them, and then what came of them, so that
/// a way back leads there: in memory, an hour long, so many bytes at most (the oldest goes first).
/// May be asked from several threads.
class Uploads {
public:
    using Ticks = std::chrono::steady_clock::duration;
    explicit Uploads(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    /// Gives the name by which it is asked for again, which nobody can guess.
    std::string keep(Upload upload, Ticks now);
    /// None: there is none, or none any more.
    std::optional<Waiting> find(std::string_view name, Ticks now);
    /// Keeps what a person says of it, in place of what was said before.
    void say(std::string_view name, Said said);
    /// Lets its files go, and keeps what came of them.
    void finish(std::string_view name, jobs::ImportReport report);

private:
    struct Kept {
        std::string name;
        Waiting waiting;
        std::size_t bytes;
        Ticks since;
    };
    Kept* at(std::string_view name);
    void make_room(Ticks now);

    std::size_t most_bytes_;
    std::mutex guard_;
    std::deque<Kept> kept_;  ///< the oldest first
};

}  // namespace dreams::web
