#include "store/schema_tables.h"

// The five tables about people, to the letter of the data dictionary.

namespace dreams::store {

const TableSpec leads_table{
    .name = "leads",
    .purpose = "Primary contact/lead table synced from Follow Up Boss (FUB).",
    .columns =
        {
            {"id", "TEXT", "PRIMARY KEY", "Internal UUID or FUB person ID"},
            {"external_id", "TEXT", "", "External system ID"},
            {"external_source", "TEXT", "", "Source system (e.g., 'fub')"},
            {"first_name", "TEXT", "", "Contact first name"},
            {"last_name", "TEXT", "", "Contact last name"},
            {"email", "TEXT", "", "Primary email address"},
            {"phone", "TEXT", "", "Primary phone number"},
            {"stage", "TEXT", "DEFAULT 'lead'", "Lead stage (default: 'lead')"},
            {"type", "TEXT", "DEFAULT 'buyer'", "Lead type (default: 'buyer')"},
            {"source", "TEXT", "", "Lead source"},
            {"fub_id", "TEXT", "", "Follow Up Boss person ID"},
            {"lead_type_tags", "TEXT", "", "JSON array of type tags"},
            {"heat_score", "INTEGER", "DEFAULT 0", "Engagement/activity score (0-100)",
             "Scoring Fields"},
            {"value_score", "INTEGER", "DEFAULT 0", "Potential deal value score", "Scoring Fields"},
            {"relationship_score", "INTEGER", "DEFAULT 0", "Relationship strength score",
             "Scoring Fields"},
            {"priority_score", "INTEGER", "DEFAULT 0", "Combined priority ranking",
             "Scoring Fields"},
            {"score_trend", "TEXT", "", "'warming', 'cooling', 'stable'", "Scoring Fields"},
            {"heat_score_7d_avg", "REAL", "", "7-day rolling average heat score", "Scoring Fields"},
            {"last_score_recorded_at", "TEXT", "", "Last scoring snapshot timestamp",
             "Scoring Fields"},
            {"website_visits", "INTEGER", "DEFAULT 0", "Total website visits", "Activity Metrics"},
            {"properties_viewed", "INTEGER", "DEFAULT 0", "Total property views",
             "Activity Metrics"},
            {"properties_favorited", "INTEGER", "DEFAULT 0", "Total favorites", "Activity Metrics"},
            {"properties_shared", "INTEGER", "DEFAULT 0", "Total shares", "Activity Metrics"},
            {"calls_inbound", "INTEGER", "DEFAULT 0", "Inbound call count", "Activity Metrics"},
            {"calls_outbound", "INTEGER", "DEFAULT 0", "Outbound call count", "Activity Metrics"},
            {"texts_total", "INTEGER", "DEFAULT 0", "Total text messages", "Activity Metrics"},
            {"emails_received", "INTEGER", "DEFAULT 0", "Emails received", "Activity Metrics"},
            {"emails_sent", "INTEGER", "DEFAULT 0", "Emails sent", "Activity Metrics"},
            {"total_communications", "INTEGER", "DEFAULT 0", "Total comms count",
             "Activity Metrics"},
            {"total_events", "INTEGER", "DEFAULT 0", "Total events count", "Activity Metrics"},
            {"avg_price_viewed", "REAL", "", "Average price of viewed properties",
             "Activity Metrics"},
            {"days_since_activity", "INTEGER", "", "Days since last activity", "Activity Metrics"},
            {"last_activity_at", "TEXT", "", "Timestamp of last activity", "Activity Metrics"},
            {"intent_repeat_views", "INTEGER", "DEFAULT 0", "Repeated property views",
             "Intent Signals"},
            {"intent_high_favorites", "INTEGER", "DEFAULT 0", "High favorite activity",
             "Intent Signals"},
            {"intent_activity_burst", "INTEGER", "DEFAULT 0", "Recent activity burst",
             "Intent Signals"},
            {"intent_sharing", "INTEGER", "DEFAULT 0", "Sharing behavior", "Intent Signals"},
            {"intent_signal_count", "INTEGER", "DEFAULT 0", "Total intent signals",
             "Intent Signals"},
            {"min_price", "INTEGER", "", "Minimum price preference", "Preferences"},
            {"max_price", "INTEGER", "", "Maximum price preference", "Preferences"},
            {"min_beds", "INTEGER", "", "Minimum bedrooms", "Preferences"},
            {"min_baths", "REAL", "", "Minimum bathrooms", "Preferences"},
            {"min_sqft", "INTEGER", "", "Minimum square footage", "Preferences"},
            {"min_acreage", "REAL", "", "Minimum acreage", "Preferences"},
            {"preferred_cities", "TEXT", "", "JSON array of preferred cities", "Preferences"},
            {"preferred_features", "TEXT", "", "JSON array of preferred features", "Preferences"},
            {"deal_breakers", "TEXT", "", "JSON array of deal breakers", "Preferences"},
            {"requirements_confidence", "REAL", "", "Confidence in stated requirements",
             "Preferences"},
            {"requirements_updated_at", "TEXT", "", "Last preference update", "Preferences"},
            {"assigned_agent", "TEXT", "", "Assigned agent name", "Workflow"},
            {"tags", "TEXT", "", "JSON array of tags", "Workflow"},
            {"notes", "TEXT", "", "Free-form notes", "Workflow"},
            {"next_action", "TEXT", "", "Next action to take", "Workflow"},
            {"next_action_date", "TEXT", "", "Due date for next action", "Workflow"},
            {"created_at", "TEXT", "DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Record creation timestamp", "Timestamps"},
            {"updated_at", "TEXT", "DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Last update timestamp", "Timestamps"},
            {"last_synced_at", "TEXT", "", "Last FUB sync timestamp", "Timestamps"},
        },
    .constraint = "UNIQUE(external_id, external_source)",
    .indexes =
        {
            {"idx_leads_stage", "stage", Unique::no, Asked::by_dictionary},
            {"idx_leads_priority", "priority_score DESC", Unique::no, Asked::by_dictionary},
            {"idx_leads_fub_id", "fub_id", Unique::yes, Asked::by_dictionary},
            {"idx_leads_heat", "heat_score DESC", Unique::no, Asked::by_dictionary},
            // The call list's own order: its first fifty are read without looking at the rest.
            {"idx_leads_call", "priority_score DESC, last_activity_at DESC, id", Unique::no,
             Asked::by_us},
            {"idx_leads_last_activity", "last_activity_at DESC", Unique::no, Asked::by_us},
        },
};

const TableSpec contact_events_table{
    .name = "contact_events",
    .purpose = "Website activity events from FUB (property views, favorites, shares).",
    .columns =
        {
            {"id", "TEXT", "PRIMARY KEY", "Unique event ID"},
            {"contact_id", "TEXT", "NOT NULL REFERENCES leads(fub_id)", "References leads.fub_id"},
            {"event_type", "TEXT", "NOT NULL",
             "'website_visit', 'property_view', 'property_favorite', 'property_share'"},
            {"occurred_at", "TEXT", "NOT NULL", "Event timestamp"},
            {"property_address", "TEXT", "", "Denormalized property address"},
            {"property_price", "INTEGER", "", "Property price at time of event"},
            {"property_mls", "TEXT", "", "MLS number"},
            {"fub_event_id", "TEXT", "", "FUB event ID for deduplication"},
            {"imported_at", "TEXT", "DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Import timestamp"},
        },
    .indexes =
        {
            {"idx_events_contact", "contact_id, occurred_at DESC", Unique::no,
             Asked::by_dictionary},
            {"idx_events_type", "event_type", Unique::no, Asked::by_dictionary},
            // Who looked at a home, by what tells homes apart: store/homes_seen asks so.
            {"idx_events_home", "coalesce(nullif(property_mls, ''), property_address), contact_id",
             Unique::no, Asked::by_us},
        },
};

const TableSpec contact_communications_table{
    .name = "contact_communications",
    .purpose = "Call, text, and email records from FUB.",
    .columns =
        {
            {"id", "TEXT", "PRIMARY KEY", "Unique communication ID"},
            {"contact_id", "TEXT", "NOT NULL REFERENCES leads(id)", "References leads.id"},
            {"comm_type", "TEXT", "NOT NULL", "'call', 'text', 'email'"},
            {"direction", "TEXT", "NOT NULL", "'inbound', 'outbound'"},
            {"occurred_at", "TEXT", "NOT NULL", "Communication timestamp"},
            {"duration_seconds", "INTEGER", "", "Call duration (calls only)"},
            {"fub_id", "TEXT", "", "FUB record ID"},
            {"fub_user_name", "TEXT", "", "Agent who handled it"},
            {"status", "TEXT", "", "'completed', 'missed', 'voicemail'"},
            {"imported_at", "TEXT", "DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Import timestamp"},
        },
    .indexes =
        {
            {"idx_comms_contact", "contact_id, occurred_at DESC", Unique::no, Asked::by_dictionary},
            {"idx_comms_type", "comm_type", Unique::no, Asked::by_dictionary},
        },
};

const TableSpec contact_scoring_history_table{
    .name = "contact_scoring_history",
    .purpose = "Daily snapshots of contact scores for trend analysis.",
    .columns =
        {
            {"id", "INTEGER", "PRIMARY KEY AUTOINCREMENT", "Auto-increment ID"},
            {"contact_id", "TEXT", "NOT NULL REFERENCES leads(id)", "References leads.id"},
            {"recorded_at", "TEXT", "NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Snapshot timestamp"},
            {"sync_id", "INTEGER", "", "Associated sync batch ID"},
            {"heat_score", "REAL", "NOT NULL DEFAULT 0", "Heat score at snapshot"},
            {"value_score", "REAL", "NOT NULL DEFAULT 0", "Value score at snapshot"},
            {"relationship_score", "REAL", "NOT NULL DEFAULT 0", "Relationship score at snapshot"},
            {"priority_score", "REAL", "NOT NULL DEFAULT 0", "Priority score at snapshot"},
            {"website_visits", "INTEGER", "DEFAULT 0", "Cumulative visits"},
            {"properties_viewed", "INTEGER", "DEFAULT 0", "Cumulative views"},
            {"calls_inbound", "INTEGER", "DEFAULT 0", "Cumulative inbound calls"},
            {"calls_outbound", "INTEGER", "DEFAULT 0", "Cumulative outbound calls"},
            {"texts_total", "INTEGER", "DEFAULT 0", "Cumulative texts"},
            {"intent_signal_count", "INTEGER", "DEFAULT 0", "Cumulative intent signals"},
            {"heat_delta", "REAL", "", "Change from previous snapshot"},
            {"trend_direction", "TEXT", "", "'warming', 'cooling', 'stable'"},
        },
    .indexes =
        {
            {"idx_scoring_history_contact", "contact_id, recorded_at DESC", Unique::no,
             Asked::by_dictionary},
            {"idx_scoring_history_recorded", "recorded_at", Unique::no, Asked::by_us},
        },
};

const TableSpec contact_properties_table{
    .name = "contact_properties",
    .purpose = "Junction table linking contacts to properties (saved, viewed, matched).",
    .columns =
        {
            {"id", "TEXT", "PRIMARY KEY", "Unique ID"},
            {"contact_id", "TEXT", "NOT NULL REFERENCES leads(id)", "References leads.id"},
            {"property_id", "TEXT", "NOT NULL REFERENCES properties(id)",
             "References properties.id"},
            {"relationship", "TEXT", "DEFAULT 'saved'",
             "'saved', 'viewed', 'shared', 'matched', 'favorited'"},
            {"match_score", "REAL", "", "Computed match score"},
            {"view_count", "INTEGER", "DEFAULT 0", "Number of views"},
            {"first_viewed_at", "TEXT", "", "First view timestamp"},
            {"last_viewed_at", "TEXT", "", "Last view timestamp"},
            {"saved_at", "TEXT", "", "Save timestamp"},
            {"shared_at", "TEXT", "", "Share timestamp"},
            {"shared_with", "TEXT", "", "JSON array of recipients"},
            {"notes", "TEXT", "", "Notes"},
            {"created_at", "TEXT", "DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Creation timestamp"},
            {"updated_at", "TEXT", "DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ','now'))",
             "Update timestamp"},
        },
    .constraint = "UNIQUE(contact_id, property_id)",
    .indexes =
        {
            {"idx_contact_props_contact", "contact_id", Unique::no, Asked::by_dictionary},
            {"idx_contact_props_property", "property_id", Unique::no, Asked::by_dictionary},
            {"idx_contact_props_relationship", "relationship", Unique::no, Asked::by_dictionary},
            // Who looks at a home, the keenest first.
            {"idx_contact_props_keenest", "property_id, view_count DESC, contact_id", Unique::no,
             Asked::by_us},
        },
};

}  // namespace dreams::store
