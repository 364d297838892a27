#include "store/dictionary.h"

#include <filesystem>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/comparison.h"
#include "cli/timetable.h"
#include "store/schema.h"

namespace dreams::cli {
namespace {

void print_document(const std::vector<store::DictionaryGroup>& groups,
                    const store::DictionaryDocument& document) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("database", document.database);
    json.member("environment", document.environment);
    store::write_dictionary(json, groups, document.jobs);
    if (document.environments) {
        json.key("comparison").begin_object();
        store::write_comparison(json, document.environments->tables);
        json.end_object();
    }
    json.end_object();
    print_json(out);
}

}  // namespace

int dictionary(const Context& context, const DictionaryArguments& arguments) {
    Db db = context.open(Db::Mode::read_only);
    store::DictionaryDocument document{
        .database = std::filesystem::path(context.database()).filename(),
        .environment = context.settings.text("environment"),
        .updated = context.zone().date_of(context.now()),
        .jobs = dictionary_jobs(context)};
    if (!arguments.compare.empty()) {
        Db other = open_to_read(arguments.compare);
        document.environments = {.a = document.database,
                                 .b = std::filesystem::path(arguments.compare).filename(),
                                 .tables = store::compare(db, other)};
        if (document.environments->a == document.environments->b)
            document.environments->b = arguments.compare;
    }
    const auto groups = store::dictionary(db);
    if (context.json)
        print_document(groups, document);
    else
        print_lines(store::dictionary_text(groups, document));
    return exit_done;
}

}  // namespace dreams::cli
