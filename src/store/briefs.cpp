#include "store/briefs.h"

#include "base/json.h"

namespace dreams::store {

std::optional<SentBrief> sent_brief(Db& db, Date day) {
    return db.one<SentBrief>("SELECT * FROM dreams_briefs WHERE day = :day", {{"day", day}});
}

std::optional<SentBrief> sent_brief_before(Db& db, Date day) {
    return db.one<SentBrief>(
        "SELECT * FROM dreams_briefs WHERE day < :day ORDER BY day DESC LIMIT 1", {{"day", day}});
}

std::unordered_set<std::string> changes_in_briefs(Db& db, Date since, Date before) {
    std::unordered_set<std::string> told;
    const auto lists = db.list<std::string>(
        "SELECT changes FROM dreams_briefs WHERE day >= :since AND day < :before",
        {{"since", since}, {"before", before}});
    for (const auto& list : lists) {
        boost::system::error_code no_json;
        const auto ids = boost::json::parse(list, no_json);
        if (no_json || !ids.is_array()) continue;  // then its changes are told once more
        for (const auto& id : ids.get_array())
            if (id.is_string()) told.emplace(id.get_string());
    }
    return told;
}

void keep_sent_brief(Db& db, const SentBrief& brief) {
    Keeper<SentBrief>(db, {.table = "dreams_briefs", .key = "day"}).keep(brief);
}

}  // namespace dreams::store
