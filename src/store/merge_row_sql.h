#pragma once

// The rows of one table that two copies have, and the SQL that reads and writes them. Internal to
// store/.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db_rows.h"
#include "store/merge_rules.h"
#include "store/table_walk.h"

namespace dreams::store {

/// A row of the columns that both files have, and what tells the newer.
struct MergeRow {
    std::int64_t number = 0;
    std::vector<Cell> cells;
    Cell newer;
};

/// A table as both files have it and a rule joins it: what stands where in a `MergeRow`, and the
/// text of each question and order.
struct RowSql {
    const MergeRule& rule;
    const WalkPlan& plan;

    /// Whether each copy counts its rows by itself: a number of theirs is not ours.
    bool numbered() const;
    /// Whether the column is the number that each copy gives by itself.
    bool is_number(std::string_view column) const;
    std::vector<std::string> same_by() const;   ///< what makes two rows one
    std::vector<std::string> found_by() const;  ///< `same_by`, then what tells apart

    /// Where the column stands in a row; none: not both files have it.
    std::optional<std::size_t> place(std::string_view column) const;
    /// Throws Error{internal}: not both files have it.
    std::size_t required_place(std::string_view column) const;
    /// Throws as `required_place` does.
    const Cell& cell(const MergeRow& row, std::string_view column) const;

    std::string select() const;  ///< ?1: the row's number
    std::string find() const;    ///< the number of the row that is one with ?1, ?2 …: `found_by`
    std::string insert() const;  ///< ?1, ?2 …: the cells of a row but for the number
    std::string update() const;  ///< the same, then the row's number
};

}  // namespace dreams::store
