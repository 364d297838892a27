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
    auto counted = cursor(db, source, stream);
    const auto beside = number_beside(db.path(), lineage);
    counted.complete_to = std::max(counted.complete_to, beside == unreadable ? 0 : beside) + 1;
    save(db, counted);
    keep_text(sent_beside(db.path()), lineage + " " + std::to_string(counted.complete_to) + "\n");
}

}  // namespace dreams::store
