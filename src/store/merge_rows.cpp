#include <algorithm>

#include "base/text.h"
#include "store/merge_parts.h"
#include "store/merge_work.h"
#include "store/table_walk.h"

namespace dreams::store {
namespace {

using Numbers = std::vector<std::int64_t>;

/// Nothing, or a zero: whatever the other copy says is more.
bool says_nothing(const Cell& cell) {
    return is_null(cell) || text_of(cell) == "0";
}

/// A row of the columns that both files have, and what tells the newer.
struct Row {
    std::int64_t number = 0;
    std::vector<Cell> cells;
    Cell newer;
};

class RowMerger {
public:
    RowMerger(MergeWork& work, const MergeRule& rule, MergedTable& table)
        : work_(work),
          rule_(rule),
          table_(table),
          here_(table_shape(work.ours, table.table)),
          there_(table_shape(work.theirs, table.table)),
          plan_(here_, there_),
          ours_(work.ours, select() + " WHERE rowid = ?1"),
          theirs_(work.theirs, select() + " WHERE rowid = ?1"),
          find_(work.ours, find_sql()),
          insert_(work.ours, insert_sql()),
          update_(work.ours, update_sql()) {
        for (const auto& reference : work.ours.list<Parent>(
                 "SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(:table)",
                 {{"table", table.table}}))
            if (const int at = place(reference.column); at >= 0)
                parents_.emplace_back(
                    at, std::make_unique<CellWriter>(
                            work.ours, "SELECT 1 FROM main." + quoted_name(reference.table) +
                                           " WHERE " + quoted_name(reference.key) + " = ?1"));
    }

    void run() {
        Numbers only_there;
        std::vector<std::pair<std::int64_t, std::int64_t>> differing;
        WalkSide a(work_.ours, here_, plan_, {}), b(work_.theirs, there_, plan_, {});
        const int columns = 1 + static_cast<int>(plan_.key.size() + plan_.common.size());
        walk(
            a, b,
            [&](const Rows& mine, const Rows& other, std::int64_t here, std::int64_t there) {
                for (int i = 1; i < columns; ++i)
                    if (!mine.same(i, other, i)) return differing.emplace_back(here, there), void();
            },
            [](std::int64_t) {}, [&](std::int64_t there) { only_there.push_back(there); });
        table_.unchanged = b.count();
        // By number alone two rows of two copies are not one.
        if (rule_.joined != Joined::rows)
            for (const auto& [here, there] : differing) only_there.push_back(there);
        else
            for (const auto& [here, there] : differing)
                meet(read(ours_, here), translated(read(theirs_, there)));
        std::ranges::sort(only_there);
        for (const auto there : only_there) take(translated(read(theirs_, there)));
    }

private:
    struct Parent {
        std::string table, column, key;
        static constexpr auto columns() {
            return std::tuple{Column{"table", &Parent::table}, Column{"from", &Parent::column},
                              Column{"to", &Parent::key}};
        }
    };

    // ---- What is asked of the two files

    bool numbered() const { return rule_.joined == Joined::numbered || is_journal(); }
    bool is_journal() const {
        return rule_.joined == Joined::follow && plan_.key == std::vector<std::string>{"id"};
    }

