#include "store/homes.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

#include "model/address_likeness.h"
#include "store/in_list.h"
#include "store/ranking.h"

namespace dreams::store {
namespace {

constexpr std::size_t most_places = 12;

const std::string lines_sql = R"sql(
    SELECT p.rowid AS rowid, p.id, p.address, p.city, p.state, p.zip, p.county, p.status,
           p.mls_number, p.added_for, p.price, p.initial_price, p.beds, p.baths, p.sqft,
           p.acreage, p.days_on_market, p.latitude, p.longitude, p.list_date, p.updated_at,
           coalesce(nullif(p.primary_photo, ''),
                    CASE WHEN json_valid(p.photo_urls)
                         THEN json_extract(p.photo_urls, '$[0]') END) AS photo,
           (SELECT h.observed_at FROM dreams_homes h WHERE h.property_id = p.id) AS told_at,
           c.photo_url AS cached_photo, c.address AS cached_address,
           (SELECT count(*) FROM contact_properties k WHERE k.property_id = p.id) AS lookers
      FROM properties p
      LEFT JOIN idx_property_cache c
        ON c.mls_number = coalesce(nullif(p.idx_mls_number, ''), p.mls_number)
     WHERE )sql";

/// A home as a line, and what the site shows under its number.
struct LineRow {
    HomeLine line;
    std::optional<std::string> cached_photo, cached_address;

    static constexpr auto columns() {
        return Columns{Part{&LineRow::line}, Column{"cached_photo", &LineRow::cached_photo},
                       Column{"cached_address", &LineRow::cached_address}};
    }
};

/// Two boards may give one number to two homes: the site's photo is the home's where its address
/// is.
HomeLine line_of(LineRow row) {
    auto& line = row.line;
    const auto address = line.address.value_or("") + ", " + line.city.value_or("");
    if (!line.photo && row.cached_photo &&
        address_likeness(address, row.cached_address.value_or("")) >= alike_enough)
        line.photo = std::move(row.cached_photo);
    return std::move(line);
}

/// What an entry is put in order by; by city and address they are in order already.
std::int64_t key_of(const Catalog::Entry& entry, std::uint32_t index, HomeOrder order) {
    switch (order) {
        case HomeOrder::updated:
            return entry.updated;
        case HomeOrder::city:
            return index;
        case HomeOrder::price:
            return entry.price;
        case HomeOrder::beds:
            return entry.beds;
        case HomeOrder::status:
            return entry.status;  // numbered in alphabetical order
    }
    throw Error(Fault::internal, "an order of homes that nobody knows");
}

/// The filter with words as the numbers that entries have.
class Sieve {
public:
    Sieve(const HomeFilter& filter, const Catalog& catalog)
        : filter_(filter),
          status_(number(catalog.statuses(), filter.status)),
          city_(number(catalog.cities(), filter.city)),
          county_(number(catalog.counties(), filter.county)),
          client_(filter.client.empty() ? std::vector<bool>()
                                        : catalog.clients().naming(filter.client)) {}

    bool lets_through(const Catalog::Entry& home) const {
        return is(status_, home.status) && is(city_, home.city) && is(county_, home.county) &&
               (client_.empty() || client_[home.client]) &&
               home.beds >= (filter_.min_beds ? filter_.min_beds : -1) &&
               (!filter_.min_price || home.price >= *filter_.min_price) &&
               (!filter_.max_price || (home.price >= 0 && home.price <= *filter_.max_price)) &&
               (!filter_.area ||
                (home.on_map && filter_.area->holds(home.latitude, home.longitude)));
    }

private:
    using Number = std::optional<std::uint32_t>;
    static Number number(const Choices& choices, const std::string& word) {
        return word.empty() ? Number() : choices.number_of(word);
    }
    static bool is(Number wanted, std::uint32_t number) { return !wanted || *wanted == number; }

