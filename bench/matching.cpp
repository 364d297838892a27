#include <fmt/format.h>

#include "bench/bench.h"
#include "bench/listings.h"
#include "jobs/import.h"
#include "jobs/match.h"
#include "score/match_policy.h"
#include "store/schema.h"

namespace dreams::bench {
namespace {

/// So many buyers and homes, and how long matching them all may take.
struct Crowd {
    Size size;
    std::size_t homes;
    double most_seconds;
};
constexpr Crowd office{small, 1'000, 1.0};
constexpr Crowd county{{5'000, 63'000, 3'200}, 20'000, 30.0};

void make_crowd(const std::string& path, const Crowd& crowd) {
    make_file(path, account(crowd.size));
    Db db = store::open_file(path);
    jobs::Progress silence;
    jobs::import_texts(db, {{redfin_name(0, 0), redfin_file(0, crowd.homes, 0)}}, {},
                       Zone("America/New_York"), monday, silence);
}

jobs::MatchReport matched(const std::string& path) {
    Db db = store::open_file(path);
    jobs::Progress silence;
    return jobs::match(db, score::match_policy(), monday, Zone("America/New_York"), {}, silence);
}

void measure_crowd(const Setting& setting, const Crowd& crowd, const std::string& name,
                   Table& table) {
    const auto file = setting.folder.file(fmt::format("crowd-{}.db", crowd.homes)),
               copy = setting.folder.file("matched.db");
    make_crowd(file, crowd);
    Best reading, matching, writing, all, again;
    for (int run = 0; run < setting.runs; ++run) {
        copy_file(file, copy);
        const Stopwatch watch;
        const auto first = matched(copy);
        all.see(watch.seconds());
        if (first.created == 0) throw Error(Fault::internal, "no home fits anybody");
        reading.see(first.reading_seconds);
        matching.see(first.matching_seconds);
        writing.see(first.writing_seconds);
        const Stopwatch second;
        const auto repeated = matched(copy);
        again.see(second.seconds());
        if (repeated.created + repeated.changed + repeated.withdrawn != 0)
            throw Error(Fault::internal, "matching twice was not matching once");
    }
    table.add({"match: " + name, milliseconds(all.seconds()), "", std::nullopt,
               fmt::format("≤ {:g} s", crowd.most_seconds), all.seconds() <= crowd.most_seconds});
    table.add({"  of this, reading", milliseconds(reading.seconds())});
    table.add({"  of this, matching alone", milliseconds(matching.seconds())});
    table.add({"  of this, writing", milliseconds(writing.seconds())});
    table.add({"  once more, nothing new", milliseconds(again.seconds())});
}

}  // namespace

void matching(const Setting& setting, Table& table) {
    measure_crowd(setting, office, "430 people, 1,000 homes", table);
    measure_crowd(setting, county, "5,000 people, 20,000 homes", table);
}

}  // namespace dreams::bench
