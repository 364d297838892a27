#include "store/kept_away.h"

#include "store/table_shape.h"

namespace dreams::store {

SyncsKeptAway::SyncsKeptAway(Db& db, Instant now) {
    if (!has_table(db, "dreams_leases")) return;  // an older program's: it held none
    for (const char* sync : {"sync fub", "sync idx", "sync listings", "sync notion"})
        leases_.push_back(std::make_unique<Lease>(db, sync, now));
}

}  // namespace dreams::store
