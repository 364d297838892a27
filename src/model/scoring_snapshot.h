#pragma once

#include <cstdint>
#include <optional>

#include "base/record.h"
#include "base/time.h"
#include "model/id.h"
#include "model/lead.h"

namespace dreams {

/// A person's scores on one business day: a row of `contact_scoring_history` without its
/// autoincrement id. The day's last run wins.
struct ScoringSnapshot {
    LeadId lead;
    Instant recorded_at;
    std::optional<std::int64_t> sync_id;
    double heat = 0;
    double value = 0;
    double relationship = 0;
    double priority = 0;
    std::int64_t website_visits = 0;
    std::int64_t properties_viewed = 0;
    std::int64_t calls_inbound = 0;
    std::int64_t calls_outbound = 0;
    std::int64_t texts_total = 0;
    std::int64_t intent_signal_count = 0;
    std::optional<double> heat_delta;  ///< against the snapshot of the last day before; none: first
    Trend trend = Trend::stable;

    static constexpr auto columns() {
        return Columns{
            Column{"contact_id", &ScoringSnapshot::lead},
            Column{"recorded_at", &ScoringSnapshot::recorded_at},
            Column{"sync_id", &ScoringSnapshot::sync_id},
            Column{"heat_score", &ScoringSnapshot::heat},
            Column{"value_score", &ScoringSnapshot::value},
            Column{"relationship_score", &ScoringSnapshot::relationship},
            Column{"priority_score", &ScoringSnapshot::priority},
            Column{"website_visits", &ScoringSnapshot::website_visits},
            Column{"properties_viewed", &ScoringSnapshot::properties_viewed},
            Column{"calls_inbound", &ScoringSnapshot::calls_inbound},
            Column{"calls_outbound", &ScoringSnapshot::calls_outbound},
            Column{"texts_total", &ScoringSnapshot::texts_total},
            Column{"intent_signal_count", &ScoringSnapshot::intent_signal_count},
            Column{"heat_delta", &ScoringSnapshot::heat_delta},
            Column{"trend_direction", &ScoringSnapshot::trend},
        };
    }
};

}  // namespace dreams
