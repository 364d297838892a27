#include "jobs/contact_properties.h"

namespace dreams::jobs {

store::LookedAtCounts refresh_contact_properties(Db& db, Instant now) {
    auto transaction = db.begin();
    const auto counts = store::keep_contact_properties(db, now);
    transaction.commit();
    return counts;
}

}  // namespace dreams::jobs
