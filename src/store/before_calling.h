#pragma once

#include <optional>
#include <string>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"
#include "model/call_rules.h"
#include "model/id.h"

namespace dreams::store {

/// What to know of a person before calling, beside their row in leads.
struct BeforeCalling {
    std::optional<std::string> policy;     ///< whose scores stand in leads; none: not judged yet
    std::optional<std::string> reason;     ///< why to call, one sentence
    std::optional<std::string> barred;     ///< why never to call; none: may be called
    std::optional<Instant> stale_since;    ///< what they did or said could not be read since
    std::optional<std::string> stale_why;  ///< one sentence
    std::optional<Instant> deleted_at;     ///< found deleted in FUB
    std::optional<NoCall> no_call;         ///< none: nothing stands against a call
    bool no_mail = false;                  ///< they want no e-mail

    static constexpr auto columns() {
        return Columns{
            Column{"policy", &BeforeCalling::policy},
            Column{"reason", &BeforeCalling::reason},
            Column{"barred", &BeforeCalling::barred},
            Column{"stale_since", &BeforeCalling::stale_since},
            Column{"stale_why", &BeforeCalling::stale_why},
            Column{"deleted_at", &BeforeCalling::deleted_at},
            Column{"no_call", &BeforeCalling::no_call},
            Column{"no_mail", &BeforeCalling::no_mail},
        };
    }
};

/// Throws Error{not_found}: no such person.
BeforeCalling before_calling(Db& db, const LeadId& lead);

}  // namespace dreams::store
