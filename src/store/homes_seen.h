#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams::store {

/// Somebody else who looks at the same home.
struct OtherLooker {
    LeadId lead;
    std::string name;
    std::int64_t heat = 0, priority = 0;  ///< 0–100
    std::int64_t looks = 0;               ///< at this home

    static constexpr auto columns() {
        return Columns{
            Column{"lead_id", &OtherLooker::lead},
            Column{"name", &OtherLooker::name},
            Column{"heat_score", &OtherLooker::heat},
            Column{"priority_score", &OtherLooker::priority},
            Column{"interaction_count", &OtherLooker::looks},
        };
    }
};

/// A home that a person looked at. Homes are told apart by MLS number, else by address.
struct HomeSeen {
    std::string home;  ///< what it is told apart by
    std::optional<std::string> mls;
    std::optional<std::string> address;  ///< none: nobody has said it yet
    std::optional<std::int64_t> price;   ///< whole US dollars: the newest known
    std::optional<PropertyId> property;  ///< its row among the properties; none: there is none
    std::optional<std::string> url;      ///< of the listing
    std::int64_t views = 0, favorites = 0, shares = 0;
    std::optional<Instant> first_at, last_at;
    std::int64_t other_count = 0;     ///< how many other people looked at it
    std::vector<OtherLooker> others;  ///< at most ten of them, who looked most first

    static constexpr auto columns() {
        return Columns{
            Column{"home", &HomeSeen::home},
            Column{"property_mls", &HomeSeen::mls},
            Column{"property_address", &HomeSeen::address},
            Column{"property_price", &HomeSeen::price},
            Column{"property_id", &HomeSeen::property},
            Column{"url", &HomeSeen::url},
            Column{"view_count", &HomeSeen::views},
            Column{"favorite_count", &HomeSeen::favorites},
            Column{"share_count", &HomeSeen::shares},
            Column{"first_viewed", &HomeSeen::first_at},
            Column{"last_viewed", &HomeSeen::last_at},
            Column{"other_count", &HomeSeen::other_count},
        };
    }
};

struct HomesSeen {
    std::vector<HomeSeen> homes;  ///< who is looked at most first, then the latest
    std::int64_t total = 0;       ///< of all homes, listed or not
};

/// The homes that a person looked at, at most `limit` of them, and who else looks at those.
/// Addresses and prices are those of the newest event that has one, else of the listing, else of
/// the IDX cache. People deleted in FUB are not counted among the others.
HomesSeen homes_seen(Db& db, const FubId& person, int limit);

}  // namespace dreams::store
