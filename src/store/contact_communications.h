#pragma once

#include <map>
#include <vector>

#include "base/db.h"
#include "model/contact_communication.h"

namespace dreams::store {

/// Keeps communications as their source sends them, a batch at a time; what a machine sent is
/// marked in dreams_automated.
class CommunicationsKeeper {
public:
    explicit CommunicationsKeeper(Db& db);
    Kept keep(const ContactCommunication& communication, bool automated);

private:
    Keeper<ContactCommunication> rows_;
    Db& db_;
};

/// How many rows of `kind` each person has, by lead; automated ones included.
std::map<LeadId, std::int64_t> communication_counts(Db& db, CommKind kind);

/// Whether any row of `kind` is stored.
bool has_communications(Db& db, CommKind kind);

/// Of these ids, those that are stored.
bool has_communication(Db& db, const CommunicationId& id);

}  // namespace dreams::store
