#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "store/people.h"
#include "web/wording.h"

namespace dreams::cli {
namespace {

using store::PeopleOrder;

constexpr std::int64_t largest_page = 200;
constexpr std::size_t longest_email = 40;

/// `heat`, or the column's own name `heat_score`; `last_activity_at` likewise.
PeopleOrder order_of(std::string column) {
    for (const std::string_view end : {"_score", "_at"})
        if (column.ends_with(end)) column.resize(column.size() - end.size());
    return *from_word<PeopleOrder>(column);
}

store::PeopleFilter filter_of(const LeadsArguments& arguments) {
    const auto order = order_of(arguments.sort);
    const bool by_words = order == PeopleOrder::name || order == PeopleOrder::stage;
    return {
        .search = arguments.search,
        .stage = arguments.stage,
        .min_heat = arguments.min_heat,
        .order = order,
        .direction = by_words ? store::SortDirection::ascending : store::SortDirection::descending,
        .page_size = std::min(arguments.limit, largest_page)};
}

/// The first `limit` people that the filter asks for, of as many pages as that takes.
store::People first_people(Db& db, store::PeopleFilter filter, std::int64_t limit) {
    store::Roster roster;
    auto found = store::people(db, filter, roster);
    while (std::ssize(found.lines) < limit && filter.page < found.pages) {
        ++filter.page;
        std::ranges::move(store::people(db, filter, roster).lines, std::back_inserter(found.lines));
    }
    if (std::ssize(found.lines) > limit)
        found.lines.erase(found.lines.begin() + limit, found.lines.end());
    return found;
}

/// Why nobody is there of a stage that nobody has.
void remark_on_stage(const Context& context, const std::string& stage,
                     const std::vector<store::StageCount>& stages) {
    const bool known = std::ranges::find(stages, stage, &store::StageCount::stage) != stages.end();
    if (stage.empty() || known) return;
    std::string names;
    for (const auto& each : stages)
        if (!each.stage.empty()) names += (names.empty() ? "" : ", ") + each.stage;
    remark(context,
           "there is no stage '" + stage + "'" + (names.empty() ? "" : "; there are " + names));
}

}  // namespace

int leads(const Context& context, const LeadsArguments& arguments) {
    Db db = context.open(Db::Mode::read_only);
    const auto found = first_people(db, filter_of(arguments), arguments.limit);
    if (context.json) {
        print_json(json::written(found.lines));
        return exit_done;
    }
    std::vector<Cells> rows;
    const Zone zone = context.zone();
    for (const auto& person : found.lines)
        rows.push_back(
            {std::to_string(person.priority), std::to_string(person.heat),
             std::to_string(person.value), std::to_string(person.relationship), cell(person.name),
             cell(person.stage.value_or("")), cell(web::shown_phone(person.phone).value_or("")),
             cell(person.email.value_or(""), longest_email),
             person.last_activity_at ? zone.to_local_text(*person.last_activity_at) : ""});
    if (!rows.empty())
        print_table({"#priority", "#heat", "#value", "#relation", "name", "stage", "phone",
                     "e-mail", "last activity"},
                    rows);
    remark_on_stage(context, arguments.stage.value_or(""), found.stages);
    remark(context, text::grouped(std::ssize(found.lines)) + " of " + text::grouped(found.total) +
                        (found.total == 1 ? " person" : " people"));
    return exit_done;
}

}  // namespace dreams::cli
