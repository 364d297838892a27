// Whom a file names as at work on it, and what is known of them.

#include "store/lease.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/process.h"
#include "support/apart.h"
#include "support/database.h"

namespace dreams::store {
namespace {

using std::chrono::minutes;
using test::monday;

struct Leases : testing::Test {
    test::Folder folder;
    Db db = test::database(folder);

    void change_holder(const std::string& from, const std::string& to) {
        ASSERT_EQ(db.run("UPDATE dreams_leases SET holder = replace(holder, :from, :to)",
                         {{"from", from}, {"to", to}}),
                  1);
    }
    bool at_work(Held held) { return anybody_at_work(db, held); }
};

using ALease = Leases;

TEST_F(ALease, OfAProcessInAnotherSpaceIsNotTakenForThatOfADeadOne) {
    const Lease lease(db, "sync fub", monday);
    EXPECT_TRUE(at_work(Held::by_the_living));
    change_holder("@" + process_space(), "@4711");
    EXPECT_FALSE(at_work(Held::by_the_living));
    EXPECT_TRUE(at_work(Held::by_the_perhaps_living));
    EXPECT_FALSE(all_died_where_it_lies(db));
    drop_dead_leases(db);
    EXPECT_TRUE(lease_holder(db, "sync fub", monday + minutes{9}));
    EXPECT_FALSE(lease_holder(db, "sync fub", monday + minutes{11})) << "it says nothing any more";
}

TEST_F(ALease, ThatWasHeardOfInTheFutureIsOfAClockThatWasAhead) {
    const Lease lease(db, "sync fub", monday);
    change_holder("@" + process_space(), "@4711");
    EXPECT_TRUE(lease_holder(db, "sync fub", monday - minutes{4})) << "clocks differ a little";
    EXPECT_FALSE(lease_holder(db, "sync fub", monday - std::chrono::hours{5}));
    EXPECT_FALSE(anybody_at_work_where_it_lies(db, monday - std::chrono::hours{5}));
}

TEST_F(ALease, OfAnOlderProgramIsReadAsItWas) {
    const Lease lease(db, "sync fub", monday);
    change_holder("@" + process_space(), "");
    EXPECT_TRUE(at_work(Held::by_the_living));
    change_holder(" " + std::to_string(::getpid()) + " ", " 1 ");
    EXPECT_FALSE(at_work(Held::by_the_perhaps_living)) << "its number is another's";
}

TEST_F(ALease, OfWhoeverDiedIsDropped) {
    const auto holder = test::apart([this]() -> std::string {
        Db theirs = open_file(folder.file("dreams.db"));
        new Lease(theirs, "sync fub", monday);
        return theirs.value<std::string>("SELECT holder FROM dreams_leases");
    });
    EXPECT_THAT(holder.said, testing::HasSubstr("@" + process_space() + " /"));
    EXPECT_FALSE(at_work(Held::by_the_perhaps_living));
    drop_dead_leases(db);
    EXPECT_FALSE(at_work(Held::by_anybody));
}

TEST_F(ALease, OnAFileThatLayElsewhereIsNoneOnThisOne) {
    const Lease here(db, "sync fub", monday);
    EXPECT_TRUE(anybody_at_work_where_it_lies(db, monday));
    drop_leases_of_others(db);
    EXPECT_TRUE(at_work(Held::by_the_living));
    change_holder("/dreams.db", "/other.db");
    EXPECT_FALSE(anybody_at_work_where_it_lies(db, monday));
    drop_leases_of_others(db);
    EXPECT_FALSE(at_work(Held::by_anybody));
}

TEST_F(ALease, OfUseIsDroppedWhenNobodyUsesTheFileButForOlderPrograms) {
    const Lease use(db, lease_of_use(), monday), sync(db, "sync fub", monday);
    drop_leases_of_use(db);
    EXPECT_FALSE(lease_holder(db, lease_of_use(), monday));
    EXPECT_TRUE(lease_holder(db, "sync fub", monday));
    const Lease again(db, lease_of_use(), monday);
    db.run("UPDATE dreams_leases SET holder = replace(holder, '@', '')");
    drop_leases_of_use(db);
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM dreams_leases"), 2);
}

}  // namespace
}  // namespace dreams::store
