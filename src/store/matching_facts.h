#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "model/history.h"
#include "model/id.h"
#include "model/lead.h"
#include "model/match.h"

// What the matching is made from: a scan a table, whatever the number of people.

namespace dreams::store {

/// A home that somebody looked at, or could buy.
struct HomeToMatch {
    PropertyId id;         ///< empty: it is not in the file; only events tell of it
    bool offered = false;  ///< for sale, and may be shown
    /// When somebody last told of it; none: an MLS has it in view, or nobody noted when.
    std::optional<Instant> told_at;
    std::optional<std::int64_t> price, hoa_fee;  ///< US dollars
    std::optional<double> beds, baths, sqft, acreage, latitude, longitude;
    std::string city, county, type;
    std::string views, water_features;
    std::string features;        ///< everything that the listing tells of what the home is like
    std::optional<Date> listed;  ///< none: not told
    std::optional<Instant> dropped_at;  ///< the latest fall of the price
    std::int64_t dropped_by = 0;        ///< US dollars
};

/// Somebody homes may be sought for.
struct BuyerToMatch {
    LeadId lead;
    std::optional<FubId> fub_id;
    std::optional<std::string> type, stage, tags;
    bool deleted = false;  ///< in Follow Up Boss
    Preferences stated;
};

/// Something that a person did with a home. `act`: property_view, property_share,
/// property_favorite (a home that an agent saved for them too), inquiry.
struct LookToMatch {
    std::uint32_t buyer, home;  ///< indexes
    Act act;
    Instant at;
    std::int32_t price = 0;  ///< US dollars, as told then; 0: not told
};

struct MatchingFacts {
    std::vector<HomeToMatch> homes;    ///< those in the file by id, then the others
    std::vector<BuyerToMatch> buyers;  ///< everyone, by id
    std::vector<LookToMatch> looks;
    std::vector<Match> matches;  ///< the table as it is
};

MatchingFacts matching_facts(Db& db);

}  // namespace dreams::store
