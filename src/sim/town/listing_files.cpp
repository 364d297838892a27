#include "sim/town/listing_files.h"

#include <fmt/format.h>

namespace dreams::sim {
namespace {

constexpr int most_rows = 350;
constexpr int wishes = 3;

constexpr std::string_view redfin_header =
    "SALE TYPE,SOLD DATE,PROPERTY TYPE,ADDRESS,CITY,STATE OR PROVINCE,ZIP OR POSTAL "
    "CODE,PRICE,BEDS,"
    "BATHS,LOCATION,SQUARE FEET,LOT SIZE,YEAR BUILT,DAYS ON MARKET,$/SQUARE FEET,HOA/MONTH,STATUS,"
    "NEXT OPEN HOUSE START TIME,NEXT OPEN HOUSE END TIME,URL (SEE "
    "https://www.redfin.com/buy-a-home/comparative-market-analysis FOR INFO ON "
    "PRICING),SOURCE,MLS#,"
    "FAVORITE,INTERESTED,LATITUDE,LONGITUDE\r\n";

std::string_view redfin_type(const Home& home) {
    if (home.type == "Condo") return "Condo/Co-op";
    if (home.type == "Land") return "Vacant Land";
    return "Single Family Residential";
}

bool is_listed(const Home& home, Instant day) {
    return !home.mls.empty() && !home.for_rent && home.status != "Sold" && home.listed <= day;
}

std::string or_nothing(int number) {
    return number > 0 ? std::to_string(number) : "";
}

std::string row_of(const Home& home, Instant day) {
    const auto days = std::chrono::floor<std::chrono::days>(day - home.listed).count();
    return fmt::format(
        "MLS Listing,,{},{},{},{},{},{},{},{},,{},{},{},{},,,{},,,"
        "https://www.redfin.com/{}/home/{},CANOPYMLS as Distributed by MLS "
        "Grid,{},N,Y,{:.6f},{:.6f}"
        "\r\n",
        redfin_type(home), home.street, home.city, home.state, home.code, home.price_at(day),
        or_nothing(home.beds),
        home.half_baths > 0 ? fmt::format("{:.1f}", home.half_baths / 2.0) : "",
        or_nothing(home.sqft), home.acres_hundredths * 435.6, or_nothing(home.year_built), days,
        home.status, home.state, 700'000'000 + home.id, home.mls,
        static_cast<double>(home.lat_e6) / 1e6, static_cast<double>(home.lng_e6) / 1e6);
}

}  // namespace

std::string redfin_download(const Town& town, Instant day) {
    const auto held = town.hold();
    std::string file(redfin_header);
    int rows = 0;
    for (const auto& home : town.homes())
        if (rows < most_rows && is_listed(home, day)) {
            file += row_of(home, day);
            ++rows;
        }
    return file;
}

std::string wish_list(const Town& town) {
    const auto held = town.hold();
    std::string file = "Address,Price,Notes\n";
    int rows = 0;
    for (const auto& home : town.homes())
        if (rows < wishes && is_listed(home, town.now()) && home.beds > 0) {
            file += fmt::format("{},{},a client asked about it\n", home.street, home.price);
            ++rows;
        }
    return file;
}

}  // namespace dreams::sim
