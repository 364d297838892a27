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

TEST(Sighting, NamesWhatWasSaidAndCannotBe) {
    Sighting said;
    said.listing.year_built = 3;
    said.listing.price = -1;
    said.listing.sqft = 0;
    said.listing.beds = -2;
    said.features.latitude = 35.5;
    std::vector<LeftOut> left_out;
    const Sighting left = cleaned(said, left_out);
    std::string told;
    for (const auto& each : left_out) told += std::string(each.field) + ": " + each.why + "\n";
    EXPECT_EQ(told,
              "price: it is less than nothing\nbeds: it is less than nothing\n"
              "year_built: 3 is no year of a home's\nlatitude: it has no longitude beside it\n");
    EXPECT_EQ(left.listing.year_built, std::nullopt);
    EXPECT_EQ(left.features.latitude, std::nullopt);
}

TEST(Sighting, LiesInTheUsaOrNowhere) {
    Sighting said;
    said.features.latitude = 35.37;
    said.features.longitude = 83.22;  // the minus was lost
    std::vector<LeftOut> left_out;
    Sighting left = cleaned(said, left_out);
    EXPECT_EQ(left.features.latitude, std::nullopt);
    EXPECT_EQ(left.features.longitude, std::nullopt);
    ASSERT_EQ(left_out.size(), 1u);
    EXPECT_EQ(left_out[0].field, "longitude");
    said.features.longitude = -83.22;
    EXPECT_EQ(cleaned(said).features.latitude, 35.37);
    said.features.latitude = 200;
    EXPECT_EQ(cleaned(said).features.longitude, std::nullopt);
}

TEST(Sighting, HasNoLinkThatABrowserWouldRun) {
    Sighting said;
    said.listing.mls_url = "javascript:alert(1)";
    said.listing.primary_photo = " JavaScript:alert(1)";
    said.listing.zillow_url = "https://www.zillow.com/x:y";
    said.listing.redfin_url = "www.redfin.com/a:b";
    std::vector<LeftOut> left_out;
    const Sighting left = cleaned(said, left_out);
    EXPECT_EQ(left.listing.mls_url, std::nullopt);
    EXPECT_EQ(left.listing.primary_photo, std::nullopt);
    EXPECT_EQ(left.listing.zillow_url, "https://www.zillow.com/x:y");
    EXPECT_EQ(left.listing.redfin_url, "www.redfin.com/a:b");
    EXPECT_EQ(left_out.size(), 2u);
}

TEST(Sighting, NamesCountyAndStateInOneWay) {
    for (const auto* county : {"Haywood County", "Haywood county ", "Haywood"}) {
        Sighting said;
        said.listing.county = county;
        said.listing.state = "North Carolina";
        EXPECT_EQ(cleaned(said).listing.county, "Haywood") << county;
        EXPECT_EQ(cleaned(said).listing.state, "NC");
    }
}

TEST(Sighting, HasANumberWithoutALabelAndACityWithoutAState) {
    for (const auto* said : {"4100009", "MLS# 4100009", "MLS 4100009", "#4100009", "MLS#4100009",
                             "mls: 4100009", "MLS4100009", " MLS # 4100009 "})
        EXPECT_EQ(bare_mls_number(said), "4100009") << said;
    EXPECT_EQ(bare_mls_number("MLSX12"), "MLSX12") << "letters of the number's own";
    EXPECT_EQ(bare_mls_number("IV18226921"), "IV18226921");
    Sighting labelled;
    labelled.listing.mls_number = "MLS#";
    labelled.listing.city = "Sylva, NC";
    EXPECT_EQ(cleaned(labelled).listing.mls_number, std::nullopt);
    EXPECT_EQ(cleaned(labelled).listing.city, "Sylva");
    EXPECT_EQ(cleaned(labelled).listing.state, "NC");
    labelled.listing.state = "GA";
    EXPECT_EQ(cleaned(labelled).listing.city, "Sylva, NC") << "one of them is wrong";
    labelled.listing.city = "Sylva, Jackson";
    EXPECT_EQ(cleaned(labelled).listing.city, "Sylva, Jackson");
}

}  // namespace
}  // namespace dreams
