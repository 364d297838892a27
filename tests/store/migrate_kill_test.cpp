// Killed anywhere, out of disk anywhere: the file is as it was, or wholly new, and the next run
// makes of it what an undisturbed one makes.

#include <gmock/gmock.h>

#include "january.h"
#include "support/disk.h"
#include "support/kills.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;
using test::Disk;
using testing::HasSubstr;

/// A January file to be migrated over and over, and what it is before and after.
class Disturbed : public testing::Test {
protected:
    Disturbed() {
        before = test::whole(pristine);
        begin_anew();
        const Disk counting;
        test::migrate(path);
        writes = counting.writes();
        after = test::whole(path);
    }
    /// The file as the predecessor left it; nothing else in the folder.
    void begin_anew() {
        for (const auto& each : fs::directory_iterator(work.path())) fs::remove(each.path());
        fs::copy_file(pristine, path);
    }
    /// As before or as after, never in between; and a run that is let alone brings it over.
    void expect_whole_and_convergent() {
        const auto now = test::whole(path);
        EXPECT_TRUE(now == before || now == after) << now;
        EXPECT_EQ(Db::open(path).value<std::string>("PRAGMA integrity_check"), "ok");
        test::migrate(path);
        EXPECT_EQ(test::whole(path), after);
    }
    /// What carries the name of a snapshot is a whole one.
    void expect_whole_snapshots() {
        for (const auto& each : fs::directory_iterator(work.path())) {
            const auto name = each.path().filename().string();
            if (!name.starts_with("dreams.db.before-") || !name.ends_with(".db")) continue;
            EXPECT_EQ(test::whole(each.path()), before) << name;
        }
    }

    test::Folder source{test::quick_place()}, work{test::quick_place()};
    const std::string pristine = test::january_file(source), path = work.file("dreams.db");
    std::string before, after;
    int writes = 0;
};

TEST_F(Disturbed, KilledAtAnyWriteItIsAsBeforeOrDone) {
    ASSERT_GT(writes, 50);
    int killed = 0, undone = 0;
    for (const long moment : test::spread(writes, test::times())) {
        begin_anew();
        killed += test::apart([&] {
                      const Disk disk(Disk::Act::killed, static_cast<int>(moment) + 1);
                      test::migrate(path);
                      return std::string("done");
                  }).killed;
        undone += test::whole(path) == before;
        expect_whole_snapshots();
        expect_whole_and_convergent();
    }
    EXPECT_GE(killed, test::times() * 9 / 10);
    EXPECT_GT(undone, killed / 3);
}

TEST_F(Disturbed, KilledAtAnyStepOfTheWorkItIsAsBefore) {
    const auto migrate = [&] { test::migrate(path); };
    begin_anew();
    const long steps = test::steps_of(migrate);
    ASSERT_GT(steps, 300);
    for (const long moment : test::spread(steps, test::times())) {
        begin_anew();
        EXPECT_TRUE(test::killed_after(moment, migrate).killed);
        expect_whole_snapshots();
        expect_whole_and_convergent();
    }
}

TEST_F(Disturbed, OutOfDiskAtAnyWriteItIsAsBeforeAndSaysSo) {
    for (int at = 1; at <= writes; at += 1 + writes / 20) {
        begin_anew();
        std::string said = "done";
        try {
            const Disk disk(Disk::Act::full, at);
            test::migrate(path);
        } catch (const Error& error) {
            said = error.what();
            EXPECT_EQ(error.fault(), Fault::unavailable);
            EXPECT_EQ(test::whole(path), before);
        }
        EXPECT_TRUE(said == "done" || said.find("disk is full") != std::string::npos) << said;
        for (const auto& each : fs::directory_iterator(work.path()))
            EXPECT_EQ(each.path().string().find("partial"), std::string::npos) << each.path();
        expect_whole_snapshots();
        expect_whole_and_convergent();
    }
}

TEST_F(Disturbed, ADiskThatFailsIsNamed) {
    for (const int at : {2, writes / 4, writes / 2}) {
        begin_anew();
        try {
            const Disk disk(Disk::Act::broken, at);
            test::migrate(path);
            FAIL() << "wrote to a disk that failed";
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), AnyOf(HasSubstr("disk failed"), HasSubstr("has failed")));
        }
        expect_whole_and_convergent();
    }
}

TEST_F(Disturbed, TwiceEqualsOnce) {
    begin_anew();
    EXPECT_FALSE(test::migrate(path).up_to_date);
    const auto files = std::distance(fs::directory_iterator(work.path()), {});
    const auto again = test::migrate(path);
    EXPECT_TRUE(again.up_to_date);
    EXPECT_THAT(again.lines(), testing::ElementsAre(HasSubstr("nothing was done")));
    EXPECT_EQ(test::whole(path), after);
    EXPECT_EQ(std::distance(fs::directory_iterator(work.path()), {}), files);
}

}  // namespace
}  // namespace dreams::store
