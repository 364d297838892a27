#include "bench/file.h"

#include <stdlib.h>

#include "jobs/rescore.h"
#include "score/policy.h"
#include "store/contact_communications.h"
#include "store/cursors.h"
#include "store/fub_people.h"
#include "store/leads.h"
#include "store/schema.h"
#include "store/sync_log.h"

namespace dreams::bench {
namespace {

using namespace std::chrono;

constexpr int days_of_history = 30;

void add_people(Db& db, const Account& account) {
    store::PeopleKeeper keeper(db);
    for (const Person& person : account.people) {
        keeper.keep(*person.fub_id, person, monday - days{400}, monday);
        store::keep_state(db, {.id = *person.fub_id, .updated_at = monday});
    }
}

void add_setup(Db& db) {
    db.run(
        "INSERT INTO dreams_stages (fub_id, name, position, seen_at) "
        "VALUES ('2', 'Lead', 1, :now)",
        {{"now", monday}});
    db.run("INSERT INTO dreams_users (fub_id, name, seen_at) VALUES ('1', 'Joseph Agent', :now)",
           {{"now", monday}});
}

/// Sync runs and cursors, so that the pages that tell of freshness have something to tell.
void add_runs(Db& db) {
    for (int day = days_of_history; day >= 0; --day) {
        SyncReport report{.source = "fub"};
        report.sync_id = store::open_run(db, "incremental", "fub", monday - days{day});
        store::close_run(db, report, JsonText{R"({"outcome":"done"})"}, monday - days{day});
    }
    for (const char* stream : {"people", "events", "calls"})
        store::save(db, Cursor{.source = "fub", .stream = stream, .walked_at = monday});
}

/// Every day of the last month, as if a rescore had run on each: the first and the last truly.
void add_history(const std::string& path) {
    const Instant first = monday - days{days_of_history};
    rescore_file(path, first);
    {
        Db db = store::open_file(path);
        auto transaction = db.begin();
        for (int day = days_of_history - 1; day > 1; --day)
            db.run(R"sql(
                INSERT INTO contact_scoring_history (contact_id, recorded_at, sync_id, heat_score,
                       value_score, relationship_score, priority_score, website_visits,
                       properties_viewed, calls_inbound, calls_outbound, texts_total,
                       intent_signal_count, heat_delta, trend_direction)
                SELECT contact_id, :at, sync_id, heat_score, value_score, relationship_score,
                       priority_score, website_visits, properties_viewed, calls_inbound,
                       calls_outbound, texts_total, intent_signal_count, heat_delta,
                       trend_direction
                  FROM contact_scoring_history WHERE recorded_at = :first)sql",
                   {{"at", monday - days{day}}, {"first", first}});
        transaction.commit();
    }
    rescore_file(path, monday - days{1});
}

}  // namespace

Folder::Folder(const std::filesystem::path& within) {
    std::string name = within / "dreams-bench-XXXXXX";
    if (!::mkdtemp(name.data()))
        throw Error(Fault::unavailable, "no folder can be made in " + within.string());
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;  // what is left over in a temporary folder harms nobody
    std::filesystem::remove_all(path_, ignored);
}

void make_people(const std::string& path, const Account& account) {
    store::init_file(path);
    Db db = store::open_file(path);
    auto transaction = db.begin();
    add_people(db, account);
    transaction.commit();
}

void make_file(const std::string& path, const Account& account) {
    make_people(path, account);
    {
        Db db = store::open_file(path);
        auto transaction = db.begin();
        db.add_all("contact_events", account.events);
        db.add_all("lead_activities", account.activities);
        store::CommunicationsKeeper keeper(db);
        for (const auto& [record, automated] : account.communications)
            keeper.keep(record, automated);
        add_setup(db);
        add_runs(db);
        transaction.commit();
    }
    add_history(path);
}

void copy_file(const std::string& from, const std::string& to) {
    for (const char* beside : {"-wal", "-shm"}) std::filesystem::remove(to + beside);
    std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
}

void rescore_file(const std::string& path, Instant as_of) {
    Db db = store::open_file(path);
    jobs::Progress silence;
    jobs::rescore(db, score::house_policy(), as_of, Zone("America/New_York"), {}, silence);
}

}  // namespace dreams::bench
