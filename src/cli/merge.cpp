#include "jobs/merge.h"

#include "base/json_writer.h"
#include "cli/choice.h"
#include "cli/commands.h"
#include "cli/comparison.h"
#include "cli/merged.h"

namespace dreams::cli {
namespace {

int tell_conflicts(const Context& context) {
    Db db = context.open(Db::Mode::read_only);
    const auto open = store::open_merge_conflicts(db);
    if (context.json)
        print_json("{\"conflicts\":" + json::written(open) + "}");
    else if (open.empty())
        print("Nothing was typed in two copies that nobody has decided.");
    else
        print_conflicts(open);
    return exit_done;
}

int choose(const Context& context, const std::vector<std::string>& choices) {
    Db db = context.open();
    for (const auto& each : choices) {
        const auto [id, side] = choice(each);
        store::choose_in_merge_conflict(db, id, side, "command line", context.now());
    }
    if (context.json) print_json("{\"decided\":" + std::to_string(choices.size()) + "}");
    return exit_done;
}

}  // namespace

int merge(const Context& context, const MergeArguments& arguments) {
    if (arguments.conflicts) return tell_conflicts(context);
    if (!arguments.choose.empty()) return choose(context, arguments.choose);
    if (arguments.other.empty())
        throw Error(Fault::invalid, "say which file to merge: `dreams merge OTHER`");
    Db db = context.open();
    FileToRead other(context, arguments.other);
    const auto outcome =
        jobs::merge(db, other.db(), context.zone(), context.now(), {.dry_run = arguments.dry_run});
    if (!context.json) {
        print_merge(outcome);
        remark(context, arguments.dry_run ? "a dry run: the file is not changed"
                                          : "`dreams score` reckons with what came");
        return exit_done;
    }
    std::string out;
    json::Writer json(out);
    json.begin_object();
    write_merge(json, outcome);
    json.member("dry_run", arguments.dry_run).end_object();
    print_json(out);
    return exit_done;
}

}  // namespace dreams::cli
