#include "store/whole_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

#include "store/origin.h"
#include "store/snapshot.h"
#include "support/apart.h"
#include "support/database.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;
using test::monday;
using testing::AllOf;
using testing::HasSubstr;

/// People enough that the tree and its indexes have many pages.
void add_people(Db& db, int first, int count) {
    auto transaction = db.begin();
    for (int i = first; i < first + count; ++i) test::add_lead(db, "Person No" + std::to_string(i));
    transaction.commit();
}

int people(Db& db) {
    return db.value<int>("SELECT count(*) FROM leads");
}

struct AFile : testing::Test {
    test::Folder folder;
    std::string file = folder.file("dreams.db"), copy = folder.file("copy.db");

    void SetUp() override {
        Db db = test::database(folder);
        add_people(db, 0, 300);
        stamp(db, "prd", monday);
    }
    static std::string refusal(const std::string& path, Db::Mode mode = Db::Mode::read_write) {
        try {
            open_file(path, mode);
            return "";
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::invalid);
            return error.what();
        }
    }
    /// Somebody who is at work on the file dies, and leaves it with its -wal.
    void die_at_work(const std::string& last_words = "") const {
        const auto child = ::fork();
        if (child == 0) {
            const InUse in_use(open_file(file), monday);
            Db db = open_file(file);
            add_people(db, 300, 50);
            db.script(last_words);
            ::_exit(0);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_EQ(status, 0);
        ASSERT_TRUE(fs::exists(file + "-wal"));
    }
    void copy_with_wal() const {
        for (const char* beside : {"", "-wal"}) fs::copy_file(file + beside, copy + beside);
    }
};

TEST_F(AFile, AtRestMayBeCopiedByAnyMeans) {
    fs::copy_file(file, copy);
    Db db = open_file(copy);
    EXPECT_EQ(people(db), 300);
}

TEST_F(AFile, CopiedWhileItIsInUseWithoutItsWalIsRefused) {
    const InUse in_use(open_file(file), monday);
    {
        Db db = open_file(file);
        add_people(db, 300, 1);
    }
    fs::copy_file(file, copy);
    const auto before = test::read_file(copy);
    for (const auto mode : {Db::Mode::read_write, Db::Mode::read_only, Db::Mode::read_write})
        EXPECT_THAT(refusal(copy, mode),
                    AllOf(HasSubstr("what was written last is missing"), HasSubstr("dreams push"),
                          HasSubstr("dreams origin --accept")));
    EXPECT_EQ(test::read_file(copy), before);
    EXPECT_EQ(refusal(file), "") << "the file itself goes on";
}

TEST_F(AFile, CopiedWithoutItsWalIsTakenWhenAPersonSaysSo) {
    const InUse in_use(open_file(file), monday);
    {
        Db db = open_file(file);
        add_people(db, 300, 1);
    }
    fs::copy_file(file, copy);
    accept_as_it_is(copy, monday);
    Db db = open_file(copy);
    EXPECT_EQ(people(db), 300) << "the last was in the -wal";
    EXPECT_TRUE(stamp(db, "prd", monday).copied_at);
}

TEST_F(AFile, CopiedWithItsWalHasEverything) {
    die_at_work();
    copy_with_wal();
    {
        Db db = open_file(copy);
        EXPECT_EQ(people(db), 350);
        EXPECT_TRUE(stamp(db, "prd", monday).copied_at);
    }
    EXPECT_EQ(refusal(copy), "") << "closed, it is at rest";
}

TEST_F(AFile, CopiedByTheEngineWhileItIsInUseIsWhole) {
    const InUse in_use(open_file(file), monday);
    Db db = open_file(file);
    db.script("VACUUM INTO '" + copy + "'");
    EXPECT_EQ(refusal(copy), "");
    const auto snapshot = take_snapshot(db, folder.file("snapshot.db"));
    EXPECT_EQ(refusal(snapshot.file), "");
}

TEST_F(AFile, WhoseUserDiedIsReadByTheNext) {
    die_at_work();
    for (int again = 0; again < 3; ++again) {
        Db db = open_file(file);
        EXPECT_EQ(people(db), 350);
    }
}

TEST_F(AFile, WhoseUserDiedAfterACheckpointIsReadByTheNext) {
    die_at_work("PRAGMA wal_checkpoint(TRUNCATE)");
    EXPECT_EQ(fs::file_size(file + "-wal"), 0);
    for (int again = 0; again < 3; ++again) {
        Db db = open_file(file);
        EXPECT_EQ(people(db), 350);
    }
}

TEST_F(AFile, WhoseUserDiedAndThatAnotherProgramTidiedUpIsWhole) {
    die_at_work();
    { Db any = Db::open(file); }
    ASSERT_FALSE(fs::exists(file + "-wal"));
    for (const auto mode : {Db::Mode::read_only, Db::Mode::read_write, Db::Mode::read_only}) {
        Db db = open_file(file, mode);
        EXPECT_EQ(people(db), 350);
    }
}

