// Backups that are proved, kept by a rule, and restored: whole, or not there at all.

#include "store/backup.h"

#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <set>

#include "store/backup_drill.h"
#include "store/lease.h"
#include "store/origin.h"
#include "store/restore.h"
#include "store/snapshot.h"
#include "support/database.h"
#include "support/disk.h"
#include "support/kills.h"
#include "support/writer.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::monday;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Backups : public testing::Test {
protected:
    Backups() {
        stamp(db, "prd", monday);
        const Lead ana = test::add_lead(db, "Ana");
        for (int i = 0; i < 300; ++i) db.add("contact_events", test::event(ana, i));
    }
    Backup make(Instant now = monday) { return make_backup(db, plan, now, zone); }
    template <class What>
    static std::string failure(What what) {
        try {
            what();
        } catch (const Error& error) {
            return error.what();
        }
        return "it went well";
    }
    std::string name(Instant made_at) {
        return backup_stem(whose_backups(db, "prd"), made_at) + ".zst";
    }
    std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const auto& each : fs::directory_iterator(plan.folder))
            names.push_back(each.path().filename());
        std::ranges::sort(names);
        return names;
    }
    /// Every name that a backup may bear stands for a whole one.
    void expect_all_whole() {
        for (const auto& each : backups(plan.folder, "prd"))
            EXPECT_TRUE(OpenedBackup(each.file, path, plan.key).proved()) << each.file;
    }

    test::Folder folder{test::quick_place()};
    const std::string path = folder.file("dreams.db");
    Db db = test::database(folder);
    const Zone zone{"America/New_York"};
    BackupPlan plan{.folder = folder.file("backups"), .environment = "prd"};
};

