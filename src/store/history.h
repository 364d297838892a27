#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "model/history.h"

namespace dreams::store {

/// One person's history, with the ids of its rows beside the traces. None: no such lead.
std::optional<History> history(Db& db, const LeadId& lead);

/// The act that a lead_activities.activity_type means: `property_inquiry` is an inquiry.
Act act_of_activity(std::string_view type);

}  // namespace dreams::store
