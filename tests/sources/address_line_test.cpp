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

TEST(AddressLine, IsNoneWithoutAHouseNumberAndAStreet) {
    for (const auto* text : {"", "Elm St, Testville, NC 28700", "14", "14 ", "14, Testville",
                             "3.5 baths, 2 beds", "$14 Elm", "14 123", "2026-01-19 16:00"})
        EXPECT_EQ(parts(text), "none") << text;
    EXPECT_EQ(parts("14 " + std::string(300, 'a')), "none");
}

}  // namespace
}  // namespace dreams::sources
