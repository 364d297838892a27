#include "store/schema_tables.h"

// What the tables about homes have no column for: by what a home is known, who said what of it
// when, imports that can be taken back, and pairs that may be one home.

namespace dreams::store {

const TableSpec dreams_property_keys_table{
    .name = "dreams_property_keys",
    .purpose = "Everything a home is known by; two sightings with one key may be one home.",
    .columns =
        {
            {"kind", "TEXT", "NOT NULL",
             "'redfin', 'zillow', 'realtor', 'mls' (board and number), 'number', 'parcel', "
             "'address', 'street' (without suffix and unit's word)"},
            {"key", "TEXT", "NOT NULL", "The id, number or address, normalised"},
            {"property_id", "TEXT", "NOT NULL REFERENCES properties(id) ON DELETE CASCADE",
             "properties.id"},
            {"import_id", "INTEGER", "", "The import that brought it; NULL: none did"},
        },
    .constraint = "PRIMARY KEY(kind, key, property_id)",
    .indexes = {{"dreams_property_keys_home", "property_id", Unique::no, Asked::by_us}},
};

const TableSpec dreams_homes_table{
    .name = "dreams_homes",
    .purpose = "As of when each home is known, and whether its keys are those of its row.",
    .columns =
        {
            {"property_id", "TEXT", "PRIMARY KEY REFERENCES properties(id) ON DELETE CASCADE",
             "properties.id"},
            {"identity", "TEXT", "NOT NULL",
             "The row's ids, number and address when its keys were made"},
            {"observed_at", "TEXT", "", "When the newest thing known of it was so"},
        },
};

const TableSpec dreams_property_sources_table{
    .name = "dreams_property_sources",
    .purpose = "Which sources have shown a home, and when.",
    .columns =
        {
            {"property_id", "TEXT", "NOT NULL REFERENCES properties(id) ON DELETE CASCADE",
             "properties.id"},
            {"source", "TEXT", "NOT NULL", "'redfin', 'zillow', 'realtor', 'csv' …"},
            {"first_at", "TEXT", "NOT NULL", "When it first showed it"},
            {"last_at", "TEXT", "NOT NULL", "When it last showed it"},
        },
    .constraint = "PRIMARY KEY(property_id, source)",
};

const TableSpec dreams_doubtful_homes_table{
    .name = "dreams_doubtful_homes",
    .purpose = "Pairs of rows that may be one home, for a person to join or to keep apart.",
    .columns =
        {
            {"first_id", "TEXT", "NOT NULL REFERENCES properties(id) ON DELETE CASCADE",
             "properties.id, the lesser"},
            {"second_id", "TEXT", "NOT NULL REFERENCES properties(id) ON DELETE CASCADE",
             "properties.id, the greater"},
            {"why", "TEXT", "NOT NULL", "What speaks for one home, and what against it"},
            {"found_at", "TEXT", "NOT NULL", "When they were found"},
            {"apart_since", "TEXT", "", "When a person decided that they are two; NULL: open"},
            {"apart_by", "TEXT", "", "Who decided"},
        },
    .constraint = "PRIMARY KEY(first_id, second_id)",
    .indexes = {{"dreams_doubtful_homes_second", "second_id", Unique::no, Asked::by_us}},
};

const TableSpec dreams_home_joins_table{
    .name = "dreams_home_joins",
    .purpose = "Rows that a person joined into one; each can be undone.",
    .columns =
        {
            {"id", "INTEGER", "PRIMARY KEY AUTOINCREMENT", "Number of the join"},
            {"kept_id", "TEXT", "NOT NULL", "properties.id of the row that stayed"},
            {"gone_id", "TEXT", "NOT NULL", "properties.id of the row that went into it"},
            {"why", "TEXT", "", "What made them a doubtful pair, if they were one"},
            {"joined_at", "TEXT", "NOT NULL", "When"},
            {"joined_by", "TEXT", "", "Who"},
            {"undone_at", "TEXT", "", "When it was undone; NULL: it stands"},
        },
};

const TableSpec dreams_home_journal_table{
    .name = "dreams_home_journal",
    .purpose = "What imports and joins changed, value by value, so that they can be undone.",
    .columns =
        {
            {"id", "INTEGER", "PRIMARY KEY AUTOINCREMENT", "Order in which it happened"},
            {"action", "TEXT", "NOT NULL",
             "'import', 'join' (what a join wrote), 'join-gone' (rows it took out), or 'seen': "
             "another "
             "source said the same"},
            {"action_id", "INTEGER", "NOT NULL",
             "dreams_imports.id or dreams_home_joins.id; 0: neither"},
            {"table_name", "TEXT", "NOT NULL", "Table"},
            {"row_id", "TEXT", "NOT NULL", "Key of the row"},
            {"column_name", "TEXT", "NOT NULL", "Column"},
            {"old_value", "TEXT", "", "Value before, as text"},
            {"new_value", "TEXT", "", "Value after, as text"},
        },
    .indexes = {{"dreams_home_journal_action", "action, action_id", Unique::no, Asked::by_us},
                {"dreams_home_journal_row", "row_id", Unique::no, Asked::by_us}},
};

const TableSpec dreams_imports_table{
    .name = "dreams_imports",
    .purpose = "Each file that was imported, and what became of its rows.",
    .columns =
        {
            {"id", "INTEGER", "PRIMARY KEY AUTOINCREMENT", "Number of the import"},
            {"file", "TEXT", "NOT NULL", "The file's name, without its folder"},
            {"format", "TEXT", "NOT NULL", "'redfin', 'realtor', 'csv'"},
            {"fingerprint", "TEXT", "NOT NULL",
             "Of all its cells, and of what they were read as: tells the same file again"},
            {"observed_at", "TEXT", "NOT NULL", "When what it says was so"},
            {"started_at", "TEXT", "NOT NULL", "When the import began"},
            {"completed_at", "TEXT", "", "When it ended; NULL: it did not"},
            {"rows_read", "INTEGER", "NOT NULL DEFAULT 0", "Lines with something in them"},
            {"created", "INTEGER", "NOT NULL DEFAULT 0", "Homes that were new"},
            {"updated", "INTEGER", "NOT NULL DEFAULT 0", "Homes that it changed"},
            {"unchanged", "INTEGER", "NOT NULL DEFAULT 0", "Homes of which it said nothing new"},
            {"refused", "INTEGER", "NOT NULL DEFAULT 0", "Lines that were not understood"},
            {"notices", "INTEGER", "NOT NULL DEFAULT 0", "Lines of text for people"},
            {"price_changes", "INTEGER", "NOT NULL DEFAULT 0", "Asking prices that moved"},
            {"status_changes", "INTEGER", "NOT NULL DEFAULT 0", "Statuses that changed"},
            {"relistings", "INTEGER", "NOT NULL DEFAULT 0", "Homes that came back"},
            {"undone_at", "TEXT", "", "When it was undone; NULL: it stands"},
        },
    .indexes = {{"dreams_imports_fingerprint", "fingerprint", Unique::no, Asked::by_us}},
};

const TableSpec dreams_import_rows_table{
    .name = "dreams_import_rows",
    .purpose = "What became of each line of an imported file.",
    .columns =
        {
            {"import_id", "INTEGER", "NOT NULL REFERENCES dreams_imports(id) ON DELETE CASCADE",
             "dreams_imports.id"},
            {"line", "INTEGER", "NOT NULL", "Where it stands in the file"},
            {"outcome", "TEXT", "NOT NULL",
             "'created', 'updated', 'unchanged', 'refused', 'notice'"},
            {"property_id", "TEXT", "", "properties.id; NULL: refused, or a notice"},
            {"why", "TEXT", "", "Why it was refused; what the notice says"},
        },
    .constraint = "PRIMARY KEY(import_id, line)",
    .indexes = {{"dreams_import_rows_home", "property_id", Unique::no, Asked::by_us}},
};

const TableSpec dreams_import_mappings_table{
    .name = "dreams_import_mappings",
    .purpose = "Which column of a file means what, remembered for the next file of that kind.",
    .columns =
        {
            {"header", "TEXT", "PRIMARY KEY", "The file's column names, normalised"},
            {"mapping", "TEXT", "NOT NULL", "JSON object: column name to field"},
            {"saved_at", "TEXT", "NOT NULL", "When it was last used"},
        },
};

const TableSpec dreams_looked_at_table{
    .name = "dreams_looked_at",
    .purpose = "What contact_properties has yet to be derived from.",
    .columns =
        {
            {"kind", "TEXT", "NOT NULL",
             "'person': has new events; 'homes': some changed; 'told': what it is derived from"},
            {"id", "TEXT", "NOT NULL", "Of a person: leads.fub_id"},
            {"events", "INTEGER", "NOT NULL DEFAULT 0", "How many"},
        },
    .constraint = "PRIMARY KEY(kind, id)",
};

const TableSpec dreams_home_edits_table{
    .name = "dreams_home_edits",
    .purpose =
        "Which homes were edited last, whoever did it: triggers keep it, and what is held in "
        "memory is brought up to date by it.",
    .columns =
        {
            {"property_id", "TEXT", "PRIMARY KEY", "properties.id; it may be gone"},
            {"edit", "INTEGER", "NOT NULL", "Number of its last edit, counted over all homes"},
        },
    .indexes = {{"dreams_home_edits_edit", "edit", Unique::no, Asked::by_us}},
};

}  // namespace dreams::store
