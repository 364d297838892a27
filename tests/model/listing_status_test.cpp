#include "model/listing_status.h"

#include <gtest/gtest.h>

namespace dreams {
namespace {

TEST(ListingStatus, IsOneWordWhoeverSaidIt) {
    for (const auto* said : {"Active", "FOR_SALE", "for_sale", "New", "For Sale"})
        EXPECT_EQ(listing_status(said), "active") << said;
    for (const auto* said : {"Contingent", "contingent", "ActiveUnderContract",
                             "Active Under Contract", "Under Contract-Show"})
        EXPECT_EQ(listing_status(said), "contingent") << said;
    for (const auto* said : {"Sold", "RECENTLY_SOLD", "Closed", "PAST SALE"})
        EXPECT_EQ(listing_status(said), "sold") << said;
    EXPECT_EQ(listing_status("Under Contract"), "pending");
    EXPECT_EQ(listing_status("Pre On-Market"), "coming soon");
    EXPECT_EQ(listing_status("Cancelled"), "canceled");
}

TEST(ListingStatus, IsToldByItsBeginningWhereItGoesOn) {
    for (const auto* said : {"Under Contract - Showing", "Contingent - Inspection",
                             "Active Under Contract - Kick-Out"})
        EXPECT_EQ(listing_status(said), "contingent") << said;
    for (const auto* said : {"Pending - Taking Backups", "Pending Inspection", "U/C", "P",
                             "Due Diligence", "Under Contract - No Show", "UC"})
        EXPECT_EQ(listing_status(said), "pending") << said;
    for (const auto* said : {"Sold on 12/3/2025", "SOLD 12/03/25", "Closed - Cash"})
        EXPECT_EQ(listing_status(said), "sold") << said;
    EXPECT_EQ(listing_status("A"), "active");
    EXPECT_EQ(listing_status("A1"), "a1") << "some board's own";
    EXPECT_TRUE(is_known_status("Pending Inspection"));
}

TEST(ListingStatus, KeepsAWordThatNobodyForesaw) {
    EXPECT_EQ(listing_status("FIRST_REFUSAL"), "first refusal");
}

TEST(ListingStatus, IsNoneWhereNothingIsSaid) {
    for (const auto* said : {"", "  ", "OTHER", "unknown", "null"})
        EXPECT_EQ(listing_status(said), std::nullopt) << said;
}

TEST(ListingStatus, TellsWhatCanBeBought) {
    EXPECT_TRUE(is_for_sale("FOR_SALE"));
    EXPECT_TRUE(is_for_sale("coming soon"));
    EXPECT_FALSE(is_for_sale("contingent"));
    EXPECT_FALSE(is_for_sale(std::nullopt));
    EXPECT_TRUE(is_off_market("WITHDRAWN"));
    EXPECT_TRUE(is_off_market("Closed"));
    EXPECT_FALSE(is_off_market("pending"));
    EXPECT_FALSE(is_off_market(std::nullopt));
    EXPECT_TRUE(is_known_status("Under Contract-Show"));
    EXPECT_FALSE(is_known_status("weird thing"));
    EXPECT_TRUE(is_sold("Closed"));
    EXPECT_FALSE(is_sold(std::nullopt));
}

}  // namespace
}  // namespace dreams
