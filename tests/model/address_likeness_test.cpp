#include "model/address_likeness.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace dreams {
namespace {

bool alike(const std::string& a, const std::string& b) {
    return address_likeness(a, b) >= alike_enough;
}

TEST(AddressLikeness, WaysOfWritingOneAddressAreOne) {
    EXPECT_EQ(address_likeness("12 Elm Road", "12 ELM RD, Sylva, NC 28779"), 1);
    EXPECT_EQ(address_likeness("12 N. Elm St, Unit 3", "12 North Elm Street #3"), 1);
    EXPECT_EQ(address_likeness("100 Highway 441", "100 Hwy 441"), 1);
}

TEST(AddressLikeness, ASlipOfThePenIsForgivenInALongName) {
    EXPECT_TRUE(alike("12 Rhododendron Way", "12 Rododendron Way"));
    EXPECT_FALSE(alike("12 Elm Rd", "12 Elk Rd"));
    EXPECT_FALSE(alike("12 Elm Rd", "12 Elm St"));
    EXPECT_FALSE(alike("100 Highway 441", "100 Highway 19"));
}

TEST(AddressLikeness, AnotherNumberOrUnitIsAnotherHome) {
    EXPECT_EQ(address_likeness("12 Elm Rd", "14 Elm Rd"), 0);
    EXPECT_EQ(address_likeness("12 Elm Rd Unit 3", "12 Elm Rd Unit 4"), 0);
    EXPECT_TRUE(alike("12 Elm Rd Unit 3", "12 Elm Rd")) << "one of them just does not say";
}

TEST(AddressLikeness, AnotherCityIsAnotherHomeUnlessTheStreetIsTheSame) {
    EXPECT_EQ(address_likeness("12 Laurel Fork Ln, Sylva, NC", "12 Laurel Folk Ln, Franklin, NC"),
              0);
    EXPECT_EQ(address_likeness("12 Laurel Fork Ln, Sylva, NC", "12 Laurel Fork Ln, Dillsboro, NC"),
              1);
}

TEST(AddressLikeness, WithoutANumberAnotherTownIsAnotherHomeUnlessTheZipIsTheSame) {
    const auto here = "100 Main St, Sylva, NC 28779";
    const auto likeness = [&](const std::string& there) {
        EXPECT_EQ(whole_address_likeness(there, here), whole_address_likeness(here, there));
        return whole_address_likeness(here, there);
    };
    EXPECT_EQ(likeness("100 Main Street, Sylva, NC 28779-1234"), 1);
    EXPECT_EQ(likeness("100 Main St, Sylva"), 1);
    EXPECT_EQ(likeness("100 Main St"), 1);
    EXPECT_EQ(likeness("100 Main St, Dillsboro, NC 28779"), alike_enough) << "two post towns";
    EXPECT_EQ(likeness("100 Main St, Franklin, NC 28734"), 0);
    EXPECT_EQ(likeness("100 Main St, Franklin, NC"), 0);
    EXPECT_EQ(likeness("100 Main St, Sylva, TN"), 0);
    EXPECT_EQ(likeness("100 Main St, NC 28734"), 0);
    EXPECT_EQ(whole_address_likeness("100 Laurel Fork Ln, Sylva, NC 28779",
                                     "100 Laurel Folk Ln, Dillsboro, NC 28779"),
              0);
}

TEST(AddressLikeness, WhatIsNoAddressIsLikeNothing) {
    for (const auto* text : {"", "Elm Rd", "12", "[Not found on IDX]", ", , ,"}) {
        EXPECT_EQ(address_likeness(text, text), 0) << text;
        EXPECT_EQ(address_likeness(text, "12 Elm Rd"), 0) << text;
    }
}

TEST(AddressLikenessByProperty, IsTheSameBothWaysAndBetweenNothingAndAll) {
    EXPECT_TRUE(rc::check([](const std::string& a, const std::string& b) {
        const auto one = "1 " + a, other = "1 " + b;
        const auto likeness = address_likeness(one, other);
        RC_ASSERT(likeness >= 0 && likeness <= 1);
        RC_ASSERT(likeness == address_likeness(other, one));
    }));
}

}  // namespace
}  // namespace dreams
