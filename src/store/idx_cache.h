#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "model/idx_listing.h"

namespace dreams::store {

/// An MLS number that the team's site is to be asked for.
struct IdxDue {
    std::string mls_number;
    std::int64_t looks = 0;              ///< events at it in the last 30 days
    std::optional<IdxListing> cached;    ///< none: it was never asked for
    std::optional<IdxVisit> last_visit;  ///< none: never, or an older program asked
};

/// The numbers in events and properties that are not cached or have aged, at most `limit` of them:
/// those never asked for first, then whose homes are looked at most.
std::vector<IdxDue> numbers_due(Db& db, Instant now, std::int64_t limit);
/// Those of `numbers` that are due, or were never asked for.
std::vector<IdxDue> numbers_due_of(Db& db, const std::vector<std::string>& numbers, Instant now);
/// How many there are in all.
std::int64_t count_numbers_due(Db& db, Instant now);

std::optional<IdxListing> idx_listing(Db& db, const std::string& mls_number);
std::optional<IdxVisit> idx_visit(Db& db, IdxQuestion kind, const std::string& key);

/// Remembers a visit. Within a transaction of the caller's, as the others here.
void keep_visit(Db& db, const IdxVisit& visit);

/// Keeps what the site shows of a number. What it does not tell stays as it was.
Kept keep_found(Db& db, const IdxListing& listing);
/// Notes that the site has nothing under the number, `how`: not found or gone. What was known
/// stays; what was there once has the status 'Unknown' now. Where no address was known, the marker
/// stands for it.
Kept keep_missing(Db& db, const std::string& mls_number, IdxVerdict how, Instant now);

/// The addresses that events and properties have for the number, each once.
std::vector<std::string> addresses_of_number(Db& db, const std::string& mls_number);

/// Gives events that came with an MLS number alone the address of the cache; what their people look
/// at is due then (store/contact_properties.h). How many events it were. Within a transaction of
/// the caller's.
std::int64_t give_events_addresses(Db& db);

}  // namespace dreams::store
