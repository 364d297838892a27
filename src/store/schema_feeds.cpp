#include "store/schema_tables.h"

// What reading feeds and listing sites needs to have remembered: an MLS's listings and what may be
// shown of them, how often a service was asked, which sites want to be left alone, and when an MLS
// number is due on the team's site.

namespace dreams::store {

const TableSpec dreams_mls_listings_table{
    .name = "dreams_mls_listings",
    .purpose = "Each listing of an MLS's feed: whose home it is, and what may be shown of it.",
    .columns =
        {
            {"id", "TEXT", "PRIMARY KEY", "System and ListingKey"},
            {"system", "TEXT", "NOT NULL", "The originating system, as the feed is asked"},
            {"listing_key", "TEXT", "NOT NULL", "ListingKey; never shown"},
            {"listing_number", "TEXT", "", "ListingId as the feed has it, prefix included"},
            {"property_id", "TEXT", "REFERENCES properties(id) ON DELETE SET NULL",
             "properties.id; NULL: its home is not in the file"},
            {"modified_at", "TEXT", "", "ModificationTimestamp"},
            {"on_market", "INTEGER", "NOT NULL DEFAULT 0",
             "1: can be bought, or is under contract"},
            {"listed_on", "TEXT", "NOT NULL DEFAULT ''", "Day of the listing; empty: not told"},
            {"out_of_view", "TEXT", "", "Why it may not be shown; NULL: it may"},
            {"address_shown", "INTEGER", "NOT NULL DEFAULT 1",
             "0: its seller wants no address shown"},
            {"can_use", "TEXT", "", "JSON array: what the MLS lets it be used for; NULL: not told"},
            {"met_at", "TEXT", "", "Beginning of the last walk through the whole feed that met it"},
        },
    .indexes = {{"dreams_mls_listings_home", "property_id", Unique::no, Asked::by_us},
                {"dreams_mls_listings_modified", "modified_at", Unique::no, Asked::by_us}},
};

const TableSpec dreams_hidden_homes_table{
    .name = "dreams_hidden_homes",
    .purpose = "Homes that an MLS lets nobody see any more; kept, since notes hang on them.",
    .columns =
        {
            {"property_id", "TEXT", "PRIMARY KEY REFERENCES properties(id) ON DELETE CASCADE",
             "properties.id"},
            {"why", "TEXT", "NOT NULL", "In words"},
            {"since", "TEXT", "NOT NULL", "Since when"},
        },
};

const TableSpec dreams_request_counts_table{
    .name = "dreams_request_counts",
    .purpose = "How often a service with limits by the hour and the day was asked, by the minute.",
    .columns =
        {
            {"service", "TEXT", "NOT NULL", "Host of the service"},
            {"minute", "TEXT", "NOT NULL", "Beginning of the minute"},
            {"requests", "INTEGER", "NOT NULL DEFAULT 0", "Requests sent in it"},
            {"bytes", "INTEGER", "NOT NULL DEFAULT 0", "Bytes received in it"},
        },
    .constraint = "PRIMARY KEY(service, minute)",
};

const TableSpec dreams_fetch_hosts_table{
    .name = "dreams_fetch_hosts",
    .purpose = "Web sites that are read: when last, what their robots.txt says, until when not.",
    .columns =
        {
            {"site", "TEXT", "PRIMARY KEY", "www.example.com, with the port where it is another"},
            {"asked_at", "TEXT", "", "When it was last asked"},
            {"robots_at", "TEXT", "", "When its robots.txt was read"},
            {"robots", "TEXT", "", "The robots.txt; NULL: it has none"},
            {"closed_until", "TEXT", "", "It turned us away: not to be asked before"},
            {"closed_why", "TEXT", "", "How it did"},
        },
};

const TableSpec dreams_idx_visits_table{
    .name = "dreams_idx_visits",
    .purpose = "What came of asking the team's listing site, and when to ask again.",
    .columns =
        {
            {"kind", "TEXT", "NOT NULL", "'number': an MLS number; 'home': a home by its address"},
            {"key", "TEXT", "NOT NULL", "The MLS number; properties.id"},
            {"verdict", "TEXT", "NOT NULL",
             "'found', 'not found', 'gone', 'unclear': nothing can be said"},
            {"asked_at", "TEXT", "NOT NULL", "When it was last asked for"},
            {"due_at", "TEXT", "NOT NULL", "When to ask again"},
            {"in_a_row", "INTEGER", "NOT NULL DEFAULT 1", "How often in a row it came to this"},
            {"board", "TEXT", "", "The MLS that the site names"},
            {"page", "TEXT", "", "Its page on the site"},
            {"url", "TEXT", "", "What was asked, for the two marks"},
            {"etag", "TEXT", "", "The site's mark of an unchanged answer"},
            {"last_modified", "TEXT", "", "The older such mark"},
        },
    .constraint = "PRIMARY KEY(kind, key)",
};

}  // namespace dreams::store
