#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "base/time.h"
#include "model/id.h"
#include "store/catalog.h"
#include "store/people.h"

namespace dreams::store {

/// What homes may be put in order by.
enum class HomeOrder : std::uint8_t { updated, city, price, beds, status };

/// A piece of the map, in degrees; it never reaches over the date line.
struct Area {
    double south = 0, west = 0, north = 0, east = 0;
    bool holds(double latitude, double longitude) const {
        return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
    }
    friend bool operator==(const Area&, const Area&) = default;
};

/// Which homes to list, in which order, and which part of them.
struct HomeFilter {
    std::string search = "";  ///< words that must all occur; empty: any
    /// Exactly, whatever the case; empty: any. Of several clients of a home, one is enough.
    std::string status = "", city = "", county = "", client = "";
    std::optional<std::int64_t> min_price = std::nullopt, max_price = std::nullopt;  ///< dollars
    std::int64_t min_beds = 0;
    std::optional<Area> area = std::nullopt;  ///< only homes with coordinates in it
    HomeOrder order = HomeOrder::updated;
    SortDirection direction = SortDirection::descending;
    std::int64_t page = 1;
    std::int64_t page_size = 50;  ///< 1–200
};

/// A home as a line of a list.
struct HomeLine {
    std::int64_t row = 0;  ///< the rowid in properties
    PropertyId id;
    std::optional<std::string> address, city, state, zip, county, status, mls_number, added_for;
    std::optional<std::int64_t> price, initial_price, beds, sqft, days_on_market;
    std::optional<double> baths, acreage, latitude, longitude;
    std::optional<std::string>
        photo;  ///< a URL: the home's own, else what the site shows at its address
    std::optional<std::string> list_date;
    std::optional<Instant> updated_at;
    std::optional<Instant> told_at;  ///< when the newest thing known of it was so
    std::int64_t lookers = 0;        ///< people who have something to do with it

    static constexpr auto columns() {
        return Columns{
            Column{"rowid", &HomeLine::row},
            Column{"id", &HomeLine::id},
            Column{"address", &HomeLine::address},
            Column{"city", &HomeLine::city},
            Column{"state", &HomeLine::state},
            Column{"zip", &HomeLine::zip},
            Column{"county", &HomeLine::county},
            Column{"status", &HomeLine::status},
            Column{"mls_number", &HomeLine::mls_number},
            Column{"added_for", &HomeLine::added_for},
            Column{"price", &HomeLine::price},
            Column{"initial_price", &HomeLine::initial_price},
            Column{"beds", &HomeLine::beds},
            Column{"baths", &HomeLine::baths},
            Column{"sqft", &HomeLine::sqft},
            Column{"acreage", &HomeLine::acreage},
            Column{"days_on_market", &HomeLine::days_on_market},
            Column{"latitude", &HomeLine::latitude},
            Column{"longitude", &HomeLine::longitude},
            Column{"photo", &HomeLine::photo},
            Column{"list_date", &HomeLine::list_date},
            Column{"updated_at", &HomeLine::updated_at},
            Column{"told_at", &HomeLine::told_at},
            Column{"lookers", &HomeLine::lookers},
        };
    }
};

struct Homes {
    std::vector<HomeLine> lines;  ///< of the page asked for
    std::int64_t total = 0;       ///< on all pages
    std::int64_t pages = 1;       ///< at least one, if an empty one
};

/// One page of the homes that `filter` asks for; equals stand in the order of city and address.
/// `catalog` is refreshed first; keep one for each connection. Throws Error: invalid (a page below
/// 1, a page size out of range), not_found (a page beyond the last).
Homes homes(Db& db, const HomeFilter& filter, Catalog& catalog);

/// One home as a line; none: there is no such home.
std::optional<HomeLine> home_line(Db& db, const PropertyId& id);

/// Homes that lie close together on a map, or one alone.
struct MapSpot {
    double latitude = 0, longitude = 0;  ///< degrees: their middle
    std::int64_t homes = 1;
    Area area;                     ///< that holds them all
    std::optional<HomeLine> home;  ///< of one that stands alone
};

/// A city as a word on the map.
struct MapPlace {
    std::string name;
    double latitude = 0, longitude = 0;  ///< the middle of its homes
    std::int64_t homes = 0;
};

struct HomeMap {
    std::vector<MapSpot> spots;
    std::vector<MapPlace> places;  ///< the cities with most homes, at most twelve
    Area area;                     ///< that holds all spots; meaningless when there are none
    std::int64_t total = 0;        ///< homes that the filter asks for
    std::int64_t nowhere = 0;      ///< of these, such as have no coordinates
};

/// How finely a map shows homes: into how many cells, as wide as high on the ground, it is laid out
/// at most.
struct MapGrid {
    int columns = 24, rows = 14;
};
/// Degrees of latitude: no map shows less, so that one home is no dot on nothing.
constexpr double least_map_span = 0.01;

/// All homes that `filter` asks for (page and order do not matter) as spots: those closer together
/// than a cell of the grid is wide as one.
HomeMap home_map(Db& db, const HomeFilter& filter, Catalog& catalog, MapGrid grid = {});

}  // namespace dreams::store

namespace dreams {
template <>
struct Words<store::HomeOrder> {
    static constexpr std::array<std::pair<store::HomeOrder, std::string_view>, 5> list{
        {{store::HomeOrder::updated, "updated"},
         {store::HomeOrder::city, "city"},
         {store::HomeOrder::price, "price"},
         {store::HomeOrder::beds, "beds"},
         {store::HomeOrder::status, "status"}}};
};
}  // namespace dreams
