#include "bench/bare.h"
#include "bench/bench.h"
#include "bench/listings.h"
#include "jobs/import.h"
#include "store/schema.h"

namespace dreams::bench {
namespace {

constexpr std::size_t homes_a_file = 1'200, files_a_week = 9;
constexpr int weeks = 2;
constexpr std::size_t rows_imported = homes_a_file * files_a_week * weeks;
static_assert(rows_imported == 21'600);
constexpr double most_seconds = 3;

struct File {
    std::string name, text;
};

/// Two weeks of one market: each home is in a file of each week.
std::vector<File> files() {
    std::vector<File> files;
    for (int week = 0; week < weeks; ++week)
        for (std::size_t n = 0; n < files_a_week; ++n)
            files.push_back({redfin_name(n * homes_a_file, week),
                             redfin_file(n * homes_a_file, homes_a_file, week)});
    return files;
}

/// The way of `dreams import` from the files' texts on. Gives the seconds.
double by_import(const std::string& path, const std::vector<File>& files) {
    store::init_file(path);
    Db db = store::open_file(path);
    std::vector<jobs::UploadedFile> uploads;
    for (const auto& file : files) uploads.push_back({file.name, file.text});
    jobs::Progress silence;
    const Stopwatch watch;
    const auto report =
        jobs::import_texts(db, uploads, {}, Zone("America/New_York"), monday, silence);
    const double seconds = watch.seconds();
    std::int64_t rows = 0;
    for (const auto& file : report.files)
        rows += file.counts.created + file.counts.updated + file.counts.unchanged;
    if (rows != static_cast<std::int64_t>(rows_imported))
        throw Error(Fault::internal, "the import took other rows than the files have");
    return seconds;
}

/// The rows of properties that came of it, each written as often as it was told of, by one prepared
/// statement. Gives the seconds.
double bare(const std::string& path, const std::vector<Cells>& homes) {
    store::init_file(path);
    Bare db(path);
    std::string places = "?";
    for (std::size_t i = 1; i < homes.front().size(); ++i) places += ",?";
    const Stopwatch watch;
    auto insert = db.prepare("INSERT OR REPLACE INTO properties VALUES (" + places + ")");
    for (int week = 0; week < weeks; ++week)
        for (std::size_t first = 0; first < homes.size(); first += homes_a_file) {
            db.run("BEGIN IMMEDIATE");
            for (std::size_t i = first; i < std::min(homes.size(), first + homes_a_file); ++i)
                insert.write(homes[i]);
            db.run("COMMIT");
        }
    return watch.seconds();
}

}  // namespace

void importing(const Setting& setting, Table& table) {
    const auto listing_files = files();
    Best ours, limit;
    for (int run = 0; run < setting.runs; ++run) {
        const auto one = setting.folder.file("imported" + std::to_string(run) + ".db"),
                   other = setting.folder.file("inserted" + std::to_string(run) + ".db");
        ours.see(by_import(one, listing_files));
        limit.see(bare(other, Bare(one).prepare("SELECT * FROM properties").read()));
    }
    const double ratio = ours.seconds() / limit.seconds();
    table.add({"21,600 rows of 18 listing files imported", milliseconds(ours.seconds()),
               milliseconds(limit.seconds()), ratio, "< 3 s", ours.seconds() < most_seconds});
}

}  // namespace dreams::bench