    const HomeFilter& filter_;
    Number status_, city_, county_;
    std::vector<bool> client_;  ///< by number in the choices; empty: any
};

std::vector<Ranked> matching(const HomeFilter& filter, const Catalog& catalog) {
    const Sieve sieve(filter, catalog);
    std::vector<Ranked> matches;
    for (const auto index : catalog.found(filter.search)) {
        const auto& home = catalog.homes()[index];
        if (!sieve.lets_through(home)) continue;
        const auto key = key_of(home, index, filter.order);
        matches.push_back({filter.direction == SortDirection::descending ? -key : key, index});
    }
    return matches;
}

std::unordered_map<std::int64_t, HomeLine> lines_by_row(Db& db,
                                                        const std::vector<std::int64_t>& rows) {
    std::unordered_map<std::int64_t, HomeLine> found;
    if (rows.empty()) return found;
    Statement query = db.prepare(lines_sql + ("p.rowid IN (" + in_list(rows.size()) + ")"));
    bind_list(query, rows);
    const detail::Reader<LineRow> reader(query);
    while (query.step()) {
        HomeLine line = line_of(reader.read(query));
        const auto row = line.row;
        found.emplace(row, std::move(line));
    }
    return found;
}

void widen(Area& area, double latitude, double longitude) {
    area.south = std::min(area.south, latitude);
    area.north = std::max(area.north, latitude);
    area.west = std::min(area.west, longitude);
    area.east = std::max(area.east, longitude);
}

Area area_of(const std::vector<const Catalog::Entry*>& homes) {
    Area area{90, 180, -90, -180};
    for (const auto* home : homes) widen(area, home->latitude, home->longitude);
    return area;
}

/// A grid over an area, its cells as high as wide on the ground.
class Grid {
public:
    Grid(const Area& area, MapGrid cells) : area_(area), cells_(cells) {
        const double middle = (area.south + area.north) / 2 * std::numbers::pi / 180;
        narrowing_ = std::cos(middle);
        high_ =
            std::max(std::max(area.north - area.south, least_map_span) / cells.rows,
                     std::max(area.east - area.west, least_map_span) * narrowing_ / cells.columns);
    }
    std::size_t cell_of(const Catalog::Entry& home) const {
        return place(home.latitude - area_.south, high_, cells_.rows) *
                   static_cast<std::size_t>(cells_.columns) +
               place((home.longitude - area_.west) * narrowing_, high_, cells_.columns);
    }
    std::size_t cells() const {
        return static_cast<std::size_t>(cells_.columns) * static_cast<std::size_t>(cells_.rows);
    }
    /// Whether two places are closer together than a cell is wide.
    bool near(double latitude, double longitude, double latitude2, double longitude2) const {
        return std::hypot(latitude - latitude2, (longitude - longitude2) * narrowing_) < high_;
    }

private:
    static std::size_t place(double distance, double size, int cells) {
        return static_cast<std::size_t>(
            std::clamp(static_cast<int>(distance / size), 0, cells - 1));
    }
    Area area_;
    MapGrid cells_;
    double narrowing_, high_;
};

/// A spot under way: sums for the middle, and one of its homes.
struct Cell {
    double latitude = 0, longitude = 0;
    std::int64_t homes = 0, row = 0;
    Area area{90, 180, -90, -180};
    void add(const Catalog::Entry& home) {
        latitude += home.latitude;
        longitude += home.longitude;
        ++homes;
        row = home.row;
        widen(area, home.latitude, home.longitude);
    }
    void add(const Cell& other) {
        latitude += other.latitude;
        longitude += other.longitude;
        homes += other.homes;
        widen(area, other.area.south, other.area.west);
        widen(area, other.area.north, other.area.east);
    }
    bool near(const Cell& other, const Grid& grid) const {
        const auto ours = static_cast<double>(homes), theirs = static_cast<double>(other.homes);
        return grid.near(latitude / ours, longitude / ours, other.latitude / theirs,
                         other.longitude / theirs);
    }
};

/// Joins those that are too close together; false: none were.
bool join_near(std::vector<Cell>& cells, const Grid& grid) {
    const auto before = cells.size();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto next = cells.begin() + static_cast<std::ptrdiff_t>(i) + 1;
        const auto other = std::find_if(
            next, cells.end(), [&](const Cell& each) { return cells[i].near(each, grid); });
        if (other == cells.end()) continue;
        cells[i].add(*other);
        cells.erase(other);
        --i;  // its middle has moved: look again
    }
    return cells.size() < before;
}

