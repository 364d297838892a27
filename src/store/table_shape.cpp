#include "store/table_shape.h"

#include <algorithm>

#include "base/db_rows.h"
#include "store/schema.h"

namespace dreams::store {

std::vector<std::string> table_names(Db& db) {
    auto names = db.list<std::string>(R"sql(
        SELECT name FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
         ORDER BY name)sql");
    auto at = names.begin();
    for (const auto* table : dictionary_tables()) {
        const auto found = std::find(at, names.end(), table->name);
        if (found == names.end()) continue;
        std::rotate(at, found, found + 1);
        ++at;
    }
    return names;
}

bool has_table(Db& db, const std::string& table) {
    return db
        .one<int>("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :table",
                  {{"table", table}})
        .has_value();
}

TableShape table_shape(Db& db, const std::string& table) {
    TableShape shape{.name = table};
    shape.columns =
        db.list<std::string>("SELECT name FROM pragma_table_info(:table)", {{"table", table}});
    if (shape.columns.empty()) throw Error(Fault::not_found, db.path() + " has no table " + table);
    shape.key = db.list<std::string>(
        "SELECT name FROM pragma_table_info(:table) WHERE pk > 0 ORDER BY pk", {{"table", table}});
    shape.rowids =
        db.value<int>("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = :table",
                      {{"table", table}}) == 0;
    return shape;
}

std::string name_list(const std::vector<std::string>& names, const std::string& before) {
    std::string list;
    for (const auto& name : names) {
        if (!list.empty()) list += ", ";
        list += before;
        list += quoted_name(name);
    }
    return list;
}

}  // namespace dreams::store
