#include "store/schema_tables.h"

// What both sides of the Notion sync last agreed on, and what they do not.

namespace dreams::store {

const TableSpec dreams_notion_seen_table{
    .name = "dreams_notion_seen",
    .purpose = "Each home's Notion page: what both sides agreed on last, field by field.",
    .columns =
        {
            {"property_id", "TEXT", "PRIMARY KEY REFERENCES properties(id) ON DELETE CASCADE",
             "properties.id"},
            {"page_id", "TEXT", "", "The page; NULL: being made, or gone"},
            {"url", "TEXT", "", "Its address, for people"},
            {"state", "TEXT", "NOT NULL",
             "'making' (asked for, the answer not kept yet), 'linked', 'gone' (in Notion's trash)"},
            {"agreed", "TEXT", "NOT NULL DEFAULT '{}'",
             "JSON: the last value that both sides had, by column"},
            {"theirs", "TEXT", "NOT NULL DEFAULT '{}'", "JSON: what the page last said, by column"},
            {"kept", "TEXT", "NOT NULL DEFAULT '[]'",
             "JSON: columns that hold more there than we could write"},
            {"edited_at", "TEXT", "", "When the page was last edited, to the minute"},
            {"tries", "INTEGER", "NOT NULL DEFAULT 0", "Failed writes in a row"},
            {"next_try_at", "TEXT", "", "Not before then after a failed one"},
        },
    .indexes = {{"dreams_notion_seen_page", "page_id", Unique::no, Asked::by_us}},
};

const TableSpec dreams_notion_mapping_table{
    .name = "dreams_notion_mapping",
    .purpose =
        "In which Notion property each field stands; found by name once, by id from then on.",
    .columns =
        {
            {"column_name", "TEXT", "PRIMARY KEY", "Column of properties, or 'id'"},
            {"property_id", "TEXT", "NOT NULL", "Notion's id of the property"},
            {"property_name", "TEXT", "NOT NULL", "Its name when the schema was last read"},
            {"property_type", "TEXT", "NOT NULL", "Its type"},
            {"options", "TEXT", "NOT NULL DEFAULT '[]'", "JSON: what a select or status offers"},
        },
};

const TableSpec dreams_notion_conflicts_table{
    .name = "dreams_notion_conflicts",
    .purpose = "Fields that were changed here and in Notion since both last agreed.",
    .columns =
        {
            {"id", "INTEGER", "PRIMARY KEY AUTOINCREMENT", "Number of the conflict"},
            {"property_id", "TEXT", "NOT NULL REFERENCES properties(id) ON DELETE CASCADE",
             "properties.id"},
            {"column_name", "TEXT", "NOT NULL", "Column of properties"},
            {"agreed", "TEXT", "", "What both had before"},
            {"ours", "TEXT", "", "What stands here"},
            {"theirs", "TEXT", "", "What stands in Notion"},
            {"found_at", "TEXT", "NOT NULL", "When it was found"},
            {"decided", "TEXT", "", "'ours', 'theirs', 'same' (both became one); NULL: open"},
            {"decided_by", "TEXT", "", "'rule', or who decided"},
            {"decided_at", "TEXT", "", "When"},
        },
    .indexes = {{"dreams_notion_conflicts_home", "property_id, column_name", Unique::no,
                 Asked::by_us},
                {"dreams_notion_conflicts_open", "decided, found_at", Unique::no, Asked::by_us}},
};

}  // namespace dreams::store
