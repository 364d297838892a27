#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "bench/bench.h"
#include "bench/caller.h"
#include "bench/measure.h"
#include "bench/program.h"
#include "store/schema.h"

namespace dreams::bench {
namespace {

constexpr double drive_seconds = 1;
constexpr double most_seconds = 0.010;        ///< for 99 of 100 pages
constexpr double most_idle_bytes = 40 << 20;  ///< of memory
constexpr double most_start_seconds = 0.050;

using Paths = std::vector<std::string>;

/// People from all over the account.
Paths person_pages(const Account& account) {
    Paths paths;
    for (std::size_t i = 0; i < 200; ++i)
        paths.push_back("/people/" + person_id(i * 37 % account.people.size()));
    return paths;
}

/// Whoever did most.
std::string busiest(const Account& account) {
    std::map<FubId, int> acts;
    for (const auto& event : account.events) ++acts[event.person];
    return std::ranges::max_element(acts, {}, [](const auto& each) { return each.second; })
        ->first.text;
}

std::vector<Page> pages_of(const Account& account) {
    const auto last = std::to_string(account.people.size() / 50 - 1);
    return {
        {"call list", {"/calls"}},
        {"people", {"/people"}},
        {"people, searched",
         {"/people?search=garcia", "/people?search=ana+walker", "/people?search=zoe",
          "/people?search=555-1", "/people?search=ziegler%40", "/people?search=nobody"}},
        {"people, by name, last page", {"/people?sort=name&page=" + last}},
        {"people, of a stage, by activity", {"/people?stage=Nurture&sort=last_activity&page=2"}},
        {"one person", person_pages(account)},
        {"the busiest person", {"/people/" + busiest(account)}},
    };
}

/// A person is renamed, and everyone at a glance has to be read anew.
double first_after_change(const std::string& file, int port, int runs) {
    Best best;
    Caller caller(port);
    Db db = store::open_file(file);
    for (int run = 0; run < runs; ++run) {
        db.run("UPDATE leads SET first_name = 'Ana' || :run WHERE id = :id",
               {{"run", run}, {"id", person_id(0)}});
        const Stopwatch watch;
        caller.get("/people");
        best.see(watch.seconds());
    }
    return best.seconds();
}

void start(const Setting& setting, const std::string& file, Table& table) {
    std::vector<double> times;
    for (int i = 0; i < 10; ++i) {
        const Stopwatch watch;
        const Program program(setting.program, setting.folder.file(""), file);
        Caller(program.port()).get("/health");
        times.push_back(watch.seconds());
    }
    std::ranges::sort(times);
    table.add({"start, to the first answer",
               "least " + milliseconds(times.front()) + ", median " + milliseconds(times[5]),
               "",
               {},
               "< 50 ms",
               times[5] < most_start_seconds});
}

void tell_memory(const std::string& when, double bytes, Table& table) {
    table.add({"memory, " + when, mebibytes(bytes), "", {}, "< 40 MB", bytes < most_idle_bytes});
}

}  // namespace

void pages(const Setting& setting, const std::string& file, const Account& account, Table& table) {
    const auto size = text::grouped(std::ssize(account.people)) + " people";
    const Program program(setting.program, setting.folder.file(""), file);
    for (const auto& page : pages_of(account))
        measure({page.name + ", " + size, page.paths}, program.port(), setting.runs, most_seconds,
                table);
    table.add({"people, first after a change, " + size,
               milliseconds(first_after_change(file, program.port(), setting.runs))});
}

void idle(const Setting& setting, const std::string& file, const Account& account, Table& table) {
    start(setting, file, table);
    const Program program(setting.program, setting.folder.file(""), file);
    Caller(program.port()).get("/health");
    tell_memory("idle after the start", program.resident_bytes(), table);
    for (const auto& page : pages_of(account)) drive(program.port(), page.paths, drive_seconds);
    tell_memory("idle after all pages", program.resident_bytes(), table);
}

}  // namespace dreams::bench
