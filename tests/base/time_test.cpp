// Two kinds of time and the ways between them: UTC instants, the office's days, and the days of
// 23 and 25 hours.

#include "base/time.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "base/error.h"

namespace dreams {
namespace {

using namespace std::chrono;

const Zone& new_york() {
    static const Zone zone("America/New_York");
    return zone;
}

Date day(int y, unsigned m, unsigned d) {
    return Date{year_month_day{year{y}, month{m}, std::chrono::day{d}}};
}

Instant at(std::string_view text) {
    return instant_from(text).value();
}

// ---- Instants

TEST(Instants, AreWrittenInTwentyCharacters) {
    EXPECT_EQ(to_text(Instant{}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_text(Instant{seconds{-1}}), "1969-12-31T23:59:59Z");
    EXPECT_EQ(to_text(Instant{seconds{4'102'444'800}}), "2100-01-01T00:00:00Z");
}

TEST(Instants, AreReadInEveryWayThatNamesItsZone) {
    for (const auto* text :
         {"2026-01-19T16:00:00Z", "2026-01-19 16:00:00Z", "2026-01-19T16:00:00+00:00",
          "2026-01-19T11:00:00-05:00", "2026-01-19T11:00:00-0500", "2026-01-19T21:30:00+0530",
          "2026-01-19T17:00:00+01", "2026-01-19T16:00:00.123456Z", "2026-01-19T16:00:00.9+00:00"})
        EXPECT_EQ(at(text), Instant{seconds{1'768'838'400}}) << text;
}

TEST(Instants, AreNotGuessed) {
    for (const auto* text :
         {"", "2026-01-19", "2026-01-19T16:00:00", "2026-01-19 16:00:00", "2026-01-19T16:00Z",
          "2026-13-19T16:00:00Z", "2026-02-29T16:00:00Z", "2026-01-19T24:00:00Z",
          "2026-01-19T16:60:00Z", "2026-01-19T16:00:00 Z", "2026-01-19T16:00:00+5",
          "2026-01-19T16:00:00Zulu", "26-01-19T16:00:00Z", "2026-1-19T16:00:00Z", "now",
          "2026-01-19t16:00:00Z", "2026-01-19X16:00:00Z", "２０２６-01-19T16:00:00Z"})
        EXPECT_EQ(instant_from(text), std::nullopt) << text;
}

TEST(Instants, ComeBackFromTheirText) {
    const bool holds = rc::check("to_text and instant_from undo one another", [] {
        const Instant instant{
            seconds{*rc::gen::inRange<std::int64_t>(-62'135'596'800, 253'402'300'799)}};
        RC_ASSERT(to_text(instant).size() == 20u);
        RC_ASSERT(instant_from(to_text(instant)) == instant);
    });
    EXPECT_TRUE(holds);
}

TEST(Instants, SortAsTheirTexts) {
    const bool holds = rc::check("the file compares instants as texts", [] {
        const auto some = rc::gen::inRange<std::int64_t>(0, 200'000'000'000);
        const Instant a{seconds{*some}}, b{seconds{*some}};
        RC_ASSERT((a < b) == (to_text(a) < to_text(b)));
    });
    EXPECT_TRUE(holds);
}

TEST(Instants, AreReadWithoutFallingOverAnyText) {
    const bool holds = rc::check("an arbitrary text is an instant or none", [] {
        const auto text = *rc::gen::arbitrary<std::string>();
        if (const auto instant = instant_from(text)) RC_ASSERT(instant_from(to_text(*instant)));
        date_from(text);
        new_york().instant_from_local(text);
    });
    EXPECT_TRUE(holds);
}

// ---- Dates

TEST(Dates, AreWrittenAndRead) {
    EXPECT_EQ(to_text(day(2026, 1, 9)), "2026-01-09");
    EXPECT_EQ(date_from("2024-02-29"), day(2024, 2, 29));
    for (const auto* text : {"2026-02-29", "2026-1-9", "2026-01-09 ", "2026/01/09", "", "today"})
        EXPECT_EQ(date_from(text), std::nullopt) << text;
}

// ---- The office's clock

TEST(Zones, AreNamedAsIanaNamesThem) {
    EXPECT_EQ(new_york().name(), "America/New_York");
    EXPECT_THROW(Zone("New York"), Error);
    EXPECT_THROW(Zone("../../etc/passwd"), Error);
    EXPECT_THROW(Zone(""), Error);
}

TEST(Zones, SayWhichDayItIsThere) {
    EXPECT_EQ(new_york().date_of(at("2026-01-19T04:59:59Z")), day(2026, 1, 18));
    EXPECT_EQ(new_york().date_of(at("2026-01-19T05:00:00Z")), day(2026, 1, 19));
    EXPECT_EQ(new_york().date_of(at("2026-07-19T03:59:59Z")), day(2026, 7, 18));
    EXPECT_EQ(Zone("Pacific/Auckland").date_of(at("2026-01-19T11:00:00Z")), day(2026, 1, 20));
}

TEST(Zones, KnowDaysOfTwentyThreeAndTwentyFiveHours) {
    const auto length = [](Date date) {
        return duration_cast<hours>(new_york().start_of(date + days{1}) -
                                    new_york().start_of(date));
    };
    EXPECT_EQ(length(day(2026, 3, 7)), hours{24});
    EXPECT_EQ(length(day(2026, 3, 8)), hours{23});
    EXPECT_EQ(length(day(2026, 11, 1)), hours{25});
    EXPECT_EQ(to_text(new_york().start_of(day(2026, 11, 1))), "2026-11-01T04:00:00Z");
    EXPECT_EQ(to_text(new_york().start_of(day(2026, 11, 2))), "2026-11-02T05:00:00Z");
}

TEST(Zones, BeginADayThatHasNoMidnightWhenItBegins) {
    // Santiago set its clocks from 24:00 to 01:00 on 7 September 2025.
    const Zone santiago("America/Santiago");
    const Instant start = santiago.start_of(day(2025, 9, 7));
    EXPECT_EQ(santiago.date_of(start), day(2025, 9, 7));
    EXPECT_EQ(santiago.date_of(start - seconds{1}), day(2025, 9, 6));
    EXPECT_EQ(santiago.to_local_text(start), "2025-09-07 01:00");
}

TEST(Zones, HoldEveryInstantInExactlyOneDay) {
    const bool holds = rc::check("start_of(date) <= instant < start_of(date + 1)", [] {
        static const std::vector<Zone> zones{new_york(), Zone("America/Santiago"),
                                             Zone("Australia/Lord_Howe"), Zone("UTC")};
        const Zone& zone = zones[*rc::gen::inRange<std::size_t>(0, zones.size())];
        const Instant instant{seconds{*rc::gen::inRange<std::int64_t>(0, 4'000'000'000)}};
        const Date date = zone.date_of(instant);
        RC_ASSERT(zone.start_of(date) <= instant);
        RC_ASSERT(instant < zone.start_of(date + days{1}));
    });
    EXPECT_TRUE(holds);
}

TEST(Zones, ReadAWallClock) {
    EXPECT_EQ(new_york().instant_from_local("2026-01-19T11:00:00"), at("2026-01-19T16:00:00Z"));
    EXPECT_EQ(new_york().instant_from_local("2026-07-19 11:00:00.25"), at("2026-07-19T15:00:00Z"));
    EXPECT_EQ(new_york().instant_from_local("2026-01-19T11:00:00Z"), std::nullopt)
        << "it says its own zone";
    EXPECT_EQ(new_york().instant_from_local("11:00"), std::nullopt);
}

TEST(Zones, TellPeopleTheTimeThere) {
    EXPECT_EQ(new_york().to_local_text(at("2026-01-19T16:05:09Z")), "2026-01-19 11:05");
}

// ---- Clocks

TEST(Clocks, ThatAreFixedStandStill) {
    const auto clock = system_clock(at("2026-01-19T16:00:00Z"));
    EXPECT_EQ(clock->now(), at("2026-01-19T16:00:00Z"));
    const auto before = clock->ticks();
    clock->sleep(milliseconds{2});
    EXPECT_GT(clock->ticks(), before) << "intervals go on";
    EXPECT_EQ(clock->now(), at("2026-01-19T16:00:00Z"));
}

TEST(Clocks, ThatHurrySleepLessAndTickMore) {
    const auto clock = hurried_clock(1000);
    const auto before = clock->ticks();
    clock->sleep(seconds{2});  // two thousandths of one
    EXPECT_GE(clock->ticks() - before, seconds{2});
}

TEST(Clocks, ForTestsMoveWhenSleptOn) {
    ManualClock clock(at("2026-01-19T16:00:00Z"));
    clock.sleep(seconds{90});
    EXPECT_EQ(clock.now(), at("2026-01-19T16:01:30Z"));
    EXPECT_EQ(clock.ticks(), seconds{90});
    clock.sleep(milliseconds{500});
    EXPECT_EQ(clock.now(), at("2026-01-19T16:01:30Z"));
}

}  // namespace
}  // namespace dreams
