#include "base/db_records.h"

#include <algorithm>

namespace dreams::detail {
namespace {

bool among(const std::vector<std::string_view>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

void append(std::string& sql, std::string_view separator, std::string_view part) {
    if (!sql.empty()) sql += separator;
    sql += part;
}

}  // namespace

// Parameters are numbered here, not named: ?n is column n in both, whatever the order of mention.

std::string insert_sql(std::string_view table, const std::vector<std::string_view>& columns,
                       std::string_view on_conflict) {
    std::string names, values;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        append(names, ", ", columns[i]);
        append(values, ", ", "?" + std::to_string(i + 1));
    }
    std::string sql =
        "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + values + ")";
    if (!on_conflict.empty()) sql += " ON CONFLICT (" + std::string(on_conflict) + ") DO NOTHING";
    return sql;
}

std::string update_sql(const Keep& how, const std::vector<std::string_view>& columns) {
    std::string set, differs, key;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string column(columns[i]);
        std::string parameter = "?" + std::to_string(i + 1);
        if (column == how.key) key = parameter;
        if (column == how.key || among(how.once, column)) continue;
        if (among(how.lasting, column)) parameter = "coalesce(" + parameter + ", " + column + ")";
        append(set, ", ", column + " = " + parameter);
        if (!among(how.touch, column))
            append(differs, " OR ", column + " IS DISTINCT FROM " + parameter);
    }
    return "UPDATE " + std::string(how.table) + " SET " + set + " WHERE " + std::string(how.key) +
           " = " + key + " AND (" + differs + ")";
}

}  // namespace dreams::detail
