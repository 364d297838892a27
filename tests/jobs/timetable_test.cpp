// Jobs by the clock: due, missed, killed, asked for, and done by two programs at once.

#include "jobs/timetable.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <functional>
#include <new>

#include "base/error.h"
#include "store/lease.h"
#include "store/timetable.h"
#include "support/database.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;
using test::monday;  // 11:00 in New York
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Jobs : public testing::Test {
protected:
    Jobs() { test::database(folder); }

    /// A timetable in which `daily` is due at 12:00 and `hourly` every hour.
    Timetable timetable(const std::string& daily = "0 12 * * *", std::chrono::seconds jitter = 0s,
                        const std::string& zone = "America/New_York") {
        const auto job = [this](const std::string& name, std::optional<Cron> when) {
            return Scheduled{.name = name,
                             .when = std::move(when),
                             .why_off = "it is not set up",
                             .run = [this, name](Db&) {
                                 ran.push_back(name + " " + to_text(clock.now()).substr(11, 5));
                                 if (wrong) wrong();
                                 return JobReport{JobEnd::done, "did it"};
                             }};
        };
        std::vector<Scheduled> jobs{job("daily", Cron(daily)), job("hourly", Cron("0 * * * *")),
                                    job("off", std::nullopt)};
        Timetable table([this] { return open(); }, std::move(jobs), Zone(zone), clock, jitter);
        table.plan();
        return table;
    }
    Db open() { return store::open_file(folder.file("dreams.db")); }
    TimedJob state(const std::string& name) {
        Db db = open();
        return store::timed_job(db, name).value();
    }
    void look_for(Timetable& table, std::chrono::minutes how_long) {
        for (auto passed = 0min; passed < how_long; passed += 1min) {
            clock.sleep(1min);
            table.do_what_is_due();
        }
    }

    test::Folder folder;
    ManualClock clock{monday};
    std::vector<std::string> ran;
    std::function<void()> wrong;
};

TEST_F(Jobs, RunWhenTheyAreDue) {
    auto table = timetable();
    EXPECT_EQ(table.do_what_is_due(), 0) << "nothing has been missed before there was a timetable";
    look_for(table, 121min);
    EXPECT_THAT(ran, ElementsAre("daily 17:00", "hourly 17:00", "hourly 18:00"));
    EXPECT_EQ(state("daily").outcome, JobEnd::done);
    EXPECT_EQ(state("daily").sentence, "did it");
    EXPECT_EQ(state("daily").due_at, monday + 25h);
    EXPECT_EQ(state("off").due_at, std::nullopt);
    EXPECT_EQ(state("off").why_off, "it is not set up");
}

TEST_F(Jobs, ThatWereMissedAreMadeUpOnce) {
    timetable();
    clock.sleep(5 * 24h + 30min);
    auto table = timetable();
    EXPECT_EQ(table.do_what_is_due(), 2);
    EXPECT_EQ(table.do_what_is_due(), 0);
    EXPECT_THAT(ran, ElementsAre("daily 16:30", "hourly 16:30"));
    EXPECT_EQ(state("daily").was_due_at, monday + 1h);
    EXPECT_TRUE(state("daily").was_made_up());
    look_for(table, 31min);
    EXPECT_EQ(state("hourly").was_due_at, monday + 5 * 24h + 1h);
    EXPECT_FALSE(state("hourly").was_made_up()) << "it was on time";
}

TEST_F(Jobs, ThatFailSaySoAndComeAgainAtTheirTime) {
    auto table = timetable();
    wrong = [] { throw Error(Fault::unavailable, "it went wrong"); };
    look_for(table, 61min);
    EXPECT_EQ(state("daily").outcome, JobEnd::failed);
    EXPECT_EQ(state("daily").sentence, "it went wrong");
    EXPECT_EQ(state("hourly").due_at, monday + 2h);
    wrong = [] { throw store::LeaseHeld("another is at it"); };
    look_for(table, 61min);
    EXPECT_EQ(state("hourly").outcome, JobEnd::busy);
}

