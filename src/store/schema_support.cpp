#include "store/schema_tables.h"

// The four supporting tables, to the letter of the data dictionary.

namespace dreams::store {

const TableSpec lead_activities_table{
    .name = "lead_activities",
    .purpose =
        "Generic activity log for leads: what FUB tells beside website activity (inquiries, "
        "registrations, open houses …).",
    .columns =
        {
            {"id", "TEXT", "PRIMARY KEY", "Activity ID"},
            {"lead_id", "TEXT", "NOT NULL REFERENCES leads(id)", "References leads.id"},
            {"activity_type", "TEXT", "NOT NULL", "Activity type"},
            {"activity_source", "TEXT", "", "Source system"},
            {"activity_data", "TEXT", "", "JSON activity data"},
            {"property_id", "TEXT", "", "Associated property"},
            {"occurred_at", "TEXT", "NOT NULL", "Activity timestamp"},
            {"imported_at", "TEXT", "DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Import timestamp"},
        },
    .indexes =
        {
            {"idx_activities_lead", "lead_id", Unique::no, Asked::by_dictionary},
            {"idx_activities_type", "activity_type", Unique::no, Asked::by_dictionary},
        },
};

const TableSpec matches_table{
    .name = "matches",
    .purpose = "Property match suggestions for leads, and what became of each (`dreams match`).",
    .columns =
        {
            {"id", "TEXT", "PRIMARY KEY", "Match ID"},
            {"lead_id", "TEXT", "NOT NULL REFERENCES leads(id)", "References leads.id"},
            {"property_id", "TEXT", "NOT NULL REFERENCES properties(id)",
             "References properties.id"},
            {"total_score", "REAL", "", "Overall match score"},
            {"stated_score", "REAL", "", "Based on stated preferences"},
            {"behavioral_score", "REAL", "", "Based on viewing behavior"},
            {"score_breakdown", "TEXT", "", "JSON score details"},
            {"match_status", "TEXT", "DEFAULT 'suggested'",
             "'suggested', 'sent', 'accepted', 'rejected'"},
            {"suggested_at", "TEXT", "DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Suggestion timestamp"},
            {"sent_at", "TEXT", "", "Sent to client timestamp"},
            {"response_at", "TEXT", "", "Client response timestamp"},
            {"shown_at", "TEXT", "", "Shown to client timestamp"},
            {"lead_feedback", "TEXT", "", "Client feedback"},
            {"agent_notes", "TEXT", "", "Agent notes"},
        },
    .constraint = "UNIQUE(lead_id, property_id)",
    .indexes =
        {
            {"idx_matches_lead", "lead_id", Unique::no, Asked::by_dictionary},
            {"idx_matches_score", "total_score DESC", Unique::no, Asked::by_dictionary},
        },
};

const TableSpec packages_table{
    .name = "packages",
    .purpose = "Property tour packages (future use: nothing here writes them yet).",
    .columns =
        {
            {"id", "TEXT", "PRIMARY KEY", "Package ID"},
            {"lead_id", "TEXT", "NOT NULL REFERENCES leads(id)", "References leads.id"},
            {"title", "TEXT", "", "Package title"},
            {"property_ids", "TEXT", "", "JSON array of property IDs"},
            {"showing_date", "TEXT", "", "Scheduled showing date"},
            {"pdf_path", "TEXT", "", "Generated PDF path"},
            {"html_content", "TEXT", "", "Package HTML content"},
            {"status", "TEXT", "DEFAULT 'draft'", "'draft', 'sent', 'scheduled'"},
            {"created_at", "TEXT", "DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Creation timestamp"},
            {"sent_at", "TEXT", "", "Sent timestamp"},
            {"opened_at", "TEXT", "", "Client opened timestamp"},
        },
    .indexes = {},
};

const TableSpec sync_log_table{
    .name = "sync_log",
    .purpose = "Audit log for data synchronization operations.",
    .columns =
        {
            {"id", "INTEGER", "PRIMARY KEY AUTOINCREMENT", "Auto-increment ID"},
            {"sync_type", "TEXT", "NOT NULL", "Type of sync operation"},
            {"source", "TEXT", "NOT NULL", "Source system"},
            {"direction", "TEXT", "NOT NULL", "'import', 'export'"},
            {"records_processed", "INTEGER", "DEFAULT 0", "Total records processed"},
            {"records_created", "INTEGER", "DEFAULT 0", "New records created"},
            {"records_updated", "INTEGER", "DEFAULT 0", "Records updated"},
            {"records_failed", "INTEGER", "DEFAULT 0", "Failed records"},
            {"started_at", "TEXT", "DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Sync start time"},
            {"completed_at", "TEXT", "", "Sync completion time"},
            {"error_message", "TEXT", "", "Error details"},
            {"details", "TEXT", "", "JSON additional details"},
        },
    .indexes = {},
};

}  // namespace dreams::store
