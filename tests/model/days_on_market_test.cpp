#include "model/days_on_market.h"

#include <gtest/gtest.h>

#include "model/property.h"

namespace dreams {
namespace {

const Date today = *date_from("2026-01-19");

TEST(DaysOnMarket, AreCountedFromTheListDateWhileTheHomeIsThere) {
    for (const auto* status : {"active", "FOR_SALE", "pending", "Contingent", "coming soon"})
        EXPECT_EQ(days_on_market(status, "2025-12-20", 3, today), 30) << status;
    EXPECT_EQ(days_on_market("active", "2026-01-19", std::nullopt, today), 0);
}

TEST(DaysOnMarket, ArePutIntoARecord) {
    Listing home;
    home.status = "active";
    home.list_date = "2025-12-20";
    count_days_on_market(home, today);
    EXPECT_EQ(home.days_on_market, 30);
}

TEST(DaysOnMarket, AreWhatWasSaidLastOfAHomeThatIsNotThere) {
    for (const auto* status : {"sold", "withdrawn", "for rent", "mystery"})
        EXPECT_EQ(days_on_market(status, "2025-12-20", 12, today), 12) << status;
    EXPECT_EQ(days_on_market(std::nullopt, "2025-12-20", 12, today), 12);
}

TEST(DaysOnMarket, AreWhatWasSaidWhereNoDayTellsBetter) {
    EXPECT_EQ(days_on_market("active", std::nullopt, 12, today), 12);
    EXPECT_EQ(days_on_market("active", "soon", 12, today), 12);
    EXPECT_EQ(days_on_market("active", "2026-02-01", 12, today), 12) << "not yet listed";
    EXPECT_EQ(days_on_market("active", std::nullopt, std::nullopt, today), std::nullopt);
}

}  // namespace
}  // namespace dreams
