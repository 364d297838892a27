#pragma once

#include <optional>
#include <string>

#include "base/db.h"
#include "model/property.h"

namespace dreams::store {

/// Writes what an agent said of a home: for whom, by whom, notes. What is none is left as it is;
/// for whom it is and notes are put behind what is there (`Ann, Bob`). True: something changed.
bool keep_home_workflow(Db& db, const PropertyId& home, const HomeWorkflow& said, Instant now);

/// What tells whether a home is there; each may be none.
struct HomeQuestion {
    std::optional<std::string> redfin_id, zillow_id, realtor_id, mls_number, address, city;
};

/// The home that somebody means, asked in the order in which HomeQuestion lists it: the first that
/// is found. Numbers and addresses compare normalised, whatever the board; a home found by its MLS
/// number at another address than the one asked for is not meant. Without a city the address alone
/// decides. A home that the MLS has withdrawn is found too, though no page opens it: what is
/// captured of it is not to make a second row. None: it is not there.
std::optional<PropertyId> home_asked_for(Db& db, const HomeQuestion& question);

}  // namespace dreams::store
