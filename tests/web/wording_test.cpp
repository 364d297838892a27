#include "web/wording.h"

#include <gtest/gtest.h>

#include "support/database.h"

namespace dreams::web {
namespace {

using test::monday;
using namespace std::chrono_literals;
using std::chrono::days;

TEST(Ago, NamesTheLargestUnitThatFits) {
    EXPECT_EQ(ago(monday, monday), "just now");
    EXPECT_EQ(ago(monday - 59s, monday), "just now");
    EXPECT_EQ(ago(monday - 60s, monday), "1 minute ago");
    EXPECT_EQ(ago(monday - 59min, monday), "59 minutes ago");
    EXPECT_EQ(ago(monday - 60min, monday), "1 hour ago");
    EXPECT_EQ(ago(monday - 24h, monday), "yesterday");
    EXPECT_EQ(ago(monday - 48h, monday), "2 days ago");
    EXPECT_EQ(ago(monday - days{14}, monday), "2 weeks ago");
    EXPECT_EQ(ago(monday - days{60}, monday), "1 month ago");
    EXPECT_EQ(ago(monday - days{365}, monday), "12 months ago");
    EXPECT_EQ(ago(monday - days{730}, monday), "2 years ago");
    EXPECT_EQ(ago(monday + 30s, monday), "just now");
    EXPECT_EQ(ago(monday + days{3}, monday), "in 3 days");
    EXPECT_EQ(ago(std::optional<Instant>(), monday), std::nullopt);
}

TEST(DayText, HasTheYearOnlyWhenItIsAnother) {
    const Date today = *date_from("2026-01-19");
    EXPECT_EQ(day_text(today, today), "Monday, January 19");
    EXPECT_EQ(day_text(*date_from("2025-12-31"), today), "Wednesday, December 31, 2025");
}

TEST(TimeText, IsTheOfficesClock) {
    const Zone zone("America/New_York");
    EXPECT_EQ(time_text(*instant_from("2026-01-19T21:05:00Z"), zone), "4:05 pm");
    EXPECT_EQ(time_text(*instant_from("2026-01-19T05:00:00Z"), zone), "12:00 am");
    EXPECT_EQ(time_text(*instant_from("2026-07-19T16:30:00Z"), zone), "12:30 pm");
    EXPECT_EQ(moment_text(*instant_from("2026-01-20T03:05:00Z"), zone, *date_from("2026-01-19")),
              "January 19, 10:05 pm");
}

TEST(Dialled, IsWhatAPhoneTakes) {
    EXPECT_EQ(dialled("(828) 555-0100"), "+18285550100");
    EXPECT_EQ(dialled("1-828-555-0100"), "+18285550100");
    EXPECT_EQ(dialled(" +44 20 7946 0958"), "+442079460958");
    EXPECT_EQ(dialled("555-0100"), "5550100");
    EXPECT_EQ(dialled("none"), std::nullopt);
    EXPECT_EQ(dialled("911"), std::nullopt);
    EXPECT_EQ(dialled(std::nullopt), std::nullopt);
}

TEST(Wording, ShowsAmericanNumbersAsPeopleReadThemAndOthersAsTheyCame) {
    for (const auto* phone : {"8285550100", "828.555.0100", "+1 828 555 0100", "(828) 555-0100"})
        EXPECT_EQ(shown_phone(phone), "(828) 555-0100") << phone;
    for (const auto* phone : {"+44 20 7946 0958", "828-555-0100 x12", "555-0100", "ask Ana", ""})
        EXPECT_EQ(shown_phone(phone), phone);
    EXPECT_EQ(shown_phone(std::nullopt), std::nullopt);
}

TEST(Wording, SaysNumbersAsPeopleHereDo) {
    EXPECT_EQ(money(450'000), "$450,000");
    EXPECT_EQ(money(-5'000), "−$5,000");
    EXPECT_EQ(counted(1, "person", "people"), "1 person");
    EXPECT_EQ(counted(1'430, "person", "people"), "1,430 people");
    EXPECT_EQ(counted(0, "person", "people"), "0 people");
    EXPECT_EQ(signed_points(12.345), "+12.3");
    EXPECT_EQ(signed_points(-4), "−4.0");
    EXPECT_EQ(signed_points(0.01), "0.0");
    EXPECT_EQ(label_of("stage_factor"), "Stage factor");
    EXPECT_EQ(label_of(""), "");
}

}  // namespace
}  // namespace dreams::web
