#include "store/sent_mark.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>

#include "base/small_file.h"
#include "base/text.h"
#include "store/cursors.h"

namespace dreams::store {
namespace {

constexpr std::string_view source = "dreams", stream = "sent";
constexpr auto unreadable = std::numeric_limits<std::int64_t>::max();

bool in_memory(const Db& db) {
    return db.path().empty() || db.path() == ":memory:";
}

/// What is beside the file; 0: nothing, or of another lineage.
std::int64_t number_beside(const std::string& path, const std::string& lineage) {
    const auto beside = sent_beside(path);
    std::error_code missing;
    if (!std::filesystem::exists(beside, missing)) return 0;
    std::ifstream in(beside);
    std::string line;
    std::getline(in, line);
    const auto words = text::split(line, ' ');
    const auto number = words.size() == 2 ? text::integer(words[1]) : std::nullopt;
    if (!number) return unreadable;
    return words[0] == lineage ? *number : 0;
}

/// While it stands, what is committed is on the disk: after a power cut the file would otherwise
/// count less than the one beside it, and be taken for an older state of itself.
class FullSync {
public:
    explicit FullSync(Db& db) : db_(db), before_(db.value<int>("PRAGMA synchronous")) {
        db_.script("PRAGMA synchronous = FULL");
    }
    FullSync(const FullSync&) = delete;
    FullSync& operator=(const FullSync&) = delete;
    ~FullSync() { db_.script("PRAGMA synchronous = " + std::to_string(before_)); }

private:
    Db& db_;
    int before_;
};

}  // namespace

std::string sent_beside(const std::string& path) {
    return path + ".sent";
}

bool is_older_than_sent(Db& db, const std::string& lineage) {
    return !in_memory(db) &&
           cursor(db, source, stream).complete_to < number_beside(db.path(), lineage);
}

void count_sent(Db& db, const std::string& lineage) {
    if (in_memory(db)) return;
    {
        const FullSync on_disk(db);
        auto transaction = db.begin();
        auto counted = cursor(db, source, stream);
        const auto beside = number_beside(db.path(), lineage);
        counted.complete_to = std::max(counted.complete_to, beside == unreadable ? 0 : beside) + 1;
        save(db, counted);
        transaction.commit();
    }
    // Whoever counts at once writes in turn what the file says then: beside it nothing counts down.
    const auto in_turn = db.begin();
    keep_text(sent_beside(db.path()),
              lineage + " " + std::to_string(cursor(db, source, stream).complete_to) + "\n");
}

}  // namespace dreams::store
