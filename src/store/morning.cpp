#include "store/morning.h"

#include "store/hidden_homes.h"
#include "store/watched_homes.h"

namespace dreams::store {
namespace {

/// A person as a page lists one, for the SELECT of a question about `leads l`.
constexpr std::string_view person = R"sql(
    l.id AS lead_id,
    coalesce(nullif(trim(coalesce(l.first_name, '') || ' ' || coalesce(l.last_name, '')), ''),
             nullif(l.email, ''), nullif(l.phone, ''), l.id) AS name,
    nullif(trim(l.phone), '') AS phone, nullif(l.stage, '') AS stage)sql";

/// For its FROM and WHERE: whom Follow Up Boss still has, and who may be called.
constexpr std::string_view reachable = R"sql(
      LEFT JOIN dreams_fub_people f ON f.fub_id = l.fub_id
      LEFT JOIN dreams_lead_scores s ON s.lead_id = l.id
     WHERE f.deleted_at IS NULL AND s.barred IS NULL)sql";

struct WaitingRow {
    LeadId lead;
    std::string name;
    std::optional<std::string> phone, stage;
    static constexpr auto columns() {
        return std::tuple{Column{"lead_id", &WaitingRow::lead}, Column{"name", &WaitingRow::name},
                          Column{"phone", &WaitingRow::phone}, Column{"stage", &WaitingRow::stage}};
    }
};

struct HotRow {
    PropertyId home;
    std::string address;
    std::optional<std::string> city, status;
    std::optional<std::int64_t> price;
    std::int64_t people = 0;
    static constexpr auto columns() {
        return std::tuple{Column{"property_id", &HotRow::home}, Column{"address", &HotRow::address},
                          Column{"city", &HotRow::city},        Column{"status", &HotRow::status},
                          Column{"price", &HotRow::price},      Column{"people", &HotRow::people}};
    }
};

}  // namespace

std::vector<WaitingPerson> who_came_to_us(Db& db, Instant since, Instant now) {
    std::vector<WaitingPerson> came;
    const auto rows = db.list<WaitingRow>(
        "SELECT " + std::string(person) + " FROM leads l" + std::string(reachable) + R"sql(
           AND (EXISTS (SELECT 1 FROM contact_communications c
                         WHERE c.contact_id = l.id AND c.direction = 'inbound'
                           AND c.occurred_at > :since AND c.occurred_at <= :now)
                OR EXISTS (SELECT 1 FROM lead_activities a
                            WHERE a.lead_id = l.id
                              AND a.occurred_at > :since AND a.occurred_at <= :now)))sql",
        {{"since", since}, {"now", now}});
    for (const auto& [lead, name, phone, stage] : rows)
        came.push_back({.lead = lead, .name = name, .phone = phone, .stage = stage});
    return came;
}

std::vector<HotHome> hot_homes(Db& db, Instant since, std::int64_t limit, std::int64_t clients) {
    std::vector<HotHome> homes;
    const auto rows = db.list<HotRow>(
        R"sql(
        WITH lately(home, people, views) AS (
            SELECT c.property_id, count(*), sum(c.view_count)
              FROM contact_properties c
              JOIN leads l ON l.id = c.contact_id
              LEFT JOIN dreams_fub_people f ON f.fub_id = l.fub_id
             WHERE f.deleted_at IS NULL
               AND (c.last_viewed_at >= :since OR c.saved_at >= :since OR c.shared_at >= :since)
             GROUP BY c.property_id HAVING count(*) > 1)
        SELECT p.id AS property_id, coalesce(nullif(p.address, ''), 'MLS ' || p.mls_number, p.id)
               AS address, nullif(p.city, '') AS city, nullif(p.status, '') AS status, p.price,
               lately.people
          FROM lately JOIN properties p ON p.id = lately.home
         WHERE lower(coalesce(p.status, '')) <> 'sold' AND )sql" +
            std::string(in_view) +
            " ORDER BY lately.people DESC, lately.views DESC, p.id LIMIT :limit",
        {{"since", since}, {"limit", limit}});
    for (const auto& row : rows)
        homes.push_back({row.home, row.address, row.city, row.status, row.price, row.people,
                         clients_of_home(db, row.home, clients, since).keenest});
    return homes;
}

Some<NewPerson> new_people(Db& db, Instant since, Instant now, std::int64_t limit) {
    const std::string who = " FROM leads l" + std::string(reachable) +
                            " AND l.created_at >= :since AND l.created_at <= :now";
    return {db.list<NewPerson>("SELECT " + std::string(person) +
                                   ", nullif(l.source, '') AS source, l.created_at AS came_at" +
                                   who + " ORDER BY l.created_at DESC, l.id LIMIT :limit",
                               {{"since", since}, {"now", now}, {"limit", limit}}),
            db.value<std::int64_t>("SELECT count(*)" + who, {{"since", since}, {"now", now}})};
}

Some<Suggestion> new_suggestions(Db& db, Instant since, std::int64_t limit) {
    const std::string which =
        R"sql( FROM leads l JOIN matches m ON m.lead_id = l.id
                JOIN properties p ON p.id = m.property_id)sql" +
        std::string(reachable) +
        " AND m.match_status = 'suggested' AND m.suggested_at >= :since AND " +
        std::string(in_view);
    return {db.list<Suggestion>("SELECT " + std::string(person) + R"sql(,
               p.id AS property_id, coalesce(nullif(p.address, ''), 'MLS ' || p.mls_number, p.id)
               AS address, p.price, coalesce(m.total_score, 0) AS total_score)sql" +
                                    which + " ORDER BY m.total_score DESC, m.id LIMIT :limit",
                                {{"since", since}, {"limit", limit}}),
            db.value<std::int64_t>("SELECT count(*)" + which, {{"since", since}})};
}

}  // namespace dreams::store
