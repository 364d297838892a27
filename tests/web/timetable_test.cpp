// The page of the timetable: what is due, what was made up, who is at it, and the button.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include "store/lease.h"
#include "store/timetable.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::monday;
using test::WebSite;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

/// At 11:00 in New York; fub ran at 10:00 and is due at noon, notion is off.
class TimetablePage : public testing::Test {
protected:
    TimetablePage() {
        store::keep_timed_job(site.db, fub);
        store::keep_timed_job(site.db,
                              {.name = "notion", .why_off = "your listing site is not set up"});
    }
    WebSite site;
    TimedJob fub{.name = "fub",
                 .schedule = "0 12 * * *",
                 .due_at = monday + 1h,
                 .started_at = monday - 1h,
                 .ended_at = monday - 1h + 75s,
                 .outcome = JobEnd::done,
                 .sentence = "3 new, 2 changed, 9 requests"};
};

TEST_F(TimetablePage, ShowsTheNextRunsAndTheLast) {
    EXPECT_THAT(site.body("/timetable"),
                AllOf(HasSubstr("Read Follow Up Boss"), HasSubstr("12:00 daily"),
                      HasSubstr("January 19, 12:00 pm"),
                      HasSubstr("then January 20, 12:00 pm; January 21, 12:00 pm"),
                      HasSubstr("January 19, 10:00 am"), HasSubstr("1 min 15 s"),
                      HasSubstr("3 new, 2 changed, 9 requests."), HasSubstr("outcome-done"),
                      HasSubstr("Your listing site is not set up."), HasSubstr("America/New_York"),
                      Not(HasSubstr("made up")), Not(HasSubstr("under way")),
                      HasSubstr("/timetable/fub/run"), Not(HasSubstr("/timetable/notion/run"))));
    const auto answer = site.json("/api/v1/timetable");
    EXPECT_EQ(answer.at("jobs").at(0).at("state"), "planned");
    EXPECT_EQ(answer.at("jobs").at(0).at("next").as_array().size(), 3u);
    EXPECT_EQ(answer.at("jobs").at(1).at("state"), "off");
    EXPECT_TRUE(answer.at("jobs").at(0).at("holder").is_null());
}

TEST_F(TimetablePage, SaysWhatWentWrongAndWhatWasMadeUp) {
    fub.outcome = JobEnd::failed;
    fub.sentence = "FUB does not know <this> key";
    fub.was_due_at = monday - 25h;
    store::keep_timed_job(site.db, fub);
    EXPECT_THAT(site.body("/timetable"),
                AllOf(HasSubstr("outcome-failed"), HasSubstr("FUB does not know &lt;this&gt; key."),
                      HasSubstr("made up: due January 18, 10:00 am")));
    EXPECT_TRUE(site.json("/api/v1/timetable").at("jobs").at(0).at("made_up").as_bool());
}

TEST_F(TimetablePage, SaysWhenABusyJobIsTriedAgain) {
    fub.outcome = JobEnd::busy;
    fub.sentence = "another run of 'sync fub' is under way";
    fub.again_since = monday - 1h;
    fub.due_at = monday + 9min;
    store::keep_timed_job(site.db, fub);
    EXPECT_THAT(
        site.body("/timetable"),
        AllOf(HasSubstr("is under way. It is tried again at 11:09 am"), HasSubstr("outcome-busy")));
    EXPECT_EQ(site.json("/api/v1/timetable").at("jobs").at(0).at("again_since"),
              to_text(monday - 1h).c_str());
}

TEST_F(TimetablePage, CountsWhatWasReadByHand) {
    site.db.run(
        "INSERT INTO sync_log (sync_type, source, direction, completed_at) "
        "VALUES ('recent', 'fub', 'import', :at)",
        {{"at", monday - 10min}});
    EXPECT_THAT(site.body("/timetable"),
                AllOf(HasSubstr("January 19, 10:50 am"), HasSubstr("by hand"),
                      Not(HasSubstr("3 new, 2 changed"))));
    fub.ended_at = monday - 10min;
    store::keep_timed_job(site.db, fub);
    EXPECT_THAT(site.body("/timetable"), Not(HasSubstr("by hand"))) << "that run was the job's own";
}

TEST_F(TimetablePage, SaysWhenNobodyKeepsTheTimetable) {
    fub.due_at = monday - 3h;
    store::keep_timed_job(site.db, fub);
    EXPECT_THAT(site.body("/timetable"),
                HasSubstr("no program keeps the timetable since January 19, 8:00 am"));
    EXPECT_EQ(site.json("/api/v1/timetable").at("jobs").at(0).at("state"), "waiting");
    fub.ended_at.reset();
    store::keep_timed_job(site.db, fub);
    EXPECT_THAT(site.body("/timetable"), HasSubstr("It was cut off"));
    EXPECT_EQ(site.json("/api/v1/timetable").at("jobs").at(0).at("state"), "cut_off");
}

TEST_F(TimetablePage, SaysWhoIsAtIt) {
    const store::Lease lease(site.db, store::lease_of_job("fub"), monday - 5min);
    const auto process = std::to_string(::getpid());
    EXPECT_THAT(site.body("/timetable"),
                AllOf(HasSubstr("process " + process + " on "), HasSubstr("since 10:55 am"),
                      HasSubstr("under way"), Not(HasSubstr("/timetable/fub/run"))));
    EXPECT_EQ(site.json("/api/v1/timetable").at("jobs").at(0).at("holder").at("process"),
              process.c_str());
}

TEST_F(TimetablePage, HasAJobRunNow) {
    EXPECT_EQ(site.ask("POST", "/timetable/fub/run", {{"Sec-Fetch-Site", "cross-site"}}).status,
              403)
        << "another site's form";
    EXPECT_EQ(store::timed_job(site.db, "fub")->due_at, monday + 1h);
    EXPECT_EQ(site.ask("POST", "/timetable/fub/run").status, 303);
    EXPECT_EQ(store::timed_job(site.db, "fub")->due_at, monday);
    EXPECT_THAT(site.body("/timetable"), AllOf(HasSubstr("under way"), HasSubstr(">waiting</span>"),
                                               Not(HasSubstr("/timetable/fub/run"))))
        << "asked for once";
    EXPECT_EQ(site.ask("POST", "/timetable/notion/run").status, 409);
    EXPECT_EQ(site.ask("POST", "/timetable/none/run").status, 404);
    EXPECT_EQ(site.get("/timetable/fub/run").status, 405);
}

TEST_F(TimetablePage, SaysAtOnceThatAProgramWithoutJobsDoesNone) {
    site.options.keeps_timetable = false;
    site.dashboard = Dashboard(site.options);
    EXPECT_THAT(site.body("/timetable"), Not(HasSubstr("--no-jobs"))) << "nothing waits";
    site.ask("POST", "/timetable/fub/run");
    EXPECT_THAT(site.body("/timetable"),
                HasSubstr("This one was started with --no-jobs; dreams run keeps it."));
}

TEST(EmptyTimetable, SaysHowToGetOne) {
    const WebSite site;
    EXPECT_THAT(site.body("/timetable"), HasSubstr("No timetable yet"));
    EXPECT_TRUE(site.json("/api/v1/timetable").at("jobs").as_array().empty());
}

}  // namespace
}  // namespace dreams::web
