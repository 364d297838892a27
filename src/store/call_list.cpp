#include "store/call_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/call_rules.h"

namespace dreams::store {
namespace {

constexpr std::ptrdiff_t most_to_write = 10;

struct Candidate {
    CallListEntry entry;
    std::optional<std::string> email, left_out;
    std::string tags;
    bool phone_works = true;

    static constexpr auto columns() {
        return Columns{Part{&Candidate::entry}, Column{"email", &Candidate::email},
                       Column{"left_out", &Candidate::left_out}, Column{"tags", &Candidate::tags},
                       Column{"phone_works", &Candidate::phone_works}};
    }

    std::string_view stage() const { return entry.stage ? *entry.stage : std::string_view(); }

    /// What bars a call holds from the moment the file says so, not from the next rescore on.
    void look_again() {
        if (left_out == "deleted in Follow Up Boss") return;
        const auto no = no_call(stage(), tags, phone_works);
        if (no == NoCall::do_not_call || (no && !left_out)) left_out = std::string(word(*no));
    }

    /// Only the phone stands between them and a call.
    std::optional<WriteInstead> to_write() const {
        const bool unreached = left_out == "no phone" || left_out == "bad phone";
        if (!unreached || email.value_or("").empty() || no_mail(stage(), tags)) return std::nullopt;
        return WriteInstead{.lead = entry.lead,
                            .name = entry.name,
                            .email = *email,
                            .priority = entry.priority,
                            .reason = entry.reason,
                            .why = *left_out};
    }
};

/// Whether they wrote, rang or asked about a home after what `at` names.
std::string in_touch_since(std::string_view at) {
    return fmt::format(R"sql(
        (EXISTS (SELECT 1 FROM contact_communications r
                  WHERE r.contact_id = l.id AND r.direction = 'inbound'
                    AND r.occurred_at > {0} AND r.occurred_at <= :now)
         OR EXISTS (SELECT 1 FROM lead_activities i
                     WHERE i.lead_id = l.id AND i.occurred_at > {0} AND i.occurred_at <= :now
                       AND (i.activity_type LIKE '%inquiry%' OR
                            i.activity_type LIKE '%showing%'))))sql",
                       at);
}

/// The agent said so today (model/agent_act.h). Who was put off comes back tomorrow whatever they
/// do; who was called, when they are in touch.
std::string done_today() {
    return R"sql(EXISTS (
        SELECT 1 FROM lead_activities d
         WHERE d.lead_id = l.id AND d.activity_source = 'agent' AND d.occurred_at <= :now
           AND iif(json_valid(d.activity_data), json_extract(d.activity_data, '$.day'), '') = :today
           AND (d.activity_type = 'agent_not_today'
                OR (d.activity_type IN ('agent_called', 'agent_no_answer')
                    AND NOT )sql" +
           in_touch_since("d.occurred_at") + ")))";
}

/// By a call that reached them, which the agent or Follow Up Boss told of, or by a message by hand.
/// The words of calls that reached nobody are those of store/history.cpp: older programs kept FUB's
/// own.
std::string contacted_lately() {
    return R"sql((EXISTS (
        SELECT 1 FROM contact_communications c
         WHERE c.contact_id = l.id
           AND c.direction = 'outbound'
           AND c.occurred_at > :since AND c.occurred_at <= :now
           AND c.occurred_at >
               CASE c.comm_type WHEN 'call' THEN :calls_since ELSE :messages_since END
           AND lower(coalesce(c.status, '')) NOT IN ('missed', 'voicemail', 'no answer',
               'left message', 'busy', 'bad number')
           AND NOT EXISTS (SELECT 1 FROM dreams_automated a WHERE a.communication_id = c.id)
           AND NOT )sql" +
           in_touch_since("c.occurred_at") + R"sql()
        OR EXISTS (
        SELECT 1 FROM lead_activities d
         WHERE d.lead_id = l.id AND d.activity_source = 'agent'
           AND d.activity_type = 'agent_called'
           AND d.occurred_at > :calls_since AND d.occurred_at <= :now
           AND NOT )sql" +
           in_touch_since("d.occurred_at") + "))";
}

// Walks idx_leads_call, so that only as many people are looked at as the list needs.
const std::string& candidates_sql() {
    static const std::string sql =
        R"sql(
    SELECT l.id AS lead_id, l.fub_id, l.phone, l.email, l.stage, l.priority_score, l.heat_score,
           l.value_score, l.relationship_score, l.score_trend, s.reason, l.last_activity_at,
           l.next_action, l.next_action_date,
           coalesce(nullif(trim(coalesce(l.first_name, '') || ' ' || coalesce(l.last_name, '')), ''),
                    nullif(l.email, ''), l.phone, '') AS name,
           CASE WHEN p.deleted_at IS NOT NULL THEN 'deleted in Follow Up Boss'
                WHEN s.barred IS NOT NULL AND s.barred <> 'bad phone' THEN s.barred
                WHEN trim(coalesce(l.phone, '')) = '' THEN 'no phone'
                WHEN s.barred IS NOT NULL THEN s.barred
                WHEN )sql" +
        done_today() + R"sql( THEN 'done today'
                WHEN l.next_action_date LIKE '____-__-__%'
                     AND substr(l.next_action_date, 1, 10) > :today THEN 'planned for a later day'
                WHEN )sql" +
        contacted_lately() + R"sql( THEN 'contacted lately'
           END AS left_out,
           coalesce(l.tags, '') AS tags, coalesce(p.phone_works, 1) AS phone_works
      FROM leads l
      LEFT JOIN dreams_lead_scores s ON s.lead_id = l.id
      LEFT JOIN dreams_fub_people p ON p.fub_id = l.fub_id
     WHERE l.priority_score > 0
     ORDER BY l.priority_score DESC, l.last_activity_at DESC, l.id)sql";
    return sql;
}

void count(std::vector<LeftOut>& counts, const Candidate& passed) {
    auto known = std::ranges::find(counts, *passed.left_out, &LeftOut::why);
    if (known == counts.end()) known = counts.insert(counts.end(), {.why = *passed.left_out});
    ++known->people;
    if (known->first.size() < LeftOut::most_named)
        known->first.push_back({passed.entry.lead, passed.entry.name});
}

}  // namespace

CallList call_list(Db& db, Date today, Instant now, const CallRules& rules) {
    if (rules.limit < 1 || rules.limit > 200)
        throw Error(Fault::invalid,
                    "a call list has 1 to 200 people, not " + std::to_string(rules.limit));
    const Instant calls_since = now - std::chrono::days{rules.quiet_days_after_call};
    const Instant messages_since = now - std::chrono::days{rules.quiet_days_after_message};
    Statement rows = db.query(candidates_sql(), {{"today", today},
                                                 {"now", now},
                                                 {"calls_since", calls_since},
                                                 {"messages_since", messages_since},
                                                 {"since", std::min(calls_since, messages_since)}});
    const detail::Reader<Candidate> reader(rows);
    CallList list;
    while (std::ssize(list.entries) < rules.limit && rows.step()) {
        Candidate candidate = reader.read(rows);
        candidate.look_again();
        if (const auto write = candidate.to_write();
            write && std::ssize(list.to_write) < most_to_write)
            list.to_write.push_back(*write);
        if (candidate.left_out)
            count(list.left_out, candidate);
        else
            list.entries.push_back(std::move(candidate.entry));
    }
    std::ranges::stable_sort(list.left_out, std::ranges::greater{}, &LeftOut::people);
    return list;
}

}  // namespace dreams::store
