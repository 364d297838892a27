// `dreams push` and `pull`, by the real program over a real ssh.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "cli/program.h"
#include "store/lease.h"
#include "support/copies.h"
#include "support/sshd.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;

struct TwoMachines : testing::Test {
    test::Program program;
    test::Sshd far;
    std::string here = program.folder.file("dreams.db"), there = program.folder.file("it's far.db");

    void SetUp() override {
        program.variables["DREAMS_ENVIRONMENT"] = "prd";
        test::original(program.folder, "dreams.db");
    }
    void both_go_on() {
        test::copy(program.folder, "dreams.db", "it's far.db");
        write(here, "UPDATE leads SET notes = 'here' WHERE id = 'lead-ana-bell'");
        write(there, "UPDATE leads SET notes = 'there' WHERE id = 'lead-ben-cole'");
    }
    static void write(const std::string& file, const std::string& sql) {
        store::open_file(file).script(sql);
    }
    static std::string twelve(const std::string& file) {
        Db db = Db::open(file, Db::Mode::read_only);
        EXPECT_EQ(db.value<std::string>("PRAGMA integrity_check"), "ok") << file;
        return test::twelve(db, {});
    }
    test::Words words(const std::string& command, const test::Words& more = {}) const {
        test::Words all{command,      far.url(there),     "--ssh-config",
                        far.config(), "--remote-program", DREAMS_PROGRAM};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    test::Ran run(const std::string& command, const test::Words& more = {}) {
        return program.run(words(command, more));
    }
    std::vector<std::string> passing() const {
        std::vector<std::string> found;
        for (const auto& each : std::filesystem::directory_iterator(program.folder.path()))
            if (each.path().string().find(".partial-") != std::string::npos)
                found.push_back(each.path());
        return found;
    }
};

using Machines = TwoMachines;

TEST_F(Machines, PushMakesTheFileWhereThereIsNone) {
    const auto ran = run("push");
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("There was no file"));
    EXPECT_EQ(twelve(there), twelve(here));
    EXPECT_THAT(program.run({"origin", "--database", there}).out, HasSubstr("nothing is sent"));
}

TEST_F(Machines, PushAndPullMakeTwoThatMovedOnOne) {
    both_go_on();
    const auto pushed = run("push", {"--json"});
    EXPECT_EQ(pushed.status, 0) << pushed.err;
    EXPECT_EQ(pushed.json().at("tables").at("leads").at("updated"), 1);
    EXPECT_EQ(pushed.json().at("compared").at("tables").at("leads").at("differing"), 1);
    EXPECT_NE(twelve(there), twelve(here)) << "one direction only";
    const auto pulled = run("pull");
    EXPECT_EQ(pulled.status, 0) << pulled.err;
    EXPECT_THAT(pulled.out, HasSubstr("✓ the same"));
    EXPECT_EQ(twelve(there), twelve(here));
    EXPECT_TRUE(passing().empty());
}

