#include "score/reason.h"

#include <gmock/gmock.h>

#include "people.h"
#include "score/words.h"

namespace dreams::score::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string reason_for(const History& person) {
    return house(person).reason;
}

TEST(Reason, SaysWhatIsStrongest) {
    History keen = person({did(Act::text_out, 3), did(Act::text_in, 2.5)});
    for (int i = 0; i < 5; ++i)
        keen.traces.push_back(did(Act::property_view, i * 0.6 + 0.1, 451'000, 7));
    EXPECT_EQ(reason_for(keen),
              "Replied 2 days ago and has had no answer, browsing a lot these days, "
              "keeps returning to one home around $450k.");
    keen.traces.push_back(did(Act::text_out, 2));
    EXPECT_EQ(reason_for(keen),
              "Replied by text 2 days ago, browsing a lot these days, "
              "keeps returning to one home around $450k.");
}

TEST(Reason, SpeaksFirstOfWhoeverWaits) {
    EXPECT_EQ(reason_for(person({did(Act::email_in, 0.5)})),
              "Wrote in the last day and has had no answer.");
    EXPECT_EQ(reason_for(person({did(Act::call_missed_in, 2)})),
              "Tried to call us 2 days ago and reached nobody.");
    EXPECT_THAT(reason_for(person({did(Act::inquiry, 1), did(Act::property_view, 0.1)})),
                HasSubstr("Asked 1 day ago and has had no answer, browsing"));
    EXPECT_EQ(reason_for(person({did(Act::inquiry, 1), did(Act::text_out, 0.5)})),
              "Asked about a home 1 day ago.");
}

TEST(Reason, SpeaksOfHabitsAndNeverOfOnePage) {
    History seen = person({did(Act::property_view, 0.5, 612'345, 77)});
    EXPECT_EQ(reason_for(seen), "Browsing these days.");
    repeat(seen, 8, Act::property_view, 1, 1, 450'000);
    EXPECT_THAT(reason_for(seen), HasSubstr("homes around $450k"));
    EXPECT_THAT(reason_for(seen), Not(HasSubstr("612")));
}

TEST(Reason, HasASentenceForPeopleWithNothing) {
    EXPECT_EQ(reason_for(person({})), "Nothing seen or heard yet: a first hello would tell.");
    History newcomer = person({});
    newcomer.created_at = days_ago(2);
    EXPECT_EQ(reason_for(newcomer), "New this week and nothing seen yet: a first hello.");
    History silent = person({});
    repeat(silent, 4, Act::text_out, 5, 3);
    EXPECT_EQ(reason_for(silent), "Never heard from: has not answered the last 4 attempts.");
}

TEST(Reason, RemembersWhoWentQuiet) {
    History past = person({});
    repeat(past, 5, Act::property_view, 200, 1, 300'000);
    EXPECT_EQ(reason_for(past),
              "Quiet, last seen 6 months ago; then looking at homes around $300k.");
}

TEST(Reason, SaysThatTheStageSetsSomebodyAside) {
    EXPECT_EQ(reason_for(person({did(Act::inquiry, 1)}, "Trash")),
              "Not to be called: set aside by the stage.");
}

TEST(Reason, MentionsAttemptsInVain) {
    History shy = person({did(Act::property_view, 1)});
    repeat(shy, 3, Act::call_missed_out, 2, 2);
    EXPECT_EQ(reason_for(shy), "Browsing these days; has not answered the last 3 attempts.");
}

TEST(Words, SayHowLongAgo) {
    const auto days = [](double number) { return ago(days_ago(number), noon); };
    EXPECT_EQ(days(0.5), "in the last day");
    EXPECT_EQ(days(1), "1 day ago");
    EXPECT_EQ(days(13.9), "13 days ago");
    EXPECT_EQ(days(14), "2 weeks ago");
    EXPECT_EQ(days(60), "2 months ago");
    EXPECT_EQ(days(800), "2 years ago");
}

TEST(Words, SayPricesAsAgentsDo) {
    EXPECT_EQ(about(451'900), "$450k");
    EXPECT_EQ(about(463'000), "$475k");
    EXPECT_EQ(about(87'400), "$85k");
    EXPECT_EQ(about(990'000), "$1.0M");
    EXPECT_EQ(about(1'249'000), "$1.2M");
}

}  // namespace
}  // namespace dreams::score::test
