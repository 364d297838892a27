#include "store/match_lists.h"

#include "store/hidden_homes.h"
#include "store/person_name.h"

namespace dreams::store {
namespace {

/// What both questions ask of, but for its columns and order.
std::string from_and_where() {
    return R"sql(
          FROM matches m JOIN properties p ON p.id = m.property_id
                         JOIN leads l ON l.id = m.lead_id
         WHERE (:match IS NULL OR m.id = :match)
           AND (:lead IS NULL OR m.lead_id = :lead)
           AND (:home IS NULL OR m.property_id = :home)
           AND (:status IS NULL OR m.match_status = :status)
           AND (:agent = '' OR l.assigned_agent = :agent)
           AND NOT EXISTS (SELECT 1 FROM dreams_fub_people f
                            WHERE f.fub_id = l.fub_id AND f.deleted_at > '')
           AND )sql" +
           in_view;
}

}  // namespace

MatchLines match_lines(Db& db, const MatchFilter& filter) {
    MatchLines found;
    found.total =
        db.value<std::int64_t>("SELECT count(*)" + from_and_where(), {{"match", filter.match},
                                                                      {"lead", filter.lead},
                                                                      {"home", filter.home},
                                                                      {"status", filter.status},
                                                                      {"agent", filter.agent}});
    found.pages =
        std::max<std::int64_t>(1, (found.total + filter.page_size - 1) / filter.page_size);
    if (filter.page > found.pages)
        throw Error(Fault::not_found, "There are only " + std::to_string(found.pages) +
                                          (found.pages == 1 ? " page" : " pages") +
                                          " of suggestions.");
    found.lines = db.list<MatchLine>(
        R"sql(
        SELECT m.*, p.address, p.city, p.status, p.price, p.beds, p.baths, p.sqft, p.acreage,
               l.assigned_agent, l.priority_score,
               )sql" +
            std::string(person_name) + R"sql( AS name)sql" + from_and_where() +
            " ORDER BY m.total_score DESC, m.id LIMIT :limit OFFSET :offset",
        {{"match", filter.match},
         {"lead", filter.lead},
         {"home", filter.home},
         {"status", filter.status},
         {"agent", filter.agent},
         {"limit", filter.page_size},
         {"offset", (filter.page - 1) * filter.page_size}});
    return found;
}

std::vector<std::string> match_agents(Db& db) {
    return db.list<std::string>(R"sql(
        SELECT DISTINCT l.assigned_agent FROM matches m JOIN leads l ON l.id = m.lead_id
         WHERE l.assigned_agent <> '' ORDER BY 1)sql");
}

}  // namespace dreams::store
