#include "store/notion_conflicts.h"

#include "base/error.h"
#include "store/notion_seen.h"

namespace dreams::store {
namespace {

const std::string with_home = R"sql(
    SELECT c.*, p.address, s.url
      FROM dreams_notion_conflicts c
      JOIN properties p ON p.id = c.property_id
      LEFT JOIN dreams_notion_seen s ON s.property_id = c.property_id )sql";

}  // namespace

std::vector<NotionConflict> open_notion_conflicts(Db& db) {
    return db.list<NotionConflict>(with_home + "WHERE c.decided IS NULL ORDER BY c.id");
}

std::vector<NotionConflict> decided_notion_conflicts(Db& db, int limit) {
    return db.list<NotionConflict>(
        with_home +
            "WHERE c.decided IS NOT NULL ORDER BY c.decided_at DESC, c.id DESC LIMIT :limit",
        {{"limit", limit}});
}

std::int64_t count_notion_conflicts(Db& db) {
    return db.value<std::int64_t>(
        "SELECT count(*) FROM dreams_notion_conflicts WHERE decided IS NULL");
}

bool list_notion_conflict(Db& db, const NotionConflict& conflict) {
    if (!conflict.decided && db.run(R"sql(
            UPDATE dreams_notion_conflicts SET ours = :ours, theirs = :theirs
             WHERE property_id = :home AND column_name = :column AND decided IS NULL)sql",
                                    {{"ours", conflict.ours},
                                     {"theirs", conflict.theirs},
                                     {"home", conflict.home},
                                     {"column", conflict.column}}) > 0)
        return false;
    db.run(R"sql(
        INSERT INTO dreams_notion_conflicts (property_id, column_name, agreed, ours, theirs,
                                             found_at, decided, decided_by, decided_at)
        VALUES (:home, :column, :agreed, :ours, :theirs, :at, :decided, :by, :decided_at))sql",
           {{"home", conflict.home},
            {"column", conflict.column},
            {"agreed", conflict.agreed},
            {"ours", conflict.ours},
            {"theirs", conflict.theirs},
            {"at", conflict.found_at},
            {"decided", conflict.decided},
            {"by", conflict.decided_by},
            {"decided_at", conflict.decided_at}});
    return true;
}

void settle_notion_conflict(Db& db, const PropertyId& home, std::string_view column, Instant now) {
    db.run(R"sql(
        UPDATE dreams_notion_conflicts SET decided = 'same', decided_at = :now
         WHERE property_id = :home AND column_name = :column AND decided IS NULL)sql",
           {{"now", now}, {"home", home}, {"column", column}});
}

void choose_in_notion_conflict(Db& db, std::int64_t id, std::string_view side, std::string_view who,
                               Instant now) {
    if (side != "ours" && side != "theirs")
        throw Error(Fault::invalid, "a conflict is decided for ours or for theirs");
    auto transaction = db.begin();
    const auto conflict = db.one<NotionConflict>(
        "SELECT * FROM dreams_notion_conflicts WHERE id = :id", {{"id", id}});
    if (!conflict) throw Error(Fault::not_found, "there is no such conflict");
    if (conflict->decided) throw Error(Fault::conflict, "that conflict is decided already");
    auto seen = notion_seen(db, conflict->home);
    if (!seen) throw Error(Fault::not_found, "that home has no page in Notion any more");
    // The side that loses counts as agreed on, so that the other is the one that was changed.
    auto agreed = values_from(seen->agreed);
    agreed[conflict->column] = side == "ours" ? conflict->theirs : conflict->ours;
    seen->agreed = values_json(agreed);
    keep_notion_seen(db, *seen);
    db.run(R"sql(
        UPDATE dreams_notion_conflicts SET decided = :side, decided_by = :who, decided_at = :now
         WHERE id = :id)sql",
           {{"side", side}, {"who", who}, {"now", now}, {"id", id}});
    db.run("UPDATE properties SET sync_status = 'pending' WHERE id = :home",
           {{"home", conflict->home}});
    transaction.commit();
}

}  // namespace dreams::store