TEST_F(Backups, AreProvedAndForTheirOwnersEyes) {
    const auto made = make();
    EXPECT_THAT(
        name(monday),
        testing::MatchesRegex("dreams-prd-20260119T160000Z-[0-9a-f]{8}-[0-9a-f]{8}\\.db\\.zst"));
    EXPECT_THAT(names(), ElementsAre(name(monday), name(monday) + ".json"));
    const auto found = backups(plan.folder, "prd");
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].tables, made.tables);
    EXPECT_EQ(found[0].made_at, monday);
    EXPECT_THAT(backups(plan.folder, "dev"), IsEmpty());
    struct stat status {};
    ASSERT_EQ(::stat(made.file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u);
    ASSERT_EQ(::stat(plan.folder.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0700u);
    OpenedBackup opened(made.file, path, {});
    EXPECT_EQ(opened.db().value<std::int64_t>("SELECT count(*) FROM contact_events"), 300);
}

TEST_F(Backups, OfTwoCopiesInOneFolderAreTwo) {
    const auto other_path = folder.file("other.db");
    take_snapshot(db, other_path);
    Db other = open_file(other_path);
    stamp(other, "prd", monday);
    test::add_lead(other, "Ben");
    plan.keep = {.recent = 1, .daily = 0, .weekly = 0, .monthly = 0};
    for (int day = 0; day < 2; ++day) {
        const auto ours = make(monday + day * 24h);
        const auto theirs = make_backup(other, plan, monday + day * 24h, zone);
        EXPECT_NE(ours.file, theirs.file);
        EXPECT_THAT(theirs.removed, SizeIs(day)) << "its own alone";
    }
    EXPECT_THAT(names(), SizeIs(4));
    expect_all_whole();
}

TEST_F(Backups, AreLeftAloneWhileAnOlderProgramMakesThem) {
    fs::create_directory(plan.folder);
    auto whose = whose_backups(db, "prd");
    whose.copy.clear();
    const auto named = backup_stem(whose, monday) + ".zst";
    test::write_file(fs::path(plan.folder) / named, "its manifest follows");
    make(monday + 1h);
    EXPECT_THAT(names(), Contains(named));
    make(monday + 25h);
    EXPECT_THAT(names(), testing::Not(Contains(named)));
}

TEST_F(Backups, CanBeLocked) {
    plan.key = PackKey::random();
    const auto made = make();
    EXPECT_THAT(made.file, EndsWith(".db.zst.locked"));
    EXPECT_TRUE(OpenedBackup(made.file, path, plan.key).proved());
    EXPECT_THAT(failure([&] { OpenedBackup(made.file, path, {}); }), HasSubstr("is encrypted"));
}

TEST_F(Backups, AreNotBelievedWhenTheirManifestSaysOtherwise) {
    const auto made = make();
    auto manifest = test::read_file(made.file + ".json");
    const auto hash = made.tables.front().hash;
    manifest.replace(manifest.find(hash), 4, "beef");
    test::write_file(made.file + ".json", manifest);
    EXPECT_THAT(failure([&] { OpenedBackup(made.file, path, {}); }), HasSubstr("other rows"));
    test::write_file(made.file + ".json", "{");
    EXPECT_THAT(backups(plan.folder, "prd"), IsEmpty());
}

TEST_F(Backups, AreNotTheFilesOfTheEngineBesideTheDatabase) {
    db.script("UPDATE leads SET notes = 'something in the -wal'");
    for (const char* end : {"-wal", "-shm"})
        EXPECT_THAT(failure([&] { OpenedBackup(path + end, path, {}); }),
                    HasSubstr("is a part of"));
    EXPECT_EQ(failure([&] { OpenedBackup(path, path, {}); }), "it went well");
}

TEST_F(Backups, AreNotFilesThatAnotherProgramWroteOrANewerOneOfOurs) {
    const auto other = folder.file("other.db");
    {
        Db made = Db::open(other, Db::Mode::create);
        made.script("CREATE TABLE songs (id INTEGER PRIMARY KEY)");
    }
    EXPECT_THAT(failure([&] { OpenedBackup(other, path, {}); }), HasSubstr("something else"));
    db.script("PRAGMA user_version = 99");
    const auto made = make();
    const auto copy = folder.file("copy.db");
    take_snapshot(db, copy);
    for (const auto& newer : {made.file, copy})
        EXPECT_THAT(failure([&] { OpenedBackup(newer, path, {}); }), HasSubstr("newer DREAMS"));
}

TEST_F(Backups, CutShortAreNotOpened) {
    const auto made = make();
    const auto bytes = test::read_file(made.file);
    test::write_file(made.file, bytes.substr(0, bytes.size() / 2));
    EXPECT_THAT(failure([&] { OpenedBackup(made.file, path, {}); }), HasSubstr("cut short"));
    EXPECT_THAT(folder.path(), testing::Not(testing::Eq(fs::path())));
    for (const auto& each : fs::directory_iterator(folder.path()))
        EXPECT_EQ(each.path().string().find("from-backup"), std::string::npos);
}

TEST_F(Backups, OfAnotherSizeThanWasProvedAreNone) {
    const auto older = make(), newer = make(monday + 24h);
    const auto bytes = test::read_file(newer.file);
    for (const auto& wrong : {bytes.substr(0, bytes.size() / 2), std::string(), bytes + "x"}) {
        test::write_file(newer.file, wrong);
        const auto found = backups(plan.folder, "prd");
        ASSERT_THAT(found, SizeIs(1));
        EXPECT_EQ(found[0].file, older.file);
    }
}

TEST_F(Backups, ThatAreNotAllThereAnyMoreAreToldOf) {
    const auto first = make(), second = make(monday + 24h), third = make(monday + 48h);
    const auto whose = whose_backups(db, "prd");
    EXPECT_THAT(cut_short(plan.folder, whose), IsEmpty());
    test::write_file(first.file, test::read_file(first.file).substr(0, 100));
    fs::remove(second.file);
    const auto found = cut_short(plan.folder, whose);
    ASSERT_THAT(found, SizeIs(2));
    EXPECT_EQ(found[0].file, second.file);
    EXPECT_EQ(found[1].file, first.file);
    EXPECT_THAT(cut_short(plan.folder, {"prd", whose.lineage, "another copy"}), IsEmpty());
    fs::remove(first.file + ".json");
    fs::remove(second.file + ".json");
    EXPECT_THAT(cut_short(plan.folder, whose), IsEmpty()) << "a person has looked at it";
}

TEST_F(Backups, ThatAreEncryptedNeverLieOpenInTheirFolder) {
    const auto plain = make();
    const auto copy = fs::file_size(path), packed = fs::file_size(plain.file);
    const auto room = packed + (copy - packed) / 2;  // for the one, and not for the other
    const auto size = "size=" + std::to_string(room / 1024) + "k";
    plan.folder = folder.file("small");
    fs::create_directory(plan.folder);
    if (::mount("tmpfs", plan.folder.c_str(), "tmpfs", 0, size.c_str()) != 0)
        GTEST_SKIP() << "a small disk cannot be mounted here";
    EXPECT_THAT(failure([&] { make(); }), HasSubstr("disk is full"));
    plan.key = PackKey::random();
    EXPECT_EQ(failure([&] { make(); }), "it went well");
    expect_all_whole();
    ASSERT_EQ(::umount(plan.folder.c_str()), 0);
    for (const auto& each : fs::directory_iterator(folder.path()))
        EXPECT_EQ(each.path().string().find("to-back-up"), std::string::npos);
}

TEST_F(Backups, WhosePlaceMayNotBeLookedIntoSayWhy) {
    if (::geteuid() == 0) GTEST_SKIP() << "the superuser may look everywhere";
    make();
    fs::permissions(plan.folder, fs::perms::none);
    EXPECT_THAT(failure([&] { make(monday + 24h); }), HasSubstr("cannot be read"));
    fs::permissions(plan.folder, fs::perms::owner_all);
}

TEST_F(Backups, CountOrphansAndKeepThem) {
    db.script(
        "PRAGMA foreign_keys = OFF; INSERT INTO contact_communications (id, contact_id, comm_type, "
        "direction, occurred_at) VALUES ('call_1', 'nobody', 'call', 'inbound', "
        "'2026-01-19T16:00:00Z')");
    EXPECT_EQ(make().orphans, 1);
}

TEST_F(Backups, AreRemovedByTheRuleAndLeftoversToo) {
    plan.keep = {.recent = 1, .daily = 2, .weekly = 1, .monthly = 1};
    for (int day = 0; day < 4; ++day) make(monday + day * 24h);
    EXPECT_THAT(backups(plan.folder, "prd"), SizeIs(2));
    EXPECT_THAT(names(), SizeIs(4));
    const auto unproved = (fs::path(plan.folder) / name(monday + 4 * 24h)).string();
    test::write_file(unproved, "unproved");
    for (const char* end : {"", ".lock", "-journal"})
        test::write_file(unproved + ".partial-AbC123" + end, "x");
    test::write_file(plan.folder + "/mine.zst", "the owner's");
    make(monday + 5 * 24h);
    EXPECT_THAT(names(), SizeIs(5));
    EXPECT_THAT(names(), Contains("mine.zst"));
}

TEST_F(Backups, OfAnotherFileInTheSameFolderAreLeftAlone) {
    plan.keep = {.recent = 1, .daily = 1, .weekly = 0, .monthly = 0};
    const auto ours = make();
    Db other = test::database(folder, "other.db");
    stamp(other, "prd", monday);
    const auto theirs = make_backup(other, plan, monday, zone);  // at the same moment
    EXPECT_NE(theirs.file, ours.file);
    EXPECT_THAT(make_backup(other, plan, monday + 24h, zone).removed, ElementsAre(theirs.file));
    EXPECT_TRUE(OpenedBackup(ours.file, path, {}).proved());
    EXPECT_THAT(backups(plan.folder, "prd"), SizeIs(2));
    const auto found = backups(plan.folder, whose_backups(db, "prd"));
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].file, ours.file);
    EXPECT_EQ(found[0].lineage, origin(db)->lineage);
    EXPECT_EQ(found[0].copy, origin(db)->copy);
}

