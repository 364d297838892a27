#include "jobs/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/lease.h"
#include "support/copies.h"
#include "support/kills.h"

namespace dreams::jobs {
namespace {

namespace fs = std::filesystem;
using test::monday;
using testing::HasSubstr;

const Zone office("America/New_York");

struct MergeFiles : testing::Test {
    test::Folder folder{test::quick_place()};
    std::string a = folder.file("a"), b = folder.file("b");
    std::string before, after;  ///< the twelve tables of `a`

    void SetUp() override {
        test::original(folder, "a");
        test::copy(folder, "a", "b");
        for (int i = 0; i < 200; ++i) {
            const auto number = std::to_string(i);
            Db db = store::open_file(i % 3 == 0 ? a : b);
            db.script(
                "INSERT INTO contact_events (id, contact_id, event_type, occurred_at) SELECT "
                "'evt_" +
                number +
                "', fub_id, 'property_view', '2026-01-20T00:00:00Z' FROM "
                "leads WHERE id = 'lead-ana-bell'; UPDATE leads SET notes = 'note " +
                number + "' WHERE id = 'lead-" + (i % 3 == 0 ? "ben-cole'" : "cleo-dunn'"));
        }
        before = twelve(a);
        fs::copy_file(a, folder.file("kept"));
        Db db = store::open_file(a);
        const auto outcome = merge(db, b, office, monday);
        after = twelve(a);
        EXPECT_EQ(twelve(outcome.snapshot), before);
        begin_anew();
    }
    static std::string twelve(const std::string& file) {
        Db db = Db::open(file, Db::Mode::read_only);
        EXPECT_EQ(db.value<std::string>("PRAGMA integrity_check"), "ok") << file;
        return test::twelve(db, {});
    }
    void begin_anew() const {
        for (const auto& each : fs::directory_iterator(folder.path()))
            if (each.path().filename().string().starts_with("a")) fs::remove(each);
        fs::copy_file(folder.file("kept"), a);
    }
    std::vector<std::string> snapshots() const {
        std::vector<std::string> found;
        for (const auto& each : fs::directory_iterator(folder.path()))
            if (each.path().string().ends_with(".db")) found.push_back(each.path());
        return found;
    }
};

TEST_F(MergeFiles, KeepTheFileAsItWasAndOnlyReadTheOther) {
    const auto other = twelve(b);
    Db db = store::open_file(a);
    const auto outcome = merge(db, b, office, monday);
    EXPECT_EQ(twelve(outcome.snapshot), before);
    EXPECT_EQ(twelve(a), after);
    EXPECT_EQ(twelve(b), other);
    EXPECT_THAT(outcome.snapshot, HasSubstr("before-merge-20260119-160000"));
}

TEST_F(MergeFiles, AreCountedTheSameAndUnchangedByADryRun) {
    Db db = store::open_file(a);
    const auto dry = merge(db, b, office, monday, {.dry_run = true});
    EXPECT_EQ(twelve(a), before);
    EXPECT_TRUE(snapshots().empty());
    const auto done = merge(db, b, office, monday);
    EXPECT_EQ(test::changes(dry.report), test::changes(done.report));
    EXPECT_NE(test::changes(done.report), "");
}

TEST_F(MergeFiles, AreRefusedWhereThereIsNothingToMerge) {
    Db db = store::open_file(a);
    EXPECT_THROW(merge(db, folder.file("nowhere"), office, monday), Error);
    EXPECT_THROW(merge(db, a, office, monday), Error);
    test::write_file(folder.file("text"), "not a database, though it is a file of some length");
    EXPECT_THROW(merge(db, folder.file("text"), office, monday), Error);
    EXPECT_EQ(twelve(a), before);
}

TEST_F(MergeFiles, WaitForASync) {
    Db db = store::open_file(a), other = store::open_file(a);
    const store::Lease lease(other, "sync fub", monday);
    EXPECT_THROW(merge(db, b, office, monday), Error);
    EXPECT_EQ(twelve(a), before);
}

TEST_F(MergeFiles, KilledAnywhereAreWholeAndTheNextMergeConverges) {
    const auto merge_them = [&] {
        Db db = store::open_file(a);
        merge(db, b, office, monday);
    };
    // Two threads at once: the last steps are not the same ones each time.
    const long steps = test::steps_of(merge_them) * 9 / 10;
    ASSERT_GT(steps, 100);
    int undone = 0;
    for (const long moment : test::spread(steps, test::times())) {
        begin_anew();
        EXPECT_TRUE(test::killed_after(moment, merge_them).killed);
        for (const auto& snapshot : snapshots()) EXPECT_EQ(twelve(snapshot), before);
        const auto now = twelve(a);
        EXPECT_TRUE(now == before || now == after) << "half a merge";
        undone += now == before;
        merge_them();
        EXPECT_EQ(twelve(a), after);
    }
    EXPECT_GT(undone, 0);
}

}  // namespace
}  // namespace dreams::jobs
