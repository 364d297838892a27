#include "jobs/fub_by_id.h"
#include "jobs/fub_walk.h"
#include "store/fub_people.h"
#include "store/waiting.h"

namespace dreams::jobs {
namespace {

/// A call's outcome may be set after the call (fub-api §7, callsUpdated): so long we look again.
constexpr std::chrono::hours outcome_may_come{48};
constexpr std::chrono::hours setup_lasts{24};

bool is_fresh(Db& db, std::string_view sql, Instant now) {
    const auto seen = db.one<std::optional<Instant>>(sql);
    return seen && *seen && now - **seen < setup_lasts && **seen <= now;
}

/// Reads a list to its end. When that fails, what is there stays and no score falls for it until
/// the list has been read; but a list that the account never gave is not missed.
template <class Item>
void read_list(FubRun& run, const List<Item>& list) {
    try {
        Walk<Item>(run, list).go(run.options.full);
    } catch (const Error& error) {
        const bool given = store::cursor(run.db, "fub", list.stream).walked_at.has_value();
        if (error.fault() != Fault::conflict && (given || error.fault() != Fault::unauthorized)) {
            auto transaction = run.db.begin();
            store::list_missed(run.db, list.stream, error.what(), run.now);
            transaction.commit();
        }
        throw;
    }
    store::list_read(run.db, list.stream);
}

}  // namespace

void sync_setup(FubRun& run) {
    const bool known = is_fresh(run.db, "SELECT min(seen_at) FROM dreams_stages", run.now) &&
                       is_fresh(run.db, "SELECT min(seen_at) FROM dreams_users", run.now);
    if (known && !run.options.full) return;
    StreamCounts& stream = run.stream("setup");
    const RequestsOf requests(run, stream);
    const auto stages = run.fub.stages();
    const auto users = run.fub.users();
    auto transaction = run.db.begin();
    run.db.run("DELETE FROM dreams_stages");
    for (const auto& stage : stages)
        run.db.run(R"sql(
            INSERT INTO dreams_stages (fub_id, name, position, seen_at)
            VALUES (:id, :name, :position, :now) ON CONFLICT (fub_id) DO NOTHING)sql",
                   {{"id", stage.id},
                    {"name", stage.name},
                    {"position", stage.position},
                    {"now", run.now}});
    // Users who have left keep their names: their calls are still theirs.
    for (const auto& user : users) {
        run.db.run("DELETE FROM dreams_users WHERE fub_id = :id", {{"id", user.id}});
        run.db.run(R"sql(
            INSERT INTO dreams_users (fub_id, name, phone, seen_at)
            VALUES (:id, :name, :phone, :now))sql",
                   {{"id", user.id}, {"name", user.name}, {"phone", user.phone}, {"now", run.now}});
    }
    run.db.run("UPDATE dreams_users SET seen_at = :now", {{"now", run.now}});
    transaction.commit();
}

namespace {

/// When what the office wants event types kept as has changed, all events are read again.
void heed_event_types(FubRun& run) {
    Cursor types = store::cursor(run.db, "fub", "event types");
    const auto wanted = run.fub.event_types();
    if (types.note.value_or("") == wanted) return;
    types.note = wanted;
    Cursor events = store::cursor(run.db, "fub", "events");
    events.complete_to = events.top = events.lowest = events.arrived = 0;
    auto transaction = run.db.begin();
    store::save(run.db, types);
    store::save(run.db, events);
    transaction.commit();
}

}  // namespace

void sync_events(FubRun& run) {
    heed_event_types(run);
    const List<sources::FubEvent> list{
        .stream = "events",
        .counted_as = "events",
        .page = [&](sources::Query query) { return run.fub.events(std::move(query)); },
        .keep = [&](FubRun::Commit& commit, const auto& event) { run.keep_event(commit, event); },
        .of_the_gone = store::events_of_deleted};
    read_list(run, list);
}

void sync_calls(FubRun& run) {
    const Instant settled = run.now - outcome_may_come;
    const List<sources::FubCommunication> list{
        .stream = "calls",
        .counted_as = "calls",
        .page = [&](sources::Query query) { return run.fub.calls(std::move(query)); },
        .keep = [&](FubRun::Commit& commit,
                    const auto& call) { run.keep_communication(commit, call); },
        .of_the_gone = store::calls_of_deleted,
        .may_change = [settled](const auto& call) { return call.record.occurred_at > settled; }};
    read_list(run, list);
}

namespace {

/// Reads these records anew, and keeps each as whose FUB says it is now.
void read_again(FubRun& run, const std::string& stream, const std::vector<std::string>& ids,
                const auto& page, const auto& keep) {
    StreamCounts& counts = run.stream(stream);
    const RequestsOf requests(run, counts);
    ask_by_id(ids, page, [&](const auto& rows) {
        FubRun::Commit commit(run, counts);
        for (const auto& row : rows.items) keep(commit, row);
        for (const auto& record : rows.unreadable) commit.refuse(record);
        commit.commit();
    });
}

}  // namespace

void sync_handed_over(FubRun& run) {
    const auto people = store::suspected_handed_over(run.db);
    if (people.empty()) return;
    std::vector<std::string> events, calls;
    for (const auto& person : people) {
        std::ranges::move(store::event_ids_of(run.db, person), std::back_inserter(events));
        std::ranges::move(store::call_ids_of(run.db, person), std::back_inserter(calls));
    }
    read_again(
        run, "events", events,
        [&](sources::Query query) { return run.fub.events(std::move(query)); },
        [&](FubRun::Commit& commit, const auto& event) { run.keep_event(commit, event); });
    read_again(
        run, "calls", calls, [&](sources::Query query) { return run.fub.calls(std::move(query)); },
        [&](FubRun::Commit& commit, const auto& call) { run.keep_communication(commit, call); });
    FubRun::Commit commit(run, run.stream("events"));
    for (const auto& person : people) {
        commit.saw(person, Kept::updated);  // what they look at has changed with their events
        store::no_longer_suspected(run.db, person);
    }
    commit.commit();
}

}  // namespace dreams::jobs
