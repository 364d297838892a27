#include "store/merge_base.h"

#include <algorithm>
#include <unordered_map>

#include "store/merge_parts.h"
#include "store/merge_rules.h"
#include "store/origin.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

struct Seen {
    std::string row, hashes;
    static constexpr auto columns() {
        return std::tuple{Column{"row_id", &Seen::row}, Column{"hashes", &Seen::hashes}};
    }
};

using ByRow = std::unordered_map<std::string, std::string>;

ByRow seen_of(Db& db, const std::string& copy, std::string_view table) {
    ByRow by_row;
    for (auto& seen : db.list<Seen>(R"sql(
             SELECT row_id, hashes FROM dreams_merge_seen
              WHERE copy = :copy AND table_name = :table)sql",
                                    {{"copy", copy}, {"table", table}}))
        by_row.emplace(std::move(seen.row), std::move(seen.hashes));
    return by_row;
}

struct Known {
    std::string copy;
    Instant at;
    static constexpr auto columns() {
        return std::tuple{Column{"copy", &Known::copy}, Column{"at", &Known::at}};
    }
};

std::vector<Known> known_copies(Db& db) {
    if (!has_table(db, "dreams_merge_bases")) return {};  // an older program's
    return db.list<Known>("SELECT copy, at FROM dreams_merge_bases");
}

std::optional<Instant> knows(Db& db, const std::string& copy) {
    for (const auto& known : known_copies(db))
        if (known.copy == copy) return known.at;
    return std::nullopt;
}

bool is_remembered(const MergeRule& rule) {
    return rule.joined == Joined::parts || !rule.typed.empty();
}

/// Of a table with typed columns: the rows in which somebody typed.
template <class See>
void typed_rows(Db& db, const MergeRule& rule, See see) {
    const std::string table(rule.table);
    if (!has_table(db, table)) return;  // an older program's
    const auto key = told_by(rule, table_shape(db, table).key);
    const std::vector<std::string> typed(rule.typed.begin(), rule.typed.end());
    std::string any;
    for (const auto& column : typed) any += (any.empty() ? "" : ", ") + quoted_name(column);
    Rows rows(db, "SELECT " + name_list(key) + ", " + any + " FROM main." + quoted_name(table) +
                      " WHERE coalesce(" + any + ", NULL) IS NOT NULL");
    while (rows.step()) {
        std::vector<Cell> cells;
        int at = 0;
        for (std::size_t i = 0; i < key.size(); ++i) cells.push_back(rows.cell(at++));
        std::string hashes;
        for (std::size_t i = 0; i < typed.size(); ++i) hashes += hash_of({rows.cell(at++)});
        see(remembered_key(cells), hashes);
    }
}

/// What is to be remembered of a table of `db`: `see(row, hashes)` for each row.
template <class See>
void rows_to_remember(Db& db, Db& other, const MergeRule& rule, See see) {
    if (rule.joined != Joined::parts) return typed_rows(db, rule, see);
    const MergeShape shape(rule.table, db, other);
    PartReader::all(db, shape, [&](const PartRow& row) {
        see(text_of(row.id).value_or(""), row.hashes(shape));
    });
}

/// What is known already is not written again.
void remember_table(Db& into, Db& from, const std::string& copy, const MergeRule& rule) {
    const auto table = rule.table;
    auto known = seen_of(into, copy, table);
    Statement keep = into.prepare(R"sql(
        INSERT INTO dreams_merge_seen (copy, table_name, row_id, hashes)
        VALUES (:copy, :table, :row, :hashes)
        ON CONFLICT (copy, table_name, row_id) DO UPDATE SET hashes = excluded.hashes)sql");
    keep.bind(0, std::string_view(copy));
    keep.bind(1, table);
    rows_to_remember(from, into, rule, [&](const std::string& id, const std::string& hashes) {
        const auto found = known.find(id);
        const bool same = found != known.end() && found->second == hashes;
        if (found != known.end()) known.erase(found);
        if (same) return;
        keep.bind(2, std::string_view(id));
        keep.bind(3, std::string_view(hashes));
        keep.step();
        keep.reset();
    });
    for (const auto& [gone, hashes] : known)
        into.run(R"sql(
            DELETE FROM dreams_merge_seen
             WHERE copy = :copy AND table_name = :table AND row_id = :row)sql",
                 {{"copy", copy}, {"table", table}, {"row", gone}});
}

/// Newest change of each row of a table, by its id.
std::unordered_map<std::string, std::string> changes_of(Db& db, const std::string& table) {
    std::unordered_map<std::string, std::string> changes;
    Rows rows(db, "SELECT id, coalesce(updated_at, '') FROM main." + table);
    while (rows.step()) changes.emplace(rows.text(0), rows.text(1));
    return changes;
}

