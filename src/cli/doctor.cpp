#include "cli/doctor.h"

#include <algorithm>

#include "base/json_writer.h"
#include "cli/commands.h"

namespace dreams::cli {
namespace {

void add(std::vector<Check>& all, std::vector<Check> more) {
    std::ranges::move(more, std::back_inserter(all));
}

/// Those that need the file, or the one that says why it cannot be opened.
std::vector<Check> checks_of_file(const Context& context) {
    std::vector<Check> checks;
    try {
        Db db = context.open(Db::Mode::read_only);
        add(checks, check_file(context, db));
        add(checks, check_sources(context, db));
        add(checks, check_jobs(context, db));
    } catch (const Error& error) {
        checks.push_back({"file", Verdict::wrong, error.what()});
    }
    return checks;
}

std::string json_of(const std::vector<Check>& checks, std::int64_t wrong) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("healthy").truth(wrong == 0).key("checks").begin_array();
    for (const auto& check : checks)
        json.begin_object()
            .member("name", check.name)
            .member("verdict", word(check.verdict))
            .member("sentence", check.sentence)
            .end_object();
    json.end_array().end_object();
    return out;
}

}  // namespace

int doctor(const Context& context) {
    auto checks = check_program(context);
    add(checks, check_access(context));
    add(checks, check_disk(context));
    add(checks, check_channels(context));
    add(checks, checks_of_file(context));
    const auto wrong = std::ranges::count(checks, Verdict::wrong, &Check::verdict);
    if (context.json) {
        print_json(json_of(checks, wrong));
    } else {
        std::vector<Cells> rows;
        for (const auto& check : checks)
            rows.push_back({std::string(word(check.verdict)), check.name, check.sentence});
        print_table({"verdict", "check", "what was found"}, rows);
    }
    if (wrong == 0) return exit_done;
    print_error(std::to_string(wrong) + " of " + std::to_string(checks.size()) +
                (wrong == 1 ? " checks is wrong" : " checks are wrong"));
    return exit_failed;
}

}  // namespace dreams::cli
