#include "store/scores.h"

namespace dreams::store {
namespace {

struct LeadScores {
    Scores scores;
    Activity activity;
    Intent intent;
    static constexpr auto columns() {
        return Columns{Part{&LeadScores::scores}, Part{&LeadScores::activity},
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
