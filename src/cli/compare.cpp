#include "store/compare.h"

#include <filesystem>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/comparison.h"

namespace dreams::cli {

Db open_to_read(const std::string& path) {
    if (!std::filesystem::exists(path)) throw Error(Fault::not_found, "there is no file " + path);
    return Db::open(path, Db::Mode::read_only);
}

void print_comparison(const std::vector<store::TableComparison>& tables) {
    std::vector<Cells> rows;
    for (const auto& table : tables)
        rows.push_back({table.table, text::grouped(table.a), text::grouped(table.b),
                        table.same() ? "✓ the same" : "⚠ " + store::difference(table)});
    print_table({"table", "#A", "#B", ""}, rows);
}

int compare(const Context& context, const CompareArguments& arguments) {
    Db a = open_to_read(arguments.a), b = open_to_read(arguments.b);
    const auto tables = store::compare(a, b);
    if (!context.json) {
        print_comparison(tables);
        return exit_done;
    }
    std::string out;
    json::Writer json(out);
    json.begin_object().member("a", arguments.a).member("b", arguments.b);
    json.key("same").truth(store::same(tables));
    store::write_comparison(json, tables);
    json.end_object();
    print_json(out);
    return exit_done;
}

}  // namespace dreams::cli
