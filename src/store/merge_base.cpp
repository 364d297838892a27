#include "store/merge_base.h"

#include <unordered_map>

#include "store/merge_parts.h"
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

/// What is known already is not written again.
void remember_table(Db& into, Db& from, const std::string& copy, std::string_view table) {
    auto known = seen_of(into, copy, table);
    const MergeShape shape(table, into, from);
    Statement keep = into.prepare(R"sql(
        INSERT INTO dreams_merge_seen (copy, table_name, row_id, hashes)
        VALUES (:copy, :table, :row, :hashes)
        ON CONFLICT (copy, table_name, row_id) DO UPDATE SET hashes = excluded.hashes)sql");
    keep.bind(0, std::string_view(copy));
    keep.bind(1, table);
    PartReader::all(from, shape, [&](const PartRow& row) {
        const auto id = text_of(row.id).value_or("");
        const auto hashes = row.hashes(shape);
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

void remember_copy(Db& into, Db& from, const std::string& copy, Instant at) {
    into.run(R"sql(
        INSERT INTO dreams_merge_bases (copy, at) VALUES (:copy, :at)
        ON CONFLICT (copy) DO UPDATE SET at = excluded.at)sql",
             {{"copy", copy}, {"at", at}});
    for (const std::string_view table : {"leads", "properties"})
        remember_table(into, from, copy, table);
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
        for (const std::string_view table : {"leads", "properties"}) {
            add.bind(2, text_cell(table));
            for (const auto& [row, hashes] : seen_of(theirs, known.copy, table)) {
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
    if (!best) return base;
    base.at_ = best->at;
    base.people_ = seen_of(*best->db, best->copy, "leads");
    base.homes_ = seen_of(*best->db, best->copy, "properties");
    return base;
}

std::optional<std::string> MergeBase::hashes(std::string_view table, const std::string& row) const {
    const auto& rows = table == "leads" ? people_ : homes_;
    const auto found = rows.find(row);
    return found == rows.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace dreams::store
