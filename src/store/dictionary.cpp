#include "store/dictionary.h"

#include <algorithm>
#include <map>

#include "base/db_rows.h"
#include "store/dictionary_constraints.h"
#include "store/schema.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

const TableSpec* spec_of(std::string_view table) {
    for (const auto* tables : {&dictionary_tables(), &side_tables()})
        for (const auto* spec : *tables)
            if (spec->name == table) return spec;
    return nullptr;
}

const ColumnSpec* spec_of(const TableSpec* table, std::string_view column) {
    if (!table) return nullptr;
    const auto found = std::ranges::find(table->columns, column, &ColumnSpec::name);
    return found == table->columns.end() ? nullptr : &*found;
}

/// An index's columns in its own order, e.g. `contact_id + occurred_at DESC`.
std::string index_text(Db& db, const std::string& index, std::string_view between) {
    std::string text;
    for (const auto& column : db.list<std::string>(R"sql(
             SELECT coalesce(name, 'an expression') || CASE "desc" WHEN 1 THEN ' DESC' ELSE '' END
               FROM pragma_index_xinfo(:index) WHERE key = 1 ORDER BY seqno)sql",
                                                   {{"index", index}})) {
        if (!text.empty()) text += between;
        text += column;
    }
    return text;
}

struct FileIndex {
    std::string name, origin;
    bool unique = false, partial = false;

    static constexpr auto columns() {
        return Columns{Column{"name", &FileIndex::name}, Column{"origin", &FileIndex::origin},
                       Column{"unique", &FileIndex::unique},
                       Column{"partial", &FileIndex::partial}};
    }
};

void read_indexes(Db& db, DictionaryTable& table) {
    for (
        const auto& index : db.list<FileIndex>(
            R"(SELECT name, origin, "unique", partial FROM pragma_index_list(:table) ORDER BY seq DESC)",
            {{"table", table.name}})) {
        if (index.origin == "c")
            table.indexes.push_back(index_text(db, index.name, " + ") +
                                    (index.unique ? " (unique)" : "") +
                                    (index.partial ? " (of some rows)" : ""));
    }
}

struct FileColumn {
    std::string name, type;
    int key = 0;

    static constexpr auto columns() {
        return Columns{Column{"name", &FileColumn::name}, Column{"type", &FileColumn::type},
                       Column{"pk", &FileColumn::key}};
    }
};

struct FileReference {
    std::string from, table, to;

    static constexpr auto columns() {
        return Columns{Column{"from", &FileReference::from}, Column{"table", &FileReference::table},
                       Column{"to", &FileReference::to}};
    }
};

void read_columns(Db& db, const TableSpec* spec, DictionaryTable& table) {
    std::map<std::string, std::string> references;
    for (const auto& each : db.list<FileReference>(
             R"(SELECT "from", "table", coalesce("to", '') AS "to"
                  FROM pragma_foreign_key_list(:table))",
             {{"table", table.name}}))
        references[each.from] = each.table + "." + each.to;
    for (const auto& each : db.list<FileColumn>(
             "SELECT name, type, pk FROM pragma_table_info(:table)", {{"table", table.name}})) {
        DictionaryColumn column{.name = each.name, .type = each.type};
        const auto* known = spec_of(spec, each.name);
        const auto reference = references.find(each.name);
        if (known) {
            column.description = known->description;
            column.heading = known->heading;
        } else {
            column.description = reference == references.end() ? "(added by the file's owner)"
                                                               : "References " + reference->second;
        }
        // FUB's number is not unique in leads, so events refer to it in words only.
        if (each.key > 0)
            column.type += " PK";
        else if (reference != references.end() || column.description.starts_with("References "))
            column.type += " FK";
        table.columns.push_back(std::move(column));
    }
}

DictionaryTable read_table(Db& db, const std::string& name) {
    const auto* spec = spec_of(name);
    DictionaryTable table{.name = name,
                          .purpose = spec ? std::string(spec->purpose) : "The file's owner's own."};
    read_columns(db, spec, table);
    read_indexes(db, table);
    table.constraints = constraints_of(db, name);
    if (spec)
        for (const auto& column : spec->columns)
            if (std::ranges::find(table.columns, column.name, &DictionaryColumn::name) ==
                table.columns.end())
                table.lacking.emplace_back(column.name);
    table.rows = db.value<std::int64_t>("SELECT count(*) FROM main." + quoted_name(name));
    return table;
}

std::string_view title_of(const std::string& table) {
    const auto among = [&](std::initializer_list<std::string_view> names) {
        return std::ranges::find(names, table) != names.end();
    };
    if (among({"leads", "contact_events", "contact_communications", "contact_scoring_history",
               "contact_properties"}))
        return "Core Tables";
    if (among({"properties", "property_changes", "idx_property_cache"})) return "Property Tables";
    if (!spec_of(table)) return "Other Tables";
    return table.starts_with("dreams_") ? "Side Tables" : "Supporting Tables";
}

}  // namespace

std::vector<DictionaryGroup> dictionary(Db& db) {
    std::vector<DictionaryGroup> groups;
    for (const auto* title :
         {"Core Tables", "Property Tables", "Supporting Tables", "Side Tables", "Other Tables"})
        groups.push_back({title, {}});
    for (const auto& name : table_names(db))
        std::ranges::find(groups, title_of(name), &DictionaryGroup::title)
            ->tables.push_back(read_table(db, name));
    std::erase_if(groups, [](const DictionaryGroup& group) { return group.tables.empty(); });
    return groups;
}

std::vector<DictionaryExtra> extras(Db& db) {
    return db.list<DictionaryExtra>(R"sql(
        SELECT type, name, tbl_name FROM sqlite_master
         WHERE type IN ('view', 'trigger') AND substr(name, 1, 7) <> 'dreams_'
         ORDER BY type DESC, name)sql");
}

}  // namespace dreams::store
