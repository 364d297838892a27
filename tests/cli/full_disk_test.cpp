// A disk that is full after any number of pages, under each command that writes a copy or makes a
// file another: a sentence, nothing half done under any name, and once there is room it works.

#include <gtest/gtest.h>

#include "cli/account.h"
#include "cli/whole.h"
#include "store/january.h"
#include "support/kills.h"
#include "support/small_disk.h"
#include "support/sshd.h"

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;
using test::Content;
using testing::AnyOf;
using testing::HasSubstr;

/// What is run on the disk that is full.
struct Work {
    test::Words words;
    std::function<void()> begin_anew;
    std::function<void()> refused;  ///< looks whether everything is as it was
    std::function<void()> done;     ///< looks whether everything is as it should be
};

class FullDisk : public testing::Test {
protected:
    void SetUp() override {
        if (!disk.mounted()) GTEST_SKIP() << "a small disk cannot be mounted here";
        fs::create_directory(place);
        fs::create_directory(elsewhere);
        program.variables = {{"DREAMS_ENVIRONMENT", "prd"},
                             {"DREAMS_NOW", "2026-01-19T16:00:00Z"},
                             {"DREAMS_BACKUP_FOLDER", place / "backups"}};
        make_files();
    }
    virtual void make_files() {
        test::make_two(place, 300);
        before = test::content(file);
        keep();
    }
    void keep() { fs::copy(place, program.folder.path() / "kept"); }
    /// The files as they were, and no others.
    void begin_anew() {
        disk.make_room();
        fs::remove_all(place);
        fs::copy(program.folder.path() / "kept", place, fs::copy_options::recursive);
    }
    test::Ran run(test::Words words) {
        words.insert(words.end(), {"--database", ours});
        return program.run(words);
    }
    bool done_with(const Work& work, long pages);
    void fill_all_over(const Work& work);

    /// As they were before, but for whole copies that were kept beside a file.
    void expect_as_before() {
        auto names = test::names_in(place);
        for (const auto& kept : test::kept_beside(file)) {
            EXPECT_EQ(test::content(kept), before);
            std::erase(names, fs::path(kept).filename());
        }
        EXPECT_EQ(names, test::names_in(program.folder.path() / "kept"));
        EXPECT_EQ(test::content(file), before);
    }

    test::SmallDisk disk;
    test::Program program;
    const fs::path place = disk.path() / "files", elsewhere = program.folder.path() / "elsewhere";
    const std::string file = place / "dreams.db", other = place / "other.db";
    std::string ours = file;  ///< what the command is given
    Content before;
};

/// Runs it while so many pages are free, and looks.
bool FullDisk::done_with(const Work& work, long pages) {
    work.begin_anew();
    disk.leave(pages);
    const auto ran = run(work.words);
    disk.make_room();
    if (ran.status == 0) {
        work.done();
        return true;
    }
    EXPECT_EQ(ran.status, 1) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("disk is full"));
    EXPECT_THAT(test::passing_in(disk.path()), testing::IsEmpty());
    work.refused();
    if (HasFailure()) std::cout << pages << " pages: " << ran.err;
    return false;
}

void FullDisk::fill_all_over(const Work& work) {
    long none = 0, enough = disk.free_pages() / 2;
    ASSERT_TRUE(done_with(work, enough));
    while (enough - none > 1 + enough / 16 && !HasFailure()) {
        const long between = (none + enough) / 2;
        (done_with(work, between) ? enough : none) = between;
    }
    int refused = 0;
    const auto all = test::thoroughly() ? test::spread(enough, static_cast<int>(enough))
                                        : test::spread(enough, test::times(5));
    for (const long pages : all) {
        refused += !done_with(work, pages);
        if (HasFailure()) return;
    }
    EXPECT_GT(refused, 0);
    std::cout << work.words[0] << ": refused on " << refused << " of " << all.size()
              << " disks with room for less than " << enough << " pages\n";
}

TEST_F(FullDisk, NoBackupIsHalfDone) {
    fill_all_over({.words = {"backup"},
                   .begin_anew = [&] { begin_anew(); },
                   .refused = [&] { expect_as_before(); },
                   .done =
                       [&] {
                           const auto made = store::backups(place / "backups", "prd");
                           ASSERT_EQ(made.size(), 1u);
                           EXPECT_TRUE(store::OpenedBackup(made[0].file, file, {}).proved());
                       }});
}

TEST_F(FullDisk, NoFileIsHalfRestored) {
    program.variables["DREAMS_BACKUP_FOLDER"] = elsewhere;
    ASSERT_EQ(run({"backup"}).status, 0);
    const auto backup = store::backups(elsewhere, "prd").front().file;
    const auto old = before;
    store::open_file(file).script("DELETE FROM contact_events; UPDATE leads SET notes = 'later'");
    before = test::content(file);
    fs::remove_all(program.folder.path() / "kept");
    keep();
    fill_all_over({.words = {"restore", backup, "--yes"},
                   .begin_anew = [&] { begin_anew(); },
                   .refused = [&] { expect_as_before(); },
                   .done = [&] { EXPECT_EQ(test::content(file), old); }});
}

TEST_F(FullDisk, NoMergeIsHalfDone) {
    begin_anew();  // as a copy, which the file is from now on
    ASSERT_EQ(run({"merge", other}).status, 0);
    const auto after = test::content(file);
    fill_all_over({.words = {"merge", other},
                   .begin_anew = [&] { begin_anew(); },
                   .refused = [&] { expect_as_before(); },
                   .done = [&] { EXPECT_EQ(test::content(file), after); }});
}

