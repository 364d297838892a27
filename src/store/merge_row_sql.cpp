#include "store/merge_row_sql.h"

#include <algorithm>

namespace dreams::store {
namespace {

std::string parameter(std::size_t position) {
    return "?" + std::to_string(position);
}

}  // namespace

bool RowSql::numbered() const {
    const bool is_journal =
        rule.joined == Joined::follow && plan.key == std::vector<std::string>{"id"};
    return rule.joined == Joined::numbered || is_journal;
}

bool RowSql::is_number(std::string_view column) const {
    return numbered() && column == "id";
}

std::vector<std::string> RowSql::same_by() const {
    return told_by(rule, plan.key);
}

std::vector<std::string> RowSql::found_by() const {
    auto columns = same_by();
    columns.insert(columns.end(), rule.unless.begin(), rule.unless.end());
    return columns;
}

std::optional<std::size_t> RowSql::place(std::string_view column) const {
    const auto found = std::ranges::find(plan.common, column);
    if (found == plan.common.end()) return std::nullopt;
    return static_cast<std::size_t>(found - plan.common.begin());
}

std::size_t RowSql::required_place(std::string_view column) const {
    if (const auto at = place(column)) return *at;
    throw Error(Fault::internal, "not both copies have the column " + std::string(column) + " of " +
                                     std::string(rule.table));
}

const Cell& RowSql::cell(const MergeRow& row, std::string_view column) const {
    return row.cells[required_place(column)];
}

std::string RowSql::select() const {
    return "SELECT rowid, " + name_list(plan.common) + ", " +
           (rule.newer_by.empty() ? "NULL" : std::string(rule.newer_by)) + " FROM main." +
           quoted_name(rule.table) + " WHERE rowid = ?1";
}

std::string RowSql::find() const {
    const auto same = same_by().size();
    const auto columns = found_by();
    std::string sql = "SELECT rowid FROM main." + quoted_name(rule.table) + " WHERE ", apart;
    for (std::size_t i = 0; i < columns.size(); ++i)
        (i < same ? sql : apart) += (i == 0 || i == same ? "" : " AND ") + quoted_name(columns[i]) +
                                    " IS " + parameter(i + 1);
    if (!apart.empty()) {
        const auto end = quoted_name(rule.unless[0]);
        sql += " AND (" + end + " IS NULL OR " + parameter(same + 1) + " IS NULL OR (" + apart +
               ")) ORDER BY " + end + " IS NULL";
    }
    return sql + " LIMIT 1";
}

std::string RowSql::insert() const {
    std::string values;
    for (std::size_t i = 0; i < plan.common.size(); ++i)
        values += (i == 0 ? "" : ", ") + (is_number(plan.common[i]) ? "NULL" : parameter(i + 1));
    return "INSERT INTO main." + quoted_name(rule.table) + " (" + name_list(plan.common) +
           ") VALUES (" + values + ")";
}

std::string RowSql::update() const {
    std::string set;
    for (std::size_t i = 0; i < plan.common.size(); ++i)
        if (!is_number(plan.common[i]))
            set +=
                (set.empty() ? "" : ", ") + quoted_name(plan.common[i]) + " = " + parameter(i + 1);
    return "UPDATE main." + quoted_name(rule.table) + " SET " + set +
           " WHERE rowid = " + parameter(plan.common.size() + 1);
}

}  // namespace dreams::store
