#include "store/contact_communications.h"

namespace dreams::store {

CommunicationsKeeper::CommunicationsKeeper(Db& db)
    : rows_(db, {.table = "contact_communications", .key = "id", .once = {"imported_at"}}),
      db_(db) {}

Kept CommunicationsKeeper::keep(const ContactCommunication& communication, bool automated) {
    const Kept kept = rows_.keep(communication);
    const Params id{{"id", communication.id}};
    const bool remarked =
        (automated ? db_.run("INSERT INTO dreams_automated (communication_id) VALUES (:id) "
                             "ON CONFLICT (communication_id) DO NOTHING",
                             id)
                   : db_.run("DELETE FROM dreams_automated WHERE communication_id = :id", id)) > 0;
    return kept == Kept::unchanged && remarked ? Kept::updated : kept;
}

std::map<LeadId, std::int64_t> communication_counts(Db& db, CommKind kind) {
    Statement rows = db.query(
        "SELECT contact_id, count(*) FROM contact_communications WHERE comm_type = :kind "
        "GROUP BY contact_id",
        {{"kind", kind}});
    std::map<LeadId, std::int64_t> counts;
    while (rows.step()) counts.emplace(rows.get<LeadId>(0), rows.integer(1));
    return counts;
}

bool has_communications(Db& db, CommKind kind) {
    return db
        .one<int>("SELECT 1 FROM contact_communications WHERE comm_type = :kind LIMIT 1",
                  {{"kind", word(kind)}})
        .has_value();
}

bool has_communication(Db& db, const CommunicationId& id) {
    return db.one<int>("SELECT 1 FROM contact_communications WHERE id = :id", {{"id", id}})
        .has_value();
}

}  // namespace dreams::store
