#include "model/sighting.h"

#include <gtest/gtest.h>

namespace dreams {
namespace {

TEST(Sighting, SaysNothingWhereItSaysZero) {
    Sighting said;
    said.listing.price = 0;
    said.listing.sqft = 0;
    said.listing.beds = 0;
    said.listing.baths = 0;
    said.listing.acreage = 0;
    said.listing.year_built = 9999;
    said.listing.status = "OTHER";
    said.listing.address = "  ";
    said.listing.photo_urls = JsonText{"[]"};
    said.features.hoa_fee = 0;
    said.features.latitude = 0;
    said.features.longitude = 0;
    const Sighting left = cleaned(said);
    const auto none = [](const char* column, const auto& value) {
        EXPECT_FALSE(value.has_value()) << column;
    };
    for_each_column(left.listing, none);
    for_each_column(left.features, none);
}

TEST(Sighting, KeepsZeroWhereItMeansSomething) {
    Sighting studio;
    studio.listing.beds = 0;
    studio.listing.baths = 1;
    studio.listing.days_on_market = 0;
    studio.engagement.favorites_count = 0;
    const Sighting left = cleaned(studio);
    EXPECT_EQ(left.listing.beds, 0);
    EXPECT_EQ(left.listing.days_on_market, 0);
    EXPECT_EQ(left.engagement.favorites_count, 0);
}

TEST(Sighting, IsTrimmedAndSpeaksOurStatus) {
    Sighting said;
    said.listing.address = " 12 Elm Rd ";
    said.listing.status = "PAST SALE";
    said.features.latitude = 35.5;
    said.features.longitude = -82.5;
    const Sighting left = cleaned(said);
    EXPECT_EQ(left.listing.address, "12 Elm Rd");
    EXPECT_EQ(left.listing.status, "sold");
    EXPECT_EQ(left.features.latitude, 35.5);
}

}  // namespace
}  // namespace dreams
