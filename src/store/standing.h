#pragma once

#include <optional>
#include <string>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams::store {

/// What is known of a person beside their row in leads.
struct Standing {
    std::optional<std::string> policy;     ///< whose scores stand in leads; none: not judged yet
    std::optional<std::string> reason;     ///< why to call, one sentence
    std::optional<std::string> barred;     ///< why never to call; none: may be called
    std::optional<Instant> stale_since;    ///< texts and e-mails could not be fetched since
    std::optional<std::string> stale_why;  ///< one sentence
    std::optional<Instant> deleted_at;     ///< found deleted in FUB

    static constexpr auto columns() {
        return std::tuple{
            Column{"policy", &Standing::policy},
            Column{"reason", &Standing::reason},
            Column{"barred", &Standing::barred},
            Column{"stale_since", &Standing::stale_since},
            Column{"stale_why", &Standing::stale_why},
            Column{"deleted_at", &Standing::deleted_at},
        };
    }
};

/// Throws Error{not_found}: no such person.
Standing standing(Db& db, const LeadId& lead);

}  // namespace dreams::store
