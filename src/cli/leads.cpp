#include "store/people.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"

namespace dreams::cli {

int leads(const Context& context, const LeadsArguments& arguments) {
    Db db = context.open(Db::Mode::read_only);
    const auto order = *from_word<store::PeopleOrder>(arguments.sort);
    const bool by_words = order == store::PeopleOrder::name || order == store::PeopleOrder::stage;
    store::Roster roster;
    const auto found = store::people(
        db,
        {.search = arguments.search,
         .stage = arguments.stage,
         .min_heat = arguments.min_heat,
         .order = order,
         .direction = by_words ? store::SortDirection::ascending : store::SortDirection::descending,
         .page_size = arguments.limit},
        roster);
    if (context.json) {
        print_json(json::written(found.lines));
        return exit_done;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& person : found.lines)
        rows.push_back(
            {std::to_string(person.priority), std::to_string(person.heat), person.name,
             person.phone.value_or(""), person.email.value_or(""), person.stage.value_or(""),
             person.last_activity_at ? context.zone().to_local_text(*person.last_activity_at)
                                     : ""});
    print_table({"#priority", "#heat", "name", "phone", "e-mail", "stage", "last activity"}, rows);
    remark(context, text::grouped(found.total) + " people");
    return exit_done;
}

}  // namespace dreams::cli
