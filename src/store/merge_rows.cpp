#include <algorithm>
#include <memory>

#include "store/merge_memory.h"
#include "store/merge_parts.h"
#include "store/merge_their_rows.h"
#include "store/merge_work.h"
#include "store/table_walk.h"

namespace dreams::store {
namespace {

/// Nothing, or a zero: whatever the other copy says is more.
bool says_nothing(const Cell& cell) {
    return is_null(cell) || text_of(cell) == "0";
}

class RowMerger {
public:
    RowMerger(MergeWork& work, const MergeRule& rule, MergedTable& table)
        : work_(work),
          rule_(rule),
          table_(table),
          here_(table_shape(work.ours, table.table)),
          there_(table_shape(work.theirs, table.table)),
          plan_(here_, there_),
          sql_{rule, plan_},
          their_rows_(work, sql_),
          ours_(work.ours, sql_.select()),
          theirs_(work.theirs, sql_.select()),
          find_(work.ours, sql_.find()),
          insert_(work.ours, sql_.insert()),
          update_(work.ours, sql_.update()) {
        for (const auto& reference : work.ours.list<Reference>(
                 "SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(:table)",
                 {{"table", table.table}}))
            if (const auto at = sql_.place(reference.column))
                parents_.push_back(
                    {*at, std::make_unique<CellWriter>(
                              work.ours, "SELECT 1 FROM main." + quoted_name(reference.table) +
                                             " WHERE " + quoted_name(reference.key) + " = ?1")});
    }

    void run() {
        auto rows = differing_rows(work_.ours, here_, work_.theirs, there_, plan_);
        table_.unchanged = rows.of_b;  // until another count takes a row out of it
        // By number alone two rows of two copies are not one.
        if (rule_.joined != Joined::rows)
            for (const auto& [here, there] : rows.both) rows.only_b.push_back(there);
        else
            for (const auto& [here, there] : rows.both) meet(row_here(here), row_there(there));
        std::ranges::sort(rows.only_b);
        for (const auto there : rows.only_b) take(row_there(there));
    }

private:
    struct Reference {
        std::string table, column, key;
        static constexpr auto columns() {
            return Columns{Column{"table", &Reference::table}, Column{"from", &Reference::column},
                           Column{"to", &Reference::key}};
        }
    };

    /// A column that refers to a row of another table, and the question whether that is there.
    struct Parent {
        std::size_t place;
        std::unique_ptr<CellWriter> question;
    };

    MergeRow row_here(std::int64_t number) { return read(ours_, number); }
    MergeRow row_there(std::int64_t number) {
        return their_rows_.in_our_names(read(theirs_, number));
    }
    MergeRow read(Rows& from, std::int64_t number) const {
        from.begin_again(number);
        if (!from.step())
            throw Error(Fault::internal,
                        "a row of " + table_.table + " has gone while it was merged");
        MergeRow row{.number = number};
        const int columns = static_cast<int>(plan_.common.size());
        for (int i = 1; i <= columns; ++i) row.cells.push_back(from.cell(i));
        row.newer = from.cell(columns + 1);
        return row;
    }

    void count(std::int64_t MergedTable::*as) {
        --table_.unchanged;
        ++(table_.*as);
    }

    /// A row that only they have, or that is not known to be one of ours by its number.
    void take(const MergeRow& theirs) {
        if (rule_.joined == Joined::follow) {
            if (their_rows_.parent_came(theirs)) add(theirs);
            return;
        }
        if (const auto here = same_here(theirs)) {
            note_number(theirs, *here, false);
            return meet(row_here(*here), theirs);
        }
        if (table_.table == "contact_scoring_history" && same_day(theirs)) return;
        if (!has_parents(theirs)) return count(&MergedTable::refused);
        add(theirs);
    }

    void add(const MergeRow& theirs) {
        for (std::size_t i = 0; i < theirs.cells.size(); ++i)
            if (!sql_.is_number(plan_.common[i]))
                insert_.bind(static_cast<int>(i) + 1, theirs.cells[i]);
        insert_.run();
        if (sql_.numbered()) note_number(theirs, work_.ours.last_id(), true);
        count(&MergedTable::added);
    }

    std::optional<std::int64_t> same_here(const MergeRow& theirs) {
        int at = 0;
        for (const auto& column : sql_.found_by()) find_.bind(++at, sql_.cell(theirs, column));
        std::optional<std::int64_t> here;
        if (find_.step()) here = number_in(find_.cell(0));
        find_.reset();
        return here;
    }

    void note_number(const MergeRow& theirs, std::int64_t here, bool came) {
        if (!sql_.numbered()) return;
        work_.numbers[table_.table][theirs.number] = here;
        if (came) work_.came[table_.table].insert(here);
    }

    bool has_parents(const MergeRow& theirs) {
        return std::ranges::all_of(parents_, [&](Parent& parent) {
            const auto& cell = theirs.cells[parent.place];
            if (is_null(cell)) return true;
            parent.question->bind(1, cell);
            const bool there = parent.question->step();
            parent.question->reset();
            return there;
        });
    }

