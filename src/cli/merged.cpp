#include "cli/merged.h"

#include "base/text.h"
#include "cli/context.h"

namespace dreams::cli {
namespace {

std::string shown(const std::optional<std::string>& value) {
    return value.value_or("(nothing)");
}

std::string named(const store::LeftThere& left) {
    const auto rows = " (" + text::grouped(left.rows) + (left.rows == 1 ? " row)" : " rows)");
    return left.column ? "column " + left.table + "." + *left.column + rows
                       : "table " + left.table + rows;
}

/// What is in the way of `There is nothing there that is not here`.
void print_left(const std::vector<store::LeftThere>& left) {
    if (left.empty()) return;
    std::string all;
    for (const auto& each : left) all += (all.empty() ? "" : ", ") + named(each);
    print("Left there, since it is your own and no rule says how to join it: " + all +
          ". A column that leads or properties have in both files is joined.");
}

}  // namespace

void print_conflicts(const std::vector<store::MergeConflict>& conflicts) {
    std::vector<Cells> rows;
    for (const auto& each : conflicts)
        rows.push_back({std::to_string(each.id), each.table, each.row, each.column,
                        shown(each.ours), shown(each.theirs)});
    print_table({"#No.", "Table", "Row", "Column", "Here", "There"}, rows);
    print(
        "Decide with `dreams merge --choose NO=ours` or `NO=theirs`; until then what is here "
        "stays.");
}

void print_merge(const jobs::MergeOutcome& outcome) {
    const auto& report = outcome.report;
    std::vector<Cells> rows;
    const auto count = [](std::int64_t number) {
        return number == 0 ? std::string() : text::grouped(number);
    };
    for (const auto& table : report.tables)
        if (table.added + table.updated + table.conflicts + table.removed + table.refused > 0)
            rows.push_back({table.table, count(table.added), count(table.updated),
                            text::grouped(table.unchanged), count(table.removed),
                            count(table.refused), count(table.conflicts)});
    if (rows.empty())
        print(report.left.empty() ? "There is nothing there that is not here."
                                  : "There is nothing else there that is not here.");
    else
        print_table(
            {"table", "#added", "#updated", "#unchanged", "#removed", "#refused", "#conflicts"},
            rows);
    print_left(report.left);
    if (!report.one_lineage) print("⚠ The two files never were one: they are of two lineages.");
    if (report.met_at) print("Both were last one at " + to_text(*report.met_at) + ".");
    if (!report.conflicts.empty()) print_conflicts(report.conflicts);
    if (!outcome.snapshot.empty()) print("The file as it was: " + outcome.snapshot);
}

void write_merge(json::Writer& json, const jobs::MergeOutcome& outcome) {
    json.key("tables").begin_object();
    for (const auto& table : outcome.report.tables) json.member(table.table, table);
    json.end_object().member("conflicts", outcome.report.conflicts);
    json.member("left", outcome.report.left).member("met_at", outcome.report.met_at);
    json.member("one_lineage", outcome.report.one_lineage);
    json.member("snapshot", outcome.snapshot);
}

}  // namespace dreams::cli
