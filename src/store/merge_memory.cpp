#include "store/merge_memory.h"

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
        return Columns{Column{"row_id", &Seen::row}, Column{"hashes", &Seen::hashes}};
    }
};

bool is_later(const Known& a, const Known& b) {
    const auto order = order_of(a.changes, b.changes);
    return order == Order::later || (order != Order::earlier && a.place() > b.place());
}

std::int64_t next_number(Db& a, Db& b) {
    std::int64_t last = 0;
    for (Db* db : {&a, &b})
        for (const auto& known : known_copies(*db)) last = std::max(last, known.number);
    return last + 1;
}

void keep(Db& db, const Known& known) {
    Keeper<Known>(db, {.table = "dreams_merge_bases", .key = "copy"}).keep(known);
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
void each_row(Db& db, Db& other, const MergeRule& rule, See see) {
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
    each_row(from, into, rule, [&](const std::string& id, const std::string& hashes) {
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

}  // namespace

Order order_of(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
    if (!a || !b) return Order::unknown;
    return *a < *b ? Order::earlier : *a == *b ? Order::same : Order::later;
}

std::optional<std::int64_t> changes_of(Db& copy) {
    const auto stamp = origin(copy);
    return stamp ? stamp->changes : std::nullopt;
}

std::vector<Known> known_copies(Db& db) {
    if (!has_table(db, "dreams_merge_bases")) return {};  // an older program's
    return db.list<Known>("SELECT * FROM dreams_merge_bases");
}

std::optional<Known> knows(Db& db, const std::string& copy) {
    for (const auto& known : known_copies(db))
        if (known.copy == copy) return known;
    return std::nullopt;
}

ByRow seen_of(Db& db, const std::string& copy, std::string_view table) {
    ByRow by_row;
    for (auto& seen : db.list<Seen>(R"sql(
             SELECT row_id, hashes FROM dreams_merge_seen
              WHERE copy = :copy AND table_name = :table)sql",
                                    {{"copy", copy}, {"table", table}}))
        by_row.emplace(std::move(seen.row), std::move(seen.hashes));
    return by_row;
}

ByRow rows_to_remember(Db& db, Db& other, const MergeRule& rule) {
    ByRow rows;
    each_row(db, other, rule,
             [&](const std::string& row, const std::string& hashes) { rows.emplace(row, hashes); });
    return rows;
}

std::string remembered_key(const std::vector<Cell>& key) {
    std::string text;
    for (const auto& cell : key) text += (text.empty() ? "" : "\x1f") + text_of(cell).value_or("");
    return text;
}

void remember_copy(Db& into, Db& from, const std::string& copy, Instant at) {
    keep(into, {copy, at, changes_of(from), next_number(into, from)});
    for (const auto& rule : merge_rules())
        if (rule.is_remembered()) remember_table(into, from, copy, rule);
}

void take_over_bases(Db& ours, Db& theirs) {
    constexpr int copies_kept = 8;  // an office has two or three; each restored backup is one more
    const auto here = origin(ours), there = origin(theirs);
    for (const auto& known : known_copies(theirs)) {
        const auto own = knows(ours, known.copy);
        if ((here && here->copy == known.copy) || (there && there->copy == known.copy) ||
            (own && !is_later(known, *own)))
            continue;
        ours.run("DELETE FROM dreams_merge_bases WHERE copy = :copy", {{"copy", known.copy}});
        keep(ours, known);
        CellWriter add(ours,
                       "INSERT INTO dreams_merge_seen (copy, table_name, row_id, hashes) "
                       "VALUES (?1, ?2, ?3, ?4)");
        add.bind(1, text_cell(known.copy));
        for (const auto& rule : merge_rules()) {
            if (!rule.is_remembered()) continue;
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
            (SELECT copy FROM dreams_merge_bases ORDER BY number DESC, at DESC, copy LIMIT :kept))sql",
             {{"kept", copies_kept}});
}

}  // namespace dreams::store
