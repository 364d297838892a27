#include "store/waiting.h"

namespace dreams::store {

Kept wait(Db& db, const Waiting& record) {
    return Keeper<Waiting>(db, {.table = "dreams_waiting", .key = "id", .once = {"since"}})
        .keep(record);
}

std::vector<Waiting> waiting_for(Db& db, const FubId& person) {
    return db.list<Waiting>(
        "SELECT * FROM dreams_waiting WHERE fub_id = :person AND kind <> 'unreadable' ORDER BY id",
        {{"person", person}});
}

std::vector<FubId> people_waited_for(Db& db, Instant since) {
    return db.list<FubId>(R"sql(
        SELECT DISTINCT fub_id FROM dreams_waiting
         WHERE since >= :since AND kind <> 'unreadable' AND fub_id NOT IN ('', '0') ORDER BY fub_id)sql",
                          {{"since", since}});
}

void stop_waiting(Db& db, const std::string& id) {
    db.run("DELETE FROM dreams_waiting WHERE id = :id", {{"id", id}});
}

}  // namespace dreams::store
