// A full disk and a read-only file in the middle of a sync: one sentence, nothing lost, and the
// next run goes on.

#include <gmock/gmock.h>

#include "support/office.h"

namespace dreams::jobs {
namespace {

using test::Office;
using testing::HasSubstr;

TEST(FullDisk, IsSaidInASentenceAndTheNextRunGoesOn) {
    Office office;
    Db db = test::database(), expected = test::database();
    ASSERT_EQ(office.sync(expected).outcome, Outcome::done);
    const auto pages = db.value<std::int64_t>("PRAGMA page_count");
    for (const int more : {1, 5, 20, 60}) {
        db.script("PRAGMA max_page_count = " + std::to_string(pages + more));
        const auto report = office.sync(db);
        EXPECT_NE(report.outcome, Outcome::done);
        const auto said = report.error + testing::PrintToString(report.notices);
        EXPECT_THAT(said, HasSubstr("disk is full"));
        EXPECT_EQ(db.value<std::string>("PRAGMA integrity_check"), "ok");
        EXPECT_EQ(report.counts.processed, report.counts.created + report.counts.updated +
                                               report.counts.unchanged + report.counts.failed);
    }
    db.script("PRAGMA max_page_count = 1073741823");
    ASSERT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(test::difference(test::synced_rows(db), test::synced_rows(expected)), "");
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) FROM sync_log WHERE completed_at IS NULL"),
              0);
}

TEST(ReadOnlyFile, IsSaidInASentence) {
    const test::Folder folder;
    test::database(folder);
    Db db = store::open_file(folder.file("dreams.db"), Db::Mode::read_only);
    Office office;
    try {
        office.sync(db);
        FAIL() << "it wrote to a file that is read-only";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("read-only"));
    }
    EXPECT_EQ(office.account.requests_in_all(), 0);
}

}  // namespace
}  // namespace dreams::jobs
