#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "store/call_list.h"
#include "web/wording.h"

namespace dreams::cli {

int calls(const Context& context, const CallsArguments& arguments) {
    Db db = context.open(Db::Mode::read_only);
    const auto list = store::call_list(db, context.zone().date_of(context.now()), context.now(),
                                       {.limit = arguments.limit});
    if (context.json) {
        print_json(json::written(list.entries));
        return exit_done;
    }
    std::vector<Cells> rows;
    for (const auto& entry : list.entries)
        rows.push_back(
            {std::to_string(rows.size() + 1), std::to_string(entry.priority), cell(entry.name),
             cell(web::shown_phone(entry.phone).value_or("")), cell(entry.stage.value_or("")),
             entry.trend ? std::string(word(*entry.trend)) : "", entry.reason.value_or("")});
    if (rows.empty())
        remark(context, "nobody to call; `dreams sync` brings in what is new");
    else
        print_table({"#", "#priority", "name", "phone", "stage", "trend", "why"}, rows);
    for (const auto& each : list.to_write)
        remark(context, "write to " + each.name + " (priority " + std::to_string(each.priority) +
                            ", " + each.why + "): " + each.email);
    for (const auto& passed : list.left_out)
        remark(context, "left out: " + text::grouped(passed.people) + " (" + passed.why + ")");
    return exit_done;
}

}  // namespace dreams::cli
