#include "store/fub_people.h"

#include "store/cursors.h"

namespace dreams::store {
namespace {

std::string missed(std::string_view list) {
    return std::string(list) + " missed";
}

constexpr std::string_view handed_over = "handed over ";  ///< … and the FUB id

std::string suspicion_of(const FubId& person) {
    return std::string(handed_over) + person.text;
}

void forget(Db& db, const std::string& stream) {
    db.run("DELETE FROM dreams_cursors WHERE source = 'fub' AND stream = :stream",
           {{"stream", stream}});
}

}  // namespace

Kept keep_state(Db& db, const FubPersonState& state) {
    const Kept kept =
        Keeper<FubPersonState>(db, {.table = "dreams_fub_people", .key = "fub_id"}).keep(state);
    db.run(
        "UPDATE dreams_fub_people SET deleted_at = NULL "
        "WHERE fub_id = :id AND deleted_at IS NOT NULL",
        {{"id", state.id}});
    // Who has no messages has been fetched whole: their first one is then known to be the first.
    if (state.texts == 0 && state.last_text.empty())
        db.run(
            "UPDATE dreams_fub_people SET texts_mark = '0|' "
            "WHERE fub_id = :id AND texts_mark IS NULL",
            {{"id", state.id}});
    if (state.emails == 0 && state.last_email.empty())
        db.run(
            "UPDATE dreams_fub_people SET emails_mark = '0|' "
            "WHERE fub_id = :id AND emails_mark IS NULL",
            {{"id", state.id}});
    return kept;
}

std::vector<Moved> moved(Db& db, CommKind kind) {
    // Two texts rather than one put together: SQL is written where it can be read.
    constexpr auto texts = R"sql(
        SELECT p.fub_id, l.id AS lead_id, p.texts AS expected, p.texts_mark AS before, coalesce(p.text_ids, '') AS ids,
               p.texts || '|' || coalesce(p.last_text, '') AS mark,
               (SELECT count(*) FROM contact_communications c
                 WHERE c.contact_id = l.id AND c.comm_type = 'text') AS stored
          FROM dreams_fub_people p JOIN leads l ON l.fub_id = p.fub_id
         WHERE p.deleted_at IS NULL AND (p.texts > 0 OR coalesce(p.last_text, '') <> '')
           AND (p.texts || '|' || coalesce(p.last_text, '')) IS DISTINCT FROM p.texts_mark
         ORDER BY p.fub_id)sql";
    constexpr auto emails = R"sql(
        SELECT p.fub_id, l.id AS lead_id, p.emails AS expected, p.emails_mark AS before, coalesce(p.email_ids, '') AS ids,
               p.emails || '|' || coalesce(p.last_email, '') AS mark,
               (SELECT count(*) FROM contact_communications c
                 WHERE c.contact_id = l.id AND c.comm_type = 'email') AS stored
          FROM dreams_fub_people p JOIN leads l ON l.fub_id = p.fub_id
         WHERE p.deleted_at IS NULL AND (p.emails > 0 OR coalesce(p.last_email, '') <> '')
           AND (p.emails || '|' || coalesce(p.last_email, '')) IS DISTINCT FROM p.emails_mark
         ORDER BY p.fub_id)sql";
    return db.list<Moved>(kind == CommKind::text ? texts : emails);
}

void fetched(Db& db, CommKind kind, const Moved& person) {
    const Params params{{"person", person.person}, {"mark", person.mark}};
    if (kind == CommKind::text)
        db.run("UPDATE dreams_fub_people SET texts_mark = :mark WHERE fub_id = :person", params);
    else
        db.run("UPDATE dreams_fub_people SET emails_mark = :mark WHERE fub_id = :person", params);
    // Fresh only when both kinds are: a person whose e-mails failed stays stale after their texts.
    db.run(R"sql(
        UPDATE dreams_fub_people SET stale_since = NULL, stale_why = NULL
         WHERE fub_id = :person AND stale_since IS NOT NULL
           AND ((texts = 0 AND coalesce(last_text, '') = '')
                OR texts_mark IS NOT DISTINCT FROM (texts || '|' || coalesce(last_text, '')))
           AND ((emails = 0 AND coalesce(last_email, '') = '')
                OR emails_mark IS NOT DISTINCT FROM (emails || '|' || coalesce(last_email, ''))))sql",
           {{"person", person.person}});
}

