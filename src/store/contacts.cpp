#include "store/contacts.h"

#include <cmath>

#include "store/leads.h"

namespace dreams::store {
namespace {

struct AgentsParts {
    LeadId id;
    Preferences preferences;
    Workflow workflow;
    std::optional<Instant> updated_at;
    static constexpr auto columns() {
        return Columns{Column{"id", &AgentsParts::id}, Part{&AgentsParts::preferences},
                       Part{&AgentsParts::workflow},
                       Column{"updated_at", &AgentsParts::updated_at}};
    }
};

struct OwnContact {
    LeadId id;
    Person person;
    Preferences preferences;
    Workflow workflow;
    std::optional<Instant> created_at, updated_at;
    static constexpr auto columns() {
        return Columns{Column{"id", &OwnContact::id},
                       Part{&OwnContact::person},
                       Part{&OwnContact::preferences},
                       Part{&OwnContact::workflow},
                       Column{"created_at", &OwnContact::created_at},
                       Column{"updated_at", &OwnContact::updated_at}};
    }
};

}  // namespace

std::vector<Lead> contacts(Db& db, const ContactsAsked& asked) {
    const std::string order = asked.first == ContactsAsked::First::heat
                                  ? "heat_score DESC, id"
                                  : "priority_score DESC, "
                                    "last_activity_at DESC, id";
    return db.list<Lead>(R"sql(
        SELECT * FROM leads l
         WHERE priority_score >= :min_priority AND heat_score >= :min_heat
           AND (:stage IS NULL OR stage = :stage)
           AND NOT EXISTS (SELECT 1 FROM dreams_fub_people p
                            WHERE p.fub_id = l.fub_id AND p.deleted_at IS NOT NULL)
         ORDER BY )sql" + order +
                             " LIMIT :limit",
                         {{"min_priority", asked.min_priority},
                          {"min_heat", asked.min_heat},
                          {"stage", asked.stage},
                          {"limit", asked.limit}});
}

ContactStats contact_stats(Db& db, Instant now) {
    auto stats = db.value<ContactStats>(R"sql(
        SELECT count(*) AS total, coalesce(sum(heat_score >= 75), 0) AS hot,
               coalesce(sum(value_score >= 60), 0) AS high_value,
               coalesce(sum(last_activity_at >= :week_ago), 0) AS active_week,
               coalesce(avg(priority_score), 0) AS avg_priority,
               coalesce(sum(intent_signal_count >= 4), 0) AS high_intent
          FROM leads l
         WHERE NOT EXISTS (SELECT 1 FROM dreams_fub_people p
                            WHERE p.fub_id = l.fub_id AND p.deleted_at IS NOT NULL))sql",
                                        {{"week_ago", now - std::chrono::days(7)}});
    stats.avg_priority = std::round(stats.avg_priority * 10) / 10;
    return stats;
}

Kept keep_agents_parts(Db& db, const Lead& lead, Instant now) {
    static const Keep how{.table = "leads", .key = "id", .touch = {"updated_at"}};
    return Keeper<AgentsParts>(db, how).keep({lead.id, lead.preferences, lead.workflow, now});
}

Kept keep_own_contact(Db& db, const Lead& lead, Instant now) {
    static const Keep how{
        .table = "leads", .key = "id", .once = {"created_at"}, .touch = {"updated_at"}};
    const auto kept = Keeper<OwnContact>(db, how).keep(
        {lead.id, lead.person, lead.preferences, lead.workflow, now, now});
    if (kept != Kept::unchanged) keep_search(db, lead.id, lead.person);
    return kept;
}

}  // namespace dreams::store