    std::string select() const {
        return "SELECT rowid, " + name_list(plan_.common) + ", " +
               (rule_.newer_by.empty() ? "NULL" : std::string(rule_.newer_by)) + " FROM main." +
               quoted_name(table_.table);
    }
    std::vector<std::string> same_by() const { return told_by(rule_, plan_.key); }
    /// What finds the row here: `same_by`, then what tells apart.
    std::vector<std::string> found_by() const {
        auto columns = same_by();
        columns.insert(columns.end(), rule_.unless.begin(), rule_.unless.end());
        return columns;
    }
    std::string find_sql() const {
        const auto same = same_by().size();
        const auto columns = found_by();
        std::string sql = "SELECT rowid FROM main." + quoted_name(table_.table) + " WHERE ", apart;
        for (std::size_t i = 0; i < columns.size(); ++i)
            (i < same ? sql : apart) += (i == 0 || i == same ? "" : " AND ") +
                                        quoted_name(columns[i]) + " IS ?" + std::to_string(i + 1);
        if (!apart.empty()) {
            const auto end = quoted_name(rule_.unless[0]);
            sql += " AND (" + end + " IS NULL OR ?" + std::to_string(same + 1) + " IS NULL OR (" +
                   apart + ")) ORDER BY " + end + " IS NULL";
        }
        return sql + " LIMIT 1";
    }
    /// A number of theirs is not ours.
    std::string insert_sql() const {
        std::string values;
        for (std::size_t i = 0; i < plan_.common.size(); ++i)
            values +=
                (i == 0 ? "" : ", ") +
                (numbered() && plan_.common[i] == "id" ? "NULL" : "?" + std::to_string(i + 1));
        return "INSERT INTO main." + quoted_name(table_.table) + " (" + name_list(plan_.common) +
               ") VALUES (" + values + ")";
    }
    std::string update_sql() const {
        std::string set;
        for (std::size_t i = 0; i < plan_.common.size(); ++i)
            if (!numbered() || plan_.common[i] != "id")
                set += (set.empty() ? "" : ", ") + quoted_name(plan_.common[i]) + " = ?" +
                       std::to_string(i + 1);
        return "UPDATE main." + quoted_name(table_.table) + " SET " + set + " WHERE rowid = ?" +
               std::to_string(plan_.common.size() + 1);
    }

    int place(std::string_view column) const {
        const auto found = std::ranges::find(plan_.common, column);
        return found == plan_.common.end() ? -1 : static_cast<int>(found - plan_.common.begin());
    }

    Row read(Rows& from, std::int64_t number) const {
        from.begin_again(number);
        if (!from.step())
            throw Error(Fault::internal,
                        "a row of " + table_.table + " has gone while it was merged");
        Row row{.number = number};
        const int columns = static_cast<int>(plan_.common.size());
        for (int i = 1; i <= columns; ++i) row.cells.push_back(from.cell(i));
        row.newer = from.cell(columns + 1);
        return row;
    }

    // ---- A row of theirs in our numbers and names

    Row translated(Row row) const {
        for (const auto column : rule_.people) rename(row, column, work_.people);
        for (const auto column : rule_.homes) rename(row, column, work_.homes.into);
        for (const auto& number : rule_.numbers) {
            const int at = place(number.column);
            if (at < 0 || !concerns(number, row)) continue;
            auto& cell = row.cells[static_cast<std::size_t>(at)];
            if (const auto here = number_here(number.table, cell)) cell = *here;
        }
        return row;
    }
    void rename(Row& row, std::string_view column,
                const std::unordered_map<std::string, std::string>& names) const {
        const int at = place(column);
        if (at < 0 || names.empty()) return;
        auto& cell = row.cells[static_cast<std::size_t>(at)];
        for (auto found = names.find(text_of(cell).value_or("")); found != names.end();
             found = names.find(found->second))
            cell = text_cell(found->second);
    }
    bool concerns(const NumberOf& number, const Row& row) const {
        if (number.actions.empty()) return true;
        const int at = place("action");
        const auto action =
            at < 0 ? "" : text_of(row.cells[static_cast<std::size_t>(at)]).value_or("");
        return std::ranges::find(number.actions, action) != number.actions.end();
    }
    std::optional<Cell> number_here(std::string_view table, const Cell& there) const {
        const auto numbers = work_.numbers.find(table);
        const auto number = text::integer(text_of(there).value_or(""));
        if (numbers == work_.numbers.end() || !number) return std::nullopt;
        const auto found = numbers->second.find(*number);
        if (found == numbers->second.end()) return std::nullopt;
        return integer_cell(found->second);
    }

    // ---- What becomes of it