/// Whether a file of our own name only has what ours had once: no row changed there later than
/// here, none that is only there later than all of ours, and no run of a sync that is not here.
/// Else a program that stamps nothing went on in it.
bool is_earlier_state(Db& ours, Db& theirs) {
    for (const char* table : {"leads", "properties"}) {
        const auto here = changes_of(ours, table);
        std::string newest;
        for (const auto& [row, changed] : here) newest = std::max(newest, changed);
        for (const auto& [row, changed] : changes_of(theirs, table)) {
            const auto found = here.find(row);
            if ((found == here.end() ? newest : found->second) < changed) return false;
        }
    }
    const std::string last_run = "SELECT coalesce(max(id), 0) FROM sync_log";
    return theirs.value<std::int64_t>(last_run) <= ours.value<std::int64_t>(last_run);
}

}  // namespace

std::string remembered_key(const std::vector<Cell>& key) {
    std::string text;
    for (const auto& cell : key) text += (text.empty() ? "" : "\x1f") + text_of(cell).value_or("");
    return text;
}

void remember_copy(Db& into, Db& from, const std::string& copy, Instant at) {
    into.run(R"sql(
        INSERT INTO dreams_merge_bases (copy, at) VALUES (:copy, :at)
        ON CONFLICT (copy) DO UPDATE SET at = excluded.at)sql",
             {{"copy", copy}, {"at", at}});
    for (const auto& rule : merge_rules())
        if (is_remembered(rule)) remember_table(into, from, copy, rule);
}

void take_over_bases(Db& ours, Db& theirs) {
    constexpr int copies_kept = 8;  // an office has two or three; each restored backup is one more
    const auto here = origin(ours), there = origin(theirs);
    for (const auto& known : known_copies(theirs)) {
        const auto ours_at = knows(ours, known.copy);
        if ((here && here->copy == known.copy) || (there && there->copy == known.copy) ||
            (ours_at && *ours_at >= known.at))
            continue;
        ours.run("DELETE FROM dreams_merge_bases WHERE copy = :copy", {{"copy", known.copy}});
        ours.run("INSERT INTO dreams_merge_bases (copy, at) VALUES (:copy, :at)",
                 {{"copy", known.copy}, {"at", known.at}});
        CellWriter add(ours,
                       "INSERT INTO dreams_merge_seen (copy, table_name, row_id, hashes) "
                       "VALUES (?1, ?2, ?3, ?4)");
        add.bind(1, text_cell(known.copy));
        for (const auto& rule : merge_rules()) {
            if (!is_remembered(rule)) continue;
            add.bind(2, text_cell(rule.table));
            for (const auto& [row, hashes] : seen_of(theirs, known.copy, rule.table)) {
                add.bind(3, text_cell(row));
                add.bind(4, text_cell(hashes));
                add.run();
            }
        }
    }
    ours.run(R"sql(
        DELETE FROM dreams_merge_bases WHERE copy NOT IN
            (SELECT copy FROM dreams_merge_bases ORDER BY at DESC, copy LIMIT :kept))sql",
             {{"kept", copies_kept}});
}

MergeBase MergeBase::find(Db& ours, Db& theirs) {
    struct Candidate {
        Instant at;
        Db* db;
        std::string copy;
    };
    const auto here = origin(ours), there = origin(theirs);
    std::optional<Candidate> best;
    const auto offer = [&](Instant at, Db& db, const std::string& copy) {
        if (!best || at > best->at) best = Candidate{at, &db, copy};
    };
    // Ours has all of them as of then; or they have all of us.
    if (there && (!here || here->copy != there->copy))
        if (const auto at = knows(ours, there->copy)) offer(*at, ours, there->copy);
    if (here && (!there || here->copy != there->copy))
        if (const auto at = knows(theirs, here->copy)) offer(*at, theirs, here->copy);
    // Both have a third: the earlier state of it is in both.
    for (const auto& known : known_copies(ours))
        if (const auto at = knows(theirs, known.copy))
            *at < known.at ? offer(*at, theirs, known.copy) : offer(known.at, ours, known.copy);
    MergeBase base;
    if (here && there && here->copy == there->copy && is_earlier_state(ours, theirs)) {
        // A copy of this very file as it once was: that is what both have in common.
        base.at_ = there->copied_at.value_or(there->born_at);
        for (const auto& rule : merge_rules())
            if (is_remembered(rule))
                rows_to_remember(theirs, ours, rule,
                                 [&, &rows = base.rows_[std::string(rule.table)]](
                                     const std::string& row, const std::string& hashes) {
                                     rows.emplace(row, hashes);
                                 });
        return base;
    }
    if (!best) return base;
    base.at_ = best->at;
    for (const auto& rule : merge_rules())
        if (is_remembered(rule))
            base.rows_[std::string(rule.table)] = seen_of(*best->db, best->copy, rule.table);
    return base;
}

std::optional<std::string> MergeBase::hashes(std::string_view table, const std::string& row) const {
    const auto rows = rows_.find(table);
    if (rows == rows_.end()) return std::nullopt;
    const auto found = rows->second.find(row);
    return found == rows->second.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace dreams::store
