#include "store/fub_people.h"

namespace dreams::store {

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
