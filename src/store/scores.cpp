#include "store/scores.h"

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

}  // namespace

std::unordered_map<LeadId, Standing> standings(Db& db, Instant day_start, Instant day_end) {
    std::unordered_map<LeadId, Standing> all;
    Statement people = db.prepare(R"sql(
        SELECT l.id, l.heat_score, l.value_score, l.relationship_score, l.priority_score,
               coalesce(l.tags, ''), coalesce(l.stage, ''), p.stale_since IS NOT NULL,
               coalesce(p.phone_works, 1)
          FROM leads l LEFT JOIN dreams_fub_people p ON p.fub_id = l.fub_id)sql");
    while (people.step()) {
        Standing& standing = all[people.get<LeadId>(0)];
        standing.scores = {.heat = people.integer(1),
                           .value = people.integer(2),
                           .relationship = people.integer(3),
                           .priority = people.integer(4)};
        standing.tags = people.text(5);
        standing.stage = people.text(6);
        standing.stale = people.integer(7) != 0;
        standing.phone_works = people.integer(8) != 0;
    }
    Statement snapshots = db.query(
        R"sql(
        SELECT contact_id, id, heat_score, recorded_at >= :day_start
          FROM contact_scoring_history
         WHERE recorded_at >= :since AND recorded_at < :day_end
         ORDER BY recorded_at, id)sql",
        {{"day_start", day_start}, {"since", day_start - snapshots_back}, {"day_end", day_end}});
    while (snapshots.step()) {
        const auto found = all.find(snapshots.get<LeadId>(0));
        if (found == all.end()) continue;
        if (snapshots.integer(3) != 0)
            found->second.snapshot_today = snapshots.integer(1);
        else
            found->second.heat_before = snapshots.real(2);
    }
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
