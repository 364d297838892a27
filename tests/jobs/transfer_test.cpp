#include "jobs/transfer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "jobs/far_side.h"
#include "store/lease.h"
#include "support/apart.h"
#include "support/copies.h"
#include "support/kills.h"
#include "support/writer.h"

namespace dreams::jobs {
namespace {

namespace fs = std::filesystem;
using test::monday;
using testing::ElementsAre;
using testing::HasSubstr;

const Zone office("America/New_York");

Flow from(const std::string& bytes) {
    return [&bytes, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
        const auto got = bytes.copy(buffer, size, at);
        at += got;
        return got;
    };
}

struct SentFile : testing::Test {
    test::Folder folder{test::quick_place()};
    std::string a = folder.file("a"), b = folder.file("b"), kept = folder.file("kept");
    std::string sent, before, content;

    void SetUp() override {
        test::original(folder, "a");
        test::copy(folder, "a", "b");
        Db db = store::open_file(a);
        db.script("UPDATE leads SET notes = 'here' WHERE id = 'lead-ana-bell'");
        EXPECT_TRUE(send_copy(db, [&](std::string_view bytes) {
            sent += bytes;
            return true;
        }));
        store::open_file(b).script("UPDATE leads SET next_action = 'there'");
        content = twelve(a);
        before = twelve(b);
        fs::copy_file(b, kept);
    }
    static std::string twelve(const std::string& file) {
        Db db = Db::open(file, Db::Mode::read_only);
        EXPECT_EQ(db.value<std::string>("PRAGMA integrity_check"), "ok") << file;
        return test::twelve(db, {});
    }
    Taken taken(const std::string& bytes, Take how = Take::merge) const {
        return take_copy(b, from(bytes), how, "prd", office, monday);
    }
    void begin_anew() const {
        for (const char* end : {"", "-wal", "-shm"}) fs::remove(b + end);
        fs::copy_file(kept, b);
    }
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& each : fs::directory_iterator(folder.path()))
            if (const auto name = each.path().filename().string();
                name.size() < 2 || name[1] != '-')  // the engine's, beside the file itself
                names.push_back(name);
        std::ranges::sort(names);
        return names;
    }
};

TEST_F(SentFile, IsComparedWithWhatTookIt) {
    const auto merged = taken(sent);
    EXPECT_EQ(merged.how, "merged");
    EXPECT_FALSE(store::same(merged.compared));
    EXPECT_EQ(taken(sent, Take::replace).how, "replaced");
    EXPECT_EQ(twelve(b), content);
}

TEST_F(SentFile, LeavesNothingBesideTheFileButWhatItWas) {
    EXPECT_THAT(files(), ElementsAre("a", "b", "kept"));
    const auto merged = taken(sent);
    EXPECT_EQ(twelve(merged.merged.snapshot), before);
    EXPECT_THAT(files(), ElementsAre("a", "b", HasSubstr("before-merge"), "kept"));
}

TEST_F(SentFile, ReplacesWithoutLosingWhatOthersWriteMeanwhile) {
    test::Writer writer(b);
    const auto replaced = taken(sent, Take::replace);
    const auto acknowledged = writer.acknowledged();
    auto found = test::Writer::in(replaced.merged.snapshot);
    found.merge(test::Writer::in(b));
    for (const auto id : acknowledged) EXPECT_TRUE(found.contains(id)) << id << " is lost";
    EXPECT_GT(acknowledged.size(), 20u);
}

