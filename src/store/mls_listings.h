#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "model/mls_listing.h"
#include "model/sighting.h"
#include "store/properties.h"

namespace dreams::store {

/// What a feed of an MLS is called as the source of a home.
constexpr std::string_view mls_feed = "reso";

/// Keeps the listings of an MLS's feed, and what they say of homes. The MLS is where the portals
/// have it from: what the leading listing of a home says goes before what anybody else said. A
/// listing leads that is on the market; of two such the later one. The others fill gaps.
/// Work within a transaction of the caller's.
class MlsListingKeeper {
public:
    /// Makes the keys of rows that older programs wrote.
    explicit MlsListingKeeper(Db& db);

    std::optional<MlsListing> find(const std::string& id);

    /// A listing that may be shown. Its `home` is filled in here; `met_at` stays what it was if it
    /// is none. A withdrawn address is taken out of the home, if only the feed told it. Throws
    /// Error{invalid}: nothing in it says which home is meant.
    Kept keep(MlsListing listing, Sighting said, Instant now);

    /// A listing that may not be shown, for the reason in its `out_of_view`. Unchanged: it was not
    /// known, and is not kept; or it was hidden already.
    Kept hide(const MlsListing& listing, Instant now);

private:
    Keeping keeping(const MlsListing& listing, const std::optional<PropertyId>& home, Instant now);
    bool leads(const MlsListing& listing, const PropertyId& home);
    std::optional<Instant> told_by_others(const PropertyId& home);

    Db& db_;
    PropertyKeeper homes_;
    HomeFinder finder_;
    Keeper<MlsListing> listings_;
};

/// How many listings of `system` may be shown.
std::int64_t listings_in_view(Db& db, const std::string& system);
/// Those of them that the walk begun at `walk` has not met.
std::vector<MlsListing> listings_not_met(Db& db, const std::string& system, Instant walk);

}  // namespace dreams::store
