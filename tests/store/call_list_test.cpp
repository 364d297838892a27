#include "store/call_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/schema.h"
#include "support/database.h"

namespace dreams::store {
namespace {

using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

const Date today = Zone("America/New_York").date_of(monday);

std::vector<std::string> names(const CallList& list) {
    std::vector<std::string> names;
    for (const auto& entry : list.entries) names.push_back(entry.name);
    return names;
}

CallList list(Db& db, const CallRules& rules = {}) {
    return call_list(db, today, monday, rules);
}

void judge(Db& db, const Lead& who, std::string_view reason,
           std::optional<std::string> barred = std::nullopt) {
    db.run(
        "INSERT INTO dreams_lead_scores (lead_id, policy, reason, barred) "
        "VALUES (:lead, 'house', :reason, :barred)",
        {{"lead", who.id}, {"reason", reason}, {"barred", barred}});
}

void add(Db& db, const ContactCommunication& communication) {
    db.add("contact_communications", communication);
}

TEST(CallList, PutsTheHighestPriorityFirstAndThenTheLatestActivity) {
    Db db = test::database();
    test::add_lead(db, "Ana Low", 20);
    Lead old = test::lead("Bea Old", 60), recent = test::lead("Cleo Recent", 60);
    old.activity.last_activity_at = monday - 48h;
    recent.activity.last_activity_at = monday - 1h;
    db.add_all("leads", std::vector{old, recent});

    EXPECT_THAT(names(list(db)), ElementsAre("Cleo Recent", "Bea Old", "Ana Low"));
}

TEST(CallList, TellsEverythingThatACallNeeds) {
    Db db = test::database();
    Lead ana = test::lead("Ana Lopez", 70);
    ana.scores = {
        .heat = 71, .value = 40, .relationship = 33, .priority = 70, .trend = Trend::warming};
    ana.activity.last_activity_at = monday - 2h;
    db.add("leads", ana);
    judge(db, ana, "Came back to one home three times.");

    const auto entries = list(db).entries;
    ASSERT_EQ(entries.size(), 1u);
    const auto& entry = entries.front();
    EXPECT_EQ(entry.lead, ana.id);
    EXPECT_EQ(entry.fub_id, ana.person.fub_id);
    EXPECT_EQ(entry.phone, "(828) 555-0100");
    EXPECT_EQ(entry.stage, "Lead");
    EXPECT_THAT((std::vector{entry.priority, entry.heat, entry.value, entry.relationship}),
                ElementsAre(70, 71, 40, 33));
    EXPECT_EQ(entry.trend, Trend::warming);
    EXPECT_EQ(entry.reason, "Came back to one home three times.");
    EXPECT_EQ(entry.last_activity_at, monday - 2h);
}

TEST(CallList, ListsSomebodyWhoWasNeverJudgedWithoutAReason) {
    Db db = test::database();
    test::add_lead(db, "Ana Lopez");
    db.run("UPDATE leads SET score_trend = NULL");

    const auto entries = list(db).entries;
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries.front().trend, std::nullopt);
    EXPECT_EQ(entries.front().reason, std::nullopt);
}

TEST(CallList, CallsSomebodyWithoutANameByTheirEmailOrPhone) {
    Db db = test::database();
    Lead nameless = test::lead("X", 60), unknown = test::lead("Y", 50);
    nameless.person.first_name = nameless.person.last_name = std::nullopt;
    unknown.person.first_name = " ";
    unknown.person.last_name = unknown.person.email = std::nullopt;
    db.add_all("leads", std::vector{nameless, unknown});

    EXPECT_THAT(names(list(db)), ElementsAre("x@example.com", "(828) 555-0100"));
}

TEST(CallList, LeavesOutWhoeverHasNoPhone) {
    Db db = test::database();
    Lead ana = test::lead("Ana"), bea = test::lead("Bea");
    ana.person.phone = std::nullopt;
    bea.person.phone = "  ";
    db.add_all("leads", std::vector{ana, bea});

    EXPECT_THAT(names(list(db)), IsEmpty());
    EXPECT_THAT(list(db).left_out, ElementsAre(LeftOut{"no phone", 2}));
}

TEST(CallList, LeavesOutWhoeverMustNotBeCalledAndSaysWhy) {
    Db db = test::database();
    judge(db, test::add_lead(db, "Ana"), "", "do not call");
    judge(db, test::add_lead(db, "Bea"), "", "vendor");
    judge(db, test::add_lead(db, "Cleo"), "", "vendor");

    EXPECT_THAT(names(list(db)), IsEmpty());
    EXPECT_THAT(list(db).left_out, ElementsAre(LeftOut{"vendor", 2}, LeftOut{"do not call", 1}));
}

TEST(CallList, LeavesOutWhoeverIsDeletedInFollowUpBoss) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    db.run("INSERT INTO dreams_fub_people (fub_id, deleted_at) VALUES (:fub_id, :at)",
           {{"fub_id", ana.person.fub_id}, {"at", monday}});