TEST_F(Backups, ThatDoNotSayOfWhichFileTheyAreAreKept) {
    plan.keep = {.recent = 1, .daily = 1, .weekly = 0, .monthly = 0};
    db.script("DELETE FROM dreams_origin");
    const auto made = make();
    EXPECT_THAT(fs::path(made.file).filename(), "dreams-prd-20260119T160000Z.db.zst");
    EXPECT_THAT(make(monday + 24h).removed, IsEmpty());
    stamp(db, "prd", monday);
    for (int day = 2; day < 4; ++day) make(monday + day * 24h);
    EXPECT_THAT(backups(plan.folder, "prd"), SizeIs(3));
    EXPECT_TRUE(OpenedBackup(made.file, path, {}).proved());
}

TEST_F(Backups, OfTheLastDayAllStay) {
    const auto nightly = make(monday - 1h);
    EXPECT_THAT(make(monday).removed, IsEmpty()) << "somebody pressed the button";
    EXPECT_THAT(make(monday + 1min).removed, IsEmpty());
    EXPECT_THAT(make(monday + 23h).removed, testing::SizeIs(1)) << "a day after the first";
    EXPECT_FALSE(fs::exists(nightly.file));
}

TEST_F(Backups, OnceAWeekAnOlderOneIsTakenOutAndOpened) {
    plan.key = PackKey::random();
    const auto whose = whose_backups(db, "prd");
    make();
    EXPECT_FALSE(drill_older(db, plan, monday)) << "the newest was opened when it was made";
    std::set<std::string> looked_at;
    for (int week = 1; week < 5; ++week) {
        make(monday + week * 7 * 24h);
        const auto drill = drill_older(db, plan, monday + week * 7 * 24h);
        ASSERT_TRUE(drill);
        EXPECT_EQ(drill->failure, "");
        EXPECT_EQ(last_drill(plan.folder, whose)->file, drill->file);
        EXPECT_FALSE(drill_older(db, plan, monday + (week * 7 + 6) * 24h)) << "within the week";
        looked_at.insert(drill->file);
    }
    EXPECT_GT(looked_at.size(), 1u) << "another each week";
    BackupPlan rekeyed = plan;
    rekeyed.key = PackKey::random();
    EXPECT_FALSE(drill_older(db, rekeyed, monday + 99 * 24h)) << "none that this key opens";
}