TEST_F(SentFile, AndAnotherThatComeAtOnceWhereNoFileIsAreJoined) {
    std::string other;
    {
        Db db = store::open_file(b);
        ASSERT_TRUE(send_copy(db, [&](std::string_view bytes) {
            other += bytes;
            return true;
        }));
    }
    for (int round = 0; round < 10; ++round) {
        const auto target = folder.file("new" + std::to_string(round));
        std::vector<test::Apart> receivers;
        for (const auto* bytes : {&sent, &other})
            receivers.emplace_back([&target, bytes] {
                return take_copy(target, from(*bytes), Take::merge, "prd", office,
                                 monday + std::chrono::hours{1})
                    .how;
            });
        std::vector<std::string> how;
        for (auto& receiver : receivers) how.push_back(receiver.ended().said);
        EXPECT_THAT(how, testing::UnorderedElementsAre("made", "merged"));
        Db db = store::open_file(target);
        EXPECT_EQ(db.value<int>("SELECT count(*) FROM leads WHERE notes = 'here'"), 1);
        EXPECT_GT(db.value<int>("SELECT count(*) FROM leads WHERE next_action = 'there'"), 0);
    }
}

TEST_F(SentFile, ReplacesNothingWhileASyncIsUnderWay) {
    Db db = store::open_file(b);
    const store::Lease use(db, "use by process 7", monday);
    for (const char* job : {"sync fub", "sync idx", "sync listings", "sync notion"}) {
        const store::Lease sync(db, job, monday);
        EXPECT_THROW(taken(sent, Take::replace), store::LeaseHeld) << job;
    }
    EXPECT_EQ(twelve(b), before);
    taken(sent, Take::replace);
    EXPECT_THAT(db.list<std::string>("SELECT job FROM dreams_leases"),
                ElementsAre("use by process 7"))
        << "who uses the file goes on using it";
}

TEST_F(SentFile, IsRefusedWhereItIsCutOffOrChanged) {
    std::mt19937 random(20260119);
    std::uniform_int_distribution<std::size_t> place(0, sent.size() - 1);
    for (int i = 0; i < 40; ++i) {
        auto broken = sent;
        const auto at = place(random);
        if (i % 2 == 0)
            broken.resize(at);
        else
            broken[at] = static_cast<char>(broken[at] ^ (1 << i % 8));
        EXPECT_THROW(taken(broken), Error) << at;
    }
    EXPECT_THROW(taken(sent + "x"), Error);
    EXPECT_THROW(taken(""), Error);
    EXPECT_THROW(taken("dreams-copy-1 -1 0\n"), Error);
    EXPECT_EQ(twelve(b), before);
    EXPECT_THAT(files(), ElementsAre("a", "b", "kept"));
}

TEST_F(SentFile, KilledWhileItIsTakenTheFileIsAsBeforeOrHasTakenIt) {
    for (const auto how : {Take::merge, Take::replace}) {
        const auto take = [&] { taken(sent, how); };
        begin_anew();
        const long steps = test::steps_of(take);
        const auto after = twelve(b);
        ASSERT_NE(after, before);
        for (const long moment : test::spread(steps, test::times())) {
            begin_anew();
            EXPECT_TRUE(test::killed_after(moment, take).killed);
            const auto now = twelve(b);
            EXPECT_TRUE(now == before || now == after);
            take();
            EXPECT_EQ(twelve(b), after);
        }
    }
}

TEST(FarSides, AreWordsForSshAndOneWordForTheShellThere) {
    auto far = FarSide::from("ssh://ana@office.example:2222/srv/it's/dreams.db");
    EXPECT_EQ(far.host, "ana@office.example");
    EXPECT_EQ(far.port, "2222");
    const auto words = far.command({"receive", "$(id)"}, false);
    EXPECT_EQ(words.front(), "ssh");
    EXPECT_EQ(words.back(), "dreams --database '/srv/it'\\''s/dreams.db' 'receive' '$(id)'");
    EXPECT_EQ(words[words.size() - 3], "--");
    EXPECT_EQ(FarSide::from("ssh://office/~/dreams.db").path, "dreams.db");
    for (const char* wrong :
         {"", "office:/dreams.db", "ssh://", "ssh:///dreams.db", "ssh://office", "ssh://office/",
          "ssh://-oProxyCommand=id/x", "ssh://a b/x", "ssh://office:22x/x", "ssh://office:-1/x",
          "ssh://a;id/x", "ssh://office/~/"})
        EXPECT_THROW(FarSide::from(wrong), Error) << wrong;
}

}  // namespace
}  // namespace dreams::jobs
