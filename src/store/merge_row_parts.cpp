#include <algorithm>

#include "store/imports.h"
#include "store/merge_parts.h"
#include "store/merge_work.h"
#include "store/table_walk.h"

namespace dreams::store {
namespace {

Side newer(const Cell& ours, const Cell& theirs) {
    return less(ours, theirs) ? Side::theirs : less(theirs, ours) ? Side::ours : Side::nobody;
}

/// One table of people or homes.
class PartMerger {
public:
    PartMerger(MergeWork& work, const MergeRule& rule, MergedTable& table)
        : work_(work),
          table_(table),
          shape_(rule.table, work.ours, work.theirs),
          ours_(work.ours, shape_),
          theirs_(work.theirs, shape_),
          insert_(work.ours, insert_sql()),
          twin_(work.ours,
                "SELECT rowid, id FROM leads WHERE fub_id = ?1 OR (external_id = ?2 AND "
                "external_source = ?3)") {}

    void run() {
        const auto a = table_shape(work_.ours, shape_.table);
        const auto b = table_shape(work_.theirs, shape_.table);
        const auto rows = differing_rows(work_.ours, a, work_.theirs, b, WalkPlan(a, b));
        table_.unchanged = rows.of_b;
        for (const auto& [here, there] : rows.both) meet(ours_.at(here), theirs_.at(there));
        for (const auto there : rows.only_b) take(theirs_.at(there));
        for (const auto here : rows.only_a) follow(ours_.at(here));
    }

private:
    std::string insert_sql() const {
        std::string columns = "id", values = "?1";
        int at = 1;
        for (const auto& part : shape_.parts)
            for (const auto& column : part.columns) {
                columns += ", " + quoted_name(column);
                values += ", ?" + std::to_string(++at);
            }
        return "INSERT INTO main." + shape_.table + " (" + columns + ") VALUES (" + values + ")";
    }

    bool was_known(const std::string& id) const {
        return work_.base.hashes(shape_.table, id).has_value();
    }

    /// Whether a home that the other copy has no more stays where it is.
    bool is_needed(Db& db, const PartRow& row, const std::string& id) const {
        if (shape_.table != "properties") return false;
        return work_.staying.contains(id) || was_typed_since(row, id) ||
               !why_used(db, {id}).empty();
    }
    bool was_typed_since(const PartRow& row, const std::string& id) const {
        const auto was = work_.base.hashes(shape_.table, id).value_or("");
        const auto is = row.hashes(shape_);
        std::size_t at = 0;
        for (const auto& part : shape_.parts) {
            if (is_stamp(part)) continue;
            if (part.won_by == WonBy::person && was.size() >= at + 8 &&
                was.compare(at, 8, is, at, 8) != 0)
                return true;
            at += 8;
        }
        return false;
    }

    /// A row that only they have.
    void take(const PartRow& row) {
        const auto id = text_of(row.id).value_or("");
        const bool gone_here =
            work_.homes.into.contains(id) || (was_known(id) && !work_.homes.parted.contains(id) &&
                                              !is_needed(work_.theirs, row, id));
        --table_.unchanged;
        if (gone_here) {
            ++table_.refused;
            return;
        }
        if (shape_.table == "leads" && met_twin(row, id)) return;
        insert_.bind(1, row.id);
        int at = 1;
        for (const auto& part : row.parts)
            for (const auto& cell : part) insert_.bind(++at, cell);
        insert_.run();
        if (shape_.table == "properties") work_.new_homes.push_back({id});
        ++table_.added;
    }

    /// One person under two ids: ours stays, theirs is told to whoever refers to it.
    bool met_twin(const PartRow& row, const std::string& id) {
        const auto cell = [&](std::string_view column) {
            for (std::size_t i = 0; i < shape_.parts.size(); ++i)
                for (std::size_t j = 0; j < shape_.parts[i].columns.size(); ++j)
                    if (shape_.parts[i].columns[j] == column) return row.parts[i][j];
            return null_cell();
        };
        twin_.bind(1, cell("fub_id"));
        twin_.bind(2, cell("external_id"));
        twin_.bind(3, cell("external_source"));
        if (!twin_.step()) {
            twin_.reset();
            return false;
        }
        const auto here = std::stoll(text_of(twin_.cell(0)).value_or("0"));
        work_.people.emplace(id, text_of(twin_.cell(1)).value_or(""));
        twin_.reset();
        ++table_.unchanged;
        meet(ours_.at(here), row);
        return true;
    }

