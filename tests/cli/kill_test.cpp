// kill -9 at moments that are spread over the whole of each command that writes a copy or makes a
// file another: what bears a name is whole, nothing is lost, and the next run makes it good.

#include <gtest/gtest.h>

#include "cli/whole.h"
#include "store/january.h"
#include "support/kills.h"
#include "support/sshd.h"

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using test::Content;
using test::monday;

constexpr int events = 3000;  // a work of a tenth of a second and more

/// What is killed, and what is looked at then.
struct Work {
    test::Words words;
    std::function<void()> begin_anew;
    std::function<void()> look;  ///< after the kill; runs the command once more
    int seldom = 5;              ///< how often, where nobody asks for more: ssh takes its time
    std::function<void()> reach = [] {};  ///< waits until what is killed has begun
    std::function<void(test::Running&)> kill = [](test::Running& run) { run.signal(SIGKILL); };
};

class Kills : public testing::Test {
protected:
    Kills() {
        fs::create_directory(place);
        program.variables = {{"DREAMS_ENVIRONMENT", "prd"},
                             {"DREAMS_DATABASE", file},
                             {"DREAMS_BACKUP_FOLDER", place / "backups"}};
    }
    void make_files() {
        test::make_two(place, events);
        before = test::content(file);
        fs::copy_file(file, program.folder.file("kept"));
    }
    void put_back() const { test::put_back(program.folder.file("kept"), file); }
    void next_hour() { program.variables["DREAMS_NOW"] = to_text(monday + ++hours * 1h); }

    void ran(const test::Words& words) {
        const auto began = steady_clock::now();
        const auto ran = program.run(words);
        EXPECT_EQ(ran.status, 0) << ran.err;
        lately = steady_clock::now() - began;
    }
    void kill_all_over(const Work& work);
    /// What was kept beside the file before it was changed is what it was.
    void expect_kept_are_whole() const {
        for (const auto& kept : test::kept_beside(file))
            EXPECT_EQ(test::content(kept), before) << kept;
    }
    void remove_kept() const {
        for (const auto& name : test::names_in(place))
            if (name.starts_with("dreams.db.")) fs::remove(place / name);
    }
    void expect_nothing_passing() const {
        EXPECT_THAT(test::passing_in(place), testing::IsEmpty());
    }

    test::Program program;
    const fs::path place = program.folder.path() / "place";
    const std::string file = place / "dreams.db", other = place / "other.db";
    Content before;
    int hours = 0;
    steady_clock::duration lately{};  ///< what a whole run took
};

void Kills::kill_all_over(const Work& work) {
    work.begin_anew();
    ran(work.words);  // everything is in memory then
    work.begin_anew();
    const auto start = steady_clock::now();
    auto whole = program.start(work.words);
    work.reach();
    const auto reached = steady_clock::now();
    const auto let_alone = whole.ended();
    ASSERT_EQ(let_alone.status, 0) << let_alone.err;
    lately = steady_clock::now() - start;
    const double share = (steady_clock::now() - reached) / std::chrono::duration<double>(lately);
    const int wanted = test::times(work.seldom);
    int killed = 0, runs = 0, with_leftovers = 0;
    const auto kill_at = [&](long moment) {
        work.begin_anew();
        auto run = program.start(work.words);
        work.reach();
        std::this_thread::sleep_for(lately * share * moment / 1000);
        work.kill(run);
        ++runs;
        killed += run.ended().status != 0;
        with_leftovers += !test::passing_in(place).empty();
        work.look();
        if (HasFailure()) FAIL() << "killed after " << moment << " thousandths";
    };
    // By thousandths of what it took lately, since others use the machine too; some a little too
    // late: its last moments are meant as well. Those that came too late are made up for.
    while (killed < wanted && runs < 4 * wanted + 20)
        for (const long moment : test::spread(1150, wanted - killed)) {
            kill_at(moment);
            if (HasFailure()) return;
        }
    EXPECT_GE(killed, wanted);
    std::cout << work.words[0] << ": " << killed << " of " << runs
              << " runs were killed before they were done, " << with_leftovers
              << " with a passing file\n";
}

