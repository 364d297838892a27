#include "store/before_calling.h"

namespace dreams::store {

BeforeCalling before_calling(Db& db, const LeadId& lead) {
    const auto found = db.one<BeforeCalling>(R"sql(
        SELECT s.policy, s.reason, s.barred, p.stale_since, p.stale_why, p.deleted_at
          FROM leads l
          LEFT JOIN dreams_lead_scores s ON s.lead_id = l.id
          LEFT JOIN dreams_fub_people p ON p.fub_id = l.fub_id
         WHERE l.id = :lead)sql",
                                             {{"lead", lead}});
    if (!found) throw Error(Fault::not_found, "there is no such person");
    return *found;
}

}  // namespace dreams::store
