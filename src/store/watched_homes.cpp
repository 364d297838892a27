#include "store/watched_homes.h"

#include "base/text.h"
#include "store/hidden_homes.h"
#include "store/person_name.h"
#include "store/property_changes.h"

namespace dreams::store {
namespace {

/// The homes to watch, as a WHERE over `properties p` and what is known of their number.
constexpr std::string_view watched = R"sql(
      FROM properties p
      LEFT JOIN dreams_idx_visits v
        ON v.kind = 'number' AND v.key = trim(coalesce(nullif(p.idx_mls_number, ''), p.mls_number))
     WHERE lower(trim(p.status)) IN ('active', 'pending', 'contingent', 'coming soon')
       AND coalesce(p.last_monitored_at, '') < :before
       AND NOT (v.key IS NOT NULL AND v.verdict <> 'found' AND v.due_at > :now
                AND (v.verdict = 'unclear' OR coalesce(p.last_monitored_at, '') >= v.asked_at)))sql";

std::string where_watched() {
    return std::string(watched) + " AND " + in_view + " AND " + std::string(somebody_cares);
}

}  // namespace

std::string WatchedHome::number() const {
    const auto& known = home.idx.idx_mls_number;
    return std::string(
        text::trimmed(known && !known->empty() ? *known : home.mls_number.value_or("")));
}

std::vector<WatchedHome> homes_to_watch(Db& db, Instant before, Instant now, std::int64_t limit) {
    return db.list<WatchedHome>(
        R"sql(
        SELECT p.*, (SELECT count(*) FROM contact_properties c
                       JOIN leads l ON l.id = c.contact_id
                       LEFT JOIN dreams_fub_people f ON f.fub_id = l.fub_id
                      WHERE c.property_id = p.id AND f.deleted_at IS NULL) AS people)sql" +
            where_watched() +
            " ORDER BY people DESC, coalesce(p.last_monitored_at, ''), p.id LIMIT :limit",
        {{"before", before}, {"now", now}, {"limit", limit}});
}

std::int64_t count_homes_to_watch(Db& db, Instant before, Instant now) {
    return db.value<std::int64_t>("SELECT count(*) " + where_watched(),
                                  {{"before", before}, {"now", now}});
}

void keep_watched(Db& db, const PropertyId& home, Instant now) {
    db.run("UPDATE properties SET last_monitored_at = :now WHERE id = :home",
           {{"home", home}, {"now", now}});
}

bool keep_on_site(Db& db, const PropertyId& home, OnSite now_is, Instant now) {
    constexpr std::string_view shown = "shown", gone = "gone";
    const auto& to = now_is == OnSite::gone ? gone : shown;
    const auto& from = now_is == OnSite::gone ? shown : gone;
    const auto last = db.one<std::string>(R"sql(
        SELECT new_value FROM property_changes
         WHERE property_id = :home AND change_type = 'site'
         ORDER BY detected_at DESC, id LIMIT 1)sql",
                                          {{"home", home}});
    if (last.value_or(std::string(shown)) == to) return false;
    add_changes(db, {{.id = change_id(home, "site", from, to, now),
                      .property_id = home.text,
                      .property_address = db.value<std::string>(
                          R"sql(SELECT coalesce(address, 'MLS ' || mls_number, id)
                                  FROM properties WHERE id = :home)sql",
                          {{"home", home}}),
                      .type = "site",
                      .old_value = std::string(from),
                      .new_value = std::string(to),
                      .detected_at = now,
                      .source = "idx"}});
    return true;
}

bool was_on_site(Db& db, const WatchedHome& home) {
    if (home.home.idx.idx_mls_number) return true;
    return db.value<bool>(R"sql(
        SELECT EXISTS (SELECT 1 FROM dreams_property_sources
                        WHERE property_id = :home AND source = 'idx'))sql",
                          {{"home", home.home.id}});
}

ClientsOfHome clients_of_home(Db& db, const PropertyId& home, std::int64_t limit,
                              std::optional<Instant> since) {
    ClientsOfHome clients;
    Statement rows = db.query(
        R"sql(
        WITH who(lead, looks) AS (
            SELECT contact_id, view_count FROM contact_properties
             WHERE property_id = :home
               AND (:since IS NULL OR last_viewed_at >= :since OR saved_at >= :since
                    OR shared_at >= :since)
            UNION ALL
            SELECT lead_id, 0 FROM matches
             WHERE property_id = :home AND match_status IN ('sent', 'accepted')
               AND (:since IS NULL OR sent_at >= :since))
        SELECT l.id, )sql" +
            std::string(person_name) + R"sql( AS name
          FROM who JOIN leads l ON l.id = who.lead
          LEFT JOIN dreams_fub_people f ON f.fub_id = l.fub_id
         WHERE f.deleted_at IS NULL
         GROUP BY l.id
         ORDER BY sum(who.looks) DESC, l.priority_score DESC, l.id)sql",
        {{"home", home}, {"since", since}});
    for (; rows.step(); ++clients.total)
        if (clients.total < limit)
            clients.keenest.push_back({{std::string(rows.text(0))}, std::string(rows.text(1))});
    return clients;
}

}  // namespace dreams::store
