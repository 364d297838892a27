#include "store/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/database.h"

namespace dreams::store {
namespace {

using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

std::vector<std::string> ids(const Timeline& timeline) {
    std::vector<std::string> ids;
    for (const auto& item : timeline.items) ids.push_back(item.id);
    return ids;
}

Timeline of(Db& db, const Lead& who, std::string_view before = "", int size = 50) {
    return timeline(db, who.id, who.person.fub_id, before, size);
}

TEST(Timeline, PutsEventsCommunicationsAndActivitiesTogetherNewestFirst) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana"), other = test::add_lead(db, "Other");
    db.add("contact_events", test::event(ana, 1, monday - 3h));
    db.add("contact_communications", test::communication(ana, 2, monday - 2h));
    db.add("lead_activities", test::activity(ana, 3, "property_inquiry", monday - 1h));
    db.add("contact_events", test::event(other, 4));

    const auto all = of(db, ana);
    EXPECT_THAT(ids(all), ElementsAre("evt_3", "call_2", "evt_1"));
    EXPECT_EQ(all.items[0].category, "activity");
    EXPECT_EQ(all.items[0].type, "property_inquiry");
    EXPECT_EQ(all.items[0].data->text, "{}");
    EXPECT_EQ(all.items[1].category, "communication");
    EXPECT_EQ(all.items[1].direction, Direction::inbound);
    EXPECT_EQ(all.items[1].duration_seconds, 120);
    EXPECT_EQ(all.items[1].fub_user_name, "Joseph Agent");
    EXPECT_EQ(all.items[2].category, "event");
    EXPECT_EQ(all.items[2].property_price, 450'000);
    EXPECT_EQ(all.items[2].occurred_at, monday - 3h);
    EXPECT_EQ(all.next, "");
}

TEST(Timeline, MarksWhatAMachineSent) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    db.add("contact_communications",
           test::communication(ana, 1, monday, CommKind::email, Direction::outbound));
    db.add("contact_communications",
           test::communication(ana, 2, monday - 1h, CommKind::email, Direction::outbound));
    db.run("INSERT INTO dreams_automated VALUES ('email_2')");

    const auto all = of(db, ana);
    EXPECT_FALSE(all.items[0].automated);
    EXPECT_TRUE(all.items[1].automated);
}

TEST(Timeline, ComesInPagesThatHaveEverythingOnceAlsoWithinOneSecond) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    for (int i = 0; i < 9; ++i) {  // three of each kind in each of three seconds
        const Instant at = monday - std::chrono::seconds{i / 3};
        db.add("contact_events", test::event(ana, 100 + i, at));
        db.add("contact_communications", test::communication(ana, 200 + i, at));
        db.add("lead_activities", test::activity(ana, 300 + i, "registration", at));
    }
    std::vector<std::string> seen;
    std::string before;
    do {
        const auto page = of(db, ana, before, 4);
        EXPECT_LE(page.items.size(), 4u);
        for (const auto& id : ids(page)) seen.push_back(id);
        before = page.next;
    } while (!before.empty());
    EXPECT_EQ(seen.size(), 27u);
    EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), 27u);
    EXPECT_EQ(seen, ids(of(db, ana)));
}

TEST(Timeline, IsNotMovedByWhatArrivesMeanwhile) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    for (int i = 0; i < 4; ++i)
        db.add("contact_events", test::event(ana, i, monday - std::chrono::hours{i}));
    const auto first = of(db, ana, "", 2);
    db.add("contact_events", test::event(ana, 99, monday + 1h));

    EXPECT_THAT(ids(of(db, ana, first.next, 2)), ElementsAre("evt_2", "evt_3"));
}

TEST(Timeline, OfSomebodyWithoutAFubIdHasNoEvents) {
    Db db = test::database();
    Lead ana = test::lead("Ana");
    ana.person.fub_id = std::nullopt;
    db.add("leads", ana);
    EXPECT_THAT(of(db, ana).items, IsEmpty());
    db.add("contact_communications", test::communication(ana, 1));
    EXPECT_THAT(ids(of(db, ana)), ElementsAre("call_1"));
}

TEST(Timeline, KeepsWhatAnOlderProgramWroteWithoutAReadableTime) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    db.add("contact_events", test::event(ana, 1));
    db.run("UPDATE contact_events SET occurred_at = 'last week'");

    const auto all = of(db, ana);
    ASSERT_EQ(all.items.size(), 1u);
    EXPECT_EQ(all.items[0].occurred_at, std::nullopt);
    EXPECT_EQ(all.items[0].occurred_text, "last week");
}

TEST(Timeline, RefusesAPageThatNoneGave) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    try {
        of(db, ana, "yesterday");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::invalid);
    }
}

}  // namespace
}  // namespace dreams::store
