// Backups on another machine, which needs nothing of ours: by a real ssh.

#include <gtest/gtest.h>

#include "cli/whole.h"
#include "support/small_disk.h"
#include "support/sshd.h"

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::monday;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class FarBackups : public testing::Test {
protected:
    FarBackups() {
        fs::create_directory(place);
        test::make_two(place, 100);
        Db db = store::open_file(place / "dreams.db");
        store::stamp(db, "prd", monday);
        ours = store::whose_backups(db, "prd");
        first = name_of(ours, monday);
        at(monday);
        program.variables["DREAMS_ENVIRONMENT"] = "prd";
        program.variables["DREAMS_DATABASE"] = place / "dreams.db";
        program.variables["DREAMS_BACKUP_SSH_CONFIG"] = far.config();
        keep_in(there);
    }
    void at(Instant now) { program.variables["DREAMS_NOW"] = to_text(now); }
    void keep_in(const fs::path& folder) {
        program.variables["DREAMS_BACKUP_FOLDER"] = far.url(folder);
    }
    std::string url(const std::string& name) const { return far.url(there / name); }
    std::string state() { return program.run({"status"}).out; }
    std::string verdict() {
        const auto document = program.run({"doctor", "--json"}).json();
        for (const auto& check : document.at("checks").as_array())
            if (check.at("name") == "backup") return test::text(check.at("sentence"));
        return "";
    }
    test::Content content() const { return test::content(place / "dreams.db"); }

    test::Program program;
    test::Sshd far;
    const fs::path place = program.folder.path() / "here",
                   there = program.folder.path() / "it's there",
                   waiting = place / "dreams.db.backups";
    static std::string name_of(const store::Whose& whose, Instant made_at) {
        return store::backup_stem(whose, made_at) + ".zst";
    }
    store::Whose ours;
    std::string first;
};

TEST_F(FarBackups, AreProvedHereCarriedReadBackAndRestoredFromThere) {
    const auto before = content();
    const auto taken = program.run({"backup", "--json"});
    ASSERT_EQ(taken.status, 0) << taken.err;
    EXPECT_EQ(test::text(taken.json().at("file")), url(first));
    EXPECT_THAT(test::names_in(there), ElementsAre(first, first + ".json"));
    EXPECT_EQ(fs::status(there / first).permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_THAT(test::names_in(waiting), ElementsAre("carried-prd.json"));
    EXPECT_THAT(state(),
                AllOf(HasSubstr("last proved 2026-01-19 11:00"), Not(HasSubstr("did not"))));
    store::open_file(place / "dreams.db").script("DELETE FROM contact_events");
    const auto shown = program.run({"restore", url(first)});
    EXPECT_THAT(shown.out, AllOf(HasSubstr("100 only in B"), HasSubstr("nothing was changed")));
    const auto restored = program.run({"restore", url(first), "--yes"});
    EXPECT_EQ(restored.status, 0) << restored.err;
    EXPECT_THAT(restored.err, Not(HasSubstr("no manifest")));
    EXPECT_EQ(content(), before);
    EXPECT_THAT(test::passing_in(place), IsEmpty());
}

TEST_F(FarBackups, AreKeptByTheRuleThere) {
    program.variables.insert({{"DREAMS_BACKUP_DAILY", "2"},
                              {"DREAMS_BACKUP_WEEKLY", "1"},
                              {"DREAMS_BACKUP_MONTHLY", "1"}});
    fs::create_directory(there);
    const auto left = name_of(ours, monday - 24h);
    // Of another file of the same environment, and of an older program that did not say of which.
    const auto theirs = name_of({"prd", "ffffffff00000000"}, monday - 99 * 24h),
               nobodys = name_of({"prd", ""}, monday - 99 * 24h);
    for (const auto& name :
         {left + ".partial-0a1b2c", left, std::string("mine.zst"), theirs, theirs + ".json",
          nobodys, nobodys + ".json", name_of({"dev", ours.lineage}, monday) + ".json"})
        test::write_file(there / name, "");
    for (int day = 0; day < 3; ++day) {
        at(monday + day * 24h);
        ASSERT_EQ(program.run({"backup"}).status, 0);
    }
    const auto second = name_of(ours, monday + 24h), third = name_of(ours, monday + 48h);
    EXPECT_THAT(
        test::names_in(there),
        testing::UnorderedElementsAre(name_of({"dev", ours.lineage}, monday) + ".json", nobodys,
                                      nobodys + ".json", theirs, theirs + ".json", second,
                                      second + ".json", third, third + ".json", "mine.zst"));
}

TEST_F(FarBackups, WhereTheTargetIsDownForAWeekSayItAndTheNewestWaitsHere) {
    ASSERT_EQ(program.run({"backup"}).status, 0);
    const test::Variables down{{"DREAMS_BACKUP_SSH_CONFIG", program.folder.file("other key")}};
    auto config = test::read_file(far.config());
    config.replace(config.find("/user\n"), 6, "/nokey\n");
    test::write_file(program.folder.file("other key"), config);
    for (int day = 1; day <= 7; ++day) {
        at(monday + day * 24h);
        const auto refused = program.run({"backup"}, down);
        EXPECT_EQ(refused.status, 1);
        EXPECT_THAT(refused.err,
                    AllOf(HasSubstr("Permission denied"), HasSubstr("ssh did not reach"),
                          HasSubstr("stays in " + waiting.string())));
        EXPECT_EQ(test::names_in(waiting).size(), 3u) << "the newest alone";
        EXPECT_EQ(verdict().find("The last proved backup is of 2026-01-19 11:00") == 0, day > 1)
            << verdict();
    }
    EXPECT_THAT(verdict(), HasSubstr("and one of 2026-01-26 11:00"));
    EXPECT_THAT(state(), HasSubstr("did not get to ssh://"));
    ASSERT_EQ(program.run({"backup"}).status, 0) << "the same moment gets the next second";
    at(monday + 8 * 24h);
    ASSERT_EQ(program.run({"backup"}).status, 0);
    EXPECT_THAT(test::names_in(waiting), ElementsAre("carried-prd.json"));
    EXPECT_EQ(verdict().find("The last"), std::string::npos);
}

TEST_F(FarBackups, CutShortOrOfAnotherKeyAreNotBelieved) {
    ASSERT_EQ(program.run({"backup", "--new-key", "key"}).status, 0);
    const test::Variables locked{{"DREAMS_BACKUP_KEY_FILE", program.folder.file("key")}};
    ASSERT_EQ(program.run({"backup"}, locked).status, 0);
    const auto name = first + ".locked", before = content();
    EXPECT_THAT(program.run({"restore", url(name), "--yes"}).err,
                HasSubstr(name + " is encrypted"));
    EXPECT_THAT(
        program.run({"restore", url(name), "--yes"}, {{"DREAMS_BACKUP_KEY", std::string(64, 'a')}})
            .err,
        HasSubstr(name + " was encrypted with another key"));
    fs::resize_file(there / name, fs::file_size(there / name) / 2);
    EXPECT_THAT(program.run({"restore", url(name), "--yes"}, locked).err, HasSubstr("cut short"));
    EXPECT_THAT(program.run({"restore", url("nothing"), "--yes"}).err,
                HasSubstr("there is no file ssh://"));
    EXPECT_EQ(content(), before);
    EXPECT_THAT(test::passing_in(place), IsEmpty());
}

TEST_F(FarBackups, WhatComesBackOtherThanItWasSentGetsNoName) {
    const auto ssh = program.folder.path() / "bin" / "ssh";
    fs::create_directory(ssh.parent_path());
    // A machine that loses the last byte.
    test::write_file(ssh, "#!/bin/sh\nfor line; do :; done\nsh -c \"$line\" | head -c -1\n");
    fs::permissions(ssh, fs::perms::owner_all);
    const auto refused =
        program.run({"backup"}, {{"PATH", ssh.parent_path().string() + ":" + std::getenv("PATH")}});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("is not what was sent"));
    EXPECT_THAT(test::names_in(there), IsEmpty());
}

