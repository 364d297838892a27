#include "store/schema_tables.h"

// What tells a file from its copies, and what two copies that moved on know of each other.

namespace dreams::store {

const TableSpec dreams_origin_table{
    .name = "dreams_origin",
    .purpose = "Which copy this file is: one row. A copy that is opened gives itself a new name.",
    .columns =
        {
            {"id", "INTEGER", "PRIMARY KEY CHECK (id = 1)", "1"},
            {"lineage", "TEXT", "NOT NULL", "The same in all copies of one file; made by chance"},
            {"copy", "TEXT", "NOT NULL", "This copy's own name; made by chance"},
            {"environment", "TEXT", "NOT NULL", "'dev' or 'prd': where it may send from"},
            {"place", "TEXT", "NOT NULL",
             "Machine, file number and birth of the file; another one: it was copied"},
            {"born_at", "TEXT", "NOT NULL", "When the lineage began"},
            {"copied_at", "TEXT", "", "When this copy was found to be one; NULL: the original"},
            {"copied_from", "TEXT", "", "The copy it was then"},
            {"claimed_at", "TEXT", "",
             "Since when it may send to others; NULL: not until a person says so"},
            {"merged_at", "TEXT", "", "When another copy was last joined into it"},
            {"merged_with", "TEXT", "", "Which one"},
            {"changes", "INTEGER", "",
             "How often people, homes and notes were changed in it, counted by triggers: tells the "
             "earlier of two states of a copy"},
        },
};

const TableSpec dreams_merge_bases_table{
    .name = "dreams_merge_bases",
    .purpose = "As of when this file holds everything of another copy.",
    .columns =
        {
            {"copy", "TEXT", "PRIMARY KEY", "dreams_origin.copy of the other"},
            {"at", "TEXT", "NOT NULL", "When that copy was as dreams_merge_seen has it"},
            {"changes", "INTEGER", "",
             "dreams_origin.changes of that copy then; NULL: an older program did not count"},
            {"number", "INTEGER", "",
             "One more than any that either file knew: of two the greater came later, whatever the "
             "clocks said"},
        },
};

const TableSpec dreams_merge_seen_table{
    .name = "dreams_merge_seen",
    .purpose = "People and homes of another copy as of then: tells which side changed since.",
    .columns =
        {
            {"copy", "TEXT", "NOT NULL REFERENCES dreams_merge_bases(copy) ON DELETE CASCADE",
             "dreams_origin.copy of the other"},
            {"table_name", "TEXT", "NOT NULL", "'leads' or 'properties'"},
            {"row_id", "TEXT", "NOT NULL", "Key of the row"},
            {"hashes", "TEXT", "NOT NULL", "Eight characters for each part that one writer writes"},
        },
    .constraint = "PRIMARY KEY(copy, table_name, row_id)",
};

const TableSpec dreams_merge_conflicts_table{
    .name = "dreams_merge_conflicts",
    .purpose = "What was changed in two copies, with both values, for a person to decide.",
    .columns =
        {
            {"id", "INTEGER", "PRIMARY KEY AUTOINCREMENT", "Number of the conflict"},
            {"table_name", "TEXT", "NOT NULL", "'leads' or 'properties'"},
            {"row_id", "TEXT", "NOT NULL", "Key of the row"},
            {"column_name", "TEXT", "NOT NULL", "Column"},
            {"ours", "TEXT", "", "What stands here"},
            {"theirs", "TEXT", "", "What stood in the other copy"},
            {"copy", "TEXT", "NOT NULL", "dreams_origin.copy of the other"},
            {"found_at", "TEXT", "NOT NULL", "When it was found"},
            {"decided", "TEXT", "", "'ours' or 'theirs'; NULL: open"},
            {"decided_by", "TEXT", "", "Who decided"},
            {"decided_at", "TEXT", "", "When"},
        },
    .indexes = {{"dreams_merge_conflicts_row", "row_id", Unique::no, Asked::by_us},
                {"dreams_merge_conflicts_open", "decided, found_at", Unique::no, Asked::by_us}},
};

}  // namespace dreams::store