TEST_F(Backups, ThatRotAreFoundByTheDrill) {
    const auto old = make();
    make(monday + 24h);
    auto bytes = test::read_file(old.file);
    bytes[bytes.size() / 2] ^= 1;
    test::write_file(old.file, bytes);
    const auto whose = whose_backups(db, "prd");
    for (const auto later : {24h, 25h}) {  // looked at again each time
        const auto drill = drill_older(db, plan, monday + later);
        ASSERT_TRUE(drill);
        EXPECT_THAT(drill->failure, HasSubstr("damaged"));
        EXPECT_EQ(last_drill(plan.folder, whose)->failure, drill->failure);
    }
    fs::remove(old.file + ".json");
    fs::remove(old.file);
    EXPECT_FALSE(last_drill(plan.folder, whose)) << "what is gone is no matter any more";
}

TEST_F(Backups, AreTakenOutAgainAfterADrillUnderAClockThatWasAhead) {
    make();
    make(monday + 24h);
    ASSERT_TRUE(drill_older(db, plan, monday + 365 * 24h));
    EXPECT_TRUE(drill_older(db, plan, monday + 25h));
    EXPECT_FALSE(drill_older(db, plan, monday + 26h)) << "within the week";
}

TEST_F(Backups, WhereTheyCannotBeWrittenSayWhy) {
    test::write_file(folder.file("file"), "");
    plan.folder = folder.file("file") + "/backups";
    EXPECT_THAT(failure([&] { make(); }), HasSubstr("cannot be made"));
}

TEST_F(Backups, OnAFullDiskLeaveNothingUnderAFinalName) {
    plan.folder = folder.file("small");
    fs::create_directory(plan.folder);
    int full = 0, done = 0;
    for (int kilobytes = 64; kilobytes < 2048 && done == 0; kilobytes += 96) {
        const auto size = "size=" + std::to_string(kilobytes) + "k";
        if (::mount("tmpfs", plan.folder.c_str(), "tmpfs", 0, size.c_str()) != 0)
            GTEST_SKIP() << "a small disk cannot be mounted here";
        const auto said = failure([&] { make(); });
        if (said == "it went well") {
            ++done;
            expect_all_whole();
        } else {
            ++full;
            EXPECT_THAT(said,
                        testing::AnyOf(HasSubstr("disk is full"), HasSubstr("No space left")));
            EXPECT_THAT(names(), IsEmpty());
        }
        ASSERT_EQ(::umount(plan.folder.c_str()), 0);
    }
    EXPECT_GT(full, 2);
    EXPECT_EQ(done, 1);
}

TEST_F(Backups, KilledAtAnyMomentAreWholeOrNoBackups) {
    int writes = 0;
    {
        const test::Disk counting;
        make();
        writes = counting.writes();
    }
    ASSERT_GT(writes, 20);
    int killed = 0, run = 0;
    for (const long moment : test::spread(writes, test::times())) {
        ++run;
        killed += test::apart([&] {
                      const test::Disk disk(test::Disk::Act::killed, static_cast<int>(moment) + 1);
                      Db own = open_file(path);
                      make_backup(own, plan, monday + run * 1h, zone);
                      return std::string();
                  }).killed;
        expect_all_whole();
    }
    EXPECT_GE(killed, test::times() * 9 / 10);  // the very last write is not in every run
    make(monday + 9999h);
    for (const auto& name : names())
        EXPECT_TRUE(name.ends_with(".zst") || name.ends_with(".json")) << name;
    EXPECT_EQ(db.value<std::string>("PRAGMA integrity_check"), "ok");
}

/// Whether a file holds what a backup does; which copy it is, it knows for itself.
bool holds(Db& db, Db& backup) {
    auto tables = compare(db, backup);
    std::erase_if(tables, [](const auto& each) { return each.table.starts_with("dreams_"); });
    return same(tables);
}