    /// Of a person's snapshots of one business day the later stays. True: that has been seen to.
    bool same_day(const MergeRow& theirs) {
        const auto& recorded = sql_.cell(theirs, "recorded_at");
        const auto at = instant_from(text_of(recorded).value_or(""));
        if (!at) return false;
        const auto day = work_.zone.date_of(*at);
        const auto latest = work_.ours.one<std::int64_t>(
            R"sql(SELECT id FROM contact_scoring_history
                   WHERE contact_id = :person AND recorded_at >= :begin AND recorded_at < :end
                   ORDER BY recorded_at DESC, id DESC LIMIT 1)sql",
            {{"person", text_of(sql_.cell(theirs, "contact_id"))},
             {"begin", work_.zone.start_of(day)},
             {"end", work_.zone.start_of(day + std::chrono::days{1})}});
        if (!latest) return false;
        const auto ours = row_here(*latest);
        if (less(sql_.cell(ours, "recorded_at"), recorded)) write(ours, theirs.cells);
        return true;
    }

    /// One row in both copies.
    void meet(const MergeRow& ours, const MergeRow& theirs) {
        const bool they_win = less(ours.newer, theirs.newer) || (!less(theirs.newer, ours.newer) &&
                                                                 contents(ours) < contents(theirs));
        auto result = they_win ? theirs.cells : ours.cells;
        keep_lasting(ours, theirs, result);
        join_typed(ours, theirs, result);
        agree_on_key(ours, theirs, result);
        if (result != ours.cells) write(ours, result);
    }

    void keep_lasting(const MergeRow& ours, const MergeRow& theirs,
                      std::vector<Cell>& result) const {
        for (const auto column : rule_.lasting) {
            const auto at = sql_.place(column);
            if (!at) continue;
            const Cell &a = ours.cells[*at], &b = theirs.cells[*at];
            result[*at] = says_nothing(a) ? b : says_nothing(b) ? a : std::max(a, b);
        }
    }

    /// A row that goes by something else than its key has the lesser key in both copies, and keeps
    /// its number in each.
    void agree_on_key(const MergeRow& ours, const MergeRow& theirs,
                      std::vector<Cell>& result) const {
        if (sql_.numbered())
            result[sql_.required_place("id")] = sql_.cell(ours, "id");
        else if (!rule_.same_by.empty())
            for (const auto& column : plan_.key)
                result[sql_.required_place(column)] =
                    std::min(sql_.cell(ours, column), sql_.cell(theirs, column));
    }

    /// What a person typed, against what both had when they were last one. What is not remembered
    /// of a row was nothing.
    void join_typed(const MergeRow& ours, const MergeRow& theirs, std::vector<Cell>& result) {
        if (rule_.typed.empty()) return;
        const auto known = work_.base.hashes(table_.table, key_of(ours));
        for (std::size_t n = 0; n < rule_.typed.size(); ++n) {
            const auto i = sql_.required_place(rule_.typed[n]);
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
    Side typed_side(const MergeRow& ours, const MergeRow& theirs, std::size_t n, Side side) {
        const Cell &mine = sql_.cell(ours, rule_.typed[n]),
                   &other = sql_.cell(theirs, rule_.typed[n]);
        return side_of_typed(
            work_, table_,
            {.table = table_.table,
             .column = rule_.typed[n],
             .our_row =
                 text_of(std::min(sql_.cell(ours, "id"), sql_.cell(theirs, "id"))).value_or(""),
             .their_row = text_of(sql_.cell(theirs, "id")).value_or(""),
             .ours = text_of(mine),
             .theirs = text_of(other),
             .seen_as = key_of(theirs),
             .part = n,
             .their_hash = hash_of({other})},
            side);
    }
    std::string key_of(const MergeRow& row) const {
        std::vector<Cell> key;
        for (const auto& column : sql_.same_by()) key.push_back(sql_.cell(row, column));
        return remembered_key(key);
    }

    /// What decides between two rows as of one instant: nothing that the copies number or name for
    /// themselves, or that lasts anyway. Else it would matter which was merged first.
    std::vector<Cell> contents(const MergeRow& row) const {
        auto cells = row.cells;
        const auto leave_out = [&](std::string_view column) {
            if (const auto at = sql_.place(column)) cells[*at].clear();
        };
        for (const auto& column : plan_.key) leave_out(column);
        for (const auto& number : rule_.numbers) leave_out(number.column);
        for (const auto column : rule_.lasting) leave_out(column);
        for (const auto column : rule_.typed) leave_out(column);
        return cells;
    }

    void write(const MergeRow& ours, const std::vector<Cell>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (!sql_.is_number(plan_.common[i])) update_.bind(static_cast<int>(i) + 1, cells[i]);
        update_.bind(static_cast<int>(cells.size()) + 1, integer_cell(ours.number));
        update_.run();
        count(&MergedTable::updated);
    }

    MergeWork& work_;
    const MergeRule& rule_;
    MergedTable& table_;
    TableShape here_, there_;
    WalkPlan plan_;
    RowSql sql_;
    TheirRows their_rows_;
    Rows ours_, theirs_;
    CellWriter find_, insert_, update_;
    std::vector<Parent> parents_;
};

}  // namespace

void merge_rows(MergeWork& work, const MergeRule& rule, MergedTable& table) {
    RowMerger(work, rule, table).run();
}

}  // namespace dreams::store
