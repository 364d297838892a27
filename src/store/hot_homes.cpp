#include "store/hot_homes.h"

#include <algorithm>

#include "base/text.h"
#include "store/contact_properties_homes.h"
#include "store/hidden_homes.h"
#include "store/idx_cache.h"
#include "store/person_name.h"
#include "store/watched_homes.h"

namespace dreams::store {
namespace {

struct Row {
    PropertyId home;
    std::string address;
    std::optional<std::string> city, status;
    std::optional<std::int64_t> price;
    std::int64_t people = 0;
    static constexpr auto columns() {
        return Columns{Column{"property_id", &Row::home}, Column{"address", &Row::address},
                       Column{"city", &Row::city},        Column{"status", &Row::status},
                       Column{"price", &Row::price},      Column{"people", &Row::people}};
    }
};

std::vector<HotHome> of_the_file(Db& db, Instant since, std::int64_t limit, std::int64_t clients) {
    std::vector<HotHome> homes;
    const auto rows = db.list<Row>(
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
            in_view + " ORDER BY lately.people DESC, lately.views DESC, p.id LIMIT :limit",
        {{"since", since}, {"limit", limit}});
    for (const auto& row : rows)
        homes.push_back({.home = row.home,
                         .address = row.address,
                         .city = row.city,
                         .status = row.status,
                         .price = row.price,
                         .people = row.people,
                         .clients = clients_of_home(db, row.home, clients, since).keenest});
    return homes;
}

/// What events say of a home that several people looked at.
struct Looked {
    std::string mls, address;
    std::optional<std::int64_t> price;
    std::int64_t people = 0;
    static constexpr auto columns() {
        return Columns{Column{"mls", &Looked::mls}, Column{"address", &Looked::address},
                       Column{"price", &Looked::price}, Column{"people", &Looked::people}};
    }
};

/// By way of the people who did anything since: an index knows them, and not the events.
std::vector<Looked> looked_at_by_number(Db& db, Instant since) {
    return db.list<Looked>(R"sql(
        SELECT e.property_mls AS mls, max(coalesce(e.property_address, '')) AS address,
               max(e.property_price) AS price, count(DISTINCT l.id) AS people
          FROM leads l
          JOIN contact_events e ON e.contact_id = l.fub_id AND e.occurred_at >= :since
          LEFT JOIN dreams_fub_people f ON f.fub_id = l.fub_id
         WHERE l.last_activity_at >= :since AND f.deleted_at IS NULL AND e.property_mls <> ''
         GROUP BY e.property_mls HAVING count(DISTINCT l.id) > 1
         ORDER BY people DESC, count(*) DESC, e.property_mls)sql",
                           {{"since", since}});
}

std::vector<Client> keenest_on_number(Db& db, const std::string& mls, Instant since,
                                      std::int64_t limit) {
    return db.list<Client>(R"sql(
        SELECT l.id AS lead_id,
               )sql" + std::string(person_name) +
                               R"sql( AS name
          FROM contact_events e
          JOIN leads l ON l.fub_id = e.contact_id
          LEFT JOIN dreams_fub_people f ON f.fub_id = l.fub_id
         WHERE coalesce(nullif(e.property_mls, ''), e.property_address) = :mls
           AND e.occurred_at >= :since AND f.deleted_at IS NULL
         GROUP BY l.id ORDER BY count(*) DESC, l.priority_score DESC, l.id LIMIT :limit)sql",
                           {{"mls", mls}, {"since", since}, {"limit", limit}});
}

/// What is known of a home that the file has not; none: the site says that it is sold.
std::optional<HotHome> on_the_site(Db& db, const Looked& looked) {
    const auto cached = idx_listing(db, looked.mls);
    const bool shown = cached && is_shown(*cached);
    if (shown && text::same_word(cached->status.value_or(""), "sold")) return std::nullopt;
    const bool told = !looked.address.empty() && looked.address.front() != '[';
    HotHome home{.address = shown  ? *cached->address
                            : told ? looked.address
                                   : "MLS " + looked.mls,
                 .price = shown && cached->price ? cached->price : looked.price,
                 .people = looked.people,
                 .mls = looked.mls};
    if (shown) home.city = cached->city, home.status = cached->status;
    if (const auto visit = idx_visit(db, IdxQuestion::number, looked.mls))
        home.url = visit->page ? visit->page : visit->url;
    return home;
}

std::vector<HotHome> of_the_site(Db& db, Instant since, std::int64_t limit, std::int64_t clients) {
    std::vector<HotHome> homes;
    HomesOfEvents in_file(db);
    for (const auto& looked : looked_at_by_number(db, since)) {
        if (std::ssize(homes) == limit) break;
        if (in_file.find(looked.mls, looked.address)) continue;
        auto home = on_the_site(db, looked);
        if (!home) continue;
        home->clients = keenest_on_number(db, looked.mls, since, clients);
        homes.push_back(std::move(*home));
    }
    return homes;
}

}  // namespace

std::vector<HotHome> hot_homes(Db& db, Instant since, std::int64_t limit, std::int64_t clients) {
    auto homes = of_the_file(db, since, limit, clients);
    std::ranges::move(of_the_site(db, since, limit, clients), std::back_inserter(homes));
    std::ranges::stable_sort(homes, std::ranges::greater{}, &HotHome::people);
    if (std::ssize(homes) > limit) homes.resize(static_cast<std::size_t>(limit));
    return homes;
}

}  // namespace dreams::store
