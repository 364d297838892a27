// When something is due: crontab's five fields, and the days on which the clocks change.

#include "base/cron.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <set>

#include "base/error.h"

namespace dreams {
namespace {

using namespace std::chrono;
using testing::ElementsAre;
using testing::HasSubstr;

const Zone& new_york() {
    static const Zone zone("America/New_York");
    return zone;
}

Instant at(std::string_view text) {
    return instant_from(text).value();
}

/// What a job is due at within a span, as the office's clocks show it.
std::vector<std::string> due(const std::string& text, std::string_view from, std::string_view to,
                             const Zone& zone = new_york()) {
    const Cron cron(text);
    std::vector<std::string> times;
    for (auto when = cron.next(at(from), zone); when < at(to); when = cron.next(when, zone))
        times.push_back(zone.to_local_text(when));
    return times;
}

TEST(Cron, IsDueEveryDayAtItsTime) {
    EXPECT_THAT(due("0 11 * * *", "2026-01-19T15:59:59Z", "2026-01-22T00:00:00Z"),
                ElementsAre("2026-01-19 11:00", "2026-01-20 11:00", "2026-01-21 11:00"));
    EXPECT_THAT(due("30 6,18 * * *", "2026-01-19T00:00:00Z", "2026-01-20T00:00:00Z"),
                ElementsAre("2026-01-19 06:30", "2026-01-19 18:30"));
}

TEST(Cron, IsDueAfterAndNotAtTheInstantAskedFor) {
    EXPECT_EQ(Cron("0 11 * * *").next(at("2026-01-19T16:00:00Z"), new_york()),
              at("2026-01-20T16:00:00Z"));
    EXPECT_EQ(Cron("0 11 * * *").next(at("2026-01-19T15:59:59Z"), new_york()),
              at("2026-01-19T16:00:00Z"));
}

TEST(Cron, ReadsListsRangesStepsAndNames) {
    EXPECT_THAT(due("0 8-12/2,17 * * *", "2026-01-19T05:00:00Z", "2026-01-20T05:00:00Z"),
                ElementsAre("2026-01-19 08:00", "2026-01-19 10:00", "2026-01-19 12:00",
                            "2026-01-19 17:00"));
    EXPECT_THAT(due("*/20 9 * JAN mon-tue", "2026-01-20T05:00:00Z", "2026-01-26T05:00:00Z"),
                ElementsAre("2026-01-20 09:00", "2026-01-20 09:20", "2026-01-20 09:40"));
    for (const auto* sunday : {"0 9 * * 0", "0 9 * * 7", "0 9 * * Sun", "0  9 * *  5-7/2"})
        EXPECT_EQ(due(sunday, "2026-01-24T05:00:00Z", "2026-01-26T05:00:00Z").size(), 1u) << sunday;
}

TEST(Cron, IsDueOnEitherWhenBothKindsOfDayAreNamed) {
    EXPECT_THAT(due("0 9 21 * mon", "2026-01-18T05:00:00Z", "2026-01-25T05:00:00Z"),
                ElementsAre("2026-01-19 09:00", "2026-01-21 09:00"));
}

TEST(Cron, IsSaidInWordsWhereThatIsSimple) {
    EXPECT_EQ(Cron("0 11 * * *").in_words(), "11:00 daily");
    EXPECT_EQ(Cron("30 18,6 * * *").in_words(), "06:30, 18:30 daily");
    EXPECT_EQ(Cron("15 */4 * * *").in_words(), "00:15, 04:15, 08:15, 12:15, 16:15, 20:15 daily");
    EXPECT_EQ(Cron("*/30 * * * *").in_words(), "every 30 minutes");
    EXPECT_EQ(Cron("*/1 * * * *").in_words(), "every minute");
    EXPECT_EQ(Cron("*/45 * * * *").in_words(), ":00, :45 of every hour");
    EXPECT_EQ(Cron("*/7 * * * *").in_words(), "*/7 * * * *");
    for (const auto* text : {"0 9 * * mon", "0 9 1 * *", "0 9 * 5 *", "5 * * * *", "*/5 9 * * *"})
        EXPECT_EQ(Cron(text).in_words(), text);
}

TEST(Cron, WaitsForALeapDay) {
    EXPECT_THAT(due("0 0 29 2 *", "2026-01-01T00:00:00Z", "2033-01-01T00:00:00Z"),
                ElementsAre("2028-02-29 00:00", "2032-02-29 00:00"));
    EXPECT_EQ(Cron("0 0 29 2 *").next(at("2096-03-01T00:00:00Z"), Zone("UTC")),
              at("2104-02-29T00:00:00Z"));
}

// ---- The clocks change: 8 March 2026 has 23 hours in New York, 1 November has 25.

TEST(Cron, RunsOnceOnTheDayOf23Hours) {
    EXPECT_THAT(due("30 2 * * *", "2026-03-07T05:00:00Z", "2026-03-10T04:00:00Z"),
                ElementsAre("2026-03-07 02:30", "2026-03-08 03:00", "2026-03-09 02:30"));
    EXPECT_THAT(due("0,30 2 * * *", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
                ElementsAre("2026-03-08 03:00"));
}

TEST(Cron, RunsOnceOnTheDayOf25Hours) {
    EXPECT_THAT(due("30 1 * * *", "2026-10-31T04:00:00Z", "2026-11-03T05:00:00Z"),
                ElementsAre("2026-10-31 01:30", "2026-11-01 01:30", "2026-11-02 01:30"));
    EXPECT_EQ(Cron("30 1 * * *").next(at("2026-11-01T04:00:00Z"), new_york()),
              at("2026-11-01T05:30:00Z"))
        << "the first of the two";
    const Zone berlin("Europe/Berlin");  // where it is 02:30 that comes twice
    EXPECT_EQ(due("30 2 * * *", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", berlin).size(), 1u);
}

TEST(Cron, OfEveryHourFollowsTheClock) {
    EXPECT_EQ(due("30 * * * *", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z").size(), 23u);
    EXPECT_EQ(due("30 * * * *", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z").size(), 25u);
}

TEST(Cron, SaysHowWhatOtherCronsKnowIsWritten) {
    const auto refusal = [](const char* text) -> std::string {
        try {
            return Cron(text).text();
        } catch (const Error& error) {
            return error.what();
        }
    };
    EXPECT_THAT(refusal("@daily"), HasSubstr("as 0 0 * * * has"));
    EXPECT_THAT(refusal("@Weekly"), HasSubstr("as 0 0 * * 0 has"));
    EXPECT_THAT(refusal("@reboot"), HasSubstr("as 30 2 * * * has"));
    EXPECT_THAT(refusal("5/15 * * * *"), HasSubstr("5-59/15 goes on from 5"));
}

TEST(Cron, RefusesWhatIsNone) {
    for (const auto* text : {"",
                             "* * * *",
                             "* * * * * *",
                             "60 * * * *",
                             "* 24 * * *",
                             "* * 0 * *",
                             "* * 32 * *",
                             "* * * 13 *",
                             "* * * * 8",
                             "* * * foo *",
                             "jan * * * *",
                             "5-1 * * * *",
                             "*/0 * * * *",
                             "*/99 * * * *",
                             "5/2 * * * *",
                             "1, * * * *",
                             "-1 * * * *",
                             "1-2-3 * * * *",
                             "0 0 30 2 *",
                             "0 0 31 4,6,9,11 *",
                             "@daily",
                             "0 0 * anf *"})
        EXPECT_THROW(Cron{text}, Error) << text;
}

TEST(Cron, ReadsOrRefusesAnyText) {
    const bool holds = rc::check("an arbitrary text is a time or an Error", [] {
        const auto letters = rc::gen::elementOf(std::string("0123459*/-, janmo"));
        try {
            Cron{*rc::gen::container<std::string>(letters)};
        } catch (const Error& error) {
            RC_ASSERT(error.fault() == Fault::invalid);
        }
    });
    EXPECT_TRUE(holds);
}

// ---- Against a walk over every minute

/// An expression's fields as sets, made apart from its text.
struct Fields {
    std::set<int> minutes, hours, weekdays;
    bool every_hour = false;

    bool fit(local_seconds wall) const {
        const Date date = floor<days>(wall);
        const auto minute =
            static_cast<int>(duration_cast<std::chrono::minutes>(wall - date).count());
        return minutes.contains(minute % 60) && (every_hour || hours.contains(minute / 60)) &&
               weekdays.contains(static_cast<int>(weekday{date}.c_encoding()));
    }
};

std::string listed(const std::set<int>& numbers) {
    std::string list;
    for (const int number : numbers) list += (list.empty() ? "" : ",") + std::to_string(number);
    return list;
}

local_seconds wall_of(Instant when, const Zone& zone) {
    const auto text = zone.to_local_text(when);
    return zone.date_of(when) + hours{std::stoi(text.substr(11, 2))} +
           minutes{std::stoi(text.substr(14, 2))};
}

/// Every minute of the world between, looked at one after another.
std::vector<Instant> walked(const Fields& fields, const Zone& zone, Instant from, Instant to) {
    std::vector<Instant> due;
    std::set<local_seconds> seen;
    for (Instant when = from - hours{3}; when < to; when += minutes{1}) {
        const auto wall = wall_of(when, zone);
        bool is_due = fields.fit(wall) && (fields.every_hour || !seen.contains(wall));
        if (!fields.every_hour && !seen.empty())  // what lies between was leapt over
            for (auto gone = *seen.rbegin() + minutes{1}; gone < wall; gone += minutes{1})
                is_due |= fields.fit(gone);
        seen.insert(wall);
        if (is_due && when > from) due.push_back(when);
    }
    return due;
}

TEST(Cron, AgreesWithAWalkOverEveryMinute) {
    // New York and Berlin change by an hour at night, Lord Howe by half of one, Havana and Santiago
    // at midnight, so that a day has no first hour or shows its last one twice.
    const bool holds = rc::check("the next times are those of the walk", [] {
        const Zone zone(*rc::gen::element<std::string>("America/New_York", "Europe/Berlin",
                                                       "Australia/Lord_Howe", "America/Havana",
                                                       "America/Santiago", "UTC"));
        const auto some = [](int most) {
            const auto numbers =
                *rc::gen::container<std::vector<int>>(4, rc::gen::inRange(0, most + 1));
            return std::set<int>(numbers.begin(), numbers.end());
        };
        const Fields fields{.minutes = some(59),
                            .hours = some(*rc::gen::element(3, 23)),
                            .weekdays = some(6),
                            .every_hour = *rc::gen::arbitrary<bool>()};
        const Cron cron(listed(fields.minutes) + " " +
                        (fields.every_hour ? "*" : listed(fields.hours)) + " * * " +
                        listed(fields.weekdays));
        // Around the days on which clocks change in the north and in the south.
        const auto start = *rc::gen::element("2026-03-06T12:00:00Z", "2026-03-27T12:00:00Z",
                                             "2026-10-23T12:00:00Z", "2026-10-30T12:00:00Z",
                                             "2026-04-03T12:00:00Z", "2026-09-04T12:00:00Z");
        const Instant from = at(start) + minutes{*rc::gen::inRange(0, 3000)};
        const Instant to = from + hours{36};
        std::vector<Instant> told;
        for (auto when = cron.next(from, zone); when < to; when = cron.next(when, zone))
            told.push_back(when);
        RC_ASSERT(told == walked(fields, zone, from, to));
    });
    EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace dreams
