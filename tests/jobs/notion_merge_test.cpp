// What becomes of a field that one side changed, or both.

#include "jobs/notion_merge.h"

#include <gmock/gmock.h>

#include "support/database.h"

namespace dreams::jobs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using Winner = NotionClash::Winner;
using Text = std::optional<std::string>;

NotionSides sides(const std::string& column, Text agreed, Text ours, Text theirs) {
    NotionSides sides{.ours_at = test::monday, .theirs_at = test::monday};
    sides.ours[column] = std::move(ours);
    sides.theirs[column] = std::move(theirs);
    sides.agreed[column] = std::move(agreed);
    return sides;
}

TEST(NotionMerge, CopiesAChangeOfOneSideToTheOther) {
    EXPECT_THAT(merged(sides("price", "1", "1", "2")).pull, ElementsAre(Pair("price", "2")));
    EXPECT_THAT(merged(sides("price", "1", "2", "1")).push, ElementsAre(Pair("price", "2")));
    EXPECT_THAT(merged(sides("price", "1", "1", {})).pull, ElementsAre(Pair("price", Text())));
    EXPECT_THAT(merged(sides("price", "1", {}, "1")).push, ElementsAre(Pair("price", Text())));
    const auto same = merged(sides("price", "1", "2", "2"));
    EXPECT_TRUE(same.pull.empty() && same.push.empty() && same.clashes.empty());
    EXPECT_EQ(same.agreed.at("price"), "2");
}

TEST(NotionMerge, FillsGapsWhereNothingWasEverAgreed) {
    auto first = sides("price", {}, "1", {});
    first.agreed.clear();
    EXPECT_THAT(merged(first).push, ElementsAre(Pair("price", "1")));
    first = sides("price", {}, {}, "1");
    first.agreed.clear();
    EXPECT_THAT(merged(first).pull, ElementsAre(Pair("price", "1")));
}

TEST(NotionMerge, LetsNotionWinTheAgentsFields) {
    const auto merge = merged(sides("notes", "a", "b", "c"));
    EXPECT_THAT(merge.pull, ElementsAre(Pair("notes", "c")));
    ASSERT_EQ(merge.clashes.size(), 1u);
    EXPECT_EQ(merge.clashes[0].ours, "b") << "and keeps what lost";
}

TEST(NotionMerge, LetsWhoHeardLaterWinAFactAndNobodyWithinTheMinute) {
    auto both = sides("price", "1", "2", "3");
    both.ours_at = test::monday + std::chrono::seconds{59};
    EXPECT_EQ(merged(both).clashes.at(0).winner, Winner::nobody);
    both.ours_at = test::monday + std::chrono::seconds{60};
    EXPECT_THAT(merged(both).push, ElementsAre(Pair("price", "2")));
    both.ours_at = test::monday - std::chrono::seconds{1};
    EXPECT_THAT(merged(both).pull, ElementsAre(Pair("price", "3")));
}

TEST(NotionMerge, AsksWhereAHomeIsKnownByIt) {
    const auto merge = merged(sides("mls_number", "1", "2", "3"));
    EXPECT_TRUE(merge.pull.empty() && merge.push.empty());
    EXPECT_EQ(merge.clashes.at(0).winner, Winner::nobody);
    EXPECT_EQ(merge.agreed.at("mls_number"), "1");
}

TEST(NotionMerge, LeavesAnOpenConflictUntilItIsDecidedOrOver) {
    auto open = sides("address", "a", "b", "a");
    open.open.insert("address");
    EXPECT_TRUE(merged(open).push.empty());
    open.theirs["address"] = "b";
    EXPECT_THAT(merged(open).settled, ElementsAre("address"));
}

TEST(NotionMerge, WritesNotOverWhatHoldsMoreThanOneValue) {
    auto kept = sides("primary_photo", "a", "b", "a");
    kept.kept.insert("primary_photo");
    EXPECT_THAT(merged(kept).push, IsEmpty());
}

TEST(NotionMerge, LeavesOutWhatThePageDidNotSay) {
    auto unread = sides("price", "1", "2", {});
    unread.theirs.clear();
    EXPECT_THAT(merged(unread).push, IsEmpty());
}

TEST(NotionMerge, PutsOurIdBackWhereSomebodyChangedIt) {
    auto copied = sides("id", {}, "home_2", "home_1");
    EXPECT_THAT(merged(copied).push, ElementsAre(Pair("id", "home_2")));
}

}  // namespace
}  // namespace dreams::jobs
