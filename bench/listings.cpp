#include "bench/listings.h"

#include <fmt/format.h>

#include <array>

namespace dreams::bench {
namespace {

constexpr auto header =
    "SALE TYPE,SOLD DATE,PROPERTY TYPE,ADDRESS,CITY,STATE OR PROVINCE,ZIP OR POSTAL CODE,PRICE,"
    "BEDS,BATHS,LOCATION,SQUARE FEET,LOT SIZE,YEAR BUILT,DAYS ON MARKET,$/SQUARE FEET,HOA/MONTH,"
    "STATUS,NEXT OPEN HOUSE START TIME,NEXT OPEN HOUSE END TIME,URL (SEE "
    "https://www.redfin.com/buy-a-home/comparative-market-analysis FOR INFO ON PRICING),SOURCE,"
    "MLS#,FAVORITE,INTERESTED,LATITUDE,LONGITUDE\n";

struct Town {
    const char *name, *zip;
    double latitude, longitude;
};
constexpr std::array towns{
    Town{"Waynesville", "28786", 35.4887, -82.9887}, Town{"Sylva", "28779", 35.3737, -83.2260},
    Town{"Asheville", "28801", 35.5951, -82.5515},   Town{"Franklin", "28734", 35.1823, -83.3815},
    Town{"Bryson City", "28713", 35.4312, -83.4496}, Town{"Canton", "28716", 35.5329, -82.8374}};
constexpr std::array roads{"Balsam Ridge Rd", "Elm St",  "Plott Creek Rd",    "Dogwood Ln",
                           "Soco Rd",         "Main St", "Jonathan Creek Rd", "Laurel Knob Ct"};

std::string line(std::size_t home, int week) {
    const auto& town = towns[home % towns.size()];
    const auto size = 900 + home * 37 % 2600;
    auto price = 180'000 + home * 7919 % 700 * 1000;
    if (home % 10 == 0) price -= price / 50 * static_cast<std::size_t>(week);
    return fmt::format(
        "MLS Listing,,Single Family Residential,{} {},{},NC,{},{},{},{}.5,,{},{},{},{},{},,"
        "Active,,,https://www.redfin.com/NC/{}/home/{},CANOPYMLS as Distributed by MLS Grid,{},N,"
        "Y,{:.5f},{:.5f}\n",
        1 + home / roads.size(), roads[home % roads.size()], town.name, town.zip, price,
        2 + home % 4, 1 + home % 3, size, 8000 + home * 31 % 90'000, 1950 + home % 75,
        10 + week * 7, price / size, home, 900'000'000 + home, 4'100'000 + home * 3,
        town.latitude + static_cast<double>(home * 13 % 1000) / 8000,
        town.longitude + static_cast<double>(home * 29 % 1000) / 8000);
}

}  // namespace

std::string redfin_file(std::size_t first, std::size_t count, int week) {
    std::string text = header;
    for (std::size_t home = first; home < first + count; ++home) text += line(home, week);
    return text;
}

std::string redfin_name(std::size_t first, int week) {
    return fmt::format("redfin_{}_2026-01-{:02}.csv", first, 1 + 7 * week);
}

}  // namespace dreams::bench
