#include "sim/town/listing_files.h"

#include <gmock/gmock.h>

#include <set>

#include "base/csv.h"

namespace dreams::sim {
namespace {

using namespace std::chrono_literals;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} + 16h};

std::vector<csv::Row> rows_of(const std::string& file) {
    std::vector<csv::Row> rows;
    csv::Reader reader(file);
    while (const auto row = reader.next()) rows.push_back(*row);
    return rows;
}

TEST(RedfinDownload, ListsWhatWasForSaleThatDayAtThatDaysPrice) {
    const Town town(TownSize::of(430), 7, monday);
    const auto now = rows_of(redfin_download(town, monday)),
               before = rows_of(redfin_download(town, monday - 30 * 24h));
    ASSERT_GT(now.size(), 100u);
    EXPECT_LE(now.size(), 351u);
    std::map<std::string, std::string> was;
    for (const auto& row : before) was[row.at(22)] = row.at(7);
    int cheaper = 0, fresh = 0;
    for (const auto& row : now) {
        ASSERT_EQ(row.size(), 27u);
        if (!was.contains(row.at(22)))
            ++fresh;
        else if (std::stoi(was[row.at(22)] == "PRICE" ? "0" : was[row.at(22)]) >
                 std::stoi(row.at(7) == "PRICE" ? "0" : row.at(7)))
            ++cheaper;
    }
    EXPECT_GT(cheaper, 0);
    EXPECT_GT(fresh, 0);
}

TEST(WishList, NamesHomesThatAreForSaleWithoutTheirTown) {
    const Town town(TownSize::of(430), 7, monday);
    const auto wishes = rows_of(wish_list(town));
    ASSERT_EQ(wishes.size(), 4u);
    std::set<std::string> streets;
    for (const auto& row : rows_of(redfin_download(town, monday))) streets.insert(row.at(3));
    for (std::size_t i = 1; i < wishes.size(); ++i) EXPECT_TRUE(streets.contains(wishes[i].at(0)));
}

}  // namespace
}  // namespace dreams::sim
