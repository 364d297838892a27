#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"
#include "model/contact_communication.h"
#include "model/id.h"

namespace dreams::store {

/// Something that happened between a person and the office: a row of contact_events,
/// contact_communications or lead_activities. The last fields are those of its own table.
struct TimelineItem {
    std::string category;  ///< `event`, `communication` or `activity`
    std::string id;
    std::string type;                    ///< `property_view`, `call`, `property_inquiry` …
    std::optional<Instant> occurred_at;  ///< none: an older program wrote what is no instant
    std::string occurred_text;           ///< as the file holds it; what pages are cut by
    std::optional<Direction> direction;
    std::optional<std::int64_t> duration_seconds;
    std::optional<std::string> fub_user_name;
    std::optional<std::string> status;
    bool automated = false;  ///< a machine sent it
    std::optional<std::string> property_address;
    std::optional<std::int64_t> property_price;
    std::optional<std::string> property_mls;
    std::optional<JsonText> data;  ///< an activity's, as its source sent it

    static constexpr auto columns() {
        return Columns{
            Column{"activity_category", &TimelineItem::category},
            Column{"id", &TimelineItem::id},
            Column{"activity_type", &TimelineItem::type},
            Column{"occurred_at", &TimelineItem::occurred_at},
            Column{"occurred_text", &TimelineItem::occurred_text},
            Column{"direction", &TimelineItem::direction},
            Column{"duration_seconds", &TimelineItem::duration_seconds},
            Column{"fub_user_name", &TimelineItem::fub_user_name},
            Column{"status", &TimelineItem::status},
            Column{"automated", &TimelineItem::automated},
            Column{"property_address", &TimelineItem::property_address},
            Column{"property_price", &TimelineItem::property_price},
            Column{"property_mls", &TimelineItem::property_mls},
            Column{"activity_data", &TimelineItem::data},
        };
    }
};

struct Timeline {
    std::vector<TimelineItem> items;  ///< newest first
    std::string next;                 ///< where the older ones begin; empty: there are none
};

/// What happened with a person, newest first, `size` at a time. `before` is the `next` of the page
/// above, empty for the first. Throws Error{invalid}: a `before` that no page gave.
Timeline timeline(Db& db, const LeadId& lead, const std::optional<FubId>& fub_id,
                  std::string_view before, int size = 50);

}  // namespace dreams::store