TEST_F(AFile, ThatItsDeadUserKnewUnderAnotherPathOrMachineMayLackItsWal) {
    die_at_work();
    fs::rename(file, copy);
    EXPECT_THAT(refusal(copy), HasSubstr("without the -wal file"))
        << "it stands under the old name";
    fs::rename(copy, file);
    {
        Db any = Db::open(file);
        any.script(
            "UPDATE dreams_leases SET holder = 'elsewhere' || substr(holder, instr(holder, ' '))");
    }
    EXPECT_THAT(refusal(file), HasSubstr("without the -wal file"));
}

TEST_F(AFile, WhoseUserDiedIsLookedThroughBeforeItIsTaken) {
    die_at_work();
    { Db any = Db::open(file); }
    auto bytes = test::read_file(file);
    bytes.replace(bytes.size() / 2, 4096, std::string(4096, 'x'));
    test::write_file(file, bytes);
    EXPECT_THAT(refusal(file), HasSubstr("damaged"));
}

TEST_F(AFile, MovedAwayFromItsWalIsRefused) {
    const InUse in_use(open_file(file), monday);
    fs::rename(file, copy);
    for (int again = 0; again < 3; ++again)
        EXPECT_THAT(refusal(copy), HasSubstr("without the -wal file"));
    fs::rename(copy, file);
    EXPECT_EQ(refusal(file), "");
}

TEST_F(AFile, CutShortIsRefused) {
    const auto whole = test::read_file(file);
    for (const std::size_t parts : {2u, 10u, 100u}) {
        test::write_file(copy, whole.substr(0, whole.size() / parts));
        EXPECT_THAT(refusal(copy), AllOf(HasSubstr("only a part"), HasSubstr("dreams backup")));
    }
}

TEST_F(AFile, CopiedHalfBeforeAndHalfAfterAChangeIsRefused) {
    const auto before = test::read_file(file);
    {
        Db db = open_file(file);
        db.run("DELETE FROM leads WHERE rowid % 2 = 0");
        add_people(db, 1000, 150);
    }
    const auto after = test::read_file(file);
    test::write_file(copy, before.substr(0, before.size() / 2) + after.substr(before.size() / 2));
    for (const auto mode : {Db::Mode::read_write, Db::Mode::read_only})
        EXPECT_THAT(refusal(copy, mode), HasSubstr("damaged or only a part"));
}

TEST_F(AFile, BesideAWalOfAnotherDayIsRefusedAndTakenWithoutIt) {
    die_at_work();
    copy_with_wal();
    {
        Db db = open_file(file);
        db.run("DELETE FROM leads WHERE rowid % 2 = 0");
        add_people(db, 1000, 400);
    }
    const auto today = test::read_file(file);
    test::write_file(copy, today);  // over the file, whose -wal stays
    EXPECT_THAT(refusal(copy), AllOf(HasSubstr("copy.db-wal beside it is not its own"),
                                     HasSubstr("move that away")));
    EXPECT_EQ(test::read_file(copy), today) << "nothing was written to it";
    fs::remove(copy + "-wal");
    fs::remove(copy + "-shm");
    Db db = open_file(copy);
    EXPECT_EQ(people(db), 575);
}

TEST_F(AFile, OverwrittenInPlaceByASnapshotBesideAnOldWalIsRefused) {
    {
        Db db = open_file(file);
        take_snapshot(db, folder.file("snapshot.db"));
        db.run("DELETE FROM leads WHERE rowid % 2 = 0");
        add_people(db, 1000, 400);
    }
    die_at_work();
    test::write_file(file, test::read_file(folder.file("snapshot.db")));
    EXPECT_THAT(refusal(file), HasSubstr("not its own")) << "its stamp says that it is no copy";
}

TEST_F(AFile, InUseSaysSoForAsLongAsThatIs) {
    const auto users = [this] {
        Db db = open_file(file);
        return db.value<int>("SELECT count(*) FROM dreams_leases");
    };
    {
        const InUse in_use(open_file(file), monday);
        EXPECT_EQ(users(), 1);
    }
    EXPECT_EQ(users(), 0);
}

TEST_F(AFile, OfProgramsThatStartTogetherNoneTakesTheOthersForAStranger) {
    constexpr int rounds = 20, programs = 3, each = 5;
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
        std::vector<test::Apart> together;
        for (int program = 0; program < programs; ++program)
            together.emplace_back([&]() -> std::string {
                std::this_thread::sleep_until(start);
                const InUse in_use(open_file(file), monday);
                Db db = open_file(file);
                add_people(db, 1000 + (round * programs + program) * each, each);
                require_not_written_over(file);
                return "done";
            });
        for (auto& program : together) EXPECT_EQ(program.ended().said, "done");
    }
    Db db = open_file(file);
    EXPECT_EQ(people(db), 300 + rounds * programs * each);
    EXPECT_FALSE(fs::exists(file + ".written-over-wal"));
}

