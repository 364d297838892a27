#include "store/before_calling.h"

namespace dreams::store {

BeforeCalling before_calling(Db& db, const LeadId& lead) {
    const auto found = db.one<BeforeCalling>(R"sql(
        WITH missed AS (  -- lists that concern everybody
            SELECT watermark AS since, note AS why FROM dreams_cursors
             WHERE source = 'fub' AND stream IN ('events missed', 'calls missed')
             ORDER BY watermark LIMIT 1
        )
        SELECT s.policy, s.reason, s.barred, p.deleted_at,
               iif(p.fub_id IS NULL, NULL, coalesce(p.stale_since, missed.since)) AS stale_since,
               iif(p.stale_since IS NULL, missed.why, p.stale_why) AS stale_why
          FROM leads l LEFT JOIN missed
          LEFT JOIN dreams_lead_scores s ON s.lead_id = l.id
          LEFT JOIN dreams_fub_people p ON p.fub_id = l.fub_id
         WHERE l.id = :lead)sql",
                                             {{"lead", lead}});
    if (!found) throw Error(Fault::not_found, "there is no such person");
    return *found;
}

}  // namespace dreams::store