TEST_F(Machines, ReplacingIsAskedForTwiceAndKeepsTheOldFile) {
    both_go_on();
    const auto before = twelve(there);
    const auto refused = run("push", {"--replace", "--yes"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("--yes --yes"));
    EXPECT_EQ(twelve(there), before);
    const auto done = run("push", {"--replace", "--yes", "--yes", "--json"});
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_EQ(twelve(there), twelve(here));
    EXPECT_EQ(twelve(test::text(done.json().at("snapshot"))), before);
    write(there, "UPDATE leads SET notes = 'newer' WHERE id = 'lead-ana-bell'");
    EXPECT_EQ(run("pull", {"--replace", "--yes", "--yes"}).status, 0);
    EXPECT_EQ(twelve(there), twelve(here));
}

TEST_F(Machines, WhatDoesNotWorkIsSaid) {
    both_go_on();
    const auto before = twelve(there);
    EXPECT_THAT(program.run({"push", "far:/dreams.db"}).err, HasSubstr("is no target"));
    EXPECT_THAT(program.run({"push", "ssh://-oProxyCommand=x/dreams.db"}).err,
                HasSubstr("is no target"));
    auto wrong = words("push");
    wrong.back() = "/nowhere/dreams";
    EXPECT_THAT(program.run(wrong).err, HasSubstr("has no program '/nowhere/dreams'"));
    auto closed = words("pull");
    closed[1] = "ssh://127.0.0.1:1/dreams.db";
    EXPECT_THAT(program.run(closed).err, HasSubstr("ssh did not reach"));
    write(there, "PRAGMA user_version = 99");
    EXPECT_THAT(run("push").err, HasSubstr("newer DREAMS"));
    EXPECT_EQ(twelve(there), before);
}

TEST_F(Machines, WhereAnotherIsAtWorkTheExitStatusTellsIt) {
    both_go_on();
    const auto before = twelve(there), ours = twelve(here);
    for (const auto& file : {here, there}) {
        Db db = store::open_file(file);
        const store::Lease sync(db, "sync fub", test::monday), backup(db, "backup", test::monday);
        const auto ran = file == here ? run("pull") : run("push");
        EXPECT_EQ(ran.status, 4) << ran.err;
        EXPECT_THAT(ran.err, HasSubstr("another run of 'sync fub' is under way"));
        for (const test::Words& words :
             {test::Words{"merge", file == here ? there : here}, test::Words{"backup"}}) {
            auto busy = words;
            busy.insert(busy.end(), {"--database", file});
            EXPECT_EQ(program.run(busy).status, 4) << words[0];
        }
    }
    EXPECT_EQ(twelve(there), before);
    EXPECT_EQ(twelve(here), ours);
}

/// Two network namespaces, joined by a cable.
struct Cable {
    bool laid = false;
    Cable() {
        if (::geteuid() != 0) return;
        const std::vector<std::vector<std::string>> steps{
            {"ip", "netns", "add", near},
            {"ip", "netns", "add", far},
            {"ip", "link", "add", "drm-a", "netns", near, "type", "veth", "peer", "name", "drm-b",
             "netns", far},
            {"ip", "-n", near, "addr", "add", "10.213.7.1/30", "dev", "drm-a"},
            {"ip", "-n", far, "addr", "add", "10.213.7.2/30", "dev", "drm-b"},
            {"ip", "-n", near, "link", "set", "drm-a", "up"},
            {"ip", "-n", far, "link", "set", "drm-b", "up"}};
        try {
            for (const auto& step : steps) test::said(step);
            laid = true;
        } catch (const std::exception&) {
            // Not allowed here: the test says that it was left out.
        }
    }
    ~Cable() {
        for (const auto& name : {near, far}) try {
                test::said({"ip", "netns", "del", name});
            } catch (const std::exception&) {
                // It was never made.
            }
    }
    const std::string near = "dreams-near-" + std::to_string(::getpid());
    const std::string far = "dreams-far-" + std::to_string(::getpid());
};

/// Two files on two machines, both of which moved on since they were one.
struct TwoNetworks : testing::Test {
    const Cable cable;
    const test::Folder folder;
    const std::string here = folder.file("dreams.db"), there = folder.file("far.db");
    std::optional<test::Sshd> far;

    void SetUp() override {
        if (!cable.laid) GTEST_SKIP() << "network namespaces may not be made here";
        far.emplace("10.213.7.2", std::vector<std::string>{"ip", "netns", "exec", cable.far});
        // That the cable is out is noticed in half a minute.
        test::write_file(far->config(),
                         test::read_file(far->config()) + "  ServerAliveCountMax 1\n");
        test::original(folder, "dreams.db");
        // More than what machines hold of it on the way.
        store::open_file(here).script(
            "CREATE TABLE ballast (bytes); INSERT INTO ballast VALUES (randomblob(12000000))");
        test::copy(folder, "dreams.db", "far.db");
        store::open_file(here).script(R"sql(
            UPDATE leads SET notes = 'likes hills' WHERE id = 'lead-ana-bell';
            UPDATE leads SET notes = 'here' WHERE id = 'lead-ben-cole')sql");
        store::open_file(there).script(R"sql(
            UPDATE leads SET notes = 'likes lakes' WHERE id = 'lead-ana-bell';
            UPDATE leads SET next_action = 'there' WHERE id = 'lead-cleo-dunn')sql");
    }
    test::Words words(const std::string& command, const std::string& program) const {
        return {
            "ip",   "netns", "exec",          cable.near,     DREAMS_PROGRAM, "--database",
            here,   command, far->url(there), "--ssh-config", far->config(),  "--remote-program",
            program};
    }
};

TEST_F(TwoNetworks, PushAndPullJoinTwoThatMovedOnAndListWhatWasTypedTwice) {
    for (const char* command : {"push", "pull"}) test::said(words(command, DREAMS_PROGRAM));
    Db ours = store::open_file(here), theirs = store::open_file(there);
    const auto open = store::open_merge_conflicts(theirs);  // where both met
    ASSERT_EQ(open.size(), 1u);
    EXPECT_EQ(open[0].row + " " + open[0].column, "lead-ana-bell notes");
    EXPECT_EQ(open[0].ours, "likes lakes");
    EXPECT_EQ(open[0].theirs, "likes hills");
    const auto here_too = store::open_merge_conflicts(ours);
    ASSERT_EQ(here_too.size(), 1u) << "each keeps its own until somebody decides";
    EXPECT_EQ(here_too[0].ours, "likes hills");
    const auto listed = test::cells_in_conflict(ours);
    EXPECT_EQ(test::twelve(ours, listed), test::twelve(theirs, listed));
    for (Db* db : {&ours, &theirs}) {
        EXPECT_EQ(db->value<std::string>("SELECT notes FROM leads WHERE id = 'lead-ben-cole'"),
                  "here");
        EXPECT_EQ(
            db->value<std::string>("SELECT next_action FROM leads WHERE id = 'lead-cleo-dunn'"),
            "there");
    }
}

TEST_F(TwoNetworks, WhereTheCableIsPulledOutBothFilesAreWhole) {
    // Takes a part of what comes, then waits until the cable is out.
    const auto slowly = folder.file("slowly"), began = folder.file("began");
    test::write_file(slowly, "#!/bin/sh\n{ dd bs=1 count=9000 2>/dev/null; touch " + began +
                                 "; sleep 2; cat; } | " + DREAMS_PROGRAM + " \"$@\"\n");
    std::filesystem::permissions(slowly, std::filesystem::perms::owner_all);
    const auto content = [](const std::string& file) {
        Db db = Db::open(file, Db::Mode::read_only);
        EXPECT_EQ(db.value<std::string>("PRAGMA integrity_check"), "ok") << file;
        return test::twelve(db, {});
    };
    const auto ours = content(here), theirs = content(there);
    const auto set_cable = [&](const char* state) {
        test::said({"ip", "-n", cable.far, "link", "set", "drm-b", state});
    };
    {
        dreams::Program push(words("push", slowly));
        push.close_input();
        for (int i = 0; i < 600 && !std::filesystem::exists(began); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        ASSERT_TRUE(std::filesystem::exists(began));
        set_cable("down");
        push.read_all();
        EXPECT_EQ(push.end(), 1);
    }
    const auto taking = [&] {  // until the far side has noticed it too
        for (const auto& each : std::filesystem::directory_iterator(folder.path()))
            if (each.path().string().find("far.db.partial-") != std::string::npos) return true;
        return false;
    };
    for (int i = 0; i < 1200 && taking(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    EXPECT_FALSE(taking());
    EXPECT_EQ(content(here), ours);
    EXPECT_EQ(content(there), theirs);
    set_cable("up");
    test::said(words("push", DREAMS_PROGRAM));
    EXPECT_NE(content(there), theirs);
}

}  // namespace
}  // namespace dreams::cli
