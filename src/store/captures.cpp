#include "store/captures.h"

#include <algorithm>

#include "base/text.h"
#include "model/address_likeness.h"
#include "store/property_identity.h"

namespace dreams::store {
namespace {

bool has_keys_for_all(Db& db) {
    return db.value<bool>(
        "SELECT (SELECT count(*) FROM properties) = (SELECT count(*) FROM dreams_homes)");
}

/// A home found by a key, and where it is.
struct Found {
    PropertyId id;
    std::optional<std::string> address, city;
    static constexpr auto columns() {
        return Columns{Column{"id", &Found::id}, Column{"address", &Found::address},
                       Column{"city", &Found::city}};
    }
};

/// Two boards may use one number: by it nobody finds a home at another address than they name.
bool is_another(const HomeQuestion& question, const HomeKey& key,
                const std::optional<std::string>& address, const std::optional<std::string>& city) {
    const auto whole = [](const auto& street, const auto& town) {
        return street ? *street + (town ? ", " + *town : "") : std::string();
    };
    return key.kind == "number" &&
           addresses_differ(whole(question.address, question.city), whole(address, city));
}

std::optional<PropertyId> by_key(Db& db, const HomeKey& key, const HomeQuestion& question,
                                 const std::optional<std::string>& city) {
    for (auto& found : db.list<Found>(R"sql(
        SELECT p.id, p.address, p.city
          FROM dreams_property_keys k JOIN properties p ON p.id = k.property_id
         WHERE k.kind = :kind AND k.key = :key
           AND (:city IS NULL OR lower(trim(p.city)) = lower(:city))
         ORDER BY p.updated_at DESC, p.id)sql",
                                      {{"kind", key.kind}, {"key", key.key}, {"city", city}}))
        if (!is_another(question, key, found.address, found.city)) return std::move(found.id);
    return std::nullopt;
}

/// Rows that an older program wrote have no keys until the next capture: theirs are made here.
std::optional<PropertyId> among_rows_without_keys(Db& db, const HomeKey& key,
                                                  const HomeQuestion& question,
                                                  const std::optional<std::string>& city) {
    for (const auto& row : db.list<HomeRow>(R"sql(
             SELECT p.* FROM properties p LEFT JOIN dreams_homes h ON h.property_id = p.id
              WHERE h.property_id IS NULL)sql")) {
        if (city && !text::same_word(*city, row.listing.city.value_or(""))) continue;
        if (is_another(question, key, row.listing.address, row.listing.city)) continue;
        for (const auto& [kind, own] : home_keys(row.listing))
            if (kind == key.kind && own == key.key) return row.id;
    }
    return std::nullopt;
}

/// What an agent said before stays, and what another says now stands behind it.
std::optional<std::string> with_clients(const std::optional<std::string>& known,
                                        const std::optional<std::string>& said) {
    std::string clients(text::trimmed(known.value_or("")));
    const auto there = text::split(clients, ',');
    for (const auto& client : text::split(said.value_or(""), ',')) {
        const bool named = std::ranges::any_of(
            there, [&](const auto& each) { return text::same_word(each, client); });
        if (!named) clients += (clients.empty() ? "" : ", ") + client;
    }
    return clients.empty() ? known : std::optional(clients);
}

/// The same of notes, a line each. Who sends a note again, longer, means one note.
std::optional<std::string> with_notes(const std::optional<std::string>& known,
                                      const std::optional<std::string>& said) {
    if (!said || text::trimmed(*said).empty()) return known;
    if (!known || text::trimmed(*known).empty() || said->starts_with(*known)) return said;
    const bool noted = ("\n" + *known + "\n").find("\n" + *said + "\n") != std::string::npos;
    return noted ? known : std::optional(*known + "\n" + *said);
}

}  // namespace

bool keep_home_workflow(Db& db, const PropertyId& home, const HomeWorkflow& said, Instant now) {
    const auto known =
        db.one<HomeWorkflow>("SELECT * FROM properties WHERE id = :home", {{"home", home}});
    if (!known) return false;
    const auto added_for = with_clients(known->added_for, said.added_for);
    const auto notes = with_notes(known->notes, said.notes);
    return db.run(R"sql(
        UPDATE properties
           SET added_for = :added_for, notes = :notes,
               added_by = coalesce(:added_by, added_by),
               captured_by = coalesce(:captured_by, captured_by),
               sync_status = CASE sync_status WHEN 'synced' THEN 'pending' ELSE sync_status END,
               updated_at = :now
         WHERE id = :home
           AND (coalesce(:added_for, '') <> coalesce(added_for, '') OR
                coalesce(:added_by, added_by, '') <> coalesce(added_by, '') OR
                coalesce(:captured_by, captured_by, '') <> coalesce(captured_by, '') OR
                coalesce(:notes, '') <> coalesce(notes, '')))sql",
                  {{"added_for", added_for},
                   {"added_by", said.added_by},
                   {"captured_by", said.captured_by},
                   {"notes", notes},
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
        if (auto found = by_key(db, key, question, city)) return found;
        if (complete) continue;
        if (auto found = among_rows_without_keys(db, key, question, city)) return found;
    }
    return std::nullopt;
}

}  // namespace dreams::store