TEST_F(Kills, ABackupIsWholeOrIsNoneAndLeftoversGo) {
    make_files();
    const auto backups = [&] { return store::backups(place / "backups", "prd"); };
    ran({"backup"});
    kill_all_over({.words = {"backup"},
                   .begin_anew = [&] { next_hour(); },
                   .look =
                       [&] {
                           EXPECT_EQ(test::content(file), before);
                           EXPECT_FALSE(backups().empty());
                           for (const auto& name : test::names_in(place / "backups")) {
                               if (!name.ends_with(".zst")) continue;
                               store::OpenedBackup opened(place / "backups" / name, file, {});
                               EXPECT_EQ(test::content_of(opened.db(), name), before);
                           }
                           next_hour();
                           ran({"backup"});
                           for (const auto& each : backups())
                               EXPECT_EQ(each.tables.size(), backups().front().tables.size());
                           auto names = test::names_in(place / "backups");
                           std::erase_if(names, [](const auto& name) {
                               return name.starts_with("drill-");  // what it remembers
                           });
                           EXPECT_EQ(names.size(), 2 * backups().size());
                           expect_nothing_passing();
                       }});
}

TEST_F(Kills, AFileIsMadeOrIsNone) {
    kill_all_over({.words = {"init"},
                   .begin_anew =
                       [&] {
                           fs::remove_all(place);
                           fs::create_directory(place);
                       },
                   .look =
                       [&] {
                           if (!fs::exists(file)) {
                               ran({"init"});
                               expect_nothing_passing();
                           }
                           EXPECT_EQ(program.run({"status"}).status, 0);
                       }});
}

TEST_F(Kills, ARestoredFileIsAsItWasOrAsTheBackup) {
    make_files();
    ran({"backup"});
    const auto backup = store::backups(place / "backups", "prd").front().file;
    const auto old = before;
    store::open_file(file).script(
        "DELETE FROM contact_events WHERE id < 'evt_2'; UPDATE leads SET notes = 'later'");
    before = test::content(file);
    fs::remove(program.folder.file("kept"));
    fs::copy_file(file, program.folder.file("kept"));
    kill_all_over({.words = {"restore", backup, "--yes"},
                   .begin_anew = [&] { put_back(), remove_kept(); },
                   .look =
                       [&] {
                           const auto now = test::content(file);
                           EXPECT_TRUE(now == before || now == old) << "half a backup";
                           expect_kept_are_whole();
                           ran({"restore", backup, "--yes"});
                           EXPECT_EQ(test::content(file), old);
                           expect_nothing_passing();
                       }});
}

TEST_F(Kills, AMergeIsDoneOrNot) {
    make_files();
    const auto theirs = test::content(other);
    ran({"merge", other});
    const auto after = test::content(file);
    EXPECT_NE(after, before);
    kill_all_over({.words = {"merge", other},
                   .begin_anew = [&] { put_back(), remove_kept(); },
                   .look =
                       [&] {
                           const auto now = test::content(file);
                           EXPECT_TRUE(now == before || now == after) << "half a merge";
                           EXPECT_EQ(test::content(other), theirs);
                           expect_kept_are_whole();
                           ran({"merge", other});
                           EXPECT_EQ(test::content(file), after);
                           expect_nothing_passing();
                       }});
}

TEST_F(Kills, AMigrationIsDoneOrNot) {
    test::january_file(program.folder);
    fs::rename(program.folder.file("dreams.db"), program.folder.file("kept"));
    put_back();
    const auto january = test::whole(file);
    ran({"migrate"});
    const auto after = test::content(file);
    kill_all_over({.words = {"migrate"},
                   .begin_anew = [&] { put_back(), remove_kept(); },
                   .look =
                       [&] {
                           EXPECT_TRUE(test::whole(file) == january ||
                                       test::content(file) == after);
                           for (const auto& kept : test::kept_beside(file))
                               EXPECT_EQ(test::whole(kept), january) << kept;
                           ran({"migrate"});
                           EXPECT_EQ(test::content(file), after);
                       }});
}

TEST_F(Kills, ABackupOnAnotherMachineIsWholeOrIsNone) {
    const test::Sshd far;
    make_files();
    const auto there = program.folder.path() / "there";
    program.variables.insert_or_assign("DREAMS_BACKUP_FOLDER", far.url(there));
    program.variables.insert_or_assign("DREAMS_BACKUP_SSH_CONFIG", far.config());
    const auto expect_whole = [&] {
        for (const auto& name : test::names_in(there))
            if (name.ends_with(".zst")) {
                store::OpenedBackup opened(there / name, file, {});
                EXPECT_EQ(test::content_of(opened.db(), name), before);
            }
    };
    kill_all_over({.words = {"backup"},
                   .begin_anew = [&] { next_hour(); },
                   .look =
                       [&] {
                           EXPECT_EQ(test::content(file), before);
                           expect_whole();
                           next_hour();
                           ran({"backup"});
                           EXPECT_FALSE(store::backups(there, "prd").empty());
                           expect_nothing_passing();
                           EXPECT_EQ(test::names_in(place / "dreams.db.backups").size(), 1u);
                       },
                   .seldom = 3});
}

