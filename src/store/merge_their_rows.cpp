#include "store/merge_their_rows.h"

#include <algorithm>

#include "base/text.h"

namespace dreams::store {

std::optional<std::int64_t> number_in(const Cell& cell) {
    return text::integer(text_of(cell).value_or(""));
}

MergeRow TheirRows::in_our_names(MergeRow row) const {
    for (const auto column : sql_.rule.people) rename(row, column, work_.people);
    for (const auto column : sql_.rule.homes) rename(row, column, work_.homes.into);
    for (const auto& number : sql_.rule.numbers) {
        const auto at = sql_.place(number.column);
        if (!at || !concerns(number, row)) continue;
        if (const auto here = number_here(number.table, row.cells[*at])) row.cells[*at] = *here;
    }
    return row;
}

bool TheirRows::parent_came(const MergeRow& row) const {
    return std::ranges::any_of(sql_.rule.numbers, [&](const NumberOf& number) {
        const auto came = work_.came.find(number.table);
        const auto at = sql_.place(number.column);
        if (!at || came == work_.came.end() || !concerns(number, row)) return false;
        const auto parent = number_in(row.cells[*at]);
        return parent && came->second.contains(*parent);
    });
}

/// A home that went into another may have gone on with that into a third.
void TheirRows::rename(MergeRow& row, std::string_view column,
                       const std::unordered_map<std::string, std::string>& names) const {
    const auto at = sql_.place(column);
    if (!at || names.empty()) return;
    auto& cell = row.cells[*at];
    for (auto found = names.find(text_of(cell).value_or("")); found != names.end();
         found = names.find(found->second))
        cell = text_cell(found->second);
}

bool TheirRows::concerns(const NumberOf& number, const MergeRow& row) const {
    if (number.actions.empty()) return true;
    const auto at = sql_.place("action");
    const auto action = at ? text_of(row.cells[*at]).value_or("") : "";
    return std::ranges::find(number.actions, action) != number.actions.end();
}

std::optional<Cell> TheirRows::number_here(std::string_view table, const Cell& there) const {
    const auto numbers = work_.numbers.find(table);
    const auto number = number_in(there);
    if (numbers == work_.numbers.end() || !number) return std::nullopt;
    const auto found = numbers->second.find(*number);
    if (found == numbers->second.end()) return std::nullopt;
    return integer_cell(found->second);
}

}  // namespace dreams::store