    EXPECT_THAT(names(list(db)), IsEmpty());
    EXPECT_THAT(list(db).left_out, ElementsAre(LeftOut{"deleted in Follow Up Boss", 1}));
}

TEST(CallList, LeavesOutWhoeverIsToBeCalledOnALaterDay) {
    Db db = test::database();
    Lead ana = test::lead("Ana");
    ana.workflow.next_action_date = "2026-01-20";
    db.add("leads", ana);

    EXPECT_THAT(names(list(db)), IsEmpty());
    EXPECT_THAT(names(call_list(db, today + std::chrono::days{1}, monday)),
                ElementsAre("Ana Test"));
}

TEST(CallList, TakesADateOfAnOlderFileThatIsNoDateForNone) {
    Db db = test::database();
    Lead ana = test::lead("Ana");
    ana.workflow.next_action_date = "when they are back";
    db.add("leads", ana);

    EXPECT_THAT(names(list(db)), ElementsAre("Ana Test"));
}

TEST(CallList, LeavesAPersonInPeaceForThreeDaysAfterACall) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    add(db, test::communication(ana, 1, monday - 71h, CommKind::call, Direction::outbound));

    EXPECT_THAT(names(list(db)), IsEmpty());
    EXPECT_THAT(list(db).left_out, ElementsAre(LeftOut{"contacted lately", 1}));
    EXPECT_THAT(names(list(db, {.quiet_days_after_call = 2})), ElementsAre("Ana Test"));
    EXPECT_THAT(names(call_list(db, today, monday + 2h)), ElementsAre("Ana Test"));
}

TEST(CallList, DoesNotCountACallThatReachedNobody) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    auto call = test::communication(ana, 1, monday - 1h, CommKind::call, Direction::outbound);
    call.status = CommStatus::missed;
    add(db, call);
    call.id = {"call_2"};
    call.status = CommStatus::voicemail;
    add(db, call);

    EXPECT_THAT(names(list(db)), ElementsAre("Ana Test"));
}

TEST(CallList, ReadsTheWordsThatOlderProgramsKeptOfACall) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    add(db, test::communication(ana, 1, monday - 1h, CommKind::call, Direction::outbound));
    db.run("UPDATE contact_communications SET status = 'No Answer'");
    EXPECT_THAT(names(list(db)), ElementsAre("Ana Test"));

    db.run("UPDATE contact_communications SET status = 'Interested'");
    EXPECT_THAT(names(list(db)), IsEmpty());
}

TEST(CallList, LeavesAPersonInPeaceForADayAfterAMessageByHand) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana"), bea = test::add_lead(db, "Bea");
    add(db, test::communication(ana, 1, monday - 23h, CommKind::text, Direction::outbound));
    add(db, test::communication(bea, 2, monday - 25h, CommKind::email, Direction::outbound));

    EXPECT_THAT(names(list(db)), ElementsAre("Bea Test"));
}

TEST(CallList, DoesNotCountWhatAMachineSent) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    add(db, test::communication(ana, 1, monday - 1h, CommKind::email, Direction::outbound));
    db.run("INSERT INTO dreams_automated VALUES ('email_1')");

    EXPECT_THAT(names(list(db)), ElementsAre("Ana Test"));
}