void stale(Db& db, const FubId& person, std::string_view why, Instant now) {
    db.run(R"sql(
        UPDATE dreams_fub_people SET stale_since = coalesce(stale_since, :now), stale_why = :why
         WHERE fub_id = :person)sql",
           {{"person", person}, {"why", why}, {"now", now}});
}

void forget_marks(Db& db) {
    // `0|` says that there was nothing to fetch, which stays true.
    db.run("UPDATE dreams_fub_people SET texts_mark = NULL WHERE texts_mark <> '0|'");
    db.run("UPDATE dreams_fub_people SET emails_mark = NULL WHERE emails_mark <> '0|'");
}

void list_missed(Db& db, std::string_view list, std::string_view why, Instant now) {
    Cursor cursor = store::cursor(db, "fub", missed(list));
    if (!cursor.watermark) cursor.watermark = now;
    cursor.note = std::string(why);
    save(db, cursor);
}

void list_read(Db& db, std::string_view list) {
    forget(db, missed(list));
}

std::optional<PersonBefore> person_before(Db& db, const FubId& person) {
    return db.one<PersonBefore>(R"sql(
        SELECT coalesce(l.stage, '') AS stage, p.updated_at, p.texts, p.emails
          FROM dreams_fub_people p JOIN leads l ON l.fub_id = p.fub_id
         WHERE p.fub_id = :person)sql",
                                {{"person", person}});
}

std::int64_t events_of_deleted(Db& db) {
    return db.value<std::int64_t>(R"sql(
        SELECT (SELECT count(*) FROM dreams_fub_people p
                  JOIN contact_events e ON e.contact_id = p.fub_id
                 WHERE p.deleted_at IS NOT NULL) +
               (SELECT count(*) FROM dreams_fub_people p
                  JOIN leads l ON l.fub_id = p.fub_id
                  JOIN lead_activities a ON a.lead_id = l.id
                 WHERE p.deleted_at IS NOT NULL AND a.activity_source IS NOT 'agent'))sql");
}

std::int64_t calls_of_deleted(Db& db) {
    return db.value<std::int64_t>(R"sql(
        SELECT count(*) FROM dreams_fub_people p
          JOIN leads l ON l.fub_id = p.fub_id
          JOIN contact_communications c ON c.contact_id = l.id
         WHERE p.deleted_at IS NOT NULL AND c.comm_type = 'call')sql");
}

void suspect_handed_over(Db& db, const FubId& person, Instant now) {
    save(db, {.source = "fub", .stream = suspicion_of(person), .watermark = now});
}

std::vector<FubId> suspected_handed_over(Db& db) {
    return db.list<FubId>(
        "SELECT substr(stream, length(:prefix) + 1) FROM dreams_cursors "
        "WHERE source = 'fub' AND stream GLOB :prefix || '*' ORDER BY stream",
        {{"prefix", handed_over}});
}

void no_longer_suspected(Db& db, const FubId& person) {
    forget(db, suspicion_of(person));
}

std::vector<std::string> event_ids_of(Db& db, const FubId& person) {
    return db.list<std::string>(R"sql(
        SELECT substr(id, 5) FROM contact_events WHERE contact_id = :person AND id GLOB 'evt_*'
        UNION
        SELECT substr(a.id, 5) FROM lead_activities a JOIN leads l ON l.id = a.lead_id
         WHERE l.fub_id = :person AND a.id GLOB 'evt_*')sql",
                                {{"person", person}});
}

std::vector<std::string> call_ids_of(Db& db, const FubId& person) {
    return db.list<std::string>(R"sql(
        SELECT substr(c.id, 6) FROM contact_communications c JOIN leads l ON l.id = c.contact_id
         WHERE l.fub_id = :person AND c.id GLOB 'call_*')sql",
                                {{"person", person}});
}

std::vector<std::int64_t> present_people(Db& db) {
    return db.list<std::int64_t>(
        "SELECT CAST(fub_id AS INTEGER) FROM dreams_fub_people WHERE deleted_at IS NULL ORDER BY "
        "1");
}

void mark_deleted(Db& db, std::int64_t id, Instant now) {
    db.run(
        "UPDATE dreams_fub_people SET deleted_at = coalesce(deleted_at, :now) WHERE fub_id = :id",
        {{"id", std::to_string(id)}, {"now", now}});
}

}  // namespace dreams::store
