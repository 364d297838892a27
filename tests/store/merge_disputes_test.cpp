// What two copies typed in one place: who keeps what until somebody decides.

#include "two_copies.h"

namespace dreams::store {
namespace {

using std::chrono::hours;
using test::monday;
using testing::ElementsAre;

/// Ana's notes in two copies, `a` and `b`, that never say the same by chance.
struct Notes : test::TwoCopies {
    void type(const std::string& file, const std::string& text) {
        open(file).run("UPDATE leads SET notes = :text WHERE id = 'lead-ana-bell'",
                       {{"text", text}});
    }
    std::string note(const std::string& file) {
        return ask(file, "SELECT notes FROM leads WHERE id = 'lead-ana-bell'").at(0);
    }
    /// What is open there, as `here/there`.
    std::vector<std::string> listed(const std::string& file) {
        return ask(file,
                   "SELECT ours || '/' || theirs FROM dreams_merge_conflicts WHERE decided IS NULL "
                   "ORDER BY id");
    }
    void decide(const std::string& file, const std::string& side, Instant now = monday + hours{2}) {
        Db db = open(file);
        for (const auto& each : open_merge_conflicts(db))
            choose_in_merge_conflict(db, each.id, side, "Joe", now);
    }
    /// `a` says X, `b` says Y, and both list it.
    void part() {
        type("a", "X");
        type("b", "Y");
        merge("a", "b");
        merge("b", "a");
    }
    /// Nobody knows of the other's decision.
    void decide_apart() {
        decide("a", "ours", monday + hours{2});
        decide("b", "ours", monday + hours{3});
    }
};

TEST_F(Notes, AreListedAgainWhenTheyPartAgain) {
    type("a", "X");
    type("b", "Y");
    merge();
    decide("a", "ours");
    EXPECT_EQ(test::changes(merge()), "") << "decided";
    merge("b", "a");
    EXPECT_EQ(note("b"), "X");
    type("a", "Z");
    type("b", "W");
    merge();
    EXPECT_THAT(listed("a"), ElementsAre("Z/W"));
    decide("a", "ours");
    type("a", "X");
    type("b", "Y");
    EXPECT_EQ(merge().conflicts.size(), 1);
    EXPECT_THAT(listed("a"), ElementsAre("X/Y"));
    EXPECT_TRUE(merge().conflicts.empty()) << "listed once";
}

TEST_F(Notes, StayInBothUntilSomebodyDecidesInEither) {
    part();
    EXPECT_EQ(note("b"), "Y");
    EXPECT_THAT(listed("b"), ElementsAre("Y/X"));
    EXPECT_EQ(test::changes(merge("a", "b")), "");
    EXPECT_EQ(test::changes(merge("b", "a")), "");
    decide("a", "ours");
    EXPECT_EQ(test::changes(merge("a", "b")), "") << "nothing new for whoever decided";
    merge("b", "a");
    EXPECT_EQ(note("b"), "X");
    EXPECT_TRUE(listed("b").empty());
    EXPECT_EQ(test::changes(merge("a", "b")), "");
}

TEST_F(Notes, AreNoConflictAnyMoreWhenBothSayTheSame) {
    part();
    decide("b", "theirs");
    merge("a", "b");
    EXPECT_TRUE(listed("a").empty());
    EXPECT_EQ(note("a") + note("b"), "XX");
}

TEST_F(Notes, AreListedAgainWhereEachDecidedForItsOwn) {
    part();
    decide_apart();
    merge("a", "b", monday + hours{4});
    merge("b", "a", monday + hours{4});
    EXPECT_EQ(note("a") + note("b"), "XY");
    EXPECT_THAT(listed("a"), ElementsAre("X/Y"));
    EXPECT_THAT(listed("b"), ElementsAre("Y/X"));
    EXPECT_EQ(test::changes(merge("a", "b", monday + hours{5})), "") << "listed once";
    decide("a", "ours", monday + hours{6});
    merge("b", "a", monday + hours{7});
    EXPECT_EQ(note("b"), "X");
    EXPECT_TRUE(listed("b").empty());
}

TEST_F(Notes, AreWhatWasDecidedLastByWhoKnewOfBoth) {
    part();
    decide_apart();
    merge("a", "b", monday + hours{4});
    decide("a", "ours", monday + hours{5});
    merge("b", "a", monday + hours{6});
    EXPECT_EQ(note("b"), "X");
    EXPECT_EQ(test::changes(merge("a", "b", monday + hours{7})), "");
    EXPECT_EQ(note("a"), "X");
}

TEST_F(Notes, AreListedAsTheyStandInBoth) {
    type("a", "X");
    type("b", "Y");
    merge();
    type("a", "Z");
    type("b", "W");
    merge();
    EXPECT_THAT(listed("a"), ElementsAre("Z/W"));
}

TEST_F(Notes, StayThroughAThirdCopyToo) {
    test::copy(folder, "a", "c");
    type("a", "X");
    type("b", "Y");
    merge("a", "b");
    merge("c", "a");
    EXPECT_EQ(note("c"), "X");
    EXPECT_THAT(listed("c"), ElementsAre("X/Y"));
    merge("b", "c");
    EXPECT_EQ(note("b"), "Y");
    EXPECT_THAT(listed("b"), ElementsAre("Y/X"));
    for (const auto& [into, from] : {std::pair{"a", "b"}, {"b", "c"}, {"c", "a"}, {"c", "b"}})
        EXPECT_EQ(test::changes(merge(into, from)), "") << into << " <- " << from;
}

}  // namespace
}  // namespace dreams::store