    void take(const Row& theirs) {
        if (rule_.joined == Joined::follow) return follow(theirs);
        if (const auto here = same_here(theirs)) {
            note_number(theirs, *here, false);
            return meet(read(ours_, *here), theirs);
        }
        if (table_.table == "contact_scoring_history" && same_day(theirs)) return;
        if (!has_parents(theirs)) {
            --table_.unchanged;
            ++table_.refused;
            return;
        }
        add(theirs);
    }

    void add(const Row& theirs) {
        for (std::size_t i = 0; i < theirs.cells.size(); ++i)
            if (!numbered() || plan_.common[i] != "id")
                insert_.bind(static_cast<int>(i) + 1, theirs.cells[i]);
        insert_.run();
        if (numbered()) note_number(theirs, work_.ours.last_id(), true);
        --table_.unchanged;
        ++table_.added;
    }

    /// Belongs to a parent: comes when that came.
    void follow(const Row& theirs) {
        for (const auto& number : rule_.numbers) {
            const auto came = work_.came.find(number.table);
            const int at = place(number.column);
            if (at < 0 || came == work_.came.end() || !concerns(number, theirs)) continue;
            const auto parent =
                text::integer(text_of(theirs.cells[static_cast<std::size_t>(at)]).value_or(""));
            if (parent && came->second.contains(*parent)) return add(theirs);
        }
    }

    std::optional<std::int64_t> same_here(const Row& theirs) {
        int at = 0;
        for (const auto& column : found_by())
            find_.bind(++at, theirs.cells[static_cast<std::size_t>(place(column))]);
        std::optional<std::int64_t> here;
        if (find_.step()) here = text::integer(text_of(find_.cell(0)).value_or(""));
        find_.reset();
        return here;
    }

    void note_number(const Row& theirs, std::int64_t here, bool came) {
        if (!numbered()) return;
        work_.numbers[table_.table][theirs.number] = here;
        if (came) work_.came[table_.table].insert(here);
    }

    bool has_parents(const Row& theirs) {
        return std::ranges::all_of(parents_, [&](auto& parent) {
            const auto& cell = theirs.cells[static_cast<std::size_t>(parent.first)];
            if (is_null(cell)) return true;
            parent.second->bind(1, cell);
            const bool there = parent.second->step();
            parent.second->reset();
            return there;
        });
    }

    /// Of a person's snapshots of one business day the later stays. True: that has been seen to.
    bool same_day(const Row& theirs) {
        const auto& person = theirs.cells[static_cast<std::size_t>(place("contact_id"))];
        const auto& recorded = theirs.cells[static_cast<std::size_t>(place("recorded_at"))];
        const auto at = instant_from(text_of(recorded).value_or(""));
        if (!at) return false;
        const auto day = work_.zone.date_of(*at);
        const auto latest = work_.ours.one<std::int64_t>(
            R"sql(SELECT id FROM contact_scoring_history
                   WHERE contact_id = :person AND recorded_at >= :begin AND recorded_at < :end
                   ORDER BY recorded_at DESC, id DESC LIMIT 1)sql",
            {{"person", text_of(person)},
             {"begin", work_.zone.start_of(day)},
             {"end", work_.zone.start_of(day + std::chrono::days{1})}});
        if (!latest) return false;
        const auto ours = read(ours_, *latest);
        if (less(ours.cells[static_cast<std::size_t>(place("recorded_at"))], recorded))
            write(ours, theirs.cells);
        return true;
    }

    /// One row in both copies.
    void meet(const Row& ours, const Row& theirs) {
        const bool they_win = less(ours.newer, theirs.newer) || (!less(theirs.newer, ours.newer) &&
                                                                 contents(ours) < contents(theirs));
        auto result = they_win ? theirs.cells : ours.cells;
        for (const auto column : rule_.lasting) {
            const int at = place(column);
            if (at < 0) continue;
            const auto i = static_cast<std::size_t>(at);
            const Cell &a = ours.cells[i], &b = theirs.cells[i];
            result[i] = says_nothing(a) ? b : says_nothing(b) ? a : std::max(a, b);
        }
        join_typed(ours, theirs, result);
        if (!rule_.same_by.empty() && !numbered())
            for (const auto& column : plan_.key) {
                const auto i = static_cast<std::size_t>(place(column));
                result[i] = std::min(ours.cells[i], theirs.cells[i]);
            }
        if (numbered())
            result[static_cast<std::size_t>(place("id"))] =
                ours.cells[static_cast<std::size_t>(place("id"))];
        if (result != ours.cells) write(ours, result);
    }

