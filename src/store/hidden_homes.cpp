#include "store/hidden_homes.h"

namespace dreams::store {

std::optional<std::string> hidden_because(Db& db, const PropertyId& home) {
    return db.one<std::string>(
        "SELECT why FROM dreams_hidden_homes h JOIN properties p ON "
        "p.id = h.property_id WHERE p.id = :home AND NOT " +
            in_view,
        {{"home", home}});
}

bool may_be_shown_to_clients(Db& db, const PropertyId& home) {
    return db
        .one<int>(
            R"sql(
        SELECT 1 FROM properties p WHERE p.id = :home
           AND (NOT EXISTS (SELECT 1 FROM dreams_mls_listings m
                             WHERE m.property_id = p.id AND m.out_of_view IS NULL)
                OR EXISTS (SELECT 1 FROM dreams_mls_listings m
                            WHERE m.property_id = p.id AND m.out_of_view IS NULL
                              AND (m.can_use IS NULL OR m.can_use LIKE '%"IDX"%'
                                   OR m.can_use LIKE '%"VOW"%')))
           AND )sql" +
                in_view,
            {{"home", home}})
        .has_value();
}

void settle_view(Db& db, const PropertyId& home, Instant now) {
    const auto why = db.one<std::string>(R"sql(
        SELECT max(out_of_view) FROM dreams_mls_listings WHERE property_id = :home
        HAVING count(*) > 0 AND count(*) = count(out_of_view))sql",
                                         {{"home", home}});
    if (why)
        db.run(R"sql(
            INSERT INTO dreams_hidden_homes (property_id, why, since) VALUES (:home, :why, :now)
            ON CONFLICT (property_id) DO UPDATE SET why = excluded.why)sql",
               {{"home", home}, {"why", *why}, {"now", now}});
    else
        db.run("DELETE FROM dreams_hidden_homes WHERE property_id = :home", {{"home", home}});
}

}  // namespace dreams::store
