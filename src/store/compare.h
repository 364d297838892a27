#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/db.h"
#include "base/json_writer.h"

namespace dreams::store {

/// One table in two files. Rows are the same row when their primary keys are.
struct TableComparison {
    std::string table;
    bool in_a = true, in_b = true;  ///< whether the file has the table at all
    std::int64_t a = 0, b = 0;      ///< rows in each
    std::int64_t only_a = 0, only_b = 0, differing = 0, equal = 0;
    /// In how many of the differing rows each column differs; columns that one file lacks differ
    /// in every row where the other's is not NULL.
    std::vector<std::pair<std::string, std::int64_t>> columns;
    bool own = false;  ///< what stands in it belongs to each copy alone: its stamp, its timetable

    bool identical() const { return in_a == in_b && only_a + only_b + differing == 0; }
    /// What is each copy's own makes no difference between them.
    bool same() const { return own || identical(); }
};

/// Every table of either file, the dictionary's first, as of one moment of each. Neither is
/// written to. Each is read once, in the order of its rows; rows that do not stand at the same
/// place in both are remembered by key and sought afterwards.
std::vector<TableComparison> compare(Db& a, Db& b);

/// One table of either file; the caller sees to it that both stand still.
TableComparison compare_table(Db& a, Db& b, const std::string& name);

/// Whether nothing differs anywhere.
bool same(const std::vector<TableComparison>& tables);

/// What one table's difference is, in words: `3 only in A, 2 differ (price 2, status 1)`; the two
/// files go by these names, and what is each file's own is said to be. Of many columns it names
/// those that differ most often.
std::string difference(const TableComparison& table, const std::string& a = "A",
                       const std::string& b = "B");

/// The same as member `tables` of an object that is being written.
void write_comparison(json::Writer& json, const std::vector<TableComparison>& tables);

}  // namespace dreams::store
