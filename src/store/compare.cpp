#include "store/compare.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "store/merge_rules.h"
#include "store/table_walk.h"

namespace dreams::store {
namespace {

constexpr std::size_t columns_named = 8;

/// Two rows of one key: counts them, and the columns in which they differ.
class Judge {
public:
    explicit Judge(const WalkPlan& plan) : plan_(plan), counts_(names().size()) {}

    void compare(const Rows& a, const Rows& b) {
        const int first = 1 + static_cast<int>(plan_.key.size());
        const int common = static_cast<int>(plan_.common.size());
        bool equal = true;
        const auto differs = [&](int column) {
            equal = false;
            ++counts_[static_cast<std::size_t>(column)];
        };
        for (int i = 0; i < common; ++i)
            if (!a.same(first + i, b, first + i)) differs(i);
        const int extra_a = a.columns() - first, extra_b = b.columns() - first;
        for (int i = common; i < extra_a; ++i)
            if (!a.is_null(first + i)) differs(i);
        for (int i = common; i < extra_b; ++i)
            if (!b.is_null(first + i)) differs(extra_a - common + i);
        ++(equal ? equal_ : differing_);
    }
    void tell(TableComparison& table) const {
        table.equal = equal_;
        table.differing = differing_;
        const auto columns = names();
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (counts_[i] > 0) table.columns.emplace_back(columns[i], counts_[i]);
    }

private:
    std::vector<std::string> names() const {
        auto all = plan_.common;
        all.insert(all.end(), plan_.only_a.begin(), plan_.only_a.end());
        all.insert(all.end(), plan_.only_b.begin(), plan_.only_b.end());
        return all;
    }
    const WalkPlan& plan_;
    std::vector<std::int64_t> counts_;
    std::int64_t equal_ = 0, differing_ = 0;
};

bool is_each_copys_own(const std::string& table) {
    const auto rule = std::ranges::find(merge_rules(), table, &MergeRule::table);
    return rule != merge_rules().end() && rule->joined == Joined::ours;
}

}  // namespace

TableComparison compare_table(Db& a, Db& b, const std::string& name) {
    TableComparison table{.table = name,
                          .in_a = has_table(a, name),
                          .in_b = has_table(b, name),
                          .own = is_each_copys_own(name)};
    const auto rows = [&](Db& db) {
        return db.value<std::int64_t>("SELECT count(*) FROM main." + quoted_name(name));
    };
    if (!table.in_a || !table.in_b) {
        if (table.in_a) table.a = table.only_a = rows(a);
        if (table.in_b) table.b = table.only_b = rows(b);
        return table;
    }
    const auto shape_a = table_shape(a, name), shape_b = table_shape(b, name);
    const WalkPlan plan(shape_a, shape_b);
    WalkSide left(a, shape_a, plan, plan.only_a), right(b, shape_b, plan, plan.only_b);
    Judge judge(plan);
    walk(
        left, right,
        [&](const Rows& in_a, const Rows& in_b, auto, auto) { judge.compare(in_a, in_b); },
        [&](auto) { ++table.only_a; }, [&](auto) { ++table.only_b; });
    judge.tell(table);
    table.a = left.count();
    table.b = right.count();
    return table;
}

std::vector<TableComparison> compare(Db& a, Db& b) {
    const OneMoment of_a(a), of_b(b);
    auto names = table_names(a);
    for (auto& name : table_names(b))
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    std::vector<TableComparison> tables;
    for (const auto& name : names) tables.push_back(compare_table(a, b, name));
    return tables;
}

bool same(const std::vector<TableComparison>& tables) {
    return std::ranges::all_of(tables, &TableComparison::same);
}

std::string difference(const TableComparison& table, const std::string& a, const std::string& b) {
    if (!table.in_a) return "only " + b + " has the table";
    if (!table.in_b) return "only " + a + " has the table";
    std::string said = table.own ? "each file's own: " : "";
    const auto own = said.size();
    const auto say = [&](std::int64_t count, const std::string& what) {
        if (count > 0) said += (said.size() == own ? "" : ", ") + text::grouped(count) + what;
    };
    say(table.only_a, " only in " + a);
    say(table.only_b, " only in " + b);
    say(table.differing, table.differing == 1 ? " differs" : " differ");
    auto columns = table.columns;
    std::ranges::stable_sort(columns, std::greater(), [](const auto& each) { return each.second; });
    std::string where;
    const auto named = std::min(columns.size(), columns_named);
    for (const auto& [column, count] : std::span(columns).first(named))
        where += (where.empty() ? "" : ", ") + column + " " + text::grouped(count);
    if (columns.size() > named)
        where += " and " + std::to_string(columns.size() - named) + " more columns";
    return where.empty() ? said : said + " (" + where + ")";
}

void write_comparison(json::Writer& json, const std::vector<TableComparison>& tables) {
    json.key("tables").begin_object();
    for (const auto& table : tables) {
        json.key(table.table).begin_object().key("in_a").truth(table.in_a);
        json.key("in_b").truth(table.in_b).key("own").truth(table.own);
        json.member("a", table.a)
            .member("b", table.b)
            .member("only_a", table.only_a)
            .member("only_b", table.only_b)
            .member("differing", table.differing)
            .member("equal", table.equal);
        json.key("columns").begin_object();
        for (const auto& [column, count] : table.columns) json.member(column, count);
        json.end_object().end_object();
    }
    json.end_object();
}

}  // namespace dreams::store
