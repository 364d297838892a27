#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"
#include "model/id.h"
#include "model/lead.h"

namespace dreams::store {

/// Somebody worth a call.
struct CallListEntry {
    LeadId lead;
    std::optional<FubId> fub_id;
    std::string name;  ///< never empty: else the e-mail, else the phone
    std::string phone;
    std::optional<std::string> stage;
    std::int64_t priority = 0;  ///< this and the three below: 0–100
    std::int64_t heat = 0;
    std::int64_t value = 0;
    std::int64_t relationship = 0;
    std::optional<Trend> trend;
    std::optional<std::string> reason;  ///< one sentence; none: not judged yet
    std::optional<Instant> last_activity_at;
    std::optional<std::string> next_action;       ///< as the agent typed it
    std::optional<std::string> next_action_date;  ///< none later than today

    static constexpr auto columns() {
        return Columns{
            Column{"lead_id", &CallListEntry::lead},
            Column{"fub_id", &CallListEntry::fub_id},
            Column{"name", &CallListEntry::name},
            Column{"phone", &CallListEntry::phone},
            Column{"stage", &CallListEntry::stage},
            Column{"priority_score", &CallListEntry::priority},
            Column{"heat_score", &CallListEntry::heat},
            Column{"value_score", &CallListEntry::value},
            Column{"relationship_score", &CallListEntry::relationship},
            Column{"score_trend", &CallListEntry::trend},
            Column{"reason", &CallListEntry::reason},
            Column{"last_activity_at", &CallListEntry::last_activity_at},
            Column{"next_action", &CallListEntry::next_action},
            Column{"next_action_date", &CallListEntry::next_action_date},
        };
    }
};

/// Somebody who would be on the list if a call could reach them, and who has an e-mail.
struct WriteInstead {
    LeadId lead;
    std::string name;
    std::string email;
    std::int64_t priority = 0;  ///< 0–100
    std::optional<std::string> reason;
    std::string why;  ///< `no phone`, `bad phone`

    static constexpr auto columns() {
        return Columns{
            Column{"lead_id", &WriteInstead::lead},
            Column{"name", &WriteInstead::name},
            Column{"email", &WriteInstead::email},
            Column{"priority_score", &WriteInstead::priority},
            Column{"reason", &WriteInstead::reason},
            Column{"why", &WriteInstead::why},
        };
    }
};

/// So many people were passed over for this reason: `contacted lately`, `done today`, `no phone`,
/// `trash` …
struct LeftOut {
    struct Person {
        LeadId lead;
        std::string name;
    };
    static constexpr std::size_t most_named = 20;

    std::string why;
    std::int64_t people = 0;
    std::vector<Person> first = {};  ///< who stood highest of them

    static constexpr auto columns() {
        return Columns{Column{"why", &LeftOut::why}, Column{"people", &LeftOut::people}};
    }
    friend bool operator==(const LeftOut& a, const LeftOut& b) {
        return a.why == b.why && a.people == b.people;
    }
};

/// How long to leave people in peace, and how many to list.
struct CallRules {
    int limit = 50;  ///< 1–200
    int quiet_days_after_call = 3;
    int quiet_days_after_message = 1;  ///< a text or an e-mail by hand
};

struct CallList {
    std::vector<CallListEntry> entries;  ///< best first
    std::vector<WriteInstead> to_write;  ///< at most ten, best first; they count as left out too
    std::vector<LeftOut> left_out;       ///< who stood above the last of them; most first
};

/// The people worth a call on `today`, best first.
///
/// Leaves out, and counts by the first reason that holds: who is deleted in FUB; who must not be
/// called (dreams_lead_scores.barred); who has no phone; whom the agent said to have called, or put
/// off, today (store/agent_log.h); whose next action is on a later day; who was reached by a call
/// or written to by hand so lately that it would be a nuisance, unless they have been in touch
/// since. A priority of 0 is not worth a call and not counted either. Throws Error{invalid}: a
/// limit out of range.
CallList call_list(Db& db, Date today, Instant now, const CallRules& rules = {});

}  // namespace dreams::store
