// Values that were typed in two copies: which they are, and what becomes of the lists of both.

#include <algorithm>

#include "store/merge_work.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

using Text = std::optional<std::string>;

std::string name_of(std::string_view table, const std::string& row, std::string_view column) {
    return std::string(table) + '\x1f' + row + '\x1f' + std::string(column);
}

bool is_about(const MergeConflict& entry, const Text& a, const Text& b) {
    return (entry.ours == a && entry.theirs == b) || (entry.ours == b && entry.theirs == a);
}

const Text& chosen(const MergeConflict& entry) {
    return entry.decided == "ours" ? entry.ours : entry.theirs;
}

/// Whether it was decided by who could know how `other` was.
bool knows(const MergeConflict& entry, const MergeConflict& other) {
    return entry.found_at >= other.decided_at;
}

void add(MergeWork& work, MergedTable& table, MergeConflict conflict) {
    work.ours.run(R"sql(
        INSERT INTO dreams_merge_conflicts (table_name, row_id, column_name, ours, theirs, copy,
                                            found_at)
        VALUES (:table, :row, :column, :ours, :theirs, :copy, :at))sql",
                  {{"table", conflict.table},
                   {"row", conflict.row},
                   {"column", conflict.column},
                   {"ours", conflict.ours},
                   {"theirs", conflict.theirs},
                   {"copy", conflict.copy},
                   {"at", conflict.found_at}});
    conflict.id = work.ours.last_id();
    ++table.conflicts;
    work.report.conflicts.push_back(std::move(conflict));
}

/// One that is open already is not listed again, but says what stands in both now.
void list_once(MergeWork& work, MergedTable& table, const TypedCell& cell) {
    const auto known = work.ours.one<std::int64_t>(
        R"sql(SELECT id FROM dreams_merge_conflicts
               WHERE table_name = :table AND row_id = :row AND column_name = :column
                 AND (theirs IS :theirs OR copy = :copy) AND decided IS NULL
               ORDER BY theirs IS :theirs DESC LIMIT 1)sql",
        {{"table", cell.table},
         {"row", cell.our_row},
         {"column", cell.column},
         {"theirs", cell.theirs},
         {"copy", work.other}});
    if (known)
        work.ours.run(
            "UPDATE dreams_merge_conflicts SET ours = :ours, theirs = :theirs WHERE id = :id",
            {{"ours", cell.ours}, {"theirs", cell.theirs}, {"id", known}});
    else
        add(work, table,
            {.table = std::string(cell.table),
             .row = cell.our_row,
             .column = std::string(cell.column),
             .ours = cell.ours,
             .theirs = cell.theirs,
             .copy = work.other,
             .found_at = work.now});
}

/// Whether the other copy says what it said when it was last joined into this one.
bool is_as_known(MergeWork& work, const TypedCell& cell) {
    const auto known = work.ours.one<std::string>(
        R"sql(SELECT hashes FROM dreams_merge_seen
               WHERE copy = :copy AND table_name = :table AND row_id = :row)sql",
        {{"copy", work.other}, {"table", cell.table}, {"row", cell.seen_as}});
    return known && known->size() >= 8 * (cell.part + 1) &&
           known->compare(8 * cell.part, 8, cell.their_hash) == 0;
}

/// What stands in the cell of an entry; none: there is no such cell.
std::optional<Text> standing(Db& db, const MergeConflict& entry) {
    if (!has_table(db, entry.table)) return std::nullopt;
    const auto columns = table_shape(db, entry.table).columns;
    if (std::ranges::find(columns, entry.column) == columns.end()) return std::nullopt;
    CellWriter find(db, "SELECT " + quoted_name(entry.column) + " FROM main." +
                            quoted_name(entry.table) + " WHERE id = ?1");
    find.bind(1, text_cell(entry.row));
    if (!find.step()) return std::nullopt;
    return text_of(find.cell(0));
}

void settle(MergeWork& work, const MergeConflict& entry, const Text& value,
            const std::string& who) {
    work.ours.run(R"sql(
        UPDATE dreams_merge_conflicts SET decided = :side, decided_by = :who, decided_at = :now
         WHERE id = :id)sql",
                  {{"side", value == entry.theirs && value != entry.ours ? "theirs" : "ours"},
                   {"who", who},
                   {"now", work.now},
                   {"id", entry.id}});
}

