#include "store/before_calling.h"

namespace dreams::store {
namespace {

/// The same with what the call rule looks at.
struct Row {
    BeforeCalling before;
    std::string stage, tags;
    bool phone_works = true;
    static constexpr auto columns() {
        return Columns{Part{&Row::before}, Column{"stage", &Row::stage}, Column{"tags", &Row::tags},
                       Column{"phone_works", &Row::phone_works}};
    }
};

}  // namespace

BeforeCalling before_calling(Db& db, const LeadId& lead) {
    auto found = db.one<Row>(R"sql(
        WITH missed AS (  -- lists that concern everybody
            SELECT watermark AS since, note AS why FROM dreams_cursors
             WHERE source = 'fub' AND stream IN ('events missed', 'calls missed')
             ORDER BY watermark LIMIT 1
        )
        SELECT s.policy, s.reason, s.barred, p.deleted_at,
               iif(p.fub_id IS NULL, NULL, coalesce(p.stale_since, missed.since)) AS stale_since,
               iif(p.stale_since IS NULL, missed.why, p.stale_why) AS stale_why,
               NULL AS no_call, 0 AS no_mail, coalesce(l.stage, '') AS stage,
               coalesce(l.tags, '') AS tags, coalesce(p.phone_works, 1) AS phone_works
          FROM leads l LEFT JOIN missed
          LEFT JOIN dreams_lead_scores s ON s.lead_id = l.id
          LEFT JOIN dreams_fub_people p ON p.fub_id = l.fub_id
         WHERE l.id = :lead)sql",
                             {{"lead", lead}});
    if (!found) throw Error(Fault::not_found, "there is no such person");
    found->before.no_call = no_call(found->stage, found->tags, found->phone_works);
    if (found->before.no_call == NoCall::do_not_call)  // holds before the next rescore too
        found->before.barred = std::string(word(NoCall::do_not_call));
    found->before.no_mail = no_mail(found->stage, found->tags);
    return found->before;
}

}  // namespace dreams::store
