#include "store/schema_tables.h"

// What the twelve tables have no column for. Older programs neither need nor mind these.

namespace dreams::store {

const TableSpec dreams_cursors_table{
    .name = "dreams_cursors",
    .purpose =
        "How far each stream of a source has been read; saved in the commit that holds its rows.",
    .columns =
        {
            {"source", "TEXT", "NOT NULL", "Source system, e.g. 'fub'"},
            {"stream", "TEXT", "NOT NULL", "What is read: 'people', 'events', 'calls' …"},
            {"complete_to", "INTEGER", "NOT NULL DEFAULT 0", "Every id up to this one is stored"},
            {"top", "INTEGER", "NOT NULL DEFAULT 0",
             "Highest id of the walk under way; 0: none is"},
            {"lowest", "INTEGER", "NOT NULL DEFAULT 0",
             "Lowest id that the walk under way has stored"},
            {"arrived", "INTEGER", "NOT NULL DEFAULT 0",
             "Rows that the walk under way has brought"},
            {"watermark", "TEXT", "",
             "Newest change seen of a stream read by time; when the walk under way began"},
            {"walked_at", "TEXT", "", "When the last complete walk began"},
            {"note", "TEXT", "", "What the stream needs to remember besides"},
        },
    .constraint = "PRIMARY KEY(source, stream)",
};

const TableSpec dreams_fub_people_table{
    .name = "dreams_fub_people",
    .purpose = "What FUB last said of each person's communications: tells which to fetch anew.",
    .columns =
        {
            {"fub_id", "TEXT", "PRIMARY KEY", "FUB person ID"},
            {"updated_at", "TEXT", "", "FUB's `updated`"},
            {"last_activity_at", "TEXT", "", "FUB's `lastActivity`"},
            {"texts", "INTEGER", "NOT NULL DEFAULT 0",
             "Texts received and sent, as FUB counts them"},
            {"emails", "INTEGER", "NOT NULL DEFAULT 0",
             "E-mails received and sent, as FUB counts them"},
            {"last_text", "TEXT", "", "FUB's `lastText`"},
            {"last_email", "TEXT", "", "FUB's `lastEmail`"},
            {"text_ids", "TEXT", "", "Ids of the last texts, comma separated"},
            {"email_ids", "TEXT", "", "Ids of the last e-mails, comma separated"},
            {"phone_works", "INTEGER", "NOT NULL DEFAULT 1", "0: FUB marks every number as bad"},
            {"texts_mark", "TEXT", "",
             "What texts/last_text were when texts were last fetched whole"},
            {"emails_mark", "TEXT", "",
             "What emails/last_email were when e-mails were last fetched whole"},
            {"stale_since", "TEXT", "",
             "Since when communications could not be fetched; NULL: fresh"},
            {"stale_why", "TEXT", "", "Why they could not"},
            {"deleted_at", "TEXT", "", "When the person was found deleted in FUB"},
        },
    .indexes = {{"dreams_fub_people_stale", "stale_since", Unique::no, Asked::by_us},
                {"dreams_fub_people_deleted", "deleted_at", Unique::no, Asked::by_us}},
};

const TableSpec dreams_waiting_table{
    .name = "dreams_waiting",
    .purpose = "Records of people not known yet; adopted when the person arrives.",
    .columns =
        {
            {"id", "TEXT", "PRIMARY KEY", "The id the record will have"},
            {"fub_id", "TEXT", "NOT NULL", "FUB person ID it waits for"},
            {"kind", "TEXT", "NOT NULL",
             "'event', 'activity', 'communication'; 'unreadable': what could not be understood"},
            {"record", "TEXT", "NOT NULL", "JSON: the record"},
            {"since", "TEXT", "NOT NULL", "When it arrived"},
        },
    .indexes = {{"dreams_waiting_person", "fub_id", Unique::no, Asked::by_us}},
};

const TableSpec dreams_automated_table{
    .name = "dreams_automated",
    .purpose = "Communications that a machine sent (drips, campaigns): kept, but nobody's effort.",
    .columns = {{"communication_id", "TEXT", "PRIMARY KEY", "contact_communications.id"}},
};

const TableSpec dreams_lead_scores_table{
    .name = "dreams_lead_scores",
    .purpose = "Why to call each person, and why not; beside the scores in leads.",
    .columns =
        {
            {"lead_id", "TEXT", "PRIMARY KEY REFERENCES leads(id) ON DELETE CASCADE", "leads.id"},
            {"policy", "TEXT", "NOT NULL", "'house' or 'january'"},
            {"reason", "TEXT", "NOT NULL", "One sentence why to call"},
            {"barred", "TEXT", "",
             "Why never to call: 'do not call', 'trash', 'vendor' …; NULL: may be called"},
        },
};

const TableSpec dreams_match_buyers_table{
    .name = "dreams_match_buyers",
    .purpose = "What the matching knows of each buyer, beside the suggestions in matches.",
    .columns =
        {
            {"lead_id", "TEXT", "PRIMARY KEY REFERENCES leads(id) ON DELETE CASCADE", "leads.id"},
            {"known", "TEXT", "NOT NULL", "'nothing', 'words', 'looks' or 'both'"},
            {"looked_at", "REAL", "NOT NULL", "Homes looked at, older looks counting less"},
            {"none_because", "TEXT", "", "Why there is no suggestion; NULL: there are some"},
            {"disagreement", "TEXT", "",
             "Where what they say and what they look at part ways; NULL: nowhere"},
            {"left_out", "TEXT", "", "Which homes were left out, and why; NULL: none"},
        },
};

const TableSpec dreams_lead_search_table{
    .name = "dreams_lead_search",
    .purpose = "Name, e-mail and phone without case and accents, for searching.",
    .columns =
        {
            {"lead_id", "TEXT", "PRIMARY KEY REFERENCES leads(id) ON DELETE CASCADE", "leads.id"},
            {"folded", "TEXT", "NOT NULL", "What is searched"},
        },
};

const TableSpec dreams_stages_table{
    .name = "dreams_stages",
    .purpose = "The account's own stages, as FUB lists them.",
    .columns =
        {
            {"fub_id", "TEXT", "PRIMARY KEY", "FUB stage ID"},
            {"name", "TEXT", "NOT NULL", "Name"},
            {"position", "INTEGER", "NOT NULL DEFAULT 0", "Order in FUB"},
            {"seen_at", "TEXT", "NOT NULL", "When FUB last listed it"},
        },
};

const TableSpec dreams_users_table{
    .name = "dreams_users",
    .purpose = "The account's agents and their own phone lines.",
    .columns =
        {
            {"fub_id", "TEXT", "PRIMARY KEY", "FUB user ID"},
            {"name", "TEXT", "NOT NULL", "Name"},
            {"phone", "TEXT", "", "Own line"},
            {"seen_at", "TEXT", "NOT NULL", "When FUB last listed them"},
        },
};

const TableSpec dreams_leases_table{
    .name = "dreams_leases",
    .purpose = "Who is doing a job now, so that two never do the same together.",
    .columns =
        {
            {"job", "TEXT", "PRIMARY KEY", "'sync fub' …"},
            {"holder", "TEXT", "NOT NULL", "Host, process and its start"},
            {"taken_at", "TEXT", "NOT NULL", "Since when"},
            {"alive_at", "TEXT", "NOT NULL", "When the holder last said so"},
        },
};

const TableSpec dreams_jobs_table{
    .name = "dreams_jobs",
    .purpose = "The timetable: what is due when, and what came of it last.",
    .columns =
        {
            {"name", "TEXT", "PRIMARY KEY", "'fub', 'listings', 'idx', 'score' …"},
            {"schedule", "TEXT", "NOT NULL", "As cron has it; empty: it is off"},
            {"why_off", "TEXT", "", "Why it is off"},
            {"due_at", "TEXT", "", "When it is due next; NULL: never"},
            {"was_due_at", "TEXT", "", "What began last was due then; NULL: it was asked for"},
            {"started_at", "TEXT", "", "When it last began"},
            {"ended_at", "TEXT", "", "When that ended; NULL: it runs, or was killed"},
            {"outcome", "TEXT", "", "'done', 'partial', 'failed', 'busy'"},
            {"sentence", "TEXT", "", "What it came to, in words"},
            {"again_since", "TEXT", "",
             "Since when it is tried again every few minutes: another was at its work, or a way "
             "out "
             "took nothing"},
        },
};

const TableSpec dreams_briefs_table{
    .name = "dreams_briefs",
    .purpose = "The morning pages that were sent: one a business day.",
    .columns =
        {
            {"day", "TEXT", "PRIMARY KEY", "Business day, YYYY-MM-DD"},
            {"sent_at", "TEXT", "NOT NULL", "When"},
            {"channels", "TEXT", "NOT NULL", "JSON array: the ways that took it"},
            {"changes", "TEXT", "NOT NULL", "JSON array: property_changes.id of what it told"},
        },
};

const TableSpec dreams_unsent_table{
    .name = "dreams_unsent",
    .purpose = "Messages that one way out did not take while another did; tried again for hours.",
    .columns =
        {
            {"id", "INTEGER", "PRIMARY KEY", "A number"},
            {"channel", "TEXT", "NOT NULL", "'mail', 'ntfy', 'slack'"},
            {"made_at", "TEXT", "NOT NULL", "When it was to go out"},
            {"subject", "TEXT", "NOT NULL", "One line"},
            {"text", "TEXT", "NOT NULL", "The message"},
            {"html", "TEXT", "NOT NULL", "The same as a page; may be empty"},
            {"link", "TEXT", "NOT NULL", "Where to read on; may be empty"},
        },
};

const TableSpec dreams_kept_answers_table{
    .name = "dreams_kept_answers",
    .purpose = "What was answered to requests with an Idempotency-Key, for a day.",
    .columns =
        {
            {"key", "TEXT", "PRIMARY KEY", "The request's Idempotency-Key"},
            {"request", "TEXT", "NOT NULL", "Method, path, size and hash of the body"},
            {"status", "INTEGER", "NOT NULL", "HTTP status of the answer"},
            {"body", "TEXT", "NOT NULL", "The answer, JSON"},
            {"answered_at", "TEXT", "NOT NULL", "When"},
        },
    .indexes = {{"dreams_kept_answers_time", "answered_at", Unique::no, Asked::by_us}},
};

const TableSpec dreams_unresolved_table{
    .name = "dreams_unresolved",
    .purpose =
        "Values that `dreams migrate` could not make sense of: kept as they were, listed here.",
    .columns =
        {
            {"table_name", "TEXT", "NOT NULL", "Table"},
            {"row_id", "TEXT", "NOT NULL", "Key of the row"},
            {"column_name", "TEXT", "NOT NULL", "Column"},
            {"value", "TEXT", "",
             "The value as it was; JSON of the row where the row could not stay"},
            {"why", "TEXT", "NOT NULL", "What is wrong with it"},
            {"found_at", "TEXT", "NOT NULL", "When"},
        },
    .constraint = "PRIMARY KEY(table_name, row_id, column_name)",
};

}  // namespace dreams::store
