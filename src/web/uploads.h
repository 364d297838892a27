#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace dreams::web {

/// Files that somebody has sent and not yet said what to do with.
struct Upload {
    struct File {
        std::string name, text;
    };
    std::vector<File> files;
};

/// Uploads between their preview and the word to import them: in memory, an hour long, so many
/// bytes at most (the oldest goes first). May be asked from several threads.
class Uploads {
public:
    using Ticks = std::chrono::steady_clock::duration;
    explicit Uploads(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    /// Gives the name by which it is asked for again, which nobody can guess.
    std::string keep(Upload upload, Ticks now);
    /// Null: there is none, or none any more.
    std::shared_ptr<const Upload> find(std::string_view name, Ticks now);
    void forget(std::string_view name);

private:
    struct Kept {
        std::string name;
        std::shared_ptr<const Upload> upload;
        std::size_t bytes;
        Ticks since;
    };
    void make_room(Ticks now);

    std::size_t most_bytes_;
    std::mutex guard_;
    std::deque<Kept> kept_;  ///< the oldest first
};

}  // namespace dreams::web
