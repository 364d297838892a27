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
    struct Meeting {
        const PartRow &mine, &other;
        std::string id, id_there;
        std::string ours, theirs;  ///< hashes
        std::optional<std::string> base;
    };
    using Parts = std::vector<std::size_t>;  ///< by their number in the shape

    void meet(const PartRow& mine, const PartRow& other) {
        const auto id = text_of(mine.id).value_or("");
        const Meeting both{.mine = mine,
                           .other = other,
                           .id = id,
                           .id_there = text_of(other.id).value_or(""),
                           .ours = mine.hashes(shape_),
                           .theirs = other.hashes(shape_),
                           .base = work_.base.hashes(shape_.table, id)};
        const auto sides = sides_of(both);
        Parts taken;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            if (mine.parts[i] == other.parts[i]) continue;
            const auto side = shape_.parts[i].won_by == WonBy::person
                                  ? side_of_typed(work_, table_, cell(both, i), sides[i])
                                  : sides[i];
            if (side == Side::theirs) taken.push_back(i);
        }
        if (shape_.table == "leads") leave_what_another_has(both, taken);
        if (!taken.empty()) write(both, taken);
    }

    /// Whose each part is by what is known of both rows; of parts that are equal it says nothing.
    std::vector<Side> sides_of(const Meeting& both) const {
        std::vector<Side> sides(shape_.parts.size(), Side::ours);
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const auto &ours = both.mine.parts[i], &theirs = both.other.parts[i];
            if (ours == theirs) continue;
            const auto& part = shape_.parts[i];
            sides[i] = is_stamp(part) ? by_stamp(part, ours[0], theirs[0])
                       : part.won_by == WonBy::newer
                           ? by_instant(i, both.mine, both.other, changed_by(both, i))
                           : by_hand(i, both.mine, both.other, changed_by(both, i));
        }
        // A number and whose it is say one thing: half of either would be nobody's.
        const auto number = part_of("external_id"), source = part_of("external_source");
        if (number && source && differ(both, *number) && differ(both, *source) &&
            sides[*number] != sides[*source])
            sides[*number] = sides[*source] = Side::nobody;
        return sides;
    }

    static bool differ(const Meeting& both, std::size_t i) {
        return both.mine.parts[i] != both.other.parts[i];
    }

    std::optional<std::size_t> part_of(std::string_view column) const {
        for (std::size_t i = 0; i < shape_.parts.size(); ++i)
            if (shape_.parts[i].columns[0] == column) return i;
        return std::nullopt;
    }

    /// Where the hash of a part begins among those of its row.
    std::size_t place_of(std::size_t i) const {
        const auto part = shape_.parts.begin();
        return 8 * static_cast<std::size_t>(
                       std::count_if(part, part + static_cast<std::ptrdiff_t>(i),
                                     [](const MergePart& each) { return !is_stamp(each); }));
    }

    /// Who changed a part since both were one; nobody: both did; none: not known.
    std::optional<Side> changed_by(const Meeting& both, std::size_t i) const {
        const auto at = place_of(i);
        if (!both.base || both.base->size() < at + 8) return std::nullopt;
        if (both.base->compare(at, 8, both.theirs, at, 8) == 0) return Side::ours;
        if (both.base->compare(at, 8, both.ours, at, 8) == 0) return Side::theirs;
        return Side::nobody;
    }

    TypedCell cell(const Meeting& both, std::size_t i) const {
        const auto at = place_of(i);
        return {.table = shape_.table,
                .column = shape_.parts[i].columns[0],
                .our_row = both.id,
                .their_row = both.id_there,
                .ours = text_of(both.mine.parts[i][0]),
                .theirs = text_of(both.other.parts[i][0]),
                .seen_as = both.id_there,
                .part = at / 8,
                .their_hash = both.theirs.substr(at, 8)};
    }

    /// What tells one person from all others stays with whoever has it here; a person decides.
    void leave_what_another_has(const Meeting& both, Parts& taken) {
        using Columns = std::vector<std::string_view>;
        for (const auto& key : {Columns{"fub_id"}, Columns{"external_id", "external_source"}}) {
            Parts parts;
            for (const auto column : key)
                if (const auto part = part_of(column)) parts.push_back(*part);
            const auto is_of_key = [&](const std::size_t i) {
                return std::ranges::find(parts, i) != parts.end();
            };
            if (std::ranges::none_of(taken, is_of_key) || !another_has(both, parts, taken))
                continue;
            std::erase_if(taken, [&](const std::size_t i) {
                if (!is_of_key(i)) return false;
                side_of_typed(work_, table_, cell(both, i), Side::nobody);
                return true;
            });
        }
    }

    /// Whether somebody else here has what the row would have with what is taken.
    bool another_has(const Meeting& both, const Parts& key, const Parts& taken) {
        std::string sql = "SELECT 1 FROM main.leads WHERE id <> ?1";
        for (std::size_t i = 0; i < key.size(); ++i)
            sql += " AND " + quoted_name(shape_.parts[key[i]].columns[0]) + " = ?" +
                   std::to_string(i + 2);
        CellWriter find(work_.ours, sql);
        find.bind(1, both.mine.id);
        for (std::size_t i = 0; i < key.size(); ++i) {
            const bool is_taken = std::ranges::find(taken, key[i]) != taken.end();
            find.bind(static_cast<int>(i) + 2,
                      (is_taken ? both.other : both.mine).parts[key[i]][0]);
        }
        return find.step();
    }

    void write(const Meeting& both, const Parts& taken) {
        std::string set;
        std::vector<Cell> values;
        for (const auto i : taken) {
            const auto& columns = shape_.parts[i].columns;
            for (std::size_t j = 0; j < columns.size(); ++j) {
                values.push_back(both.other.parts[i][j]);
                set += (set.empty() ? "" : ", ") + quoted_name(columns[j]) + " = ?" +
                       std::to_string(values.size() + 1);
            }
        }
        CellWriter update(work_.ours,
                          "UPDATE main." + shape_.table + " SET " + set + " WHERE id = ?1");
        update.bind(1, both.mine.id);
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
