// A copy that can be trusted: whole, of one moment, for its owner's eyes, or not there at all.

#include "store/snapshot.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "support/apart.h"
#include "support/database.h"
#include "support/disk.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;
using test::Disk;
using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

class Snapshots : public testing::Test {
protected:
    Snapshots() {
        const Lead ana = test::add_lead(db, "Ana");
        for (int i = 0; i < 500; ++i) db.add("contact_events", test::event(ana, i));
    }
    std::string failure() {
        try {
            take_snapshot(db, target);
        } catch (const Error& error) {
            return error.what();
        }
        return "it was taken";
    }
    /// Files in the folder besides the database itself.
    std::vector<std::string> others() {
        std::vector<std::string> names;
        for (const auto& each : fs::directory_iterator(folder.path()))
            if (!each.path().filename().string().starts_with("dreams.db"))
                names.push_back(each.path().filename());
        return names;
    }
    test::Folder folder;
    Db db = test::database(folder);
    const std::string target = folder.file("copy.db");
};

TEST_F(Snapshots, HoldWhatTheFileHolds) {
    const auto snapshot = take_snapshot(db, target);
    Db copy = open_file(target, Db::Mode::read_only);
    EXPECT_EQ(test::dump(copy), test::dump(db));
    EXPECT_EQ(snapshot.file, target);
    EXPECT_EQ(snapshot.bytes, static_cast<std::int64_t>(fs::file_size(target)));
    EXPECT_THAT(snapshot.tables, Contains(Pair("contact_events", 500)));
    EXPECT_THAT(others(), testing::ElementsAre("copy.db"));
}

TEST_F(Snapshots, AreForTheirOwnersEyesOnly) {
    take_snapshot(db, target);
    struct stat status {};
    ASSERT_EQ(::stat(target.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u);
}

TEST_F(Snapshots, AreOneFileThatNeedsNoOther) {
    take_snapshot(db, target);
    const test::Folder elsewhere;
    fs::copy_file(target, elsewhere.file("alone.db"));
    Db alone = Db::open(elsewhere.file("alone.db"));
    EXPECT_EQ(alone.value<std::int64_t>("SELECT count(*) FROM contact_events"), 500);
}

TEST_F(Snapshots, DoNotOverwrite) {
    test::write_file(target, "precious");
    EXPECT_THAT(failure(), HasSubstr("is there already"));
    EXPECT_EQ(test::read_file(target), "precious");
}

TEST_F(Snapshots, AreOfOneMomentWhileAnotherWrites) {
    Db writer = open_file(folder.file("dreams.db"));
    auto transaction = writer.begin();
    test::add_lead(writer, "Unfinished");
    const auto snapshot = take_snapshot(db, target);
    transaction.commit();
    EXPECT_THAT(snapshot.tables, Contains(Pair("leads", 1)));
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) FROM leads"), 2);
}

TEST_F(Snapshots, CountTheOwnersTablesToo) {
    db.script(
        "CREATE TABLE \"my \"\"own\"\"\" (a); INSERT INTO \"my \"\"own\"\"\" VALUES (1), (2);"
        "CREATE VIRTUAL TABLE found USING fts5(words); INSERT INTO found VALUES ('x')");
    const auto snapshot = take_snapshot(db, target);
    EXPECT_THAT(snapshot.tables, Contains(Pair("my \"own\"", 2)));
}

TEST_F(Snapshots, OfADamagedFileAreNotKept) {
    db.query("PRAGMA wal_checkpoint(TRUNCATE)").step();
    auto bytes = test::read_file(folder.file("dreams.db"));
    const auto page = bytes.size() / 4096 / 2;
    bytes.replace(page * 4096, 4096, std::string(4096, '\xAA'));
    test::write_file(folder.file("broken.db"), bytes);
    db = Db::open(folder.file("broken.db"));
    EXPECT_THAT(failure(), HasSubstr("broken.db is damaged"));
    EXPECT_FALSE(fs::exists(target));
}

TEST_F(Snapshots, OnAFullDiskLeaveNothingBehind) {
    int writes = 0;
    {
        const Disk counting;
        take_snapshot(db, target);
        writes = counting.writes();
        fs::remove(target);
    }
    ASSERT_GT(writes, 10);
    for (const int at : {2, writes / 2, writes - 1}) {
        const Disk disk(Disk::Act::full, at);
        EXPECT_THAT(failure(), HasSubstr("disk is full")) << at;
        EXPECT_THAT(others(), testing::IsEmpty()) << at;
    }
    EXPECT_EQ(failure(), "it was taken") << "the connection is good for another try";
}

TEST_F(Snapshots, KilledNeverCarryTheirName) {
    for (const int at : {1, 5, 20, 40}) {
        const auto ended = test::apart([&] {
            Db own = Db::open(folder.file("dreams.db"), Db::Mode::read_only);
            const Disk disk(Disk::Act::killed, at);
            return take_snapshot(own, target).file;
        });
        EXPECT_TRUE(ended.killed);
        EXPECT_FALSE(fs::exists(target));
    }
}

TEST_F(Snapshots, NeedAFolderThatMayBeWritten) {
    EXPECT_THROW(take_snapshot(db, folder.file("no/such/copy.db")), Error);
    fs::permissions(folder.path(), fs::perms(0555));
    const auto said = test::apart_as_nobody([&] { return failure(); }).said;
    fs::permissions(folder.path(), fs::perms(0700));
    EXPECT_THAT(said, HasSubstr("cannot be written"));
}

}  // namespace
}  // namespace dreams::store
