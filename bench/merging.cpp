#include "base/db_rows.h"
#include "bench/bare.h"
#include "bench/bench.h"
#include "jobs/merge.h"
#include "store/compare.h"
#include "store/merge.h"
#include "store/origin.h"
#include "store/schema.h"
#include "store/table_shape.h"

namespace dreams::bench {
namespace {

constexpr double most_compare_ratio = 1.5;
constexpr double most_merge_seconds = 2;

/// One of a hundred people, events and calls is new or other, each copy's own.
void go_on(const std::string& path, const std::string& mark) {
    Db db = store::open_file(path);
    auto transaction = db.begin();
    db.run("UPDATE leads SET notes = :mark, updated_at = :now WHERE rowid % 100 = :number",
           {{"mark", mark}, {"now", monday}, {"number", mark == "a" ? 3 : 5}});
    db.run(R"sql(
        INSERT INTO contact_events
        SELECT :mark || id, contact_id, event_type, occurred_at, property_address, property_price,
               property_mls, fub_event_id, imported_at FROM contact_events WHERE rowid % 100 = 7)sql",
           {{"mark", mark}});
    db.run(R"sql(
        INSERT INTO contact_communications
        SELECT :mark || id, contact_id, comm_type, direction, occurred_at, duration_seconds, fub_id,
               fub_user_name, status, imported_at FROM contact_communications
         WHERE rowid % 100 = 7)sql",
           {{"mark", mark}});
    transaction.commit();
}

/// Every value of every row of a file, and nothing done with it.
void scan(const std::string& path, const std::vector<std::string>& tables) {
    const Bare db(path);
    for (const auto& table : tables) db.prepare("SELECT * FROM " + quoted_name(table)).scan();
}

double compare_seconds(const std::string& a, const std::string& b) {
    Db one = Db::open(a, Db::Mode::read_only), other = Db::open(b, Db::Mode::read_only);
    const Stopwatch watch;
    if (store::same(store::compare(one, other)))
        throw Error(Fault::internal, "two copies that went on are the same");
    return watch.seconds();
}

double merge_seconds(const std::string& a, const std::string& b) {
    Db ours = store::open_file(a), theirs = Db::open(b, Db::Mode::read_only);
    const Stopwatch watch;
    auto transaction = ours.begin();
    const auto report = store::merge(ours, theirs, Zone("America/New_York"), monday);
    transaction.commit();
    const double seconds = watch.seconds();
    for (const auto& table : report.tables)
        if (table.table == "contact_events" && table.added < 1000)
            throw Error(Fault::internal, "the merge brought no events");
    return seconds;
}

}  // namespace

void merging(const Setting& setting, Table& table) {
    const auto a = setting.folder.file("a.db"), b = setting.folder.file("b.db"),
               into = setting.folder.file("into.db");
    make_file(a, account(half_large));
    rescore_file(a, monday);
    {
        Db db = store::open_file(a);
        store::stamp(db, "prd", monday);
    }
    copy_file(a, b);
    {
        Db db = store::open_file(b);
        store::stamp(db, "prd", monday);
    }
    go_on(a, "a");
    go_on(b, "b");
    std::vector<std::string> tables;
    {
        Db db = store::open_file(a);
        tables = store::table_names(db);
    }
    Best scanning, comparing, copying, merging, whole;
    for (int run = 0; run < setting.runs; ++run) {
        const Stopwatch watch;
        scan(a, tables);
        scan(b, tables);
        scanning.see(watch.seconds());
        comparing.see(compare_seconds(a, b));
        const Stopwatch copy;
        copy_file(a, into);
        copying.see(copy.seconds());
        merging.see(merge_seconds(into, b));
        copy_file(a, into);
        Db db = store::open_file(into);
        const Stopwatch all;
        jobs::merge(db, b, Zone("America/New_York"), monday);
        whole.see(all.seconds());
    }
    const auto size = mebibytes(static_cast<double>(std::filesystem::file_size(a)));
    const double ratio = comparing.seconds() / scanning.seconds();
    table.add({"two copies of " + size + " compared; limit: both scanned",
               milliseconds(comparing.seconds()), milliseconds(scanning.seconds()), ratio, "≤ 1.5",
               ratio <= most_compare_ratio});
    table.add({"1 % of changes on either side merged, with the snapshot, checked; limit: cp",
               milliseconds(whole.seconds()), milliseconds(copying.seconds()),
               whole.seconds() / copying.seconds(), "< 2 s", whole.seconds() < most_merge_seconds});
    table.add({"  the same without the snapshot", milliseconds(merging.seconds())});
}

}  // namespace dreams::bench
