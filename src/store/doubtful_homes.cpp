#include "store/doubtful_homes.h"

#include <algorithm>

#include "store/hidden_homes.h"

namespace dreams::store {
namespace {

void require_home(Db& db, const PropertyId& id) {
    if (!db.one<int>("SELECT 1 FROM properties WHERE id = :id", {{"id", id}}))
        throw Error(Fault::not_found, "there is no home " + id.text);
}

/// For the WHERE of a list over `dreams_doubtful_homes d`: true where both homes may be shown. A
/// pair with one that an MLS has withdrawn waits until it is in view again.
std::string may_be_shown() {
    const auto is_in_view = [](const std::string& column) {
        return "EXISTS (SELECT 1 FROM properties p WHERE p.id = d." + column + " AND " + in_view +
               ")";
    };
    return is_in_view("first_id") + " AND " + is_in_view("second_id");
}

}  // namespace

void list_doubtful_homes(Db& db, const PropertyId& a, const PropertyId& b, std::string_view why,
                         Instant now) {
    if (a == b) return;
    const auto& [lesser, greater] = std::minmax(a, b);
    db.run(R"sql(
        INSERT INTO dreams_doubtful_homes (first_id, second_id, why, found_at)
        VALUES (:first, :second, :why, :now) ON CONFLICT DO NOTHING)sql",
           {{"first", lesser}, {"second", greater}, {"why", why}, {"now", now}});
}

std::vector<DoubtfulHomes> doubtful_homes(Db& db, int limit) {
    return db.list<DoubtfulHomes>(R"sql(
        SELECT d.first_id, d.second_id, d.why, d.found_at,
               a.address AS first_address, a.city AS first_city, a.mls_number AS first_mls,
               a.price AS first_price, b.address AS second_address, b.city AS second_city,
               b.mls_number AS second_mls, b.price AS second_price
          FROM dreams_doubtful_homes d
          JOIN properties a ON a.id = d.first_id
          JOIN properties b ON b.id = d.second_id
         WHERE d.apart_since IS NULL AND )sql" +
                                      may_be_shown() +
                                      R"sql(
         ORDER BY d.found_at DESC, d.first_id, d.second_id LIMIT :limit)sql",
                                  {{"limit", limit}});
}

std::int64_t count_doubtful_homes(Db& db) {
    return db.value<std::int64_t>(
        "SELECT count(*) FROM dreams_doubtful_homes d WHERE apart_since IS NULL AND " +
        may_be_shown());
}

bool is_doubtful(Db& db, const PropertyId& home) {
    return db.value<bool>(R"sql(
        SELECT EXISTS (SELECT 1 FROM dreams_doubtful_homes
                        WHERE first_id = :home AND apart_since IS NULL)
            OR EXISTS (SELECT 1 FROM dreams_doubtful_homes
                        WHERE second_id = :home AND apart_since IS NULL))sql",
                          {{"home", home}});
}

void keep_apart(Db& db, const PropertyId& a, const PropertyId& b, std::string_view who,
                Instant now) {
    require_home(db, a);
    require_home(db, b);
    if (a == b) throw Error(Fault::invalid, "a home cannot be kept apart from itself");
    list_doubtful_homes(db, a, b, "somebody asked", now);
    const auto& [lesser, greater] = std::minmax(a, b);
    db.run(R"sql(
        UPDATE dreams_doubtful_homes SET apart_since = :now, apart_by = :who
         WHERE first_id = :first AND second_id = :second)sql",
           {{"first", lesser}, {"second", greater}, {"who", who}, {"now", now}});
}

std::vector<HomesApart> homes_apart(Db& db, int limit) {
    return db.list<HomesApart>(R"sql(
        SELECT d.first_id, d.second_id, d.apart_since, d.apart_by,
               a.address AS first_address, b.address AS second_address
          FROM dreams_doubtful_homes d
          JOIN properties a ON a.id = d.first_id
          JOIN properties b ON b.id = d.second_id
         WHERE d.apart_since IS NOT NULL AND )sql" +
                                   may_be_shown() + R"sql(
         ORDER BY d.apart_since DESC, d.first_id, d.second_id LIMIT :limit)sql",
                               {{"limit", limit}});
}

void decide_anew(Db& db, const PropertyId& a, const PropertyId& b) {
    const auto& [lesser, greater] = std::minmax(a, b);
    const auto changed = db.run(R"sql(
        UPDATE dreams_doubtful_homes SET apart_since = NULL, apart_by = NULL
         WHERE first_id = :first AND second_id = :second AND apart_since IS NOT NULL)sql",
                                {{"first", lesser}, {"second", greater}});
    if (changed == 0) throw Error(Fault::not_found, "nobody has said that these are two homes");
}

std::vector<HomeJoin> home_joins(Db& db, int limit) {
    return db.list<HomeJoin>(R"sql(
        SELECT j.*, kept.address AS kept_address,
               coalesce(gone.address,
                        (SELECT old_value FROM dreams_home_journal
                          WHERE action = 'join-gone' AND action_id = j.id AND row_id = j.gone_id
                            AND table_name = 'properties' AND column_name = 'address'))
                   AS gone_address
          FROM dreams_home_joins j
          LEFT JOIN properties kept ON kept.id = j.kept_id
          LEFT JOIN properties gone ON gone.id = j.gone_id
         WHERE NOT EXISTS (SELECT 1 FROM properties p
                            WHERE p.id IN (j.kept_id, j.gone_id) AND NOT )sql" +
                                 in_view + R"sql()
         ORDER BY j.id DESC LIMIT :limit)sql",
                             {{"limit", limit}});
}

std::optional<PropertyId> joined_into(Db& db, const PropertyId& gone) {
    constexpr int longest_way = 100;  // a damaged file may lead in a circle
    PropertyId home = gone;
    for (int steps = 0; steps < longest_way; ++steps) {
        auto next = db.one<PropertyId>(R"sql(
            SELECT kept_id FROM dreams_home_joins
             WHERE gone_id = :gone AND undone_at IS NULL ORDER BY id DESC LIMIT 1)sql",
                                       {{"gone", home}});
        if (!next) return std::nullopt;
        home = std::move(*next);
        if (db.one<int>("SELECT 1 FROM properties WHERE id = :id", {{"id", home}})) return home;
    }
    return std::nullopt;
}

std::optional<PropertyId> joined_home_of_page(Db& db, const std::string& page) {
    return db.one<PropertyId>(R"sql(
        SELECT j.row_id FROM dreams_home_joins h
          JOIN dreams_home_journal j ON j.action = 'join-gone' AND j.action_id = h.id
         WHERE h.undone_at IS NULL AND j.table_name = 'properties'
           AND j.column_name = 'notion_page_id' AND j.old_value = :page
         ORDER BY h.id DESC LIMIT 1)sql",
                              {{"page", page}});
}

}  // namespace dreams::store
