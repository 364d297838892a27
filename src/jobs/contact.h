#pragma once

#include <string>
#include <vector>

#include "base/db.h"
#include "base/json.h"
#include "model/id.h"
#include "sources/json_values.h"

namespace dreams::jobs {

/// What became of a contact that a caller of the API sent.
struct SavedContact {
    LeadId id;
    bool created = false;
    std::vector<sources::FieldRemark> refused;  ///< not empty: nothing was saved
    std::vector<std::string> unknown;           ///< keys that are no column of a person
};

/// Saves `said`, a JSON object of columns of `leads`. The person is the one of its id, its fub_id,
/// or its external_id and external_source, or its e-mail address, case aside; else a new one. Every
/// column has one writer: preferences and workflow are the agent's, and null takes such a value
/// out; who a person is belongs to the source that brought them, and is the caller's only where
/// none did; scores, activity, intent and stamps are computed. A column of somebody else's may be
/// sent with the value it has, and is refused with another. Throws Error{conflict}: the e-mail
/// address is that of several people, or of one while an id names a new one. Within a transaction
/// of the caller's.
SavedContact save_contact(Db& db, const json::Value& said, Instant now);

}  // namespace dreams::jobs
