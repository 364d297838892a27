#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "model/property.h"

namespace dreams::store {

/// A home whose MLS number the team's site has yet to confirm.
struct HomeToValidate {
    PropertyId id;
    std::optional<std::string> mls_number, address, city, state, zip;
    IdxCheck idx;

    static constexpr auto columns() {
        return Columns{Column{"id", &HomeToValidate::id},
                       Column{"mls_number", &HomeToValidate::mls_number},
                       Column{"address", &HomeToValidate::address},
                       Column{"city", &HomeToValidate::city},
                       Column{"state", &HomeToValidate::state},
                       Column{"zip", &HomeToValidate::zip},
                       Part{&HomeToValidate::idx}};
    }

    /// `14 Example Ridge Rd, Testville, NC 28700`, as much of it as is known; empty: no address is.
    std::string whole_address() const;
};

/// The pending ones, those that were not found a month ago and those of which that is in doubt, at
/// most `limit`, the newest first; not those that were visited and are not due again.
std::vector<HomeToValidate> homes_to_validate(Db& db, Instant now, std::int64_t limit);

/// These homes, whatever is known of them. Those that are not there are left out.
std::vector<HomeToValidate> homes_to_validate(Db& db, const std::vector<PropertyId>& homes);

/// The site shows the number now: homes that bear it and were not found are due again. Within a
/// transaction of the caller's.
void doubt_not_found(Db& db, const std::string& mls_number, Instant now);

/// Writes what the site said of the home; Notion is due to hear of it when it is news. Within a
/// transaction of the caller's.
Kept keep_idx_check(Db& db, const PropertyId& home, const IdxCheck& check, Instant now);

}  // namespace dreams::store
