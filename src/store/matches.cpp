#include "store/matches.h"

#include "store/contact_homes.h"

namespace dreams::store {
namespace {

const Keep how_buyers{.table = "dreams_match_buyers", .key = "lead_id"};

bool has_text(const std::optional<std::string>& text) {
    return text && !text->empty();
}

}  // namespace

bool is_settled(const Match& match) {
    const auto& decision = match.decision;
    return decision.status != MatchStatus::suggested || decision.sent_at || decision.response_at ||
           decision.shown_at;
}

bool is_touched(const Match& match) {
    return is_settled(match) || has_text(match.decision.agent_notes) ||
           has_text(match.decision.lead_feedback);
}

MatchesKeeper::MatchesKeeper(Db& db) : db_(db), buyers_(db, how_buyers) {}

void MatchesKeeper::add(const Match& match) {
    db_.add("matches", match);
}

void MatchesKeeper::rescore(const MatchId& id, const MatchScores& scores) {
    db_.run(R"sql(
        UPDATE matches SET total_score = :total, stated_score = :stated,
                           behavioral_score = :behavioral, score_breakdown = :breakdown
         WHERE id = :id)sql",
            {{"id", id},
             {"total", scores.total},
             {"stated", scores.stated},
             {"behavioral", scores.behavioral},
             {"breakdown", scores.breakdown}});
}

void MatchesKeeper::withdraw(const MatchId& id) {
    db_.run("DELETE FROM matches WHERE id = :id", {{"id", id}});
}

bool MatchesKeeper::keep(const MatchedBuyer& buyer) {
    return buyers_.keep(buyer) != Kept::unchanged;
}

void MatchesKeeper::forget(const LeadId& lead) {
    db_.run("DELETE FROM dreams_match_buyers WHERE lead_id = :lead", {{"lead", lead}});
}

std::optional<MatchedBuyer> matched_buyer(Db& db, const LeadId& lead) {
    return db.one<MatchedBuyer>("SELECT * FROM dreams_match_buyers WHERE lead_id = :lead",
                                {{"lead", lead}});
}

Match match(Db& db, const MatchId& id) {
    auto found = db.one<Match>("SELECT * FROM matches WHERE id = :id", {{"id", id}});
    if (!found)
        throw Error(Fault::not_found, "There is no such suggestion any more; it was withdrawn.");
    return std::move(*found);
}

void decide_match(Db& db, const MatchId& id, MatchStatus status, Instant now) {
    const Match before = match(db, id);
    const bool answered = status == MatchStatus::accepted || status == MatchStatus::rejected;
    const auto sent_at = status == MatchStatus::sent        ? std::optional(now)
                         : status == MatchStatus::suggested ? std::nullopt
                                                            : before.decision.sent_at;
    db.run(R"sql(
        UPDATE matches SET match_status = :status, sent_at = :sent_at, response_at = :response_at
         WHERE id = :id)sql",
           {{"id", id},
            {"status", status},
            {"sent_at", sent_at},
            {"response_at", answered ? std::optional(now) : std::nullopt}});
    if (status == MatchStatus::sent || status == MatchStatus::accepted)
        keep_matched(db, before.lead, before.property, before.scores.total, now);
    else
        drop_matched(db, before.lead, before.property, now);
}

void note_match(Db& db, const MatchId& id, const std::string& notes, const std::string& feedback) {
    const auto changed = db.run(R"sql(
        UPDATE matches SET agent_notes = nullif(:notes, ''), lead_feedback = nullif(:feedback, '')
         WHERE id = :id)sql",
                                {{"id", id}, {"notes", notes}, {"feedback", feedback}});
    if (changed == 0)
        throw Error(Fault::not_found, "There is no such suggestion any more; it was withdrawn.");
}

}  // namespace dreams::store