    /// What a person typed, against what both had when they were last one. What is not remembered
    /// of a row was nothing.
    void join_typed(const Row& ours, const Row& theirs, std::vector<Cell>& result) {
        if (rule_.typed.empty()) return;
        const auto known = work_.base.hashes(table_.table, key_of(ours));
        for (std::size_t n = 0; n < rule_.typed.size(); ++n) {
            const auto i = static_cast<std::size_t>(place(rule_.typed[n]));
            const Cell &mine = ours.cells[i], &other = theirs.cells[i];
            result[i] = mine;
            if (mine == other) continue;
            const auto was = known ? known->substr(8 * n, 8) : hash_of({null_cell()});
            const bool knows = work_.base.at().has_value();
            Side side = Side::nobody;
            if (knows ? was == hash_of({mine}) : is_null(mine))
                side = Side::theirs;
            else if (knows ? was == hash_of({other}) : is_null(other))
                side = Side::ours;
            if (typed_side(ours, theirs, n, side) == Side::theirs) result[i] = other;
        }
    }
    Side typed_side(const Row& ours, const Row& theirs, std::size_t n, Side side) {
        const auto i = static_cast<std::size_t>(place(rule_.typed[n]));
        return side_of_typed(
            work_, table_,
            {.table = table_.table,
             .column = rule_.typed[n],
             .our_row = text_of(std::min(cell(ours, "id"), cell(theirs, "id"))).value_or(""),
             .their_row = text_of(cell(theirs, "id")).value_or(""),
             .ours = text_of(ours.cells[i]),
             .theirs = text_of(theirs.cells[i]),
             .seen_as = key_of(theirs),
             .part = n,
             .their_hash = hash_of({theirs.cells[i]})},
            side);
    }
    const Cell& cell(const Row& row, std::string_view column) const {
        return row.cells[static_cast<std::size_t>(place(column))];
    }
    std::string key_of(const Row& row) const {
        std::vector<Cell> key;
        for (const auto& column : same_by()) key.push_back(cell(row, column));
        return remembered_key(key);
    }

    /// What decides between two rows as of one instant: nothing that the copies number or name for
    /// themselves, or that lasts anyway. Else it would matter which was merged first.
    std::vector<Cell> contents(const Row& row) const {
        auto cells = row.cells;
        const auto leave_out = [&](std::string_view column) {
            if (const int at = place(column); at >= 0) cells[static_cast<std::size_t>(at)].clear();
        };
        for (const auto& column : plan_.key) leave_out(column);
        for (const auto& number : rule_.numbers) leave_out(number.column);
        for (const auto column : rule_.lasting) leave_out(column);
        for (const auto column : rule_.typed) leave_out(column);
        return cells;
    }

    void write(const Row& ours, const std::vector<Cell>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (!numbered() || plan_.common[i] != "id")
                update_.bind(static_cast<int>(i) + 1, cells[i]);
        update_.bind(static_cast<int>(cells.size()) + 1, integer_cell(ours.number));
        update_.run();
        --table_.unchanged;
        ++table_.updated;
    }

    MergeWork& work_;
    const MergeRule& rule_;
    MergedTable& table_;
    TableShape here_, there_;
    WalkPlan plan_;
    Rows ours_, theirs_;
    CellWriter find_, insert_, update_;
    std::vector<std::pair<int, std::unique_ptr<CellWriter>>> parents_;
};

}  // namespace

void merge_rows(MergeWork& work, const MergeRule& rule, MergedTable& table) {
    RowMerger(work, rule, table).run();
}

}  // namespace dreams::store
