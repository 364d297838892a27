#include "store/everyone.h"

#include <algorithm>
#include <functional>
#include <future>
#include <span>

#include "store/directory.h"
#include "store/traces.h"

namespace dreams::store {
namespace {

/// So far back the last snapshot before today is looked for; older ones say nothing of a change.
constexpr std::chrono::days snapshots_back{30};

constexpr auto people_sql = R"sql(
    SELECT id, fub_id, stage, source, created_at, heat_score, value_score, relationship_score,
           priority_score, tags, total_events
      FROM leads ORDER BY id)sql";
constexpr auto events_sql = R"sql(
    SELECT contact_id, event_type, occurred_at, property_mls, property_address, property_price
      FROM contact_events)sql";
constexpr auto communications_sql = R"sql(
    SELECT contact_id, comm_type, occurred_at, direction, status, duration_seconds, id
      FROM contact_communications)sql";
// What the agent did is nothing that they did.
constexpr auto activities_sql =
    "SELECT lead_id, activity_type, occurred_at FROM lead_activities "
    "WHERE activity_source IS NOT 'agent'";

/// Rows on their way to the people they belong to. Some thousand at a time, since each goes to
/// another place in memory: one by one, waiting for memory took as long as SQLite. A full load is
/// delivered by another thread while SQLite reads on.
class Delivery {
public:
    Delivery(std::vector<History>& everyone, const Directory& people)
        : everyone_(everyone), people_(people) {
        loading_.reserve(full_load);
    }
    void add(std::string_view whose, const Trace& trace) {
        if (const auto number = Directory::number_of(whose))
            loading_.push_back({trace, *number});
        else if (const auto at = people_.find(whose))
            loading_.push_back({trace, 0, &everyone_[*at]});
        if (loading_.size() == full_load) send();
    }
    /// Everything has arrived when this is back.
    void finish() {
        wait();
        deliver(loading_);
        loading_.clear();
    }

private:
    static constexpr std::size_t full_load = 8192;
    static constexpr std::size_t at_once = 1024;  ///< as many as memory's nearer part holds
    struct Pending {
        Trace trace;
        std::uint64_t number;
        History* person = nullptr;  ///< none: found by the number, or nobody known
    };

    void wait() {
        if (underway_.valid()) underway_.get();
    }
    void send() {
        wait();
        sent_.swap(loading_);
        loading_.clear();
        loading_.reserve(full_load);
        underway_ = std::async(std::launch::async, [this] { deliver(sent_); });
    }
    void deliver(std::span<Pending> load) const {
        for (; !load.empty(); load = load.subspan(std::min(at_once, load.size())))
            deliver_some(load.first(std::min(at_once, load.size())));
    }
    void deliver_some(std::span<Pending> rows) const {
        for (const Pending& row : rows) people_.expect(row.number);
        for (Pending& row : rows) {
            if (!row.person)
                if (const auto at = people_.find(row.number)) row.person = &everyone_[*at];
            if (row.person) __builtin_prefetch(&row.person->traces);
        }
        for (const Pending& row : rows)
            if (row.person) row.person->traces.push_back(row.trace);
    }

    std::vector<History>& everyone_;
    const Directory& people_;
    std::vector<Pending> loading_, sent_;
    std::future<void> underway_;  ///< its end is awaited before anything above goes
};

template <class Read>
void collect(Db& db, std::string_view sql, std::vector<History>& everyone, const Directory& people,
             Read read) {
    Delivery delivery(everyone, people);
    Statement rows = db.prepare(sql);
    while (rows.step()) delivery.add(rows.text(0), read(rows));
    delivery.finish();
}

/// Who each person is found by in the tables of what happened.
struct Found {
    Directory by_lead, by_fub;
};

/// Room for what the last rescore counted and some that came since. Only a guess of how much there
/// will be: a wrong one costs time and nothing else.
std::size_t usual_traces(std::int64_t counted) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(counted, 0, 10'000)) + 2;
}

/// Everyone as leads has them. Gives their FUB ids, in the same order.
std::vector<std::string> read_people(Db& db, Everyone& all) {
    std::vector<std::string> fub_ids;
    const auto count = db.value<std::size_t>("SELECT count(*) FROM leads");
    all.histories.reserve(count);
    all.standings.reserve(count);
    fub_ids.reserve(count);
    Statement people = db.prepare(people_sql);
    while (people.step()) {
        History& history = all.histories.emplace_back();
        history.lead = people.get<LeadId>(0);
        fub_ids.emplace_back(people.text(1));
        history.stage = people.text(2);
        history.source = people.text(3);
        history.created_at = people.get<std::optional<Instant>>(4);
        history.traces.reserve(usual_traces(people.integer(10)));
        Standing& standing = all.standings.emplace_back();
        standing.scores = {.heat = people.integer(5),
                           .value = people.integer(6),
                           .relationship = people.integer(7),
                           .priority = people.integer(8)};
        standing.tags = people.text(9);
    }
    return fub_ids;
}

