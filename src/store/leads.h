#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "model/lead.h"

namespace dreams::store {

/// The person whom `who` names: a leads.id, a fub_id, an e-mail (case aside), or a full name that
/// fits one person only. Throws Error: not_found, conflict (a name that fits several).
LeadId find_lead(Db& db, std::string_view who);

std::optional<Lead> lead(Db& db, const LeadId& id);  ///< none: no such lead

/// What dreams_lead_search holds of a person: name, e-mail and digits of the phone, folded.
std::string search_text(const Person& person);

}  // namespace dreams::store
