#pragma once

// Homes for tests of what looks at them: as a source showed them at a moment.

#include <string>

#include "store/properties.h"

namespace dreams::test {

/// What one source says of a home in Asheville at one moment; more can be put into `said`.
struct Seen {
    std::string address;
    std::int64_t price = 450'000;
    Instant at;
    std::string status = "active", source = "redfin";
    Sighting said = {};
};

/// Keeps it, in a transaction of its own.
inline PropertyId see(Db& db, const Seen& seen) {
    Sighting said = seen.said;
    said.listing.address = seen.address;
    if (!said.listing.city) said.listing.city = "Asheville";
    said.listing.price = seen.price;
    said.listing.status = seen.status;
    auto transaction = db.begin();
    const auto kept =
        store::keep_property(db, said, {.telling = {seen.source, seen.at}, .now = seen.at});
    transaction.commit();
    return kept.id;
}

}  // namespace dreams::test
