#include "sim/town/homes.h"

#include <algorithm>
#include <string>

#include "sim/town/words.h"

namespace dreams::sim {
namespace {

using namespace std::chrono;

constexpr int places = static_cast<int>(words::places.size());

/// How many of `count` homes lie in the places before `place`.
int before(int place, int count) {
    return static_cast<int>(static_cast<std::int64_t>(count) * place / places);
}

/// A price in whole thousands; most homes are near the median, some far above it.
std::int32_t a_price(const words::Place& place, Random& random) {
    std::int64_t thousands = 140 + random.between(0, 160) + random.between(0, 160);
    if (random.chance(150)) thousands += random.between(100, 900);
    return static_cast<std::int32_t>(thousands * place.level / 100 * 1000 - 100);
}

void describe(Home& home, Random& random) {
    home.type = std::string(random.of(words::home_types));
    const bool land = home.type == "Land";
    const int size = std::clamp(home.first_price / 220'000, 1, 5);
    home.beds = land ? 0 : size + random.between(0, 1);
    home.half_baths = land ? 0 : size * 2 + random.between(-1, 2);
    home.sqft = land ? 0 : 600 + size * 420 + random.between(0, 600);
    home.acres_hundredths = home.type == "Condo" ? 0 : random.between(10, land ? 2500 : 400);
    home.year_built = land ? 0 : random.between(1948, 2025);
}

Home a_home(std::uint64_t seed, int index, int place, Instant as_of) {
    Random random{seed, static_cast<std::uint64_t>(index), 3};
    const auto& where = words::places[static_cast<std::size_t>(place)];
    Home home{.id = 501 + index, .city = std::string(where.city), .state = "NC"};
    home.mls = std::to_string(4'100'000 + index * 3 + random.between(0, 2));
    home.street = a_street(random);
    home.code = std::string(where.code);
    home.county = std::string(where.county);
    home.first_price = home.price = a_price(where, random);
    describe(home, random);
    const days age{random.between(5, 900)};
    home.listed = home.cut = as_of - age - seconds{random.between(0, 86399)};
    if (random.chance(250)) {
        home.price -= home.price / 1000 * random.between(20, 90);
        home.cut = std::min(home.listed + days{random.between(20, 120)}, as_of);
    }
    home.status = random.chance(700) ? "Active" : random.chance(400) ? "Pending" : "Sold";
    home.lat_e6 = where.lat_e6 + random.between(-45'000, 45'000);
    home.lng_e6 = where.lng_e6 + random.between(-45'000, 45'000);
    return home;
}

}  // namespace

std::string a_street(Random& random) {
    // One draw a statement: the order in which an expression's operands are drawn is the
    // compiler's.
    const auto number = random.between(1, 999);
    return std::to_string(number) + " " + std::string(random.of(words::roads));
}

std::vector<Home> build_homes(std::uint64_t seed, int count, Instant as_of) {
    std::vector<Home> homes;
    homes.reserve(static_cast<std::size_t>(count));
    for (int place = 0, index = 0; place < places; ++place) {
        const auto first = homes.end() - homes.begin();
        for (; index < before(place + 1, count); ++index)
            homes.push_back(a_home(seed, index, place, as_of));
        std::stable_sort(homes.begin() + first, homes.end(), [](const Home& a, const Home& b) {
            return a.first_price < b.first_price;
        });
    }
    return homes;
}

std::int32_t next_home(const Habits& habits, int count, int faithful_permille, Random& random) {
    const int first = before(habits.place, count), end = before(habits.place + 1, count);
    const int here = end - first;
    if (here <= 0) return -1;
    const int reach = std::max(2, here / 8);
    const int centre = here * habits.centre_permille / 1000;
    const auto near = [&](std::uint64_t dice) {
        const int offset = static_cast<int>(dice % static_cast<std::uint64_t>(2 * reach)) - reach;
        return first + std::clamp(centre + offset, 0, here - 1);
    };
    if (random.chance(faithful_permille)) {
        const auto one_of_four = random.below(4);
        const auto favourite = random.chance(500) ? one_of_four : one_of_four % 2;
        return near(mixed({habits.shortlist, favourite}));
    }
    return near(random.next());
}

}  // namespace dreams::sim
