#include "store/morning.h"

#include "store/hidden_homes.h"
#include "store/person_name.h"

namespace dreams::store {
namespace {

/// A person as a page lists one, for the SELECT of a question about `leads l`.
const std::string person = " l.id AS lead_id, " + std::string(person_name) + R"sql( AS name,
    nullif(trim(l.phone), '') AS phone, nullif(l.stage, '') AS stage)sql";

/// For its FROM and WHERE: whom Follow Up Boss still has.
constexpr std::string_view still_there = R"sql(
      LEFT JOIN dreams_fub_people f ON f.fub_id = l.fub_id
      LEFT JOIN dreams_lead_scores s ON s.lead_id = l.id
     WHERE f.deleted_at IS NULL)sql";
/// Who may be spoken to: a number that does not work bars nobody, they can be written to.
constexpr std::string_view welcome = " AND coalesce(s.barred, 'bad phone') = 'bad phone'";

struct WaitingRow {
    LeadId lead;
    std::string name;
    std::optional<std::string> phone, stage, email;
    bool dead_phone = false;
    static constexpr auto columns() {
        return Columns{
            Column{"lead_id", &WaitingRow::lead}, Column{"name", &WaitingRow::name},
            Column{"phone", &WaitingRow::phone},  Column{"stage", &WaitingRow::stage},
            Column{"email", &WaitingRow::email},  Column{"dead_phone", &WaitingRow::dead_phone}};
    }
};

}  // namespace

std::vector<WaitingPerson> who_came_to_us(Db& db, Instant since, Instant now) {
    std::vector<WaitingPerson> came;
    const auto rows =
        db.list<WaitingRow>("SELECT " + person +
                                ", nullif(trim(l.email), '') AS email, s.barred IS NOT NULL AS "
                                "dead_phone FROM leads l" +
                                std::string(still_there) + std::string(welcome) + R"sql(
           AND (EXISTS (SELECT 1 FROM contact_communications c
                         WHERE c.contact_id = l.id AND c.direction = 'inbound'
                           AND c.occurred_at > :since AND c.occurred_at <= :now)
                OR EXISTS (SELECT 1 FROM lead_activities a
                            WHERE a.lead_id = l.id
                              AND a.occurred_at > :since AND a.occurred_at <= :now)))sql",
                            {{"since", since}, {"now", now}});
    for (const auto& [lead, name, phone, stage, email, dead_phone] : rows) {
        const bool calls_reach = phone && !dead_phone;
        came.push_back({.lead = lead,
                        .name = name,
                        .phone = calls_reach ? phone : std::nullopt,
                        .email = calls_reach ? std::nullopt : email,
                        .stage = stage});
    }
    return came;
}

Some<NewPerson> new_people(Db& db, Instant since, Instant now, std::int64_t limit) {
    const std::string who = " FROM leads l" + std::string(still_there) + std::string(welcome) +
                            " AND l.created_at >= :since AND l.created_at <= :now";
    return {db.list<NewPerson>("SELECT " + person +
                                   ", nullif(l.source, '') AS source, l.created_at AS came_at" +
                                   who + " ORDER BY l.created_at DESC, l.id LIMIT :limit",
                               {{"since", since}, {"now", now}, {"limit", limit}}),
            db.value<std::int64_t>("SELECT count(*)" + who, {{"since", since}, {"now", now}})};
}

Some<Suggestion> new_suggestions(Db& db, Instant since, std::int64_t limit) {
    const std::string which =
        R"sql( FROM leads l JOIN matches m ON m.lead_id = l.id
                JOIN properties p ON p.id = m.property_id)sql" +
        std::string(still_there) +
        " AND m.match_status = 'suggested' AND m.suggested_at >= :since AND " + in_view;
    return {db.list<Suggestion>("SELECT " + person + R"sql(,
               p.id AS property_id, coalesce(nullif(p.address, ''), 'MLS ' || p.mls_number, p.id)
               AS address, p.price, coalesce(m.total_score, 0) AS total_score)sql" +
                                    which + " ORDER BY m.total_score DESC, m.id LIMIT :limit",
                                {{"since", since}, {"limit", limit}}),
            db.value<std::int64_t>("SELECT count(*)" + which, {{"since", since}})};
}

}  // namespace dreams::store
