#include "store/idx_cache.h"

#include <set>

#include "store/contact_properties.h"

namespace dreams::store {
namespace {

constexpr std::chrono::hours recent{30 * 24};
/// What an older program cached it never asked for again: it is due when it is so old.
constexpr std::chrono::hours fresh_without_visit{7 * 24};

/// The numbers that are due, with the columns of IdxDue's parts. Numbers are told apart as they
/// stand in the file; blanks around them are no number's.
constexpr std::string_view due_numbers = R"sql(
    WITH wanted(number, looks) AS (
        SELECT number, sum(looks) FROM (
            SELECT trim(property_mls) AS number, sum(occurred_at > :recent) AS looks
              FROM contact_events WHERE property_mls > '' GROUP BY property_mls
            UNION ALL
            SELECT trim(mls_number), 0 FROM properties WHERE mls_number > '')
         WHERE number > '' GROUP BY number
    ), due AS (
        SELECT w.number, coalesce(w.looks, 0) AS looks, c.mls_number IS NOT NULL AS cached
          FROM wanted w
          LEFT JOIN idx_property_cache c ON c.mls_number = w.number
          LEFT JOIN dreams_idx_visits v ON v.kind = 'number' AND v.key = w.number
         WHERE CASE WHEN v.key IS NOT NULL THEN v.due_at <= :now
                    ELSE c.mls_number IS NULL OR c.address = :marker
                         OR coalesce(c.last_updated, '') < :aged END))sql";

Statement ask_due(Db& db, Instant now, const std::string& question) {
    return db.query(std::string(due_numbers) + question, {{"now", now},
                                                          {"recent", now - recent},
                                                          {"aged", now - fresh_without_visit},
                                                          {"marker", not_found_on_idx}});
}

bool is_same(const IdxListing& a, const IdxListing& b) {
    return a.address == b.address && a.city == b.city && a.price == b.price &&
           a.status == b.status && a.photo_url == b.photo_url;
}

void write(Db& db, const IdxListing& listing) {
    db.run("DELETE FROM idx_property_cache WHERE mls_number = :number",
           {{"number", listing.mls_number}});
    db.add("idx_property_cache", listing);
}

Kept keep(Db& db, const std::optional<IdxListing>& before, const IdxListing& after) {
    write(db, after);
    if (!before) return Kept::created;
    return is_same(*before, after) ? Kept::unchanged : Kept::updated;
}

template <class T>
void keep_known(std::optional<T>& now, const std::optional<T>& before) {
    if (!now) now = before;
}

}  // namespace

std::vector<IdxDue> numbers_due(Db& db, Instant now, std::int64_t limit) {
    std::vector<IdxDue> due;
    Statement rows = ask_due(db, now,
                             " SELECT number, looks FROM due"
                             " ORDER BY cached, looks DESC, number LIMIT " +
                                 std::to_string(limit));
    while (rows.step())
        due.push_back({.mls_number = std::string(rows.text(0)), .looks = rows.integer(1)});
    for (auto& each : due) {
        each.cached = idx_listing(db, each.mls_number);
        each.last_visit = idx_visit(db, IdxQuestion::number, each.mls_number);
    }
    return due;
}

std::vector<IdxDue> numbers_due_of(Db& db, const std::vector<std::string>& numbers, Instant now) {
    std::vector<IdxDue> due;
    for (const auto& number : numbers) {
        IdxDue each{.mls_number = number,
                    .cached = idx_listing(db, number),
                    .last_visit = idx_visit(db, IdxQuestion::number, number)};
        if (!each.last_visit || each.last_visit->due_at <= now) due.push_back(std::move(each));
    }
    return due;
}

std::int64_t count_numbers_due(Db& db, Instant now) {
    Statement row = ask_due(db, now, " SELECT count(*) FROM due");
    row.step();
    return row.integer(0);
}

std::optional<IdxListing> idx_listing(Db& db, const std::string& mls_number) {
    return db.one<IdxListing>("SELECT * FROM idx_property_cache WHERE mls_number = :number",
                              {{"number", mls_number}});
}

std::optional<IdxVisit> idx_visit(Db& db, IdxQuestion kind, const std::string& key) {
    return db.one<IdxVisit>("SELECT * FROM dreams_idx_visits WHERE kind = :kind AND key = :key",
                            {{"kind", kind}, {"key", key}});
}

void keep_visit(Db& db, const IdxVisit& visit) {
    db.run("DELETE FROM dreams_idx_visits WHERE kind = :kind AND key = :key",
           {{"kind", visit.kind}, {"key", visit.key}});
    db.add("dreams_idx_visits", visit);
}

Kept keep_found(Db& db, const IdxListing& listing) {
    const auto before = idx_listing(db, listing.mls_number);
    IdxListing after = listing;
    if (before) {
        keep_known(after.city, before->city);
        keep_known(after.price, before->price);
        if (before->status != status_of_gone) keep_known(after.status, before->status);
        keep_known(after.photo_url, before->photo_url);
    }
    return keep(db, before, after);
}

Kept keep_missing(Db& db, const std::string& mls_number, IdxVerdict how, Instant now) {
    const auto before = idx_listing(db, mls_number);
    IdxListing after = before.value_or(IdxListing{.mls_number = mls_number});
    if (after.address.value_or("").empty()) after.address = not_found_on_idx;
    if (how == IdxVerdict::gone || after.address != not_found_on_idx) after.status = status_of_gone;
    after.last_updated = now;
    return keep(db, before, after);
}

std::vector<std::string> addresses_of_number(Db& db, const std::string& mls_number) {
    return db.list<std::string>(R"sql(
        SELECT address FROM (
            SELECT property_address AS address FROM contact_events
             WHERE coalesce(nullif(property_mls, ''), property_address) = :number
            UNION
            SELECT trim(coalesce(address, '') || ', ' || coalesce(city, ''), ', ') FROM properties
             WHERE mls_number = :number)
         WHERE address > '' AND address <> :marker ORDER BY address)sql",
                                {{"number", mls_number}, {"marker", not_found_on_idx}});
}

std::int64_t give_events_addresses(Db& db) {
    const auto touched = db.list<std::optional<std::string>>(R"sql(
        UPDATE contact_events SET property_address = (
                   SELECT c.address FROM idx_property_cache c
                    WHERE c.mls_number = trim(contact_events.property_mls))
         WHERE property_mls > '' AND coalesce(property_address, '') IN ('', :marker)
           AND EXISTS (SELECT 1 FROM idx_property_cache c
                        WHERE c.mls_number = trim(contact_events.property_mls)
                          AND c.address > '' AND c.address <> :marker)
         RETURNING contact_id)sql",
                                                             {{"marker", not_found_on_idx}});
    std::set<std::string> people;
    for (const auto& person : touched)
        if (person) people.insert(*person);
    for (const auto& person : people) events_to_look_at(db, {person}, 0);
    return std::ssize(touched);
}

}  // namespace dreams::store