TEST_F(Jobs, ThatFindAnotherAtTheirWorkComeAgainInMinutes) {
    auto table = timetable();
    wrong = [] { throw store::LeaseHeld("another is at it"); };
    look_for(table, 61min);
    EXPECT_EQ(state("daily").outcome, JobEnd::busy);
    EXPECT_EQ(state("daily").due_at, monday + 1h + 10min);
    EXPECT_EQ(state("daily").again_since, monday + 1h);
    EXPECT_EQ(table.do_what_is_due(), 0);
    timetable();
    EXPECT_EQ(state("daily").due_at, monday + 1h + 10min) << "the next program keeps it";
    look_for(table, 15min);
    wrong = nullptr;
    look_for(table, 10min);
    EXPECT_EQ(state("daily").outcome, JobEnd::done);
    EXPECT_EQ(state("daily").was_due_at, monday + 1h) << "it was late for its time";
    EXPECT_EQ(state("daily").due_at, monday + 25h);
    EXPECT_EQ(state("daily").again_since, std::nullopt);
}

TEST_F(Jobs, ThatFindAnotherAtTheirWorkAllDayWaitForTheirTime) {
    auto table = timetable();
    wrong = [] { throw store::LeaseHeld("another is at it"); };
    look_for(table, 14h);
    EXPECT_EQ(state("daily").due_at, monday + 25h);
    EXPECT_EQ(state("daily").again_since, std::nullopt);
    EXPECT_EQ(std::ranges::count_if(ran, [](auto& each) { return each.starts_with("daily"); }), 73)
        << "every ten minutes for half a day";
    EXPECT_EQ(state("hourly").was_due_at, monday + 14h) << "its next time goes before a try";
}

TEST_F(Jobs, ThatAskForAnotherTryComeAgainInMinutes) {
    int tries = 0;
    Timetable table([this] { return open(); },
                    {{.name = "news",
                      .when = Cron("0 12 * * *"),
                      .run =
                          [&](Db&) {
                              return JobReport{JobEnd::done, "half of it", ++tries < 3};
                          }}},
                    Zone("America/New_York"), clock, 0s);
    table.plan();
    look_for(table, 180min);
    EXPECT_EQ(tries, 3);
    EXPECT_EQ(state("news").due_at, monday + 25h);
}

TEST_F(Jobs, WaitForNoneThatTakesLong) {
    auto table = timetable();
    clock.sleep(61min);
    EXPECT_EQ(table.do_what_is_due(Turn::beside), 0) << "they have their turn";
    Db db = open();
    auto daily = state("daily");
    daily.started_at = clock.now();
    daily.ended_at.reset();
    store::keep_timed_job(db, daily);
    const store::Lease at_work(db, "job daily", clock.now());
    clock.sleep(10min);
    EXPECT_EQ(table.do_what_is_due(Turn::beside), 0) << "most jobs end soon";
    clock.sleep(5min);
    EXPECT_EQ(table.do_what_is_due(Turn::beside), 1);
    EXPECT_THAT(ran, ElementsAre("hourly 17:16"));
}

TEST_F(Jobs, ThatThrowWhatIsNotOursFailAlone) {
    auto table = timetable();
    wrong = [] { std::filesystem::rename("/nowhere/a", "/nowhere/b"); };
    look_for(table, 61min);
    EXPECT_EQ(state("daily").outcome, JobEnd::failed);
    EXPECT_EQ(state("daily").sentence, "/nowhere/a cannot be reached: No such file or directory");
    wrong = [] { throw std::bad_alloc(); };
    look_for(table, 60min);
    EXPECT_THAT(state("hourly").sentence.value(), HasSubstr("not enough memory"));
    EXPECT_EQ(ran.size(), 3u) << "the others had their turn";
}

TEST_F(Jobs, AreDoneByOneOfTwoPrograms) {
    auto one = timetable(), other = timetable();
    clock.sleep(61min);
    EXPECT_EQ(one.do_what_is_due() + other.do_what_is_due(), 2);
    EXPECT_EQ(ran.size(), 2u);
    clock.sleep(24h);
    Db db = open();
    const store::Lease elsewhere(db, "job daily", clock.now());
    EXPECT_EQ(one.do_what_is_due(), 1) << "hourly alone";
    EXPECT_THROW(one.do_now("daily"), Error);
}

TEST_F(Jobs, ThatWereKilledAreDoneAgain) {
    auto table = timetable();
    Db db = open();
    auto killed = store::timed_job(db, "daily").value();
    killed.started_at = monday;
    killed.was_due_at = monday - 1h;
    store::keep_timed_job(db, killed);
    EXPECT_EQ(table.do_what_is_due(), 1);
    EXPECT_TRUE(state("daily").ended_at);
    EXPECT_EQ(state("daily").was_due_at, monday - 1h) << "it was due when it was first begun";
    EXPECT_EQ(table.do_what_is_due(), 0);
}

