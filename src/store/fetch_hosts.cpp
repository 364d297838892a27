#include "store/fetch_hosts.h"

namespace dreams::store {

std::vector<FetchHost> fetch_hosts(Db& db) {
    return db.list<FetchHost>("SELECT * FROM dreams_fetch_hosts ORDER BY site");
}

void keep_fetch_hosts(Db& db, const std::vector<FetchHost>& hosts) {
    Keeper<FetchHost> rows(db, {.table = "dreams_fetch_hosts", .key = "site"});
    for (const auto& host : hosts) rows.keep(host);
}

}  // namespace dreams::store