/// Where both say the same, there is nothing left to decide between them.
void settle_ours(MergeWork& work) {
    for (const auto& entry : open_merge_conflicts(work.ours)) {
        const auto here = standing(work.ours, entry), there = standing(work.theirs, entry);
        if (!here || here != there) continue;
        if (const auto* decided = work.disputes.decided_there(entry))
            settle(work, entry, *here, decided->decided_by.value_or(""));
        else if (entry.copy == work.other)
            settle(work, entry, *here, "both copies say the same");
    }
}

/// Who took their value took over that it is not decided yet.
void take_over_theirs(MergeWork& work) {
    for (auto entry : work.disputes.open_there()) {
        const auto here = standing(work.ours, entry);
        if (entry.copy == work.name || !here || here != standing(work.theirs, entry) ||
            *here == entry.theirs)
            continue;
        const bool known = work.ours
                               .one<int>(R"sql(
            SELECT 1 FROM dreams_merge_conflicts
             WHERE table_name = :table AND row_id = :row AND column_name = :column
               AND theirs IS :theirs AND (decided IS NULL OR found_at >= :found))sql",
                                         {{"table", entry.table},
                                          {"row", entry.row},
                                          {"column", entry.column},
                                          {"theirs", entry.theirs},
                                          {"found", entry.found_at}})
                               .has_value();
        const auto table = std::ranges::find(work.report.tables, entry.table, &MergedTable::table);
        if (known || table == work.report.tables.end()) continue;
        entry.ours = *here;
        add(work, *table, std::move(entry));
    }
}

}  // namespace

Disputes::ByCell Disputes::list(Db& db) {
    ByCell by_cell;
    if (!has_table(db, "dreams_merge_conflicts")) return by_cell;  // an older program's
    for (auto& entry : db.list<MergeConflict>("SELECT * FROM dreams_merge_conflicts ORDER BY id"))
        by_cell[name_of(entry.table, entry.row, entry.column)].push_back(std::move(entry));
    return by_cell;
}

Disputes::Disputes(Db& ours, Db& theirs) : ours_(list(ours)), theirs_(list(theirs)) {}

Side Disputes::side(const TypedCell& cell, Side side, bool there_as_known) const {
    if (ours_.empty() && theirs_.empty()) return side;
    std::optional<Instant> open;
    using Decision = const MergeConflict*;  // the last between these two values
    const auto look = [&](const ByCell& list, const std::string& row,
                          const Text& of_the_other) -> Decision {
        const auto found = list.find(name_of(cell.table, row, cell.column));
        if (found == list.end()) return nullptr;
        Decision last = nullptr;
        for (const auto& entry : found->second) {
            if (!entry.decided && entry.theirs == of_the_other)
                open = std::max(open.value_or(entry.found_at), entry.found_at);
            if (entry.decided && is_about(entry, cell.ours, cell.theirs) &&
                (!last || last->decided_at <= entry.decided_at))
                last = &entry;
        }
        return last;
    };
    const Decision here = look(ours_, cell.our_row, cell.theirs);
    const Decision there = look(theirs_, cell.their_row, cell.ours);
    const Decision last = here && (!there || here->decided_at > there->decided_at) ? here : there;
    const auto as_decided = [&] { return chosen(*last) == cell.ours ? Side::ours : Side::theirs; };
    if (open) return last && last->decided_at >= *open ? as_decided() : Side::nobody;
    if (here && there && chosen(*here) != chosen(*there))
        return knows(*here, *there) || knows(*there, *here) ? as_decided() : Side::nobody;
    return side == Side::nobody && here && there_as_known ? Side::ours : side;
}

std::vector<MergeConflict> Disputes::open_there() const {
    std::vector<MergeConflict> open;
    for (const auto& [cell, entries] : theirs_)
        for (const auto& entry : entries)
            if (!entry.decided) open.push_back(entry);
    return open;
}

const MergeConflict* Disputes::decided_there(const MergeConflict& ours) const {
    const auto found = theirs_.find(name_of(ours.table, ours.row, ours.column));
    if (found == theirs_.end()) return nullptr;
    for (const auto& entry : found->second)
        if (entry.decided && entry.decided_at >= ours.found_at &&
            is_about(entry, ours.ours, ours.theirs))
            return &entry;
    return nullptr;
}

Side side_of_typed(MergeWork& work, MergedTable& table, const TypedCell& cell, Side side) {
    const bool as_known = side == Side::nobody && (!work.remembers || is_as_known(work, cell));
    side = work.disputes.side(cell, side, as_known);
    if (side == Side::nobody) list_once(work, table, cell);
    return side;
}

void settle_conflicts(MergeWork& work) {
    settle_ours(work);
    take_over_theirs(work);
}

}  // namespace dreams::store
