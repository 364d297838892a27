#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/db.h"
#include "model/lead.h"

namespace dreams::store {

/// The person whose leads.id, else fub_id, it is; none: nobody's.
std::optional<LeadId> lead_with_id(Db& db, std::string_view id);

/// The person whom `who` names: a leads.id, a fub_id, an e-mail (case aside), or a full name that
/// fits one person only. Throws Error: not_found, conflict (a name that fits several).
LeadId find_lead(Db& db, std::string_view who);

std::optional<Lead> lead(Db& db, const LeadId& id);  ///< none: no such lead

/// What dreams_lead_search holds of a person: name, e-mail and digits of the phone, folded.
std::string search_text(const Person& person);

/// Keeps what a person is searched by, after their name, e-mail or phone was written.
void keep_search(Db& db, const LeadId& id, const Person& person);

/// Fills dreams_lead_search for everyone where it is missing or no longer true: older programs
/// write leads without it. Gives how many were put right.
std::int64_t repair_search(Db& db);

/// Keeps what a source says of people, and nothing that is the agent's or the scores'.
class PeopleKeeper {
public:
    explicit PeopleKeeper(Db& db);

    /// Makes or changes the lead with this FUB id (an older row keeps its UUID, its external id and
    /// its created_at). `created`: when the source met the person; `now`: stamps of a change.
    Kept keep(const FubId& id, const Person& person, std::optional<Instant> created, Instant now);

    /// The lead behind a FUB id; none: nobody yet.
    std::optional<LeadId> find(const FubId& id) const;

private:
    struct Row;
    LeadId id_for(const FubId& id, const Person& person);
    Db& db_;
    std::unordered_map<FubId, LeadId> known_;
};

}  // namespace dreams::store