TEST_F(Backups, AreRestoredAndThePresentFileIsKept) {
    const auto made = make();
    const auto before = test::dump(db);
    db.script("DELETE FROM contact_events WHERE id < 'evt_2'; UPDATE leads SET notes = 'later'");
    const auto later = test::dump(db);
    OpenedBackup backup(made.file, path, {});
    const auto changes = would_change(path, backup);
    EXPECT_FALSE(same(changes));
    EXPECT_EQ(test::dump(db), later);
    const auto restored = restore(path, backup, monday);
    EXPECT_TRUE(same(restored.compared));
    EXPECT_TRUE(holds(db, backup.db()));  // by the connection that was open
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM leads WHERE notes = 'later'"), 0);
    Db kept = Db::open(restored.kept, Db::Mode::read_only);
    EXPECT_EQ(test::dump(kept), later);
}

TEST_F(Backups, AreRestoredOverADamagedFileAndWhereNoneIs) {
    const auto made = make();
    const auto elsewhere = folder.file("other.db");
    {
        OpenedBackup backup(made.file, elsewhere, {});
        EXPECT_EQ(restore(elsewhere, backup, monday).kept, "");
    }
    test::write_file(elsewhere, "this was a database once, and now it is not any more");
    OpenedBackup backup(made.file, elsewhere, {});
    const auto restored = restore(elsewhere, backup, monday);
    EXPECT_THAT(test::read_file(restored.kept), HasSubstr("was a database once"));
    EXPECT_EQ(open_file(elsewhere).value<int>("SELECT count(*) FROM contact_events"), 300);
}

TEST_F(Backups, AreRestoredWithoutLosingWhatOthersWriteMeanwhile) {
    test::Writer writer(path);
    const auto made = make();
    OpenedBackup backup(made.file, path, {});
    const auto restored = restore(path, backup, monday);
    const auto acknowledged = writer.acknowledged();
    auto found = test::Writer::in(restored.kept);
    found.merge(test::Writer::in(path));
    for (const auto id : acknowledged) EXPECT_TRUE(found.contains(id)) << id << " is lost";
    EXPECT_GT(acknowledged.size(), 20u);
}

TEST_F(Backups, AreNotRestoredWhileASyncIsUnderWay) {
    const auto made = make();
    const auto before = test::dump(db);
    OpenedBackup backup(made.file, path, {});
    for (const char* job : {"sync fub", "sync idx", "sync listings", "sync notion"}) {
        const Lease sync(db, job, monday);
        EXPECT_THAT(failure([&] { restore(path, backup, monday); }), HasSubstr(job));
    }
    EXPECT_EQ(test::dump(db), before);
}

TEST_F(Backups, AreRestoredUnderProgramsThatGoOnUsingTheFile) {
    const auto made = make();
    const Lease use(db, "use by process 7", monday);
    OpenedBackup backup(made.file, path, {});
    EXPECT_TRUE(same(restore(path, backup, monday).compared));
    EXPECT_THAT(db.list<std::string>("SELECT job FROM dreams_leases"),
                ElementsAre("use by process 7"));
}

TEST_F(Backups, KilledWhileRestoringTheFileIsAsItWasOrAsTheBackupAndThenSendsNothing) {
    stamp(db, "prd", monday);
    const auto made = make();
    db.script("UPDATE leads SET notes = 'later'; PRAGMA wal_checkpoint(TRUNCATE)");
    int writes = 0;
    {
        OpenedBackup backup(made.file, path, {});
        const test::Disk counting;
        const auto restored = restore(path, backup, monday);
        writes = counting.writes();
        OpenedBackup kept(restored.kept, path, {});
        restore(path, kept, monday);
    }
    claim(db, "prd", monday);
    const auto later = test::dump(db);
    int killed = 0;
    for (const long moment : test::spread(writes, test::times())) {
        killed += test::apart([&] {
                      OpenedBackup backup(made.file, path, {});
                      const test::Disk disk(test::Disk::Act::killed, static_cast<int>(moment) + 1);
                      restore(path, backup, monday);
                      return std::string();
                  }).killed;
        Db now_there = open_file(path);  // which forgets that the dead was at work
        EXPECT_EQ(now_there.value<std::string>("PRAGMA integrity_check"), "ok");
        OpenedBackup backup(made.file, path, {});
        const bool restored = holds(now_there, backup.db());
        EXPECT_TRUE(restored || test::dump(now_there) == later);
        EXPECT_EQ(why_not_sending(*origin(now_there), path, "prd").has_value(), restored);
    }
    EXPECT_GE(killed, test::times() * 9 / 10);  // the very last write is not in every run
}

}  // namespace
}  // namespace dreams::store