TEST(CallList, TakesBackWhoeverHasBeenInTouchSince) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana"), bea = test::add_lead(db, "Bea");
    for (const auto& who : {ana, bea})
        add(db, test::communication(who, who.id == ana.id ? 1 : 2, monday - 5h, CommKind::call,
                                    Direction::outbound));
    add(db, test::communication(ana, 3, monday - 1h, CommKind::text, Direction::inbound));
    db.add("lead_activities", test::activity(bea, 4, "property_inquiry", monday - 2h));
    EXPECT_EQ(list(db).entries.size(), 2u);

    // Called once more after that: in peace again.
    add(db, test::communication(ana, 5, monday - 30min, CommKind::call, Direction::outbound));
    EXPECT_THAT(names(list(db)), ElementsAre("Bea Test"));
}

TEST(CallList, LooksAtNothingThatHappensLaterThanNow) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    add(db, test::communication(ana, 1, monday + 1h, CommKind::call, Direction::outbound));
    EXPECT_THAT(names(list(db)), ElementsAre("Ana Test"));

    add(db, test::communication(ana, 2, monday - 1h, CommKind::call, Direction::outbound));
    add(db, test::communication(ana, 3, monday + 2h, CommKind::text, Direction::inbound));
    EXPECT_THAT(names(list(db)), IsEmpty());
}

TEST(CallList, StopsAtTheLimitAndCountsOnlyWhoStoodAbove) {
    Db db = test::database();
    judge(db, test::add_lead(db, "Top", 90), "", "vendor");
    test::add_lead(db, "Ana", 80);
    test::add_lead(db, "Bea", 70);
    judge(db, test::add_lead(db, "Below", 60), "", "vendor");

    const auto two = list(db, {.limit = 2});
    EXPECT_THAT(names(two), ElementsAre("Ana Test", "Bea Test"));
    EXPECT_THAT(two.left_out, ElementsAre(LeftOut{"vendor", 1}));
}

TEST(CallList, SaysWhomToWriteToWhereNoCallReaches) {
    Db db = test::database();
    Lead silent = test::lead("Silent", 90), wrong = test::lead("Wrong", 80),
         nothing = test::lead("Nothing", 70);
    silent.person.phone = std::nullopt;
    silent.person.email = "silent@example.org";
    wrong.person.email = "wrong@example.org";
    nothing.person.phone = nothing.person.email = std::nullopt;
    db.add_all("leads", std::vector{silent, wrong, nothing});
    judge(db, silent, "Asked yesterday.", "bad phone");
    judge(db, wrong, "", "bad phone");

    const auto found = list(db);
    EXPECT_THAT(names(found), IsEmpty());
    ASSERT_EQ(found.to_write.size(), 2);
    EXPECT_EQ(found.to_write[0].email, "silent@example.org");
    EXPECT_EQ(found.to_write[0].why, "no phone") << "there is none to be bad";
    EXPECT_EQ(found.to_write[1].why, "bad phone");
    EXPECT_THAT(found.left_out, ElementsAre(LeftOut{"no phone", 2}, LeftOut{"bad phone", 1}));
}

TEST(CallList, HasNobodyWhoseCallIsWorthNothing) {
    Db db = test::database();
    test::add_lead(db, "Ana", 0);

    EXPECT_THAT(names(list(db)), IsEmpty());
    EXPECT_THAT(list(db).left_out, IsEmpty());
}

TEST(CallList, RefusesALimitOutOfRange) {
    Db db = test::database();
    for (const int limit : {0, -1, 201}) {
        try {
            list(db, {.limit = limit});
            FAIL() << limit;
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::invalid);
            EXPECT_THAT(error.what(), testing::HasSubstr("1 to 200"));
        }
    }
}

TEST(CallList, WalksAnIndexAndSortsNothing) {
    Db db = test::database();
    Statement walk = db.prepare(
        "EXPLAIN QUERY PLAN SELECT id FROM leads WHERE priority_score > 0 "
        "ORDER BY priority_score DESC, last_activity_at DESC, id");
    while (walk.step())
        EXPECT_THAT(std::string(walk.text(3)), testing::HasSubstr("idx_leads_call"));
}

}  // namespace
}  // namespace dreams::store