/// What FUB said of them besides.
void add_states(Db& db, Everyone& all, const Directory& by_fub) {
    // Without all events or calls nobody has grown colder either (store/fub_people.h: list_missed).
    const bool all_stale =
        db.one<int>(
              "SELECT 1 FROM dreams_cursors WHERE source = 'fub' AND stream IN ('events missed', "
              "'calls missed') LIMIT 1")
            .has_value();
    Statement states = db.prepare(
        "SELECT fub_id, last_activity_at, stale_since, phone_works FROM dreams_fub_people");
    while (states.step()) {
        const auto at = by_fub.find(states.text(0));
        if (!at) continue;
        all.histories[*at].last_activity_elsewhere = states.get<std::optional<Instant>>(1);
        all.standings[*at].stale = all_stale || !states.is_null(2);
        all.standings[*at].phone_works = states.integer(3) != 0;
    }
}

void add_traces(Db& db, Everyone& all, const Found& people) {
    const Directory automated(db.list<std::string>("SELECT communication_id FROM dreams_automated"),
                              std::identity{});
    collect(db, events_sql, all.histories, people.by_fub, event_trace);
    collect(db, communications_sql, all.histories, people.by_lead, [&](const Statement& row) {
        return communication_trace(row, automated.find(row.text(6)).has_value());
    });
    collect(db, activities_sql, all.histories, people.by_lead, activity_trace);
}

/// Which snapshot of the day each has already; the last one, if an older program left several.
void add_todays(Db& db, Everyone& all, const Directory& by_lead, Instant day_start,
                Instant day_end) {
    Statement rows = db.query(R"sql(
        SELECT contact_id, id FROM contact_scoring_history
         WHERE recorded_at >= :day_start AND recorded_at < :day_end ORDER BY recorded_at, id)sql",
                              {{"day_start", day_start}, {"day_end", day_end}});
    while (rows.step())
        if (const auto at = by_lead.find(rows.text(0)))
            all.standings[*at].snapshot_today = rows.integer(1);
}

/// What heat each had on the last earlier day. The last run has left it for nearly everyone under
/// one instant; only whom it did not know are looked for one by one. A month of everyone's
/// snapshots is a million rows, and reading them took longer than all else.
void add_before(Db& db, Everyone& all, const Directory& by_lead, Instant day_start) {
    const Instant since = day_start - snapshots_back;
    const auto last = db.one<std::string>(R"sql(
        SELECT recorded_at FROM contact_scoring_history
         WHERE recorded_at >= :since AND recorded_at < :day_start
         ORDER BY recorded_at DESC LIMIT 1)sql",
                                          {{"since", since}, {"day_start", day_start}});
    if (!last) return;
    Statement run = db.query(
        "SELECT contact_id, heat_score FROM contact_scoring_history WHERE recorded_at = :last "
        "ORDER BY id",
        {{"last", *last}});
    while (run.step())
        if (const auto at = by_lead.find(run.text(0))) all.standings[*at].heat_before = run.real(1);
    Statement own = db.query(R"sql(
        SELECT heat_score FROM contact_scoring_history
         WHERE contact_id = :lead AND recorded_at >= :since AND recorded_at < :day_start
         ORDER BY recorded_at DESC, id DESC LIMIT 1)sql",
                             {{"lead", ""}, {"since", since}, {"day_start", day_start}});
    const int lead = own.parameter("lead");
    for (std::size_t i = 0; i < all.standings.size(); ++i) {
        if (all.standings[i].heat_before) continue;
        own.bind(lead, std::string_view(all.histories[i].lead.text), Hold::borrow);
        if (own.step()) all.standings[i].heat_before = own.real(0);
        own.reset();
    }
}

Directory by_lead(const Everyone& all) {
    return {all.histories, [](const History& each) -> std::string_view { return each.lead.text; }};
}

}  // namespace

Everyone everyone(Db& db) {
    Everyone all;
    const auto fub_ids = read_people(db, all);
    const Found people{by_lead(all), {fub_ids, std::identity{}}};
    add_states(db, all, people.by_fub);
    add_traces(db, all, people);
    return all;
}

void add_snapshots(Db& db, Everyone& all, Instant day_start, Instant day_end) {
    const Directory people = by_lead(all);
    add_todays(db, all, people, day_start, day_end);
    add_before(db, all, people, day_start);
}

std::vector<History> histories(Db& db) {
    return everyone(db).histories;
}

}  // namespace dreams::store
