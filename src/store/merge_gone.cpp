#include "base/db_rows.h"
#include "store/merge_work.h"
#include "store/package_homes.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

/// A column of some table that refers to `leads` or `properties`.
struct Child {
    std::string table, column, key;
    static constexpr auto columns() {
        return Columns{Column{"name", &Child::table}, Column{"from", &Child::column},
                       Column{"to", &Child::key}};
    }
};

std::vector<Child> children_of(Db& db, std::string_view table) {
    return db.list<Child>(R"sql(
        SELECT l.name AS name, k."from" AS "from", k."to" AS "to"
          FROM pragma_table_list l JOIN pragma_foreign_key_list(l.name) k
         WHERE l.schema = 'main' AND l.type = 'table' AND k."table" = :table
           AND k.on_delete NOT IN ('CASCADE', 'SET NULL'))sql",
                          {{"table", table}});
}

/// Where both homes have a row for one person, that of the home which stays is kept.
void hang_on(Db& db, std::string_view table, std::string_view column, const std::string& gone,
             const std::string& kept) {
    const auto name = quoted_name(table), at = quoted_name(column);
    db.run("UPDATE OR IGNORE " + name + " SET " + at + " = :kept WHERE " + at + " = :gone",
           {{"kept", kept}, {"gone", gone}});
    db.run("DELETE FROM " + name + " WHERE " + at + " = :gone", {{"gone", gone}});
}

void move_packages(Db& db, const std::string& gone, const std::string& kept) {
    Statement rows =
        db.query("SELECT id, property_ids FROM packages WHERE instr(property_ids, :gone) > 0",
                 {{"gone", "\"" + gone + "\""}});
    std::vector<std::pair<std::string, std::string>> found;
    while (rows.step()) found.emplace_back(rows.text(0), rows.text(1));
    for (const auto& [package, homes] : found)
        db.run("UPDATE packages SET property_ids = :homes WHERE id = :id",
               {{"homes", package_homes(homes, gone, kept)}, {"id", package}});
}

}  // namespace

void merge_joins(MergeWork& work) {
    Db& db = work.ours;
    work.homes = homes_joined(db.list<HomeJoin>(
        "SELECT *, NULL AS kept_address, NULL AS gone_address FROM dreams_home_joins"));
    // Of those that neither copy could join whole: the home that stays came from a third.
    for (const auto& [gone, kept] : work.homes.into) {
        if (!db.one<int>("SELECT 1 FROM properties WHERE id = :id", {{"id", gone}})) continue;
        for (const auto& rule : merge_rules())
            for (const auto column : rule.homes) hang_on(db, rule.table, column, gone, kept);
        move_packages(db, gone, kept);
        remove_with_children(db, "properties", gone);
    }
}

void remove_with_children(Db& db, std::string_view table, const std::string& id) {
    const auto parent = std::string(table);
    for (const auto& child : children_of(db, table))
        db.run("DELETE FROM " + quoted_name(child.table) + " WHERE " + quoted_name(child.column) +
                   " IN (SELECT " + quoted_name(child.key) + " FROM " + parent + " WHERE id = :id)",
               {{"id", id}});
    db.run("DELETE FROM " + parent + " WHERE id = :id", {{"id", id}});
}

}  // namespace dreams::store
