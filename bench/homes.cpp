#include "bench/bench.h"
#include "bench/caller.h"
#include "bench/listings.h"
#include "bench/measure.h"
#include "bench/program.h"
#include "jobs/import.h"
#include "store/schema.h"

namespace dreams::bench {
namespace {

constexpr std::size_t homes_in_all = 100'000, homes_a_file = 20'000;
constexpr double most_seconds = 0.020, most_lookers_seconds = 0.005;

void import_homes(const std::string& path) {
    Db db = store::open_file(path);
    jobs::Progress silence;
    for (std::size_t first = 0; first < homes_in_all; first += homes_a_file) {
        const auto text = redfin_file(first, homes_a_file, 0);
        jobs::import_texts(db, {{redfin_name(first, 0), text}}, {}, Zone("America/New_York"),
                           monday, silence);
    }
}

std::vector<Page> pages_of_homes() {
    return {
        {"homes, 100,000", {"/properties"}},
        {"homes, filtered",
         {"/properties?city=Sylva&status=active&min_price=300000&max_price=500000",
          "/properties?min_beds=4&sort=price", "/properties?search=elm+asheville",
          "/properties?search=4100300", "/properties?view=photos&city=Franklin&page=40"}},
        {"homes, last page by price", {"/properties?sort=price&page=2000"}},
        {"homes on the map",
         {"/properties?view=map", "/properties?view=map&city=Asheville",
          "/properties?view=map&area=35.3,-83.3,35.5,-83.0"}},
    };
}

/// The homes that most people look at: who they are is the table on the home's page, and its JSON.
std::vector<std::string> looked_at(const std::string& path) {
    Db db = store::open_file(path);
    std::vector<std::string> paths;
    for (const auto& id : db.list<std::string>(R"sql(
             SELECT property_id FROM contact_properties GROUP BY property_id
              ORDER BY count(*) DESC LIMIT 200)sql"))
        paths.push_back("/properties/" + id);
    if (paths.size() < 200) throw Error(Fault::internal, "nobody looks at the homes");
    return paths;
}

/// The first page after each of several changes, the best of them.
double first_after(const std::string& change, const std::string& path, int port, int runs) {
    Best best;
    Caller caller(port);
    Db db = store::open_file(path);
    const auto id = db.value<std::string>("SELECT min(id) FROM properties");
    for (int run = 0; run < runs; ++run) {
        db.run(change, {{"run", run}, {"id", id}});
        const Stopwatch watch;
        caller.get("/properties");
        best.see(watch.seconds());
    }
    return best.seconds();
}

void after_changes(const std::string& path, int port, int runs, Table& table) {
    const auto add = [&](const std::string& name, const std::string& change) {
        const auto seconds = first_after(change, path, port, runs);
        table.add({name, milliseconds(seconds), "", {}, "< 20 ms", seconds < most_seconds});
    };
    add("homes, first after a change",
        "UPDATE properties SET price = 300000 + :run WHERE id = :id");
    add("homes, first after something else was written",
        "UPDATE properties SET notes = 'note ' || :run WHERE id = :id");
}

}  // namespace

void homes(const Setting& setting, const std::string& file, Table& table) {
    const auto copy = setting.folder.file("homes.db");
    copy_file(file, copy);
    import_homes(copy);
    const auto lookers = looked_at(copy);
    const Program program(setting.program, setting.folder.file(""), copy);
    for (const auto& page : pages_of_homes())
        measure(page, program.port(), setting.runs, most_seconds, table);
    after_changes(copy, program.port(), setting.runs, table);
    measure({"who looks at a home, 545,000 events", lookers}, program.port(), setting.runs,
            most_lookers_seconds, table);
}

}  // namespace dreams::bench
