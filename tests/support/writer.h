#pragma once

// Somebody who goes on writing to a file while something is done to it.

#include <atomic>
#include <chrono>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

#include "base/db.h"

namespace dreams::test {

/// Writes a row to the table `written` of `file` as often as it can, a commit each, in a thread of
/// its own; remembers which were acknowledged.
class Writer {
public:
    explicit Writer(const std::string& file) {
        Db::open(file).script("CREATE TABLE IF NOT EXISTS written (id INTEGER PRIMARY KEY)");
        thread_ = std::jthread([this, file](const std::stop_token& stop) { write(file, stop); });
        while (last_ < 20) std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Ends it; the rows that the file said it has.
    std::set<std::int64_t> acknowledged() {
        thread_.request_stop();
        thread_.join();
        return acknowledged_;
    }
    /// The rows that are in the file.
    static std::set<std::int64_t> in(const std::string& file) {
        Db db = Db::open(file, Db::Mode::read_only);
        if (!db.one<int>("SELECT 1 FROM sqlite_master WHERE name = 'written'")) return {};
        const auto rows = db.list<std::int64_t>("SELECT id FROM written");
        return {rows.begin(), rows.end()};
    }

private:
    void write(const std::string& file, const std::stop_token& stop) {
        Db db = Db::open(file);
        for (std::int64_t id = 1; !stop.stop_requested(); ++id) try {
                db.run("INSERT INTO written VALUES (:id)", {{"id", id}});
                acknowledged_.insert(id);
                last_ = id;
            } catch (const Error&) {
                // Another file came in its place, without this table: it was told so.
                std::this_thread::sleep_for(std::chrono::milliseconds{1});
            }
    }

    std::set<std::int64_t> acknowledged_;
    std::atomic<std::int64_t> last_ = 0;
    std::jthread thread_;
};

}  // namespace dreams::test
