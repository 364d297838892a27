#include "store/table_walk.h"

namespace dreams::store {

WalkPlan::WalkPlan(const TableShape& a, const TableShape& b) {
    const auto has = [](const TableShape& shape, const std::string& column) {
        return std::ranges::find(shape.columns, column) != shape.columns.end();
    };
    for (const auto& column : a.columns) (has(b, column) ? common : only_a).push_back(column);
    for (const auto& column : b.columns)
        if (!has(a, column)) only_b.push_back(column);
    key = a.key;
    if (std::ranges::any_of(key, [&](const auto& column) { return !has(b, column); })) key.clear();
}

std::string WalkPlan::select(const std::string& from, const std::vector<std::string>& extra) const {
    std::string sql = "SELECT rowid";
    for (const auto* columns : {&key, &common, &extra})
        if (!columns->empty()) sql += ", " + name_list(*columns);
    return sql + " FROM " + from;
}

WalkSide::WalkSide(Db& db, const TableShape& shape, const WalkPlan& plan,
                   const std::vector<std::string>& extra)
    : keys_(static_cast<int>(plan.key.size())),
      select_(plan.select(ordered(db, shape), extra)),
      rows_(db, select_ + " ORDER BY rowid"),
      one_(db, select_ + " WHERE rowid = ?1") {
    next();
}

void WalkSide::next() {
    ended_ = !rows_.step();
    if (!ended_) ++count_;
}

void WalkSide::set_aside() {
    std::string key;
    for (int i = 1; i <= keys_; ++i) rows_.append(i, key);
    if (keys_ == 0) key = std::to_string(number());
    displaced_.emplace_back(std::move(key), number());
    next();
}

bool WalkSide::same_key(const WalkSide& other) const {
    for (int i = 1; i <= keys_; ++i)
        if (!rows_.same(i, other.rows_, i)) return false;
    return true;
}

const Rows& WalkSide::at(std::int64_t number) {
    one_.begin_again(number);
    one_.step();
    return one_;
}

std::string WalkSide::ordered(Db& db, const TableShape& shape) {
    if (shape.rowids) return "main." + quoted_name(shape.name);
    const auto copy = "temp." + quoted_name("compared_" + shape.name);
    db.script("DROP TABLE IF EXISTS " + copy + "; CREATE TEMP TABLE " + copy.substr(5) +
              " AS SELECT * FROM main." + quoted_name(shape.name) + " ORDER BY " +
              name_list(shape.key));
    return copy;
}

Differing differing_rows(Db& a, const TableShape& in_a, Db& b, const TableShape& in_b,
                         const WalkPlan& plan) {
    Differing rows;
    WalkSide left(a, in_a, plan, {}), right(b, in_b, plan, {});
    const int columns = 1 + static_cast<int>(plan.key.size() + plan.common.size());
    const auto are_same = [&](const Rows& mine, const Rows& other) {
        for (int i = 1; i < columns; ++i)
            if (!mine.same(i, other, i)) return false;
        return true;
    };
    walk(
        left, right,
        [&](const Rows& mine, const Rows& other, std::int64_t here, std::int64_t there) {
            if (!are_same(mine, other)) rows.both.emplace_back(here, there);
        },
        [&](std::int64_t here) { rows.only_a.push_back(here); },
        [&](std::int64_t there) { rows.only_b.push_back(there); });
    rows.of_b = right.count();
    return rows;
}

}  // namespace dreams::store