    /// A row that only we have: they deleted it, or never had it.
    void follow(const PartRow& row) {
        const auto id = text_of(row.id).value_or("");
        if (!was_known(id) || work_.homes.parted.contains(id) || is_needed(work_.ours, row, id))
            return;
        if (shape_.table == "leads" &&
            std::ranges::any_of(work_.people, [&](const auto& twin) { return twin.second == id; }))
            return;
        remove_with_children(work_.ours, shape_.table, id);
        ++table_.removed;
    }

    /// A row that both have, maybe under two ids.
    void meet(const PartRow& mine, const PartRow& other) {
        const auto id = text_of(mine.id).value_or(""), id_there = text_of(other.id).value_or("");
        const auto base = work_.base.hashes(shape_.table, id);
        const auto ours = mine.hashes(shape_), theirs = other.hashes(shape_);
        std::string set;
        std::vector<Cell> values;
        std::size_t hashed = 0;
        for (std::size_t i = 0; i < shape_.parts.size(); ++i) {
            const auto& part = shape_.parts[i];
            const bool stamp = is_stamp(part);
            const auto at = stamp ? std::string::npos : 8 * hashed++;
            if (mine.parts[i] == other.parts[i]) continue;
            const auto changed_by = [&]() -> std::optional<Side> {
                if (!base || base->size() < at + 8) return std::nullopt;
                if (base->compare(at, 8, theirs, at, 8) == 0) return Side::ours;
                if (base->compare(at, 8, ours, at, 8) == 0) return Side::theirs;
                return Side::nobody;
            };
            Side side = stamp ? by_stamp(part, mine.parts[i][0], other.parts[i][0])
                        : part.won_by == WonBy::newer ? by_instant(i, mine, other, changed_by())
                                                      : by_hand(i, mine, other, changed_by());
            if (part.won_by == WonBy::person)
                side = side_of_typed(work_, table_,
                                     {.table = shape_.table,
                                      .column = part.columns[0],
                                      .our_row = id,
                                      .their_row = id_there,
                                      .ours = text_of(mine.parts[i][0]),
                                      .theirs = text_of(other.parts[i][0]),
                                      .seen_as = id_there,
                                      .part = at / 8,
                                      .their_hash = theirs.substr(at, 8)},
                                     side);
            if (side != Side::theirs) continue;
            for (std::size_t j = 0; j < part.columns.size(); ++j) {
                values.push_back(other.parts[i][j]);
                set += (set.empty() ? "" : ", ") + quoted_name(part.columns[j]) + " = ?" +
                       std::to_string(values.size() + 1);
            }
        }
        if (values.empty()) return;
        CellWriter update(work_.ours,
                          "UPDATE main." + shape_.table + " SET " + set + " WHERE id = ?1");
        update.bind(1, mine.id);
        for (std::size_t i = 0; i < values.size(); ++i)
            update.bind(static_cast<int>(i) + 2, values[i]);
        update.run();
        ++table_.updated;
        --table_.unchanged;
    }

    static Side by_stamp(const MergePart& part, const Cell& ours, const Cell& theirs) {
        if (is_null(ours) || is_null(theirs)) return is_null(ours) ? Side::theirs : Side::ours;
        return less(ours, theirs) == (part.won_by == WonBy::latest) ? Side::theirs : Side::ours;
    }

    /// `changed_by`: who changed it since both were one; nobody: both did; none: not known.
    static Side by_instant(std::size_t i, const PartRow& mine, const PartRow& other,
                           std::optional<Side> changed_by) {
        // An instant is newer than none: else a third copy, in which the row is older than what
        // the two have in common, would decide otherwise than they.
        auto side = newer(mine.instants[i], other.instants[i]);
        if (side == Side::nobody) side = changed_by.value_or(Side::nobody);
        if (side == Side::nobody) side = newer(mine.updated_at, other.updated_at);
        if (side != Side::nobody) return side;
        return mine.parts[i] < other.parts[i] ? Side::theirs : Side::ours;
    }

    Side by_hand(std::size_t i, const PartRow& mine, const PartRow& other,
                 std::optional<Side> changed_by) const {
        if (changed_by) return *changed_by;
        // Where nobody knows what both had, something typed is more than nothing.
        const Cell &ours = mine.parts[i][0], &theirs = other.parts[i][0];
        if (is_null(ours) != is_null(theirs)) return is_null(ours) ? Side::theirs : Side::ours;
        return work_.base.at() ? Side::nobody : newer(mine.instants[i], other.instants[i]);
    }

    MergeWork& work_;
    MergedTable& table_;
    MergeShape shape_;
    PartReader ours_, theirs_;
    CellWriter insert_, twin_;
};

}  // namespace

void merge_parts(MergeWork& work, const MergeRule& rule, MergedTable& table) {
    PartMerger(work, rule, table).run();
}

}  // namespace dreams::store
