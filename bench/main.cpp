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

bool run(const Wanted& wanted) {
    const Folder folder(std::filesystem::temp_directory_path());
    const Setting setting{folder, wanted.program, from_environment("DREAMS_BENCH_RUNS", 5)};
    Table table;
    const Account everyone = account(large);
    if (wanted.has("storing")) storing(setting, everyone, table);
    const auto file = folder.file("large.db");
    if (wanted.has("rescoring")) {
        make_file(file, everyone);
        rescoring(setting, file, table);
    }
    fmt::print("{}", table.text());
    return table.all_reached();
}

}  // namespace
}  // namespace dreams::bench

int main(int count, char** words) {
    if (count < 2) {
        fmt::print(stderr, "usage: dreams_bench PROGRAM [storing|rescoring|pages|program …]\n");
        return 2;
    }
    try {
        return dreams::bench::run({words[1], {words + 2, words + count}}) ? 0 : 1;
    } catch (const std::exception& error) {
        fmt::print(stderr, "dreams_bench: {}\n", error.what());
        return 1;
    }
}
