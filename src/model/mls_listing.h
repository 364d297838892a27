#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/record.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams {

/// What an MLS's feed says of one listing beside the home itself: a row of `dreams_mls_listings`.
/// A home that was listed twice has two.
struct MlsListing {
    std::string id;                          ///< system and ListingKey: `canopy CAR88001`
    std::string system;                      ///< the originating system, as the feed was asked
    std::string key;                         ///< ListingKey: for asking, never shown
    std::optional<std::string> number;       ///< ListingId as the feed has it, prefix included
    std::optional<PropertyId> home;          ///< none: its home is not in the file
    std::optional<Instant> modified_at;      ///< ModificationTimestamp
    std::int64_t on_market = 0;              ///< 1: can be bought, or is under contract
    std::string listed_on;                   ///< day of the listing; empty: not told
    std::optional<std::string> out_of_view;  ///< why it may not be shown; none: it may
    std::int64_t address_shown = 1;          ///< 0: its seller wants no address shown
    std::optional<JsonText> can_use;         ///< what the MLS lets it be used for; none: not told
    std::optional<Instant> met_at;           ///< beginning of the last whole walk that met it

    static constexpr auto columns() {
        return Columns{
            Column{"id", &MlsListing::id},
            Column{"system", &MlsListing::system},
            Column{"listing_key", &MlsListing::key},
            Column{"listing_number", &MlsListing::number},
            Column{"property_id", &MlsListing::home},
            Column{"modified_at", &MlsListing::modified_at},
            Column{"on_market", &MlsListing::on_market},
            Column{"listed_on", &MlsListing::listed_on},
            Column{"out_of_view", &MlsListing::out_of_view},
            Column{"address_shown", &MlsListing::address_shown},
            Column{"can_use", &MlsListing::can_use},
            Column{"met_at", &MlsListing::met_at},
        };
    }
};

}  // namespace dreams
