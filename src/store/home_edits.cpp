#include "store/home_edits.h"

#include <array>
#include <string_view>

namespace dreams::store {
namespace {

/// What lists, filters and maps of homes show (store/catalog.h), and what decides whether a home
/// is shown (store/hidden_homes.h).
constexpr std::array<std::string_view, 16> shown{
    "id",          "status",     "city",      "county",        "added_for", "price",
    "beds",        "latitude",   "longitude", "updated_at",    "address",   "zip",
    "subdivision", "mls_number", "source",    "idx_mls_number"};

/// Gives the home the next number. `home`: an expression for properties.id. Without a conflict that
/// could arise: what the statement that fires a trigger says of conflicts (`INSERT OR IGNORE`) goes
/// before what the trigger says.
std::string numbered(const std::string& home) {
    const std::string next = "(SELECT coalesce(max(edit), 0) + 1 FROM dreams_home_edits)";
    return "UPDATE dreams_home_edits SET edit = " + next + " WHERE property_id = " + home +
           "; INSERT INTO dreams_home_edits (property_id, edit) SELECT " + home + ", " + next +
           " WHERE " + home + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM dreams_home_edits" +
           " WHERE property_id = " + home + "); ";
}

/// `event` ON `table`, and WHEN.
struct On {
    std::string event, table, when = "";
};

TriggerSpec trigger(const std::string& name, const On& on, const std::string& acts) {
    const auto full = "dreams_home_edits_" + name;
    return {full, on.table,
            "CREATE TRIGGER " + full + " AFTER " + on.event + " ON " + on.table +
                (on.when.empty() ? "" : " WHEN " + on.when) + " BEGIN " + acts + "END"};
}

/// An update that writes what is there already is no edit.
TriggerSpec of_update() {
    std::string columns, differs;
    for (const auto column : shown) {
        const std::string name(column);
        columns += (columns.empty() ? "" : ", ") + name;
        differs += (differs.empty() ? "" : " OR ") + ("old." + name) + " IS NOT new." + name;
    }
    return trigger("changed", {"UPDATE OF " + columns, "properties", differs},
                   numbered("old.id") + numbered("new.id"));
}

}  // namespace

const std::vector<TriggerSpec>& home_triggers() {
    // Who else showed a home matters only where an MLS hides it.
    const auto if_hidden = [](const std::string& row) {
        return "EXISTS (SELECT 1 FROM dreams_hidden_homes h WHERE h.property_id = " + row +
               ".property_id)";
    };
    const std::string hidden = "dreams_hidden_homes", sources = "dreams_property_sources";
    static const std::vector<TriggerSpec> triggers{
        trigger("added", {"INSERT", "properties"}, numbered("new.id")),
        trigger("gone", {"DELETE", "properties"}, numbered("old.id")),
        of_update(),
        trigger("hidden", {"INSERT", hidden}, numbered("new.property_id")),
        trigger("shown", {"DELETE", hidden}, numbered("old.property_id")),
        trigger("hidden_changed", {"UPDATE OF property_id", hidden},
                numbered("old.property_id") + numbered("new.property_id")),
        trigger("source_added", {"INSERT", sources, if_hidden("new")}, numbered("new.property_id")),
        trigger("source_gone", {"DELETE", sources, if_hidden("old")}, numbered("old.property_id")),
        trigger("source_changed", {"UPDATE OF property_id, source", sources},
                numbered("old.property_id") + numbered("new.property_id")),
    };
    return triggers;
}

HomeEdits home_edits(Db& db) {
    return {.schema = db.value<std::int64_t>("PRAGMA schema_version"),
            .edit = db.value<std::int64_t>("SELECT coalesce(max(edit), 0) FROM dreams_home_edits")};
}

std::int64_t count_edited_homes(Db& db, std::int64_t edit) {
    return db.value<std::int64_t>("SELECT count(*) FROM dreams_home_edits WHERE edit > :edit",
                                  {{"edit", edit}});
}

std::vector<std::string> edited_homes(Db& db, std::int64_t edit) {
    return db.list<std::string>("SELECT property_id FROM dreams_home_edits WHERE edit > :edit",
                                {{"edit", edit}});
}

}  // namespace dreams::store