/// A program that uses the file, and writes to it when the test says so.
struct Another {
    test::Folder signs;
    std::string begun = signs.file("begun"), go = signs.file("go");
    test::Apart program;

    explicit Another(const std::string& file)
        : program([&]() -> std::string {
              const InUse in_use(open_file(file), monday);
              test::write_file(begun, "");
              await(go);
              Db db = open_file(file);
              add_people(db, 5000 + people(db), 5);
              require_not_written_over(file);
              return "done";
          }) {
        await(begun);
    }
    static void await(const std::string& sign) {
        while (!fs::exists(sign)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::string ended() {
        test::write_file(go, "");
        return program.ended().said;
    }
};

/// One that uses the file for a moment.
std::string use_once(const std::string& file) {
    return test::apart([&]() -> std::string {
               const InUse in_use(open_file(file), monday);
               return "used";
           })
        .said;
}

TEST_F(AFile, InUseKeepsItsMarkWhateverItsLeasesSay) {
    for (const char* doing : {"DELETE FROM dreams_leases",
                              "UPDATE dreams_leases SET holder = replace(holder, ' ', ' 9999')"}) {
        Another other(file);
        {
            Db any = Db::open(file);
            any.run(doing);
        }
        EXPECT_EQ(use_once(file), "used");
        EXPECT_EQ(other.ended(), "done") << doing;
    }
    Db db = open_file(file);
    EXPECT_EQ(people(db), 310);
    EXPECT_FALSE(fs::exists(file + ".written-over-wal"));
}

TEST_F(AFile, InUseKeepsItsMarkWhereTheFolderMayNotBeWritten) {
    use_once(file);
    const auto mark = [this] {
        return Db::open(file, Db::Mode::read_only).value<int>("PRAGMA application_id");
    };
    const auto first = mark();
    use_once(file);
    const auto second = mark();
    EXPECT_NE(first, second) << "each use of a file at rest has its own";
    fs::create_directory(file + ".in-use");  // instead: the superuser may write anywhere
    use_once(file);
    EXPECT_EQ(mark(), second) << "perhaps somebody uses it";
}

TEST_F(AFile, InUseIsNotTakenAsItIs) {
    Another other(file);
    const auto refusal_to_accept = [this] {
        try {
            accept_as_it_is(file, monday);
            return std::string("accepted");
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::conflict);
            return std::string(error.what());
        }
    };
    EXPECT_THAT(refusal_to_accept(), HasSubstr("Stop DREAMS first"));
    Db db = open_file(file);
    db.run("DELETE FROM dreams_leases");
    EXPECT_THAT(refusal_to_accept(), HasSubstr("is in use"));
    EXPECT_EQ(other.ended(), "done");
    const Lease older(db, "use by process 7", monday);
    EXPECT_THAT(refusal_to_accept(), HasSubstr("is in use")) << "an older program's";
}

TEST_F(AFile, WhoseUserDiedInAContainerIsFreeForTheNext) {
    die_at_work();
    {
        Db any = Db::open(file);
        any.script(
            "UPDATE dreams_leases SET holder = 'elsewhere' || substr(holder, instr(holder, ' '))");
    }
    Db db = Db::open(file);
    const auto mark = db.value<int>("PRAGMA application_id");
    EXPECT_EQ(use_once(file), "used");
    EXPECT_NE(db.value<int>("PRAGMA application_id"), mark);
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM dreams_leases"), 0);
    EXPECT_FALSE(fs::exists(file + ".in-use"));
}

TEST_F(AFile, InUseIsTheSameWhateverTheMachineIsCalledWithinAContainer) {
    Another other(file);
    Db db = open_file(file);
    const auto copy_id = origin(db)->copy;
    const auto call_machine = [&](const char* name) {
        db.run("UPDATE dreams_origin SET place = :name || substr(place, instr(place, ' '))",
               {{"name", name}});
    };
    call_machine("another");
    EXPECT_EQ(stamp(db, "prd", monday).copy, copy_id);
    EXPECT_FALSE(why_not_sending(db, "prd"));
    EXPECT_EQ(other.ended(), "done");
    EXPECT_NE(stamp(db, "prd", monday).copy, copy_id) << "a disk that was cloned whole";
}

TEST_F(AFile, ThatWasCopiedKeepsTheLeasesOfWhoeverMayWorkOnIt) {
    Db db = open_file(file);
    db.run("UPDATE dreams_origin SET place = 'another 1 1.1'");
    const Lease lease(db, "sync fub", monday);
    stamp(db, "prd", monday);
    EXPECT_TRUE(lease_holder(db, "sync fub", monday));
}

}  // namespace
}  // namespace dreams::store
