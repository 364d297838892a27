#include <algorithm>

#include "store/compare.h"
#include "store/merge_work.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

bool has_rule(const std::string& table) {
    return std::ranges::find(merge_rules(), table, &MergeRule::table) != merge_rules().end();
}

/// Columns of a table of ours that only the other file has, where there is something in them.
void add_columns(std::vector<LeftThere>& left, Db& ours, Db& theirs, const std::string& table) {
    const auto here = table_shape(ours, table).columns;
    for (const auto& column : table_shape(theirs, table).columns) {
        if (std::ranges::find(here, column) != here.end()) continue;
        const auto rows = theirs.value<std::int64_t>("SELECT count(" + quoted_name(column) +
                                                     ") FROM main." + quoted_name(table));
        if (rows > 0) left.push_back({table, column, rows});
    }
}

}  // namespace

std::vector<LeftThere> left_there(Db& ours, Db& theirs) {
    std::vector<LeftThere> left;
    for (const auto& table : table_names(theirs)) {
        if (has_rule(table)) {
            if (has_table(ours, table)) add_columns(left, ours, theirs, table);
            continue;
        }
        const auto compared = compare_table(theirs, ours, table);
        const auto rows = compared.only_a + compared.differing;
        if (rows > 0 || !compared.in_b) left.push_back({table, std::nullopt, rows});
    }
    return left;
}

}  // namespace dreams::store
