#include "store/captures.h"

#include "base/text.h"
#include "store/property_identity.h"

namespace dreams::store {
namespace {

bool has_keys_for_all(Db& db) {
    return db.value<bool>(
        "SELECT (SELECT count(*) FROM properties) = (SELECT count(*) FROM dreams_homes)");
}

std::optional<PropertyId> by_key(Db& db, const HomeKey& key,
                                 const std::optional<std::string>& city) {
    return db.one<PropertyId>(R"sql(
        SELECT k.property_id FROM dreams_property_keys k JOIN properties p ON p.id = k.property_id
         WHERE k.kind = :kind AND k.key = :key
           AND (:city IS NULL OR lower(trim(p.city)) = lower(:city))
         ORDER BY p.updated_at DESC, p.id LIMIT 1)sql",
                              {{"kind", key.kind}, {"key", key.key}, {"city", city}});
}

/// Rows that an older program wrote have no keys until the next capture: theirs are made here.
std::optional<PropertyId> among_rows_without_keys(Db& db, const HomeKey& key,
                                                  const std::optional<std::string>& city) {
    for (const auto& row : db.list<HomeRow>(R"sql(
             SELECT p.* FROM properties p LEFT JOIN dreams_homes h ON h.property_id = p.id
              WHERE h.property_id IS NULL)sql")) {
        if (city && !text::same_word(*city, row.listing.city.value_or(""))) continue;
        for (const auto& [kind, own] : home_keys(row.listing))
            if (kind == key.kind && own == key.key) return row.id;
    }
    return std::nullopt;
}

}  // namespace

bool keep_home_workflow(Db& db, const PropertyId& home, const HomeWorkflow& said, Instant now) {
    return db.run(R"sql(
        UPDATE properties
           SET added_for = coalesce(:added_for, added_for),
               added_by = coalesce(:added_by, added_by),
               captured_by = coalesce(:captured_by, captured_by),
               notes = coalesce(:notes, notes),
               sync_status = CASE sync_status WHEN 'synced' THEN 'pending' ELSE sync_status END,
               updated_at = :now
         WHERE id = :home
           AND (coalesce(:added_for, added_for, '') <> coalesce(added_for, '') OR
                coalesce(:added_by, added_by, '') <> coalesce(added_by, '') OR
                coalesce(:captured_by, captured_by, '') <> coalesce(captured_by, '') OR
                coalesce(:notes, notes, '') <> coalesce(notes, '')))sql",
                  {{"added_for", said.added_for},
                   {"added_by", said.added_by},
                   {"captured_by", said.captured_by},
                   {"notes", said.notes},
                   {"now", now},
                   {"home", home}}) > 0;
}

std::optional<PropertyId> home_asked_for(Db& db, const HomeQuestion& question) {
    Listing asked;
    asked.redfin_id = question.redfin_id;
    asked.zillow_id = question.zillow_id;
    asked.realtor_id = question.realtor_id;
    asked.mls_number = question.mls_number;
    asked.address = question.address;
    const bool complete = has_keys_for_all(db);
    for (const auto& key : home_keys(asked)) {
        if (key.kind == "street") continue;  // it only makes one doubt
        const auto city = key.kind == "address" ? question.city : std::nullopt;
        if (auto found = by_key(db, key, city)) return found;
        if (complete) continue;
        if (auto found = among_rows_without_keys(db, key, city)) return found;
    }
    return std::nullopt;
}

}  // namespace dreams::store