/// Between `dreams.db` and `other.db` on a far side, by a real ssh; the program there tells its
/// process's number.
class FarKills : public Kills {
protected:
    FarKills() {
        make_files();
        fs::copy_file(other, program.folder.file("kept there"));
        theirs = test::content(other);
        test::write_file(there, "#!/bin/sh\necho $$ > " + number + ".new && mv " + number +
                                    ".new " + number + "\nexec " + DREAMS_PROGRAM + " \"$@\"\n");
        fs::permissions(there, fs::perms::owner_all);
    }
    /// What is killed all over, after it was done once: by then it is known what comes of it.
    Work work(const std::string& command, const test::Words& more = {}) {
        words = {command,      far.url(other),     "--ssh-config",
                 far.config(), "--remote-program", "'" + there + "'"};
        words.insert(words.end(), more.begin(), more.end());
        begin_anew();
        ran(words);
        here_after = test::content(file);
        there_after = test::content(other);
        EXPECT_TRUE(here_after != before || there_after != theirs);
        return {.words = words,
                .begin_anew = [&] { begin_anew(); },
                .look = [&] { look(); },
                .seldom = 3};
    }
    /// The same, where the program on the far side is what is killed.
    Work work_there(const std::string& command, const test::Words& more = {}) {
        auto all = work(command, more);
        all.reach = [&] {
            while (!fs::exists(number)) std::this_thread::sleep_for(1ms);
        };
        all.kill = [&](test::Running&) { ::kill(process(), SIGKILL); };
        return all;
    }
    void begin_anew() const {
        fs::remove(number);
        put_back();
        for (const auto& name : test::names_in(place))
            if (name.starts_with("other.db.") || name.starts_with("dreams.db."))
                fs::remove(place / name);
        test::put_back(program.folder.file("kept there"), other);
    }
    /// The far side of one that was killed goes on until it sees that nothing more comes or is
    /// taken.
    void let_far_side_end() const {
        while (fs::exists(number) && ::kill(process(), 0) == 0) std::this_thread::sleep_for(5ms);
    }
    pid_t process() const { return std::stoi(test::read_file(number)); }
    void look() {
        let_far_side_end();
        const auto here_now = test::content(file), there_now = test::content(other);
        EXPECT_TRUE(here_now == before || here_now == here_after) << "half of it here";
        EXPECT_TRUE(there_now == theirs || there_now == there_after) << "half of it there";
        expect_kept_are_whole();
        for (const auto& kept : test::kept_beside(other))
            EXPECT_EQ(test::content(kept), theirs) << kept;
        ran(words);
        EXPECT_EQ(test::content(file), here_after);
        EXPECT_EQ(test::content(other), there_after);
        expect_nothing_passing();
    }

    test::Sshd far;
    const std::string there = program.folder.file("dreams there"),
                      number = program.folder.file("number");
    const test::Words replacing{"--replace", "--yes", "--yes"};
    test::Words words;
    Content theirs, here_after, there_after;
};

TEST_F(FarKills, WhereTheSenderOfAPushIsKilledBothFilesAreWhole) {
    kill_all_over(work("push"));
}

TEST_F(FarKills, WhereTheReceiverOfAPushIsKilledBothFilesAreWhole) {
    kill_all_over(work_there("push"));
}

TEST_F(FarKills, WhereTheReceiverOfAPullIsKilledBothFilesAreWhole) {
    kill_all_over(work("pull"));
}

TEST_F(FarKills, WhereTheSenderOfAPullIsKilledBothFilesAreWhole) {
    kill_all_over(work_there("pull"));
}

TEST_F(FarKills, WhereTheSenderOfAReplacementIsKilledBothFilesAreWhole) {
    kill_all_over(work("push", replacing));
}

TEST_F(FarKills, WhereAReplacedFileIsKilledItIsAsBeforeOrAsWhatWasSent) {
    kill_all_over(work_there("push", replacing));
}

}  // namespace
}  // namespace dreams::cli