TEST_F(Jobs, CanBeAskedForAndDoneByName) {
    auto table = timetable();
    Db db = open();
    store::ask_for_job(db, "daily", clock.now());
    EXPECT_EQ(table.do_what_is_due(), 1);
    EXPECT_THROW(store::ask_for_job(db, "off", clock.now()), Error);
    EXPECT_THROW(store::ask_for_job(db, "none", clock.now()), Error);
    EXPECT_EQ(table.do_now("hourly").sentence, "did it");
    EXPECT_EQ(ran.size(), 2u);
    try {
        table.do_now("weekly");
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("there are daily, hourly, off"));
    }
}

TEST_F(Jobs, GetANewTimeWithANewSchedule) {
    timetable();
    EXPECT_EQ(state("daily").due_at, monday + 1h);
    timetable("0 15 * * *");
    EXPECT_EQ(state("daily").due_at, monday + 4h);
    clock.sleep(1h);
    timetable("0 15 * * *");
    EXPECT_EQ(state("daily").due_at, monday + 4h) << "the same schedule moves nothing";
}

TEST_F(Jobs, PlannedByAClockThatWasAheadGetTheirTimeBack) {
    const auto planned_ahead = [this] {
        Db db = open();
        auto job = store::timed_job(db, "daily").value();
        job.due_at = monday + 4 * 365 * 24h;
        store::keep_timed_job(db, job);
        return sleeps_too_long(job, Zone("America/New_York"), 0s, clock.now());
    };
    auto table = timetable();
    EXPECT_TRUE(planned_ahead());
    EXPECT_EQ(table.do_what_is_due(), 0);
    EXPECT_EQ(state("daily").due_at, monday + 1h) << "a program that goes on sees it";
    EXPECT_FALSE(sleeps_too_long(state("daily"), Zone("America/New_York"), 0s, clock.now()));
    EXPECT_TRUE(planned_ahead());
    timetable();
    EXPECT_EQ(state("daily").due_at, monday + 1h) << "one that begins does, too";
}

TEST_F(Jobs, GetANewTimeInAnotherZone) {
    timetable();
    timetable("0 12 * * *", 0s, "America/Denver");
    EXPECT_EQ(state("daily").due_at, monday + 3h) << "noon is later there";
    timetable();
    EXPECT_EQ(state("daily").due_at, monday + 1h);
}

TEST_F(Jobs, ThatWereMissedStayMissedWhenTheyArePlannedAgain) {
    timetable();
    clock.sleep(25h + 30min);
    auto table = timetable("0 12 * * *", 0s, "America/Denver");
    EXPECT_EQ(table.do_what_is_due(), 2);
}

TEST_F(Jobs, DoneByNamePlanNoOther) {
    Timetable table(
        [this] { return open(); },
        {{.name = "one", .when = Cron("0 1 * * *"), .run = [](Db&) { return JobReport{}; }},
         {.name = "other", .when = Cron("0 1 * * *")}},
        Zone("UTC"), clock, 0s);
    table.do_now("one");
    EXPECT_EQ(state("one").schedule, "0 1 * * *");
    Db db = open();
    EXPECT_FALSE(store::timed_job(db, "other"));
}

TEST_F(Jobs, AreSpreadByAJitterThatIsTheirs) {
    timetable("0 12 * * *", 10min);
    const auto first = state("daily").due_at.value();
    EXPECT_GE(first, monday + 1h);
    EXPECT_LE(first, monday + 70min);
    auto table = timetable("0 12 * * *", 10min);
    EXPECT_EQ(state("daily").due_at, first);
    clock.sleep(first - clock.now() - 1s);
    timetable("0 12 * * *", 10min);
    EXPECT_EQ(state("daily").due_at, first) << "nor while its jitter is waited for";
    look_for(table, 23h);
    EXPECT_EQ(
        std::ranges::count_if(ran, [](const auto& each) { return each.starts_with("daily"); }), 1)
        << "put off by its jitter it does not come twice";
}

TEST_F(Jobs, GoOnUntilTheyAreAskedToStop) {
    std::stop_source stop;
    Timetable table([this] { return open(); },
                    {{.name = "last",
                      .when = Cron("*/5 * * * *"),
                      .run =
                          [&](Db&) {
                              stop.request_stop();
                              return JobReport{};
                          }}},
                    Zone("UTC"), clock, 0s);
    table.plan();
    table.go_on(stop.get_token());
    EXPECT_TRUE(state("last").ended_at);
    EXPECT_GE(clock.now(), monday + 5min);
}

}  // namespace
}  // namespace dreams::jobs
