#include "store/dictionary.h"

#include <filesystem>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/comparison.h"
#include "cli/timetable_words.h"
#include "store/origin.h"

namespace dreams::cli {
namespace {

/// What the two files are called: `DEV` and `PRD` where their stamps differ so, else their names.
std::pair<std::string, std::string> heads(Db& db, const std::string& name, Db& other,
                                          const std::string& other_path) {
    const auto a = store::origin(db), b = store::origin(other);
    if (a && b && a->environment != b->environment)
        return {environment_name(a->environment), environment_name(b->environment)};
    const auto other_name = std::filesystem::path(other_path).filename().string();
    return {name, other_name == name ? other_path : other_name};
}

/// The setting, and what the file itself says where that is another.
std::string environment_of(const Context& context, Db& db) {
    const auto& setting = context.settings.text("environment");
    const auto stamp = store::origin(db);
    if (context.json || !stamp || stamp->environment.empty() || stamp->environment == setting)
        return setting;
    return setting + " by the setting `environment`; the file is stamped " + stamp->environment;
}

void print_document(const std::vector<store::DictionaryGroup>& groups,
                    const store::DictionaryDocument& document) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("database", document.database);
    json.member("environment", document.environment);
    store::write_dictionary(json, groups, document);
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
        .environment = environment_of(context, db),
        .updated = context.zone().date_of(context.now()),
        .flows = data_flows(context),
        .jobs = dictionary_jobs(context),
        .extras = store::extras(db)};
    if (!arguments.compare.empty()) {
        FileToRead other(context, arguments.compare);
        const auto [a, b] = heads(db, document.database, other.db(), arguments.compare);
        document.environments = {.a = a, .b = b, .tables = store::compare(db, other.db())};
    }
    const auto groups = store::dictionary(db);
    if (context.json)
        print_document(groups, document);
    else
        print_lines(store::dictionary_text(groups, document));
    return exit_done;
}

}  // namespace dreams::cli