std::vector<Cell> cells_of(const std::vector<const Catalog::Entry*>& homes, const Area& area,
                           MapGrid cut) {
    const Grid grid(area, cut);
    std::vector<Cell> cells(grid.cells());
    for (const auto* home : homes) cells[grid.cell_of(*home)].add(*home);
    std::erase_if(cells, [](const Cell& cell) { return cell.homes == 0; });
    while (join_near(cells, grid)) continue;
    return cells;
}

std::vector<MapPlace> places_of(const std::vector<const Catalog::Entry*>& homes,
                                const Choices& cities) {
    std::vector<MapPlace> places(cities.size());
    for (const auto* home : homes) {
        auto& place = places[home->city];
        place.latitude += home->latitude;
        place.longitude += home->longitude;
        ++place.homes;
    }
    for (std::uint32_t i = 0; i < places.size(); ++i) {
        const auto count = static_cast<double>(places[i].homes);
        places[i] = {cities.word(i), places[i].latitude / count, places[i].longitude / count,
                     places[i].homes};
    }
    std::erase_if(places, [](const auto& each) { return each.homes == 0 || each.name.empty(); });
    std::ranges::sort(places, std::greater(), &MapPlace::homes);
    places.resize(std::min(places.size(), most_places));
    return places;
}

}  // namespace

Homes homes(Db& db, const HomeFilter& filter, Catalog& catalog) {
    catalog.refresh(db);
    auto matches = matching(filter, catalog);
    std::vector<std::int64_t> rows;
    for (const auto& match : page_of(matches, {filter.page, filter.page_size}, "homes"))
        rows.push_back(catalog.homes()[match.index].row);
    auto found = lines_by_row(db, rows);
    Homes homes{.total = std::ssize(matches)};
    homes.pages = pages_of(homes.total, filter.page_size);
    for (const auto row : rows)
        if (const auto at = found.find(row); at != found.end())
            homes.lines.push_back(std::move(at->second));
    return homes;
}

std::optional<HomeLine> home_line(Db& db, const PropertyId& id) {
    auto row = db.one<LineRow>(lines_sql + "p.id = :id", {{"id", id}});
    return row ? std::optional(line_of(std::move(*row))) : std::nullopt;
}

HomeMap home_map(Db& db, const HomeFilter& filter, Catalog& catalog, MapGrid grid) {
    catalog.refresh(db);
    HomeMap map;
    const Sieve sieve(filter, catalog);
    std::vector<const Catalog::Entry*> homes;
    for (const auto index : catalog.found(filter.search)) {
        const auto& home = catalog.homes()[index];
        if (!sieve.lets_through(home)) continue;
        ++map.total;
        if (home.on_map)
            homes.push_back(&home);
        else
            ++map.nowhere;
    }
    map.area = area_of(homes);
    map.places = places_of(homes, catalog.cities());
    const auto cells = cells_of(homes, map.area, grid);
    std::vector<std::int64_t> alone;
    for (const auto& cell : cells)
        if (cell.homes == 1) alone.push_back(cell.row);
    auto lines = lines_by_row(db, alone);
    for (const auto& cell : cells) {
        const auto count = static_cast<double>(cell.homes);
        MapSpot& spot = map.spots.emplace_back(
            MapSpot{cell.latitude / count, cell.longitude / count, cell.homes, cell.area, {}});
        if (const auto at = lines.find(cell.row); cell.homes == 1 && at != lines.end())
            spot.home = std::move(at->second);
    }
    return map;
}

}  // namespace dreams::store
