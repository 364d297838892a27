#include "base/json_writer.h"
#include "store/dictionary.h"

namespace dreams::store {
namespace {

void write_table(json::Writer& json, const DictionaryTable& table) {
    json.key(table.name).begin_object().member("purpose", table.purpose);
    json.member("rows", table.rows).key("columns").begin_array();
    for (const auto& column : table.columns)
        json.begin_object()
            .member("name", column.name)
            .member("type", column.type)
            .member("description", column.description)
            .end_object();
    json.end_array();
    json.member("indexes", table.indexes)
        .member("constraints", table.constraints)
        .member("lacking", table.lacking)
        .end_object();
}

}  // namespace

void write_dictionary(json::Writer& json, const std::vector<DictionaryGroup>& groups,
                      const DictionaryDocument& document) {
    json.key("tables").begin_object();
    for (const auto& group : groups)
        for (const auto& table : group.tables) write_table(json, table);
    json.end_object().key("extras").begin_array();
    for (const auto& extra : document.extras)
        json.begin_object()
            .member("type", extra.type)
            .member("name", extra.name)
            .member("table", extra.table)
            .end_object();
    json.end_array().key("flows").begin_array();
    for (const auto& flow : document.flows)
        json.begin_object()
            .member("from", flow.source)
            .member("by", flow.way)
            .member("into", flow.tables)
            .end_object();
    json.end_array().key("jobs").begin_array();
    for (const auto& job : document.jobs)
        json.begin_object()
            .member("schedule", job.schedule)
            .member("job", job.job)
            .member("environment", job.environment)
            .end_object();
    json.end_array();
}

}  // namespace dreams::store
