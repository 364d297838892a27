#include "store/origin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "store/cursors.h"
#include "store/snapshot.h"
#include "support/apart.h"
#include "support/database.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using test::monday;
using testing::Eq;
using testing::HasSubstr;
using testing::Ne;
using testing::Optional;

struct TheFile : testing::Test {
    test::Folder folder;
    std::string file = folder.file("dreams.db"), copy = folder.file("copy.db");
    void SetUp() override {
        Db db = test::database(folder);
        test::add_lead(db, "Ana Bell");
        stamp(db, "prd", monday);
    }
    static Origin opened(const std::string& path, Instant now = monday + hours{1}) {
        Db db = open_file(path);
        return stamp(db, "prd", now);
    }
};

using AnOrigin = TheFile;

TEST_F(AnOrigin, IsMadeOnceAndStays) {
    const auto first = opened(file), again = opened(file, monday + hours{9});
    EXPECT_THAT(first.lineage.size(), 32);
    EXPECT_EQ(first.copy, again.copy);
    EXPECT_EQ(again.born_at, monday);
    EXPECT_FALSE(again.copied_at);
    Db db = open_file(file);
    EXPECT_NO_THROW(require_may_send(db, "prd"));
}

TEST_F(AnOrigin, IsToldFromACopyOfItsFile) {
    const auto original = opened(file);
    fs::copy_file(file, copy);
    const auto found = opened(copy);
    EXPECT_EQ(found.lineage, original.lineage);
    EXPECT_NE(found.copy, original.copy);
    EXPECT_THAT(found.copied_from, Optional(original.copy));
    EXPECT_THAT(found.copied_at, Optional(monday + hours{1}));
    EXPECT_EQ(opened(copy, monday + hours{2}).copy, found.copy) << "named once";
    EXPECT_EQ(opened(file).copy, original.copy) << "the original is what it was";
}

TEST_F(AnOrigin, OfASnapshotPutInThePlaceOfItsFileIsThatOfACopy) {
    {
        Db db = open_file(file, Db::Mode::read_only);
        take_snapshot(db, copy);
    }
    const auto original = opened(file);
    fs::rename(copy, file);
    EXPECT_THAT(opened(file).copied_from, Optional(original.copy));
}

TEST_F(AnOrigin, GoesWithAFileThatIsRenamed) {
    const auto original = opened(file);
    fs::rename(file, copy);
    EXPECT_EQ(opened(copy).copy, original.copy);
}

TEST_F(AnOrigin, LetsNothingBeSentFromAnEarlierStateOfItsFileInItsPlace) {
    const auto yesterday = test::read_file(file);
    {
        Db db = open_file(file);
        require_may_send(db, "prd");
        require_may_send(db, "prd");
        db.query("PRAGMA wal_checkpoint(TRUNCATE)").step();
    }
    const auto today = test::read_file(file);
    test::write_file(file, yesterday);  // the same file by number and birth
    {
        Db db = open_file(file);
        EXPECT_FALSE(stamp(db, "prd", monday).copied_at);
        EXPECT_THAT(why_not_sending(db, "prd"), Optional(HasSubstr("before it last sent")));
        EXPECT_THROW(require_may_send(db, "prd"), Error);
        claim(db, "prd", monday);
        EXPECT_NO_THROW(require_may_send(db, "prd"));
    }
    for (const char* end : {"-wal", "-shm"}) fs::remove(file + end);
    test::write_file(file, today);
    Db db = open_file(file);
    EXPECT_TRUE(why_not_sending(db, "prd")) << "the other has sent since";
    test::write_file(file + ".sent", "?");
    claim(db, "prd", monday);
    EXPECT_FALSE(why_not_sending(db, "prd"));
    EXPECT_EQ(fs::status(file + ".sent").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(AnOrigin, CountsWhatManyProgramsSendAtOnce) {
    constexpr int programs = 4, each = 25;
    std::vector<test::Apart> together;
    for (int program = 0; program < programs; ++program)
        together.emplace_back([&]() -> std::string {
            Db db = open_file(file);
            for (int sent = 0; sent < each; ++sent) require_may_send(db, "prd");
            return "sent";
        });
    for (auto& program : together) EXPECT_EQ(program.ended().said, "sent");
    Db db = open_file(file);
    EXPECT_EQ(cursor(db, "dreams", "sent").complete_to, programs * each);
    EXPECT_THAT(test::read_file(file + ".sent"),
                testing::EndsWith(" " + std::to_string(programs * each) + "\n"));
    EXPECT_FALSE(why_not_sending(db, "prd"));
}

TEST_F(AnOrigin, LetsNothingBeSentFromACopyUntilAPersonClaimsIt) {
    fs::copy_file(file, copy);
    {
        Db unseen = open_file(copy, Db::Mode::read_only);
        EXPECT_THROW(require_may_send(unseen, "prd"), Error) << "nobody has stamped it yet";
    }
    opened(copy);
    Db db = open_file(copy);
    try {
        require_may_send(db, "prd");
        FAIL() << "a copy may send";
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::conflict);
        EXPECT_THAT(error.what(), HasSubstr("a copy of the PRD file"));
        EXPECT_THAT(error.what(), HasSubstr("dreams origin --claim"));
    }
    claim(db, "prd", monday + hours{2});
    EXPECT_NO_THROW(require_may_send(db, "prd"));
}

TEST_F(AnOrigin, LetsNothingBeSentFromAnotherEnvironmentUntilAPersonClaimsIt) {
    Db db = open_file(file);
    try {
        require_may_send(db, "dev");
        FAIL() << "a file of PRD may send as DEV";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("belongs to PRD and is opened as DEV"));
    }
    claim(db, "dev", monday);
    EXPECT_NO_THROW(require_may_send(db, "dev"));
    EXPECT_THROW(require_may_send(db, "prd"), Error);
}

TEST_F(AnOrigin, OfACopyRemembersWhatBothHadWhenTheyParted) {
    fs::copy_file(file, copy);
    const auto found = opened(copy);
    Db db = open_file(copy);
    EXPECT_EQ(db.value<std::string>("SELECT copy FROM dreams_merge_bases"), found.copied_from);
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM dreams_merge_seen"), 1);
}

TEST(AFileInMemory, IsNeverACopy) {
    Db db = test::database();
    EXPECT_NO_THROW(require_may_send(db, "prd"));
    stamp(db, "dev", monday);
    EXPECT_NO_THROW(require_may_send(db, "dev"));
}

}  // namespace
}  // namespace dreams::store
