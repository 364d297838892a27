#include "store/notion_seen.h"

#include "base/json.h"
#include "base/text.h"
#include "store/properties_journal.h"

namespace dreams::store {

JsonText values_json(const NotionValues& values) {
    json::Object object;
    for (const auto& [column, value] : values)
        object[column] =
            value ? json::Value(boost::json::string_view(*value)) : json::Value(nullptr);
    return {json::serialized(object)};
}

NotionValues values_from(const JsonText& json) {
    const auto parsed = json::parse(json.text);
    if (!parsed.is_object()) throw Error(Fault::invalid, "stored Notion values are no JSON object");
    NotionValues values;
    for (const auto& [column, value] : parsed.get_object())
        values[column] =
            value.is_string() ? std::optional(std::string(value.get_string())) : std::nullopt;
    return values;
}

std::vector<NotionSeen> notion_seen(Db& db) {
    return db.list<NotionSeen>("SELECT * FROM dreams_notion_seen ORDER BY property_id");
}

std::optional<NotionSeen> notion_seen(Db& db, const PropertyId& home) {
    return db.one<NotionSeen>("SELECT * FROM dreams_notion_seen WHERE property_id = :home",
                              {{"home", home}});
}

Kept keep_notion_seen(Db& db, const NotionSeen& seen) {
    static const Keep how{.table = "dreams_notion_seen", .key = "property_id"};
    return Keeper<NotionSeen>(db, how).keep(seen);
}

void forget_notion_seen(Db& db, const PropertyId& home) {
    db.run("DELETE FROM dreams_notion_seen WHERE property_id = :home", {{"home", home}});
}

void forget_notion_pages(Db& db) {
    db.run(R"sql(UPDATE properties SET notion_page_id = NULL, sync_status = 'pending'
                  WHERE notion_page_id IS NOT NULL)sql");
    db.run("DELETE FROM dreams_notion_seen");
    db.run("DELETE FROM dreams_notion_mapping");
    db.run("UPDATE dreams_notion_conflicts SET decided = 'same' WHERE decided IS NULL");
}

void forget_notion_field(Db& db, const std::string& column) {
    for (auto& seen : notion_seen(db)) {
        for (auto* values : {&seen.agreed, &seen.theirs}) {
            auto left = values_from(*values);
            left.erase(column);
            *values = values_json(left);
        }
        keep_notion_seen(db, seen);
    }
    db.run(R"sql(UPDATE dreams_notion_conflicts SET decided = 'same'
                  WHERE column_name = :column AND decided IS NULL)sql",
           {{"column", column}});
}

void make_notion_page_anew(Db& db, const PropertyId& home) {
    auto transaction = db.begin();
    const auto seen = notion_seen(db, home);
    const bool lost = seen && (seen->state == NotionState::gone || seen->theirs.text == "{}");
    if (!lost) throw Error(Fault::not_found, "that home has no page in Notion's trash");
    forget_notion_seen(db, home);
    keep_notion_link(db, home, {.sync_status = "pending"});
    transaction.commit();
}

std::vector<PropertyId> homes_without_page(Db& db) {
    return db.list<PropertyId>(R"sql(
        SELECT property_id FROM dreams_notion_seen
         WHERE state = 'gone' OR (state = 'linked' AND theirs = '{}') ORDER BY property_id)sql");
}

NotionMapping notion_mapping(Db& db) {
    return db.list<NotionMapped>("SELECT * FROM dreams_notion_mapping ORDER BY column_name");
}

void keep_notion_mapping(Db& db, const NotionMapping& mapping) {
    db.run("DELETE FROM dreams_notion_mapping");
    db.add_all("dreams_notion_mapping", mapping);
}

void keep_notion_link(Db& db, const PropertyId& home, const NotionLink& link) {
    db.run(R"sql(
        UPDATE properties SET notion_page_id = :page, notion_synced_at = :at, sync_status = :status,
                              sync_error = :error
         WHERE id = :home)sql",
           {{"page", link.notion_page_id},
            {"at", link.notion_synced_at},
            {"status", link.sync_status},
            {"error", link.sync_error},
            {"home", home}});
}

std::vector<NotionHome> notion_homes(Db& db) {
    return db.list<NotionHome>(R"sql(
        SELECT p.*, h.observed_at
          FROM properties p
          LEFT JOIN dreams_homes h ON h.property_id = p.id
          LEFT JOIN dreams_notion_seen s ON s.property_id = p.id
         WHERE s.property_id IS NOT NULL OR p.notion_page_id IS NOT NULL
            OR (NOT EXISTS (SELECT 1 FROM dreams_hidden_homes x WHERE x.property_id = p.id)
                AND (coalesce(p.added_for, p.added_by, p.notes, p.captured_by) IS NOT NULL
                     OR NOT EXISTS (SELECT 1 FROM dreams_mls_listings m
                                     WHERE m.property_id = p.id)))
         ORDER BY p.id)sql");
}

std::optional<NotionHome> notion_home(Db& db, const PropertyId& home) {
    return db.one<NotionHome>(R"sql(
        SELECT p.*, h.observed_at FROM properties p
          LEFT JOIN dreams_homes h ON h.property_id = p.id WHERE p.id = :home)sql",
                              {{"home", home}});
}

NotionValues notion_values(const Property& home) {
    NotionValues values;
    for_each_column(home, [&]<class T>(const char* column, const T& value) {
        if constexpr (!std::is_same_v<T, PropertyId>) {
            const auto* field = notion_field(column);
            if (!field) return;
            auto text = journal_text(value);
            if (text && field->kind == NotionKind::text) text = text::valid_utf8(*text);
            if (text && text::trimmed(*text).empty()) text.reset();
            values[column] = std::move(text);
        }
    });
    return values;
}

}  // namespace dreams::store