TEST_F(FarBackups, WhatCutConnectionsLeftGoesBeforeTheNextIsSent) {
    test::SmallDisk disk;
    if (!disk.mounted()) GTEST_SKIP() << "a small disk cannot be mounted here";
    const auto folder = disk.path() / "backups";
    fs::create_directory(folder);
    const auto of_today = name_of(ours, monday - 23h) + ".partial-0a1b2c";
    const auto old = folder / (name_of(ours, monday - 24h) + ".partial-0a1b2c");
    for (const auto& each : {folder / of_today, old}) test::write_file(each, "x");
    disk.leave(2);
    fs::rename(disk.path() / "ballast", old);
    keep_in(folder);
    const auto taken = program.run({"backup"});
    EXPECT_EQ(taken.status, 0) << taken.err;
    EXPECT_THAT(test::names_in(folder),
                testing::UnorderedElementsAre(first, first + ".json", of_today));
}

TEST_F(FarBackups, OnAFullDiskThereGetNoName) {
    test::SmallDisk disk;
    if (!disk.mounted()) GTEST_SKIP() << "a small disk cannot be mounted here";
    keep_in(disk.path() / "backups");
    disk.leave(2);
    const auto refused = program.run({"backup"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("No space left"));
    EXPECT_THAT(test::names_in(disk.path() / "backups"), IsEmpty()) << "nothing fills it up";
    disk.make_room();
    at(monday + 25h);
    EXPECT_EQ(program.run({"backup"}).status, 0);
    EXPECT_EQ(test::names_in(disk.path() / "backups").size(), 2u);
}

TEST_F(FarBackups, ATargetThatIsNoneIsRefused) {
    const auto refused = program.run({"backup"}, {{"DREAMS_BACKUP_FOLDER", "ssh://-oProxy=x/y"}});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("is no target"));
    for (const test::Variables& wrong :
         {test::Variables{{"DREAMS_BACKUP_FOLDER", "ssh://-oProxy=x/y"}},
          test::Variables{{"DREAMS_BACKUP_KEY", "no key"}}})
        EXPECT_EQ(program.run({"status"}, wrong).status, 0) << "pages ask for it too";
}

}  // namespace
}  // namespace dreams::cli
