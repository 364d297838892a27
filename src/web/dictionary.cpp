#include "web/dictionary.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "store/dictionary.h"
#include "templates/dictionary.h"
#include "templates/dictionary_column.h"
#include "templates/dictionary_contents.h"
#include "templates/dictionary_table.h"
#include "templates/dictionary_triple.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;
using Groups = std::vector<store::DictionaryGroup>;

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : "; ") + word;
    return text;
}

void append_table(html::Safe& tables, const store::DictionaryTable& table) {
    html::Safe columns;
    std::string heading;
    for (const auto& column : table.columns) {
        const bool begins = column.heading != heading && !column.heading.empty();
        heading = column.heading;
        html::append<templates::dictionary_column>(
            columns, arg<"heading">(begins ? heading : ""), arg<"name">(column.name),
            arg<"type">(column.type), arg<"description">(column.description));
    }
    html::append<templates::dictionary_table>(
        tables, arg<"name">(table.name), arg<"purpose">(table.purpose),
        arg<"rows">(counted(table.rows, "row", "rows")), arg<"columns">(columns),
        arg<"indexes">(listed(table.indexes)), arg<"constraints">(listed(table.constraints)),
        arg<"lacking">(listed(table.lacking)));
}

http::Response as_page(Request& request, const Groups& groups) {
    html::Safe contents, tables, extras, flows, jobs;
    for (const auto& group : groups)
        for (const auto& table : group.tables) {
            const bool first = &table == &group.tables.front();
            html::append<templates::dictionary_contents>(
                contents, arg<"group">(first ? group.title : ""), arg<"name">(table.name),
                arg<"rows">(text::grouped(table.rows)));
            append_table(tables, table);
        }
    for (const auto& extra : store::extras(request.db()))
        html::append<templates::dictionary_triple>(
            extras, arg<"first">(extra.name), arg<"second">(extra.type), arg<"third">(extra.table));
    for (const auto& flow : request.options().flows)
        html::append<templates::dictionary_triple>(
            flows, arg<"first">(flow.source), arg<"second">(flow.way), arg<"third">(flow.tables));
    for (const auto& job : request.options().jobs)
        html::append<templates::dictionary_triple>(jobs, arg<"first">(job.schedule),
                                                   arg<"second">(job.job),
                                                   arg<"third">(job.environment));
    return page(request, Tab::file, "Data dictionary",
                html::render<templates::dictionary>(arg<"contents">(contents),
                                                    arg<"tables">(tables), arg<"extras">(extras),
                                                    arg<"flows">(flows), arg<"jobs">(jobs)));
}

http::Response as_json(Request& request, const Groups& groups) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true);
    store::write_dictionary(writer, groups,
                            {.flows = request.options().flows,
                             .jobs = request.options().jobs,
                             .extras = store::extras(request.db())});
    writer.end_object();
    return json(std::move(body));
}

}  // namespace

http::Response get_dictionary(Request& request) {
    const auto groups = store::dictionary(request.db());
    return request.wants_json() ? as_json(request, groups) : as_page(request, groups);
}

}  // namespace dreams::web