TEST_F(FullDisk, NoFileIsHalfMade) {
    fill_all_over({.words = {"init"},
                   .begin_anew =
                       [&] {
                           disk.make_room();
                           fs::remove_all(place);
                           fs::create_directory(place);
                       },
                   .refused =
                       [&] {
                           // It may be there, whole, and the stamp that follows not.
                           if (!fs::exists(file)) {
                               EXPECT_THAT(test::names_in(place), testing::IsEmpty());
                               EXPECT_EQ(run({"init"}).status, 0);
                           }
                           EXPECT_EQ(run({"status"}).status, 0);
                       },
                   .done = [&] { EXPECT_EQ(run({"status"}).status, 0); }});
}

TEST_F(FullDisk, NoKeyIsHalfWritten) {
    const auto key = (place / "backup.key").string();
    disk.leave(0);
    const auto refused = run({"backup", "--new-key", key});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("disk is full"));
    disk.make_room();
    EXPECT_EQ(test::names_in(place), test::names_in(program.folder.path() / "kept"));
    ASSERT_EQ(run({"backup", "--new-key", key}).status, 0);
    EXPECT_EQ(test::read_file(key).size(), 65u);
    EXPECT_EQ(fs::status(key).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_THAT(run({"backup", "--new-key", key}).err, HasSubstr("was not touched"));
}

struct FullDiskSync : FullDisk {
    void SetUp() override {
        FullDisk::SetUp();
        program.variables.merge(account.variables());
    }
    test::Account account{20};
};

TEST_F(FullDiskSync, KeepsWhatHasCome) {
    fill_all_over({.words = {"sync"},
                   .begin_anew = [&] { begin_anew(); },
                   .refused = [&] { test::content(file); },
                   .done =
                       [&] {
                           Db db = store::open_file(file);
                           EXPECT_EQ(db.value<int>("SELECT count(*) FROM leads"), 1 + 20);
                       }});
    // Once there is room it goes on from there.
    begin_anew();
    disk.leave(150);
    EXPECT_EQ(run({"sync"}).status, 1);
    disk.make_room();
    EXPECT_EQ(run({"sync"}).status, 0);
    Db db = store::open_file(file);
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM leads"), 1 + 20);
}

struct FullDiskMigration : FullDisk {
    void make_files() override {
        test::Folder january;
        fs::copy(test::january_file(january), file);
        before = test::content(file);
        keep();
    }
};

TEST_F(FullDiskMigration, IsNotHalfDone) {
    const auto january = test::whole(file);
    fill_all_over({.words = {"migrate"},
                   .begin_anew = [&] { begin_anew(); },
                   .refused =
                       [&] {
                           EXPECT_TRUE(test::whole(file) == january);
                           expect_as_before();
                       },
                   .done = [&] { EXPECT_EQ(run({"status"}).status, 0); }});
}

TEST_F(FullDisk, WhereTheSenderHasNoRoomNothingIsPushed) {
    const test::Sshd far;
    const auto there = (elsewhere / "far.db").string();
    fill_all_over(
        {.words = {"push", far.url(there), "--ssh-config", far.config(), "--remote-program",
                   DREAMS_PROGRAM},
         .begin_anew =
             [&] { begin_anew(), fs::remove_all(elsewhere), fs::create_directory(elsewhere); },
         .refused =
             [&] {
                 expect_as_before();
                 EXPECT_FALSE(fs::exists(there));
             },
         .done = [&] { EXPECT_EQ(test::content(there), before); }});
}

struct FullDiskTaking : FullDisk {
    const test::Sshd far;
    const test::Words replacing{"--replace", "--yes", "--yes"};

    /// `command` takes from `from`, or gives to it, what the file on the full disk is to have.
    void take(const std::string& command, const std::string& from, const test::Words& more = {}) {
        test::Words words{command,      far.url(from),      "--ssh-config",
                          far.config(), "--remote-program", DREAMS_PROGRAM};
        words.insert(words.end(), more.begin(), more.end());
        begin_anew();
        ASSERT_EQ(run(words).status, 0);
        const auto after = test::content(file);
        EXPECT_NE(after, before);
        fill_all_over({.words = words,
                       .begin_anew = [&] { begin_anew(); },
                       .refused = [&] { expect_as_before(); },
                       .done = [&] { EXPECT_EQ(test::content(file), after); }});
    }
    /// Another file with room around it.
    std::string near() const {
        const auto path = elsewhere / "near.db";
        fs::copy_file(other, path);
        return path;
    }
};

TEST_F(FullDiskTaking, WhereTheReceiverOfAPushHasNoRoomItsFileIsAsItWas) {
    ours = near();
    take("push", file);
}

TEST_F(FullDiskTaking, WhereAPushIsToReplaceItTheFileIsAsItWas) {
    ours = near();
    take("push", file, replacing);
}

TEST_F(FullDiskTaking, WhereTheReceiverOfAPullHasNoRoomItsFileIsAsItWas) {
    take("pull", near());
}

TEST_F(FullDiskTaking, WhereAPullIsToReplaceItTheFileIsAsItWas) {
    take("pull", near(), replacing);
}

}  // namespace
}  // namespace dreams::cli
