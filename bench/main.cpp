// dreams_bench PROGRAM [PART…]: measures speed and memory and prints a table. scripts/bench runs
// it.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <exception>

#include "bench/bench.h"

namespace dreams::bench {
namespace {

struct Wanted {
    std::string program;
    std::vector<std::string> parts;  ///< empty: all
    bool has(const std::string& part) const {
        return parts.empty() || std::ranges::find(parts, part) != parts.end();
    }
};

int from_environment(const char* name, int otherwise) {
    const char* const text = std::getenv(name);
    return text ? std::max(1, std::atoi(text)) : otherwise;
}

/// What is measured in files of an office and of a crowd.
void daily_work(const Wanted& wanted, const Setting& setting, Table& table) {
    const Account office = account(small), crowd = account(large);
    const auto office_file = setting.folder.file("small.db"),
               crowd_file = setting.folder.file("large.db");
    make_file(office_file, office);
    make_file(crowd_file, crowd);
    if (wanted.has("storing")) storing(setting, crowd, table);
    if (wanted.has("rescoring")) rescoring(setting, crowd_file, table);
    rescore_file(office_file, monday);
    rescore_file(crowd_file, monday);
    if (wanted.has("pages")) {
        pages(setting, office_file, office, table);
        pages(setting, crowd_file, crowd, table);
    }
    if (wanted.has("homes")) homes(setting, crowd_file, table);
    if (wanted.has("idle")) idle(setting, crowd_file, crowd, table);
}

bool run(const Wanted& wanted) {
    const Folder folder(std::filesystem::temp_directory_path());
    const Setting setting{folder, std::filesystem::absolute(wanted.program),
                          from_environment("BENCH_RUNS", 5)};
    Table table;
    if (wanted.has("storing") || wanted.has("rescoring") || wanted.has("pages") ||
        wanted.has("homes") || wanted.has("idle"))
        daily_work(wanted, setting, table);
    if (wanted.has("importing")) importing(setting, table);
    if (wanted.has("matching")) matching(setting, table);
    if (wanted.has("backup")) backing_up(setting, table);
    if (wanted.has("merge")) merging(setting, table);
    fmt::print("{}", table.text());
    return table.all_reached();
}

}  // namespace
}  // namespace dreams::bench

int main(int count, char** words) {
    if (count < 2) {
        fmt::print(stderr,
                   "usage: dreams_bench PROGRAM "
                   "[storing|rescoring|pages|importing|matching|homes|backup|merge|idle …]\n");
        return 2;
    }
    try {
        return dreams::bench::run({words[1], {words + 2, words + count}}) ? 0 : 1;
    } catch (const std::exception& error) {
        fmt::print(stderr, "dreams_bench: {}\n", error.what());
        return 1;
    }
}
