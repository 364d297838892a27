#include "store/contact_homes.h"

#include "base/text.h"
#include "store/hidden_homes.h"

namespace dreams::store {
namespace {

std::string link_id(const LeadId& contact, const PropertyId& home) {
    return "link_" + std::to_string(text::hash(contact.text + "\n" + home.text));
}

/// Somebody with what the call rule looks at.
struct Row {
    ContactOfHome contact;
    std::string stage, tags;
    bool phone_works = true;
    static constexpr auto columns() {
        return Columns{Part{&Row::contact}, Column{"stage", &Row::stage},
                       Column{"tags", &Row::tags}, Column{"phone_works", &Row::phone_works}};
    }
};
constexpr std::string_view row_columns = R"sql(
    c.*, l.first_name, l.last_name, l.email, l.phone, l.heat_score, l.priority_score,
    NULL AS no_call, coalesce(l.stage, '') AS stage, coalesce(l.tags, '') AS tags,
    coalesce((SELECT phone_works FROM dreams_fub_people f WHERE f.fub_id = l.fub_id), 1)
        AS phone_works)sql";

std::vector<ContactOfHome> ruled(std::vector<Row> rows) {
    std::vector<ContactOfHome> contacts;
    for (auto& row : rows) {
        row.contact.no_call = no_call(row.stage, row.tags, row.phone_works);
        contacts.push_back(std::move(row.contact));
    }
    return contacts;
}

}  // namespace

std::vector<HomeOfContact> homes_of_contact(Db& db, const LeadId& contact,
                                            std::optional<Relationship> relationship) {
    return db.list<HomeOfContact>(R"sql(
        SELECT c.*, p.address, p.city, p.price, p.beds, p.baths, p.status
          FROM contact_properties c JOIN properties p ON p.id = c.property_id
         WHERE c.contact_id = :contact AND (:relationship IS NULL OR relationship = :relationship)
           AND )sql" + in_view + " ORDER BY c.updated_at DESC, c.id",
                                  {{"contact", contact}, {"relationship", relationship}});
}

std::vector<ContactOfHome> contacts_of_home(Db& db, const PropertyId& home,
                                            std::optional<Relationship> relationship) {
    return ruled(db.list<Row>("SELECT " + std::string(row_columns) + R"sql(
          FROM contact_properties c JOIN leads l ON l.id = c.contact_id
         WHERE c.property_id = :home AND (:relationship IS NULL OR relationship = :relationship)
         ORDER BY l.priority_score DESC, c.updated_at DESC, c.id)sql",
                              {{"home", home}, {"relationship", relationship}}));
}

std::vector<ContactOfHome> keenest_on_home(Db& db, const PropertyId& home, std::int64_t limit) {
    return ruled(db.list<Row>("SELECT " + std::string(row_columns) + R"sql(
          FROM contact_properties c CROSS JOIN leads l ON l.id = c.contact_id
         WHERE c.property_id = :home
         ORDER BY c.view_count DESC, c.contact_id LIMIT :limit)sql",
                              {{"home", home}, {"limit", limit}}));
}

void keep_contact_home(Db& db, const LeadId& contact, const PropertyId& home,
                       const ContactHomeWord& word, Instant now) {
    const bool saved = word.relationship == Relationship::saved;
    const bool shared = word.relationship == Relationship::shared;
    const auto stamp = std::optional(now);
    db.run(R"sql(
        INSERT INTO contact_properties (id, contact_id, property_id, relationship, match_score,
                                        saved_at, shared_at, notes, created_at, updated_at)
        VALUES (:id, :contact, :home, :relationship, :score, :saved_at, :shared_at, :notes,
                :now, :now)
        ON CONFLICT (contact_id, property_id) DO UPDATE
           SET relationship = excluded.relationship,
               match_score = coalesce(excluded.match_score, match_score),
               saved_at = coalesce(saved_at, excluded.saved_at),
               shared_at = coalesce(shared_at, excluded.shared_at),
               notes = coalesce(excluded.notes, notes),
               updated_at = excluded.updated_at)sql",
           {{"id", link_id(contact, home)},
            {"contact", contact},
            {"home", home},
            {"relationship", word.relationship},
            {"score", word.match_score},
            {"saved_at", saved ? stamp : std::nullopt},
            {"shared_at", shared ? stamp : std::nullopt},
            {"notes", word.notes},
            {"now", now}});
}

void keep_matched(Db& db, const LeadId& contact, const PropertyId& home,
                  std::optional<double> match_score, Instant now) {
    db.run(R"sql(
        INSERT INTO contact_properties (id, contact_id, property_id, relationship, match_score,
                                        view_count, created_at, updated_at)
        VALUES (:id, :contact, :home, 'matched', :score, 0, :now, :now)
        ON CONFLICT (contact_id, property_id) DO UPDATE
           SET match_score = excluded.match_score, updated_at = excluded.updated_at)sql",
           {{"id", link_id(contact, home)},
            {"contact", contact},
            {"home", home},
            {"score", match_score},
            {"now", now}});
}

void drop_matched(Db& db, const LeadId& contact, const PropertyId& home, Instant now) {
    db.run(R"sql(
        DELETE FROM contact_properties
         WHERE contact_id = :contact AND property_id = :home AND relationship = 'matched'
           AND coalesce(view_count, 0) = 0 AND saved_at IS NULL AND shared_at IS NULL
           AND shared_with IS NULL AND notes IS NULL)sql",
           {{"contact", contact}, {"home", home}});
    db.run(R"sql(
        UPDATE contact_properties
           SET match_score = NULL, updated_at = :now,
               relationship = CASE WHEN relationship <> 'matched' THEN relationship
                                   WHEN saved_at IS NOT NULL THEN 'favorited'
                                   WHEN shared_at IS NOT NULL THEN 'shared'
                                   ELSE 'viewed' END
         WHERE contact_id = :contact AND property_id = :home AND match_score IS NOT NULL)sql",
           {{"contact", contact}, {"home", home}, {"now", now}});
}

}  // namespace dreams::store
