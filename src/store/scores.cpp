#include "store/scores.h"

#include <unordered_map>

#include "store/directory.h"

namespace dreams::store {
namespace {

/// So far back the last snapshot before today is looked for; older ones say nothing of a change.
constexpr std::chrono::days snapshots_back{30};

struct LeadScores {
    Scores scores;
    Activity activity;
    Intent intent;
    static constexpr auto columns() {
        return std::tuple{Part{&LeadScores::scores}, Part{&LeadScores::activity},
                          Part{&LeadScores::intent}};
    }
};

/// `UPDATE table SET a = ?1 … WHERE key = ?n+1`: the scores' columns and no others.
template <Record R>
std::string update_by_key(const std::string& table, const std::string& key) {
    std::string sql;
    int at = 0;
    for (const auto name : detail::column_names<R>()) {
        ++at;
        sql += (at == 1 ? "" : ", ") + std::string(name) + " = ?" + std::to_string(at);
    }
    return "UPDATE " + table + " SET " + sql + " WHERE " + key + " = ?" + std::to_string(at + 1);
}

/// What FUB's side of a person may have: few have any of it.
struct Trouble {
    bool stale = false;
    bool phone_works = true;
};

std::unordered_map<std::string, Trouble> troubles(Db& db) {
    std::unordered_map<std::string, Trouble> found;
    Statement rows = db.prepare(R"sql(
        SELECT fub_id, stale_since IS NOT NULL, phone_works FROM dreams_fub_people
         WHERE stale_since IS NOT NULL OR phone_works = 0)sql");
    while (rows.step())
        found.emplace(rows.text(0), Trouble{rows.integer(1) != 0, rows.integer(2) != 0});
    return found;
}

/// Which snapshot of the day each has already; the last one, if an older program left several.
void add_todays(Db& db, std::vector<Standing>& all, const Directory& by_lead, Instant day_start,
                Instant day_end) {
    Statement rows = db.query(R"sql(
        SELECT contact_id, id FROM contact_scoring_history
         WHERE recorded_at >= :day_start AND recorded_at < :day_end ORDER BY recorded_at, id)sql",
                              {{"day_start", day_start}, {"day_end", day_end}});
    while (rows.step())
        if (const auto at = by_lead.find(rows.text(0))) all[*at].snapshot_today = rows.integer(1);
}

/// What heat each had on the last earlier day. The last run has left it for nearly everyone under
/// one instant; only whom it did not know are looked for one by one. A month of everyone's
/// snapshots is a million rows, and reading them took longer than all else.
void add_before(Db& db, std::vector<Standing>& all, const Directory& by_lead, Instant day_start) {
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
        if (const auto at = by_lead.find(run.text(0))) all[*at].heat_before = run.real(1);
    Statement own = db.query(R"sql(
        SELECT heat_score FROM contact_scoring_history
         WHERE contact_id = :lead AND recorded_at >= :since AND recorded_at < :day_start
         ORDER BY recorded_at DESC, id DESC LIMIT 1)sql",
                             {{"lead", ""}, {"since", since}, {"day_start", day_start}});
    const int lead = own.parameter("lead");
    for (Standing& standing : all) {
        if (standing.heat_before) continue;
        own.bind(lead, std::string_view(standing.lead.text), Hold::borrow);
        if (own.step()) standing.heat_before = own.real(0);
        own.reset();
    }
}

void add_snapshots(Db& db, std::vector<Standing>& all, Instant day_start, Instant day_end) {
    const Directory by_lead(
        all, [](const Standing& each) -> std::string_view { return each.lead.text; });
    add_todays(db, all, by_lead, day_start, day_end);
    add_before(db, all, by_lead, day_start);
}

}  // namespace

std::vector<Standing> standings(Db& db, Instant day_start, Instant day_end) {
    const auto troubled = troubles(db);
    std::vector<Standing> all;
    all.reserve(db.value<std::size_t>("SELECT count(*) FROM leads"));
    Statement people = db.prepare(R"sql(
        SELECT id, heat_score, value_score, relationship_score, priority_score, tags, stage, fub_id
          FROM leads ORDER BY id)sql");
    while (people.step()) {
        Standing& standing = all.emplace_back();
        standing.lead = people.get<LeadId>(0);
        standing.scores = {.heat = people.integer(1),
                           .value = people.integer(2),
                           .relationship = people.integer(3),
                           .priority = people.integer(4)};
        standing.tags = people.text(5);
        standing.stage = people.text(6);
        if (troubled.empty()) continue;
        const auto trouble = troubled.find(std::string(people.text(7)));
        if (trouble == troubled.end()) continue;
        standing.stale = trouble->second.stale;
        standing.phone_works = trouble->second.phone_works;
    }
    add_snapshots(db, all, day_start, day_end);
    return all;
}

ScoresKeeper::ScoresKeeper(Db& db)
    : lead_(db.prepare(update_by_key<LeadScores>("leads", "id"))),
      why_(db.prepare(R"sql(
          INSERT INTO dreams_lead_scores (lead_id, policy, reason, barred)
          VALUES (:lead, :policy, :reason, :barred)
          ON CONFLICT (lead_id) DO UPDATE SET policy = excluded.policy, reason = excluded.reason,
                                              barred = excluded.barred)sql")),
      add_(db.prepare(detail::insert_sql("contact_scoring_history",
                                         detail::column_names<ScoringSnapshot>(), ""))),
      replace_(db.prepare(update_by_key<ScoringSnapshot>("contact_scoring_history", "id"))) {}

void ScoresKeeper::save(const Judged& judged) {
    const LeadScores columns{judged.scores, judged.activity, judged.intent};
    detail::bind_columns(lead_, columns);
    lead_.bind(lead_.parameters() - 1, std::string_view(judged.lead.text), Hold::borrow);
    lead_.step();
    lead_.reset();
    why_.bind(0, std::string_view(judged.lead.text), Hold::borrow);
    why_.bind(1, std::string_view(judged.policy), Hold::borrow);
    why_.bind(2, std::string_view(judged.reason), Hold::borrow);
    Field<std::optional<std::string>>::bind(why_, 3, judged.barred, Hold::borrow);
    why_.step();
    why_.reset();
}

void ScoresKeeper::snapshot(const ScoringSnapshot& snapshot, std::optional<std::int64_t> replaces) {
    Statement& statement = replaces ? replace_ : add_;
    detail::bind_columns(statement, snapshot);
    if (replaces) statement.bind(statement.parameters() - 1, *replaces);
    statement.step();
    statement.reset();
}

}  // namespace dreams::store
