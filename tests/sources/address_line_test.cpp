#include "sources/address_line.h"

#include <gmock/gmock.h>

namespace dreams::sources {
namespace {

/// `street|city|state|zip`.
std::string parts(const std::string& text) {
    const auto line = address_line(text);
    if (!line) return "none";
    return line->street + "|" + line->city.value_or("") + "|" + line->state.value_or("") + "|" +
           line->zip.value_or("");
}

TEST(AddressLine, IsTakenApart) {
    EXPECT_EQ(parts("14 Example Ridge Rd, Testville, NC 28700"),
              "14 Example Ridge Rd|Testville|NC|28700");
    EXPECT_EQ(parts("14 Example Ridge Rd, Testville, NC"), "14 Example Ridge Rd|Testville|NC|");
    EXPECT_EQ(parts("14 Elm St, Testville NC 28700-1234"), "14 Elm St|Testville|NC|28700-1234");
    EXPECT_EQ(parts("14 Elm St, Testville, NC, 28700, USA"), "14 Elm St|Testville|NC|28700");
    EXPECT_EQ(parts("14 Elm St, Unit 3, Testville, NC 28700"),
              "14 Elm St Unit 3|Testville|NC|28700");
    EXPECT_EQ(parts("14 Elm St, #3, Testville, NC 28700"), "14 Elm St #3|Testville|NC|28700");
    EXPECT_EQ(parts("14 Elm St"), "14 Elm St|||");
    EXPECT_EQ(parts("14B Elm St, Mount Airy, NC 27030"), "14B Elm St|Mount Airy|NC|27030");
}

TEST(AddressLine, IsTakenApartHoweverTheStateIsWritten) {
    EXPECT_EQ(parts("12 Elm St, Sylva, North Carolina 28779"), "12 Elm St|Sylva|NC|28779");
    EXPECT_EQ(parts("12 Elm St, Sylva, West Virginia"), "12 Elm St|Sylva|WV|");
    EXPECT_EQ(parts("12 Elm St, Sylva, nc 28779"), "12 Elm St|Sylva|NC|28779");
    EXPECT_EQ(parts("12 Elm St, Sylva, NC 28779, United States"), "12 Elm St|Sylva|NC|28779");
    EXPECT_EQ(parts("12 Elm St, Mount Washington"), "12 Elm St|Mount Washington||");
    EXPECT_EQ(parts("12 Elm St, Washington"), "12 Elm St|Washington||");
}

TEST(AddressLine, IsTakenApartWithoutCommasWhereAStateEndsIt) {
    EXPECT_EQ(parts("12 Elm St Sylva NC 28779"), "12 Elm St|Sylva|NC|28779");
    EXPECT_EQ(parts("12 Elm St Sylva NC 28779 USA"), "12 Elm St|Sylva|NC|28779");
    EXPECT_EQ(parts("12 Elm St Sylva, NC 28779"), "12 Elm St|Sylva|NC|28779");
    EXPECT_EQ(parts("12 Elm St. Unit B Bryson City North Carolina 28713"),
              "12 Elm St. Unit B|Bryson City|NC|28713");
    EXPECT_EQ(parts("12 Elm St NE 28779"), "12 Elm St NE 28779|||") << "north-east, perhaps";
    EXPECT_EQ(parts("12 Elm St Sylva"), "12 Elm St Sylva|||") << "nothing tells where it ends";
    EXPECT_EQ(parts("12 Indiana"), "12 Indiana|||");
}

/// The same of a home's address, whatever else the listing says.
std::string split(Listing home) {
    split_address(home);
    return home.address.value_or("") + "|" + home.city.value_or("") + "|" +
           home.state.value_or("") + "|" + home.zip.value_or("");
}

TEST(SplitAddress, LeavesTheStreet) {
    EXPECT_EQ(split({.address = "12 Elm St, Sylva, NC 28779"}), "12 Elm St|Sylva|NC|28779");
    EXPECT_EQ(split({.address = "12 Elm St, Sylva", .city = "sylva"}), "12 Elm St|sylva||");
    EXPECT_EQ(split({.address = "12 Elm St, Sylva, NC 28779", .city = "Dillsboro"}),
              "12 Elm St|Dillsboro|NC|28779")
        << "what a column of its own tells stays";
    EXPECT_EQ(split({.address = "Lot 3, Oak Ridge Rd, Sylva, NC 28779"}),
              "Lot 3, Oak Ridge Rd|Sylva|NC|28779");
    EXPECT_EQ(split({.address = "Oak Ridge Rd, Sylva, NC"}), "Oak Ridge Rd|Sylva|NC|");
}

TEST(SplitAddress, LeavesWhatNamesNoPlace) {
    for (const auto* street : {"12 Elm St", "12 Elm St, Laurel Estates", "12 Elm St, Unit 3",
                               "Lot 3, Oak Ridge Rd", "", ","})
        EXPECT_EQ(split({.address = street}), std::string(street) + "|||");
    EXPECT_EQ(split({.city = "Sylva"}), "|Sylva||");
}

TEST(AddressLine, IsNoneWithoutAHouseNumberAndAStreet) {
    for (const auto* text : {"", "Elm St, Testville, NC 28700", "14", "14 ", "14, Testville",
                             "3.5 baths, 2 beds", "$14 Elm", "14 123", "2026-01-19 16:00"})
        EXPECT_EQ(parts(text), "none") << text;
    EXPECT_EQ(parts("14 " + std::string(300, 'a')), "none");
}

}  // namespace
}  // namespace dreams::sources
