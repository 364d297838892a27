#pragma once

#include <string>
#include <vector>

#include "bench/bench.h"

namespace dreams::bench {

/// What is asked for in turn under one name.
struct Page {
    std::string name;
    std::vector<std::string> paths;
};

/// Asks the server on `port` for a page as fast as it goes, the same server of ours for a
/// ready-made page of that size, and adds the line; the aim is that of 99 of 100 answers.
void measure(const Page& page, int port, int runs, double most_seconds, Table& table);

}  // namespace dreams::bench
