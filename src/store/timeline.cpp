#include "store/timeline.h"

namespace dreams::store {
namespace {

// Each of the three gives its newest by its own index; only those few are put together. Pages are
// cut by (instant, id), so that what arrives meanwhile moves nothing.
constexpr auto timeline_sql = R"sql(
    SELECT * FROM (
        SELECT 'event' AS activity_category, id, event_type AS activity_type, occurred_at,
               occurred_at AS occurred_text, NULL AS direction, NULL AS duration_seconds,
               NULL AS fub_user_name, NULL AS status, 0 AS automated, property_address,
               property_price, property_mls, NULL AS activity_data
          FROM contact_events
         WHERE contact_id = :fub_id AND (occurred_at, id) < (:at, :id)
         ORDER BY occurred_at DESC, id DESC LIMIT :size) AS events
    UNION ALL
    SELECT * FROM (
        SELECT 'communication', id, comm_type, occurred_at, occurred_at, direction,
               duration_seconds, fub_user_name, status,
               EXISTS (SELECT 1 FROM dreams_automated a
                        WHERE a.communication_id = contact_communications.id),
               NULL, NULL, NULL, NULL
          FROM contact_communications
         WHERE contact_id = :lead AND (occurred_at, id) < (:at, :id)
         ORDER BY occurred_at DESC, id DESC LIMIT :size) AS communications
    UNION ALL
    SELECT * FROM (
        SELECT 'activity', id, activity_type, occurred_at, occurred_at, NULL, NULL, NULL, NULL, 0,
               NULL, NULL, NULL, activity_data
          FROM lead_activities
         WHERE lead_id = :lead AND (occurred_at, id) < (:at, :id)
           AND activity_type <> 'agent_undone'
         ORDER BY occurred_at DESC, id DESC LIMIT :size) AS activities
    ORDER BY occurred_text DESC, id DESC LIMIT :size)sql";

constexpr std::string_view beyond_all = "~";  // sorts after every instant

}  // namespace

Timeline timeline(Db& db, const LeadId& lead, const std::optional<FubId>& fub_id,
                  std::string_view before, int size) {
    const auto cut = before.find('~');
    if (!before.empty() && cut == std::string_view::npos)
        throw Error(Fault::invalid, "'before' is not where a page of the timeline ends");
    const auto at = before.empty() ? beyond_all : before.substr(0, cut);
    const auto id = before.empty() ? std::string_view() : before.substr(cut + 1);
    Timeline timeline{
        .items = db.list<TimelineItem>(
            timeline_sql,
            {{"fub_id", fub_id}, {"lead", lead}, {"at", at}, {"id", id}, {"size", size + 1}})};
    if (std::ssize(timeline.items) > size) {
        timeline.items.pop_back();
        timeline.next = timeline.items.back().occurred_text + "~" + timeline.items.back().id;
    }
    return timeline;
}

}  // namespace dreams::store
