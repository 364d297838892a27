// Two threads on one timetable: what is due does not wait for a job that takes long.

#include "jobs/timetable.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "store/timetable.h"
#include "support/database.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;

/// Both threads read it, and one of them sets it forward.
class SharedClock : public Clock {
public:
    Instant now() const override {
        return test::monday + std::chrono::floor<std::chrono::seconds>(ticks());
    }
    std::chrono::steady_clock::duration ticks() const override {
        return std::chrono::steady_clock::duration{ticks_};
    }
    void sleep(std::chrono::steady_clock::duration how_long) override {
        ticks_ += how_long.count();
        std::this_thread::sleep_for(1ms);
    }

private:
    std::atomic<std::chrono::steady_clock::rep> ticks_ = 0;
};

/// The long job ends when the other has been done twice: in one thread it would never.
TEST(TwoThreads, DoTheOtherJobsWhileOneTakesLong) {
    const test::Folder folder;
    test::database(folder);
    SharedClock clock;
    std::stop_source stop;
    std::atomic<int> other = 0, at_once = 0, most_at_once = 0;
    const auto long_one = [&](Db&) {
        while (other < 2) clock.sleep(1s);
        stop.request_stop();
        return JobReport{};
    };
    const auto short_one = [&](Db&) {
        most_at_once = std::max(most_at_once.load(), ++at_once);
        clock.sleep(1s);
        --at_once, ++other;
        return JobReport{};
    };
    Timetable table([&] { return store::open_file(folder.file("dreams.db")); },
                    {{.name = "long", .when = Cron("1 11 * * *"), .run = long_one},
                     {.name = "short", .when = Cron("2-59 11-23 * * *"), .run = short_one}},
                    Zone("America/New_York"), clock, 0s);
    table.plan();
    {
        std::jthread in_order([&] { table.go_on(stop.get_token()); });
        std::jthread beside([&] { table.go_on(stop.get_token(), Turn::beside); });
    }
    EXPECT_EQ(most_at_once, 1) << "no job is done twice together";
    Db db = store::open_file(folder.file("dreams.db"));
    EXPECT_EQ(store::timed_job(db, "long")->outcome, JobEnd::done);
    EXPECT_EQ(store::timed_job(db, "short")->outcome, JobEnd::done);
}

}  // namespace
}  // namespace dreams::jobs
