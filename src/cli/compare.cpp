#include "store/compare.h"

#include <filesystem>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/comparison.h"
#include "store/whole_file.h"

namespace dreams::cli {

FileToRead::FileToRead(const Context& context, const std::string& path) {
    if (path.starts_with("ssh://") || path.ends_with(".zst") || path.ends_with(".locked")) {
        backup_.emplace(context, path);
        return;
    }
    if (std::filesystem::is_directory(path))
        throw Error(Fault::invalid, path + " is a folder; name the file in it");
    if (!std::filesystem::exists(path)) throw Error(Fault::not_found, "there is no file " + path);
    file_ = store::open_whole(path, Db::Mode::read_only);
}

Db& FileToRead::db() {
    return backup_ ? backup_->backup().db() : *file_;
}

void print_comparison(const std::vector<store::TableComparison>& tables) {
    std::vector<Cells> rows;
    for (const auto& table : tables)
        rows.push_back({table.table, text::grouped(table.a), text::grouped(table.b),
                        table.identical() ? "✓ the same"
                                          : (table.own ? "– " : "⚠ ") + store::difference(table)});
    print_table({"table", "#A", "#B", ""}, rows);
}

int compare(const Context& context, const CompareArguments& arguments) {
    FileToRead a(context, arguments.a), b(context, arguments.b);
    const auto tables = store::compare(a.db(), b.db());
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
