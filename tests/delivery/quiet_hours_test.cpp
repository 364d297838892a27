#include "delivery/quiet_hours.h"

#include <gtest/gtest.h>

namespace dreams::delivery {
namespace {

const Zone office("America/New_York");

bool quiet_at(const std::string& hours, const char* instant) {
    return QuietHours::from(hours).value().hold(*instant_from(instant), office);
}

TEST(QuietHours, GoOverMidnightByTheOfficesClock) {
    EXPECT_FALSE(quiet_at("21-7", "2026-01-20T01:59:59Z"));  // 20:59 in New York
    EXPECT_TRUE(quiet_at("21-7", "2026-01-20T02:00:00Z"));
    EXPECT_TRUE(quiet_at("21-7", "2026-01-20T11:59:59Z"));
    EXPECT_FALSE(quiet_at("21-7", "2026-01-20T12:00:00Z"));
}

TEST(QuietHours, LieWithinADay) {
    EXPECT_FALSE(quiet_at(" 12 - 14 ", "2026-01-19T16:59:00Z"));
    EXPECT_TRUE(quiet_at("12-14", "2026-01-19T17:00:00Z"));
    EXPECT_FALSE(quiet_at("12-14", "2026-01-19T19:00:00Z"));
}

TEST(QuietHours, EndWithTheClockThatIsShownOnTheNightsItIsChanged) {
    // 8 March 2026: two o'clock becomes three. Seven in the morning is 11:00 UTC then.
    EXPECT_TRUE(quiet_at("21-7", "2026-03-08T10:59:00Z"));
    EXPECT_FALSE(quiet_at("21-7", "2026-03-08T11:00:00Z"));
    // 1 November 2026: two o'clock becomes one. Seven is 12:00 UTC.
    EXPECT_TRUE(quiet_at("21-7", "2026-11-01T11:59:00Z"));
    EXPECT_FALSE(quiet_at("21-7", "2026-11-01T12:00:00Z"));
}

TEST(QuietHours, AreNoneWhereNothingIsSet) {
    EXPECT_FALSE(quiet_at("", "2026-01-20T05:00:00Z"));
    EXPECT_FALSE(QuietHours().hold(*instant_from("2026-01-20T05:00:00Z"), office));
}

TEST(QuietHours, AreTwoHoursAndNothingElse) {
    for (const char* text :
         {"21", "21-", "-7", "21-25", "7-7", "0-24", "nine-seven", "21:00-7:00", "21-7-8"})
        EXPECT_FALSE(QuietHours::from(text)) << text;
}

}  // namespace
}  // namespace dreams::delivery
