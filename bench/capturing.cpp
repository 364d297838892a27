#include "bench/bench.h"
#include "jobs/capture.h"
#include "store/schema.h"

namespace dreams::bench {
namespace {

constexpr int captures = 200;
constexpr double most_seconds = 0.010, most_seconds_of_batch = 1;

sources::Capture capture_of(int number) {
    sources::Capture capture;
    capture.source = "redfin";
    auto& home = capture.said.listing;
    home.redfin_id = "capture" + std::to_string(number);
    home.address = std::to_string(number + 1) + " Bench Hollow Rd";
    home.city = "Sylva";
    home.zip = "28779";
    home.price = 300'000 + number;
    return capture;
}

/// As many captures as `captures`, each in a transaction of its own as the API has it. Gives the
/// seconds of one in the middle of them.
double one_by_one(Db& db, store::KeysInStep& keys) {
    const Stopwatch watch;
    for (int i = 0; i < captures; ++i) {
        auto transaction = db.begin();
        jobs::CaptureKeeper(db, keys).keep(capture_of(i), monday);
        transaction.commit();
    }
    return watch.seconds() / captures;
}

/// One home again and again in one batch, at another price each time. Gives the seconds of all.
double one_home_in_a_batch(Db& db, store::KeysInStep& keys) {
    const Stopwatch watch;
    auto transaction = db.begin();
    jobs::CaptureKeeper keeper(db, keys);
    for (int i = 0; i < captures; ++i) {
        auto capture = capture_of(0);
        capture.said.listing.price = 400'000 + i;
        keeper.keep(capture, monday);
    }
    transaction.commit();
    return watch.seconds();
}

}  // namespace

void capturing(const Setting& setting, const std::string& file, Table& table) {
    Best one, batch;
    for (int run = 0; run < setting.runs; ++run) {
        const auto copy = setting.folder.file("captured" + std::to_string(run) + ".db");
        copy_file(file, copy);
        Db db = store::open_file(copy);
        store::KeysInStep keys;
        keys.see_to(db);
        one.see(one_by_one(db, keys));
        batch.see(one_home_in_a_batch(db, keys));
    }
    table.add({.name = "a capture among 100,000 homes",
               .ours = milliseconds(one.seconds()),
               .aim = "< 10 ms",
               .reached = one.seconds() < most_seconds});
    table.add({.name = "200 captures of one home in a batch",
               .ours = milliseconds(batch.seconds()),
               .aim = "< 1 s",
               .reached = batch.seconds() < most_seconds_of_batch});
}

}  // namespace dreams::bench
