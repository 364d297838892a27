#include <algorithm>

#include "base/db_rows.h"
#include "store/merge.h"
#include "store/property_identity.h"
#include "store/table_shape.h"

namespace dreams::store {

std::vector<MergeConflict> open_merge_conflicts(Db& db) {
    return db.list<MergeConflict>(
        "SELECT * FROM dreams_merge_conflicts WHERE decided IS NULL ORDER BY id");
}

namespace {

/// Writes what stands there, where what stands here is as it was found; gives the rows changed.
std::int64_t take_theirs(Db& db, const MergeConflict& conflict) {
    const auto column = quoted_name(conflict.column);
    try {
        return db.run(
            "UPDATE " + quoted_name(conflict.table) + " SET " + column +
                " = :theirs WHERE id = :row AND " + column + " IS :ours",
            {{"theirs", conflict.theirs}, {"row", conflict.row}, {"ours", conflict.ours}});
    } catch (const Error& error) {
        if (error.fault() != Fault::conflict) throw;
        throw Error(Fault::conflict, "another of " + conflict.table + " has that " +
                                         conflict.column +
                                         " here; take it away there first, or decide for ours");
    }
}

}  // namespace

void choose_in_merge_conflict(Db& db, std::int64_t id, std::string_view side, std::string_view who,
                              Instant now) {
    if (side != "ours" && side != "theirs")
        throw Error(Fault::invalid, "a conflict is decided for ours or for theirs");
    auto transaction = db.begin();
    const auto conflict =
        db.one<MergeConflict>("SELECT * FROM dreams_merge_conflicts WHERE id = :id", {{"id", id}});
    if (!conflict) throw Error(Fault::not_found, "there is no conflict " + std::to_string(id));
    if (conflict->decided)
        throw Error(Fault::conflict, "conflict " + std::to_string(id) + " is decided already");
    if (side == "theirs") {
        const auto column = quoted_name(conflict->column);
        const bool stamped =
            std::ranges::count(table_shape(db, conflict->table).columns, "updated_at") > 0;
        if (stamped)
            db.run("UPDATE " + quoted_name(conflict->table) +
                       " SET updated_at = :now WHERE id = :row AND " + column + " IS :ours",
                   {{"now", now}, {"row", conflict->row}, {"ours", conflict->ours}});
        if (take_theirs(db, *conflict) == 0)
            throw Error(Fault::conflict, "what stands here was changed since conflict " +
                                             std::to_string(id) +
                                             " was found; it stays, decide for ours");
        if (conflict->table == "properties") repair_keys(db);
    }
    db.run(R"sql(
        UPDATE dreams_merge_conflicts
           SET decided = :side, decided_by = :who, decided_at = :now WHERE id = :id)sql",
           {{"side", side}, {"who", who}, {"now", now}, {"id", id}});
    transaction.commit();
}

}  // namespace dreams::store
