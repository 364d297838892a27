#pragma once

// Homes as sources tell of them, for tests of what keeps them.

#include <string>
#include <vector>

#include "store/imports.h"
#include "store/properties.h"
#include "support/database.h"

namespace dreams::test {

/// An active home of Redfin's: a house in Sylva, 450,000 dollars.
inline Sighting sighting(const std::string& redfin_id, const std::string& address,
                         const std::string& mls_number = "") {
    Sighting said;
    if (!redfin_id.empty()) said.listing.redfin_id = redfin_id;
    if (!mls_number.empty()) {
        said.listing.mls_number = mls_number;
        said.listing.mls_source = "CANOPYMLS as Distributed by MLS Grid";
    }
    said.listing.address = address;
    said.listing.city = "Sylva";
    said.listing.state = "NC";
    said.listing.zip = "28779";
    said.listing.price = 450'000;
    said.listing.beds = 3;
    said.listing.baths = 2.5;
    said.listing.status = "Active";
    said.listing.property_type = "Single Family Residential";
    return said;
}

inline store::Keeping told(const std::string& source = "redfin", Instant at = monday) {
    return {.telling = {source, at}, .now = monday};
}

inline store::KeptHome keep(Db& db, const Sighting& said, const store::Keeping& how = told()) {
    return store::keep_property(db, said, how);
}

/// A file that told of these homes `at` that moment.
inline std::int64_t import_homes(Db& db, const std::vector<Sighting>& homes, Instant at,
                                 const std::string& fingerprint) {
    store::Import run{.file = "f.csv", .format = "redfin", .fingerprint = fingerprint};
    run.observed_at = run.started_at = at;
    run.id = store::open_import(db, run);
    store::PropertyKeeper keeper(db);
    for (const auto& home : homes) {
        const auto kept =
            keeper.keep(home, {.telling = {"redfin", at}, .now = at, .import_id = run.id});
        db.add(
            "dreams_import_rows",
            store::ImportRow{run.id, ++run.rows, store::RowOutcome::unchanged, kept.id.text, {}});
    }
    run.completed_at = at;
    store::count_import(db, run);
    return run.id;
}

inline std::int64_t homes_in(Db& db) {
    return db.value<std::int64_t>("SELECT count(*) FROM properties");
}

}  // namespace dreams::test
