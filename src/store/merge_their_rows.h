#pragma once

// Rows of the other copy, in our numbers and names. Internal to store/.

#include "store/merge_row_sql.h"
#include "store/merge_work.h"

namespace dreams::store {

/// The number that stands in a cell; none: nothing, or no number.
std::optional<std::int64_t> number_in(const Cell& cell);

/// Rows of theirs of one table, as they would stand in ours: whom and what they refer to goes by
/// what the merge has noted until then.
class TheirRows {
public:
    /// Needs both for as long as it lives.
    TheirRows(const MergeWork& work, const RowSql& sql) : work_(work), sql_(sql) {}

    MergeRow in_our_names(MergeRow row) const;

    /// Whether something that the row belongs to came with this merge. `row`: in our names.
    bool parent_came(const MergeRow& row) const;

private:
    void rename(MergeRow& row, std::string_view column,
                const std::unordered_map<std::string, std::string>& names) const;
    bool concerns(const NumberOf& number, const MergeRow& row) const;
    std::optional<Cell> number_here(std::string_view table, const Cell& there) const;

    const MergeWork& work_;
    const RowSql& sql_;
};

}  // namespace dreams::store
