#pragma once

#include "base/db.h"
#include "model/history.h"

// Rows of the three tables of what happened, as traces. Whose they are stands in column 0.

namespace dreams::store {

/// Of `contact_id, event_type, occurred_at, property_mls, property_address, property_price`.
Trace event_trace(const Statement& row);

/// Of `contact_id, comm_type, occurred_at, direction, status, duration_seconds`; `automated`: a
/// machine sent it.
Trace communication_trace(const Statement& row, bool automated);

/// Of `lead_id, activity_type, occurred_at`.
Trace activity_trace(const Statement& row);

}  // namespace dreams::store
