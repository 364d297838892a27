// What an agent says was done: it takes people off the call list and is nothing that they did.

#include "store/agent_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/call_list.h"
#include "store/everyone.h"
#include "store/history.h"
#include "store/leads.h"
#include "store/timeline.h"
#include "support/copies.h"

namespace dreams::store {
namespace {

using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;
using std::chrono::days;

const Date today = Zone("America/New_York").date_of(monday);

class AgentLog : public testing::Test {
protected:
    AgentLog() { db.add("leads", ana); }

    ActivityId say(AgentAct act, const std::string& note = "") {
        return keep_agent_word(db, ana.id, {.act = act, .note = note}, today, monday);
    }
    ActivityId plan(const std::string& action, const std::string& day) {
        return keep_agent_word(db, ana.id, {.next = NextStep{action, day}}, today, monday);
    }
    /// Why Ana is not on the list so many days later; empty: she is.
    std::string why_not(int later = 0, Instant::duration more = 0s) {
        const auto list = call_list(db, today + days{later}, monday + days{later} + more);
        return list.entries.empty() ? list.left_out.at(0).why : "";
    }
    Workflow workflow() { return lead(db, ana.id)->workflow; }

    Db db = test::database();
    Lead ana = test::lead("Ana Lopez");
};

TEST_F(AgentLog, TakesWhoeverWasCalledOffTheListForThreeDays) {
    say(AgentAct::called);
    EXPECT_EQ(why_not(), "done today");
    EXPECT_EQ(why_not(1), "contacted lately");
    EXPECT_EQ(why_not(2), "contacted lately");
    EXPECT_EQ(why_not(3), "");
}

TEST_F(AgentLog, BringsWhoeverWasRungInVainOrPutOffBackTomorrow) {
    for (const auto act : {AgentAct::no_answer, AgentAct::not_today}) {
        const auto id = say(act);
        EXPECT_EQ(why_not(), "done today") << word(act);
        EXPECT_EQ(why_not(1), "") << word(act);
        undo_agent_word(db, id, monday);
    }
}

TEST_F(AgentLog, BringsBackWhoeverIsInTouchSinceUnlessTheyWerePutOff) {
    const auto called = say(AgentAct::called);
    db.add("lead_activities", test::activity(ana, 1, "property_inquiry", monday + 1h));
    EXPECT_EQ(why_not(), "done today");  // that is still to come
    EXPECT_EQ(why_not(0, 2h), "");
    undo_agent_word(db, called, monday);
    say(AgentAct::not_today);
    EXPECT_EQ(why_not(0, 2h), "done today");
}

TEST_F(AgentLog, IsUndoneAndKeptOnceHoweverOftenItIsSaid) {
    const auto id = say(AgentAct::called);
    EXPECT_EQ(say(AgentAct::called), id);
    ASSERT_EQ(done_on(db, today, monday).size(), 1u);
    EXPECT_EQ(done_on(db, today, monday)[0].name, "Ana Lopez");
    EXPECT_TRUE(agent_entry(db, id).has_value());
    undo_agent_word(db, id, monday);
    undo_agent_word(db, id, monday);
    EXPECT_EQ(why_not(), "");
    EXPECT_THAT(done_on(db, today, monday), IsEmpty());
    EXPECT_FALSE(agent_entry(db, id).has_value());
    EXPECT_THAT(timeline(db, ana.id, ana.person.fub_id, "").items, IsEmpty());
    EXPECT_NE(say(AgentAct::called), id);  // an undone one is not what is meant again
    EXPECT_EQ(why_not(), "done today");
}

TEST_F(AgentLog, IsNothingThatThePersonDid) {
    say(AgentAct::called, "Wants a porch.");
    EXPECT_THAT(history(db, ana.id)->traces, IsEmpty());
    EXPECT_THAT(histories(db).at(0).traces, IsEmpty());
    EXPECT_EQ(timeline(db, ana.id, ana.person.fub_id, "").items.size(), 1u);
}

TEST_F(AgentLog, SetsTheNextStepAndTakesItBack) {
    db.run("UPDATE leads SET next_action = 'Send maps', next_action_date = '2026-01-15'");
    const auto id = plan("Show Elm St", "2026-01-25");
    EXPECT_EQ(workflow().next_action, "Show Elm St");
    EXPECT_EQ(why_not(), "planned for a later day");
    undo_agent_word(db, id, monday);
    EXPECT_EQ(workflow().next_action, "Send maps");
    EXPECT_EQ(workflow().next_action_date, "2026-01-15");
    plan("", "");
    EXPECT_EQ(workflow().next_action, std::nullopt);
}

TEST_F(AgentLog, LeavesANextStepThatWasChangedSince) {
    const auto id = plan("Show Elm St", "2026-01-25");
    db.run("UPDATE leads SET next_action = 'Ring her sister'");
    undo_agent_word(db, id, monday);
    EXPECT_EQ(workflow().next_action, "Ring her sister");
}

TEST_F(AgentLog, LeavesTheDayOfAnOlderProgramAsItIsWrittenUnlessAnotherIsChosen) {
    for (const auto* written : {"2026-01-15T09:00", "soon"}) {
        db.run("UPDATE leads SET next_action = 'Call', next_action_date = :day",
               {{"day", std::string_view(written)}});
        const std::string shown = written == std::string("soon") ? "" : "2026-01-15";
        keep_agent_word(db, ana.id, {.note = "a", .next = NextStep{"Call", shown}}, today, monday);
        EXPECT_EQ(workflow().next_action_date, written);
        plan("Call", "2026-01-30");
        EXPECT_EQ(workflow().next_action_date, "2026-01-30");
    }
}

TEST_F(AgentLog, RefusesWhatSaysNothing) {
    EXPECT_THROW(say(AgentAct::note), Error);
    EXPECT_THROW(plan("Call", "tomorrow"), Error);
    EXPECT_THROW(keep_agent_word(db, {"nobody"}, {.act = AgentAct::called}, today, monday), Error);
    EXPECT_THROW(undo_agent_word(db, {"evt_1"}, monday), Error);
}

TEST(AgentLogOfTwoCopies, StaysUndoneWhenTheyAreMerged) {
    const test::Folder folder{test::quick_place()};
    const Lead ana = test::lead("Ana Lopez");
    test::original(folder, "a");
    ActivityId id;
    {
        Db db = open_file(folder.file("a"));
        db.add("leads", ana);
        id = keep_agent_word(db, ana.id, {.act = AgentAct::called}, today, monday);
    }
    test::copy(folder, "a", "b");
    {
        Db db = open_file(folder.file("a"));
        undo_agent_word(db, id, monday + 1min);
    }
    test::merge(folder, "a", "b", monday + 1h);
    Db db = open_file(folder.file("a"));
    EXPECT_FALSE(agent_entry(db, id).has_value());
}

}  // namespace
}  // namespace dreams::store
