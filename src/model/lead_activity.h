#pragma once

#include <optional>
#include <string>

#include "base/record.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams {

/// Something a person did that is none of the four acts of `contact_events`: an inquiry, a
/// registration, an open house, a search … with what the source said of it.
struct LeadActivity {
    ActivityId id;
    LeadId lead;
    std::string type;                   ///< the source's type in snake case: `property_inquiry`
    std::optional<std::string> source;  ///< `fub`
    std::optional<JsonText> data;       ///< the source's own record
    std::optional<std::string> property_id;
    Instant occurred_at;
    Instant imported_at;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &LeadActivity::id},
            Column{"lead_id", &LeadActivity::lead},
            Column{"activity_type", &LeadActivity::type},
            Column{"activity_source", &LeadActivity::source},
            Column{"activity_data", &LeadActivity::data},
            Column{"property_id", &LeadActivity::property_id},
            Column{"occurred_at", &LeadActivity::occurred_at},
            Column{"imported_at", &LeadActivity::imported_at},
        };
    }
};

}  // namespace dreams
