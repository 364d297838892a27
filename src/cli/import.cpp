#include "jobs/import.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "jobs/import_columns.h"
#include "store/whole_file.h"

namespace dreams::cli {
namespace {

jobs::ImportOptions options_of(const ImportArguments& arguments) {
    jobs::ImportOptions options{.preview = arguments.preview, .again = arguments.again};
    if (arguments.known == "fill") options.known = store::KnownHomes::fill;
    if (arguments.known == "skip") options.known = store::KnownHomes::skip;
    if (!arguments.observed_at.empty()) options.observed_at = instant_from(arguments.observed_at);
    for (const auto& each : arguments.columns) {
        const auto at = each.rfind('=');  // there is one: cli.cpp looks
        options.mapping.emplace_back(text::trimmed(each.substr(0, at)),
                                     text::trimmed(each.substr(at + 1)));
    }
    return options;
}

std::vector<std::string> numbers(const store::Import& n) {
    std::vector<std::string> cells;
    for (const auto number : {n.rows, n.created, n.updated, n.unchanged, n.refused, n.notices,
                              n.price_changes, n.status_changes, n.relistings})
        cells.push_back(text::grouped(number));
    return cells;
}

const std::vector<std::string> number_names{
    "#rows", "#new", "#changed", "#same", "#refused", "#notices", "#price", "#status", "#relisted"};

std::vector<std::string> with_numbers(std::vector<std::string> cells,
                                      const std::vector<std::string>& more) {
    cells.insert(cells.end(), more.begin(), more.end());
    return cells;
}

void print_mapping(const jobs::FileReport& file) {
    print(file.counts.file + ", column by column:");
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < file.mapping.size(); ++i) {
        const auto& [column, field] = file.mapping[i];
        rows.push_back({column, field.empty() ? "(passed over)" : field, file.examples[i]});
    }
    print_table({"column", "is read as", "for example"}, rows);
}

void print_page(const jobs::FileReport& file) {
    print(file.counts.file + ", what the page says:");
    std::vector<std::vector<std::string>> rows;
    for (const auto& field : file.page)
        rows.push_back({field.name, text::shortened(field.value, 80, "…"),
                        std::string(word(field.from)), std::to_string(field.confidence)});
    print_table({"field", "value", "read from", "#sure %"}, rows);
}

void tell(const jobs::ImportReport& report) {
    if (report.preview) {
        for (const auto& file : report.files) {
            if (!file.mapping.empty()) print_mapping(file);
            if (!file.page.empty()) print_page(file);
        }
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& file : report.files)
        if (file.error.empty())
            rows.push_back(with_numbers({file.counts.file}, numbers(file.counts)));
    if (!rows.empty()) print_table(with_numbers({"file"}, number_names), rows);
    for (const auto& file : report.files) {
        const auto line = [&](const char* kind, const std::string& sentence) {
            print(std::string(kind) + file.counts.file + ": " + sentence);
        };
        for (const auto& [what, why] : file.refused) line("refused: ", what + ": " + why);
        for (const auto& notice : file.notices) line("notice: ", notice);
        for (const auto& remark : file.remarks) line("note: ", remark);
    }
    if (report.preview) print("a preview: nothing was changed");
}

/// What to do about a file whose columns could not be told.
std::string how_to_map(const jobs::FileReport& file) {
    const auto& column = file.mapping.front().first;
    if (file.mapping.size() == 1)  // it is no table at all
        return "a listing file is a table whose first line names its columns";
    return "say what its columns are, as in --column '" + column +
           "=address'; other fields are city, zip, price, beds, mls_number (" +
           std::to_string(jobs::import_fields().size()) +
           " in all: the preview on the page of imports lists them)";
}

int read_files(const Context& context, const ImportArguments& arguments) {
    const store::InUse in_use(context.open(), context.now());
    Db db = context.open();
    const auto progress = terminal_progress(context);
    const auto report = jobs::import_files(db, arguments.files, options_of(arguments),
                                           context.zone(), context.now(), *progress);
    if (context.json)
        print_json(json::written(report));
    else if (!context.quiet)
        tell(report);
    std::size_t failed = 0;
    std::int64_t refused = 0;
    for (const auto& file : report.files) {
        refused += file.counts.refused;
        if (file.error.empty()) continue;
        ++failed;
        print_error(file.error);
        if (!file.mapping.empty()) remark(context, how_to_map(file));
    }
    if (failed == report.files.size()) return exit_failed;
    return failed > 0 || refused > 0 ? exit_partial : exit_done;
}

int list(const Context& context) {
    Db db = context.open(Db::Mode::read_only);
    const auto found = store::imports(db, 1000);
    if (context.json) {
        print_json(json::written(found));
        return exit_done;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& each : found)
        rows.push_back(
            with_numbers({std::to_string(each.id), context.zone().to_local_text(each.started_at),
                          each.undone_at      ? "undone"
                          : each.completed_at ? "done"
                                              : "interrupted",
                          each.file},
                         numbers(each)));
    print_table(with_numbers({"#import", "when", "", "file"}, number_names), rows);
    return exit_done;
}

int undo(const Context& context, std::int64_t id) {
    const store::InUse in_use(context.open(), context.now());
    Db db = context.open();
    const auto report = jobs::undo_import(db, id, context.now());
    if (context.json) {
        std::string out;
        json::Writer(out)
            .begin_object()
            .member("import_id", report.import_id)
            .member("removed", report.removed)
            .member("restored", report.restored)
            .member("values_kept", report.values_kept)
            .member("homes_kept", report.homes_kept)
            .member("kept", report.kept)
            .end_object();
        print_json(out);
        return exit_done;
    }
    print("import " + std::to_string(id) + " undone: " + text::grouped(report.removed) +
          " homes removed, " + text::grouped(report.restored) + " put back as they were");
    if (report.values_kept > 0)
        print(text::grouped(report.values_kept) + " values were changed again since, and stay");
    for (const auto& sentence : report.kept) print("kept: " + sentence);
    const auto untold = report.homes_kept - std::ssize(report.kept);
    if (untold > 0) print("kept: and " + text::grouped(untold) + " more homes");
    if (report.homes_kept > 0) print(text::grouped(report.homes_kept) + " homes were kept in all");
    return exit_done;
}

}  // namespace

int import_files(const Context& context, const ImportArguments& arguments) {
    const int asked = !arguments.files.empty() + arguments.list + arguments.undo.has_value();
    if (asked != 1) {
        print_error("import wants files, or --list, or --undo NUMBER");
        return exit_usage;
    }
    if (arguments.list) return list(context);
    if (arguments.undo) return undo(context, *arguments.undo);
    if (options_of(arguments).observed_at > context.now()) {
        print_error("--observed-at " + arguments.observed_at +
                    " is yet to come: a home would stay as these files say until then");
        return exit_usage;
    }
    return read_files(context, arguments);
}

}  // namespace dreams::cli
