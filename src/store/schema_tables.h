#pragma once

#include "store/schema.h"

namespace dreams::store {

// Each declared in the schema_*.cpp of its group.
extern const TableSpec leads_table, contact_events_table, contact_communications_table,
    contact_scoring_history_table, contact_properties_table, properties_table,
    property_changes_table, idx_property_cache_table, lead_activities_table, matches_table,
    packages_table, sync_log_table;
extern const TableSpec dreams_cursors_table, dreams_fub_people_table, dreams_waiting_table,
    dreams_automated_table, dreams_lead_scores_table, dreams_match_buyers_table,
    dreams_lead_search_table, dreams_stages_table, dreams_users_table, dreams_leases_table,
    dreams_unresolved_table, dreams_kept_answers_table;
extern const TableSpec dreams_property_keys_table, dreams_homes_table,
    dreams_property_sources_table, dreams_doubtful_homes_table, dreams_home_joins_table,
    dreams_home_journal_table, dreams_imports_table, dreams_import_rows_table,
    dreams_import_mappings_table, dreams_looked_at_table, dreams_home_edits_table;
extern const TableSpec dreams_mls_listings_table, dreams_hidden_homes_table,
    dreams_request_counts_table, dreams_fetch_hosts_table, dreams_idx_visits_table;
extern const TableSpec dreams_notion_seen_table, dreams_notion_mapping_table,
    dreams_notion_conflicts_table, dreams_jobs_table, dreams_briefs_table, dreams_unsent_table;
extern const TableSpec dreams_origin_table, dreams_merge_bases_table, dreams_merge_seen_table,
    dreams_merge_conflicts_table;

}  // namespace dreams::store
