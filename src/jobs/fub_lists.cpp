#include "jobs/fub_walk.h"
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

void sync_events(FubRun& run) {
    const List<sources::FubEvent> list{
        .stream = "events",
        .counted_as = "events",
        .page = [&](sources::Query query) { return run.fub.events(std::move(query)); },
        .keep = [&](FubRun::Commit& commit, const auto& event) { run.keep_event(commit, event); }};
    Walk<sources::FubEvent>(run, list).go(run.options.full);
}

void sync_calls(FubRun& run) {
    const Instant settled = run.now - outcome_may_come;
    const List<sources::FubCommunication> list{
        .stream = "calls",
        .counted_as = "calls",
        .page = [&](sources::Query query) { return run.fub.calls(std::move(query)); },
        .keep = [&](FubRun::Commit& commit,
                    const auto& call) { run.keep_communication(commit, call); },
        .may_change = [settled](const auto& call) { return call.record.occurred_at > settled; }};
    Walk<sources::FubCommunication>(run, list).go(run.options.full);
}

}  // namespace dreams::jobs
