#include "bench/bare.h"
#include "bench/bench.h"
#include "jobs/fub_walk.h"
#include "store/schema.h"

namespace dreams::bench {
namespace {

constexpr std::size_t events_stored = 200'000;
constexpr std::size_t page_size = 100;  ///< rows a page, and so a commit (fub-api §0.3)

using Event = sources::FubEvent;
using Pages = std::vector<sources::Page<Event>>;

/// The newest events, newest first, as Follow Up Boss sends them.
std::vector<ContactEvent> newest(const Account& account) {
    return {account.events.rbegin(), account.events.rbegin() + events_stored};
}

Pages pages_of(const std::vector<ContactEvent>& events) {
    Pages pages;
    for (std::size_t first = 0; first < events.size(); first += page_size) {
        auto& page = pages.emplace_back();
        for (std::size_t i = first; i < std::min(events.size(), first + page_size); ++i)
            page.items.push_back(
                {std::stoll(*events[i].fub_event_id), events[i].person, events[i]});
        page.rows = std::ssize(page.items);
        page.highest = page.items.front().id;
        page.lowest = page.items.back().id;
        if (first + page_size < events.size()) page.next = std::to_string(pages.size());
    }
    return pages;
}

sources::Fub nobody(Clock& clock) {
    return {{},
            [](const http::Ask&) -> http::Answer {
                throw Error(Fault::internal, "storing asks nobody");
            },
            clock};
}

/// The sync's own way from the pages on: jobs/fub_walk, a commit a page with its cursor, counts
/// and sign of life. Gives the seconds.
double by_sync(const std::string& path, Pages pages) {
    Db db = store::open_file(path);
    ManualClock clock(monday);
    const sources::Fub fub = nobody(clock);
    store::Lease lease(db, "sync fub", monday);
    SyncReport report{.source = "fub"};
    jobs::Progress silence;
    const jobs::SyncOptions wanted;
    std::size_t at = 0;
    const Stopwatch watch;
    jobs::FubRun run({db, clock, wanted, silence, lease, report, [] { return 0; }}, fub);
    const jobs::List<Event> list{
        .stream = "events",
        .counted_as = "events",
        .page = [&](const sources::Query&) { return std::move(pages[at++]); },
        .keep = [&](auto& commit, const Event& event) { run.keep_event(commit, event); }};
    jobs::Walk<Event>(run, list).go(true);
    return watch.seconds();
}

std::vector<Cells> cells_of(const std::vector<ContactEvent>& events) {
    std::vector<Cells> rows;
    const auto text = [](const std::optional<std::string>& value) {
        return value ? Cell(*value) : Cell();
    };
    for (const auto& e : events)
        rows.push_back({e.id.text, e.person.text, std::string(word(e.kind)), to_text(e.occurred_at),
                        text(e.property_address),
                        e.property_price ? Cell(*e.property_price) : Cell(), text(e.property_mls),
                        text(e.fub_event_id), to_text(e.imported_at)});
    return rows;
}

/// One prepared INSERT, as many rows a transaction. Gives the seconds.
double bare(const std::string& path, const std::vector<Cells>& rows) {
    Bare db(path);
    const Stopwatch watch;
    auto insert = db.prepare(
        "INSERT INTO contact_events (id, contact_id, event_type, occurred_at, property_address, "
        "property_price, property_mls, fub_event_id, imported_at) VALUES (?,?,?,?,?,?,?,?,?)");
    for (std::size_t first = 0; first < rows.size(); first += page_size) {
        db.run("BEGIN IMMEDIATE");
        for (std::size_t i = first; i < std::min(rows.size(), first + page_size); ++i)
            insert.write(rows[i]);
        db.run("COMMIT");
    }
    return watch.seconds();
}

}  // namespace

void storing(const Setting& setting, const Account& account, Table& table) {
    const auto empty = setting.folder.file("people.db"), one = setting.folder.file("synced.db"),
               other = setting.folder.file("bare.db");
    make_people(empty, account);
    const auto events = newest(account);
    const auto pages = pages_of(events);
    const auto rows = cells_of(events);
    Best ours, limit;
    for (int run = 0; run < setting.runs; ++run) {
        copy_file(empty, one);
        copy_file(empty, other);
        ours.see(by_sync(one, pages));
        limit.see(bare(other, rows));
    }
    if (!same_rows(one, other, "contact_events"))
        throw Error(Fault::internal, "the sync stored other events than the bare inserts");
    const double ratio = limit.seconds() / ours.seconds();
    table.add({"events stored by a sync, 100 a commit",
               rate(events_stored / ours.seconds(), "rows"),
               rate(events_stored / limit.seconds(), "rows"), ratio, "≥ 0.5", ratio >= 0.5});
}

}  // namespace dreams::bench
