#include "support.h"

namespace dreams::sim {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

/// An empty town with two people.
struct Hamlet {
    Hamlet() : town({0, 0, 0}, 1, as_of) {
        ana = town.add_person({.name = "Ana", .phones = {{"8285550001"}}});
        bob = town.add_person({.name = "Bob"});
    }
    Town town;
    std::int64_t ana = 0, bob = 0;
};

TEST(Acts, ChildrenMoveTheTallyAndNeverUpdated) {
    Hamlet h;
    const auto updated = h.town.people().find(h.ana)->updated;
    h.town.wait_until(as_of + 1h);
    const auto event = h.town.add_event(h.ana, "Viewed Property", 3);
    const auto call = h.town.add_call({.person = h.ana, .incoming = true, .seconds = 60});
    const auto text = h.town.add_text({.person = h.ana, .message = "Hi"});
    const auto email = h.town.add_email({.people = {{h.ana, true}}, .incoming = true});
    const Tally& tally = h.town.tally(h.ana);
    EXPECT_EQ(tally.event.id, event);
    EXPECT_EQ(tally.call_in.id, call);
    EXPECT_EQ(tally.text_out.id, text);
    EXPECT_EQ(tally.email_in.id, email);
    EXPECT_EQ(tally.viewed, 1);
    EXPECT_EQ(tally.call_seconds, 60);
    EXPECT_EQ(tally.activity, as_of + 1h);
    EXPECT_EQ(tally.communication, as_of + 1h);
    EXPECT_EQ(h.town.people().find(h.ana)->updated, updated);
}

TEST(Acts, AutomatedMailIsNotInLastEmail) {
    Hamlet h;
    h.town.add_email({.people = {{h.ana, false}}, .action_plan = 21});
    h.town.add_email({.people = {{h.ana, false}}, .campaign = 31});
    const Tally& tally = h.town.tally(h.ana);
    EXPECT_FALSE(tally.email.any());
    EXPECT_EQ(tally.emails_out, 0);
    EXPECT_EQ(tally.action_plan_email, as_of);
    EXPECT_EQ(tally.campaign_email, as_of);
}

TEST(Acts, EditingAPersonMovesUpdated) {
    Hamlet h;
    h.town.wait_until(as_of + 1h);
    h.town.edit_person(h.ana, [](Contact& person) { person.price = 400'000; });
    EXPECT_EQ(h.town.people().find(h.ana)->updated, as_of + 1h);
    h.town.trash(h.bob);
    EXPECT_EQ(h.town.people().find(h.bob)->stage, stage_id::trash);
    EXPECT_EQ(h.town.people().find(h.bob)->updated, as_of + 1h);
}

TEST(Acts, DeletingTakesTheChildrenAlongAndNoIdComesBack) {
    Hamlet h;
    const auto event = h.town.add_event(h.bob, "Viewed Property", 0);
    const auto shared = h.town.add_email({.people = {{h.bob, true}, {h.ana, false}}});
    const auto own = h.town.add_email({.people = {{h.bob, true}}});
    h.town.remove_person(h.bob);
    EXPECT_EQ(h.town.people().find(h.bob), nullptr);
    EXPECT_EQ(h.town.events().find(event), nullptr);
    EXPECT_EQ(h.town.emails().find(own), nullptr);
    ASSERT_NE(h.town.emails().find(shared), nullptr) << "it is Ana's as well";
    EXPECT_EQ(h.town.emails().find(shared)->people.size(), 1u);
    EXPECT_GT(h.town.add_person({.name = "Cy"}), h.bob);
    EXPECT_GT(h.town.add_event(h.ana, "Viewed Property", 0), event);
}

TEST(Acts, MergingGivesTheWinnerEverythingAndTrashesTheLoser) {
    Hamlet h;
    const auto event = h.town.add_event(h.bob, "Saved Property", 2);
    const auto call = h.town.add_call({.person = h.bob, .incoming = true});
    const auto both = h.town.add_email({.people = {{h.bob, true}, {h.ana, false}}});
    h.town.edit_person(h.bob, [](Contact& bob) {
        bob.emails = {{"bob@example.org"}};
        bob.tags = {"Cabin"};
    });
    const auto call_updated = h.town.calls().find(call)->updated;
    h.town.wait_until(as_of + 2h);
    h.town.merge(h.ana, {h.bob});

    EXPECT_EQ(h.town.events().find(event)->person, h.ana);
    EXPECT_EQ(h.town.calls().find(call)->person, h.ana);
    EXPECT_EQ(h.town.calls().find(call)->updated, call_updated) << "children do not move";
    EXPECT_EQ(h.town.emails().find(both)->people.size(), 1u);
    const Contact& ana = *h.town.people().find(h.ana);
    EXPECT_EQ(ana.emails.front().value, "bob@example.org");
    EXPECT_THAT(ana.tags, ElementsAre("Cabin"));
    EXPECT_EQ(h.town.people().find(h.bob)->stage, stage_id::trash);
    EXPECT_EQ(h.town.tally(h.ana).saved, 1);
    EXPECT_EQ(h.town.tally(h.bob).saved, 0);
    EXPECT_THAT(h.town.events_of(h.bob), IsEmpty());
    EXPECT_THROW(h.town.merge(h.ana, {h.ana}), Error);
}

TEST(Acts, LateOutcomesAndDeliveriesMoveTheChildsUpdated) {
    Hamlet h;
    const auto call = h.town.add_call({.person = h.ana});
    const auto text = h.town.add_text({.person = h.ana, .delivery = "sent"});
    h.town.wait_until(as_of + 5min);
    h.town.set_outcome(call, "Interested");
    h.town.set_delivery(text, "undelivered");
    EXPECT_EQ(h.town.calls().find(call)->outcome, "Interested");
    EXPECT_EQ(h.town.calls().find(call)->updated, as_of + 5min);
    EXPECT_EQ(h.town.calls().find(call)->created, as_of);
    EXPECT_EQ(h.town.texts().find(text)->delivery, "undelivered");
    EXPECT_EQ(h.town.texts().find(text)->updated, as_of + 5min);
}

TEST(Acts, ABackfilledMailIsNewWithAnOldDate) {
    Hamlet h;
    const auto id = h.town.add_email({.people = {{h.ana, true}}, .date = as_of - 240h});
    EXPECT_EQ(h.town.emails().find(id)->created, as_of);
    EXPECT_EQ(h.town.tally(h.ana).email.at, as_of - 240h);
}

TEST(Acts, AnEventMayBelongToNobody) {
    Hamlet h;
    const auto id = h.town.add_event(0, "Viewed Property", 1);
    const auto later = h.town.add_event(999'999, "Viewed Property", 1);
    EXPECT_EQ(h.town.events().find(id)->person, 0);
    EXPECT_EQ(h.town.events().find(later)->person, 999'999);
}

TEST(Acts, ChildrenCanBeGivenToOthersAndTakenAway) {
    Hamlet h;
    const auto event = h.town.add_event(h.ana, "Visited Website");
    h.town.repoint_event(event, h.bob);
    EXPECT_EQ(h.town.tally(h.ana).visits, 0);
    EXPECT_EQ(h.town.tally(h.bob).visits, 1);
    h.town.remove_event(event);
    EXPECT_EQ(h.town.tally(h.bob).visits, 0);
    EXPECT_EQ(h.town.events().size(), 0);
    EXPECT_THROW(h.town.remove_event(event), Error);
    EXPECT_THROW(h.town.set_outcome(5, "Busy"), Error);
    EXPECT_THROW(h.town.set_stage(h.ana, "Limbo"), Error);
}

TEST(Acts, EveryChangeHasAVersion) {
    Hamlet h;
    auto version = h.town.version();
    const auto moved = [&] { return std::exchange(version, h.town.version()) < h.town.version(); };
    h.town.add_event(h.ana, "Visited Website");
    EXPECT_TRUE(moved());
    h.town.trash(h.bob);
    EXPECT_TRUE(moved());
    h.town.add_home({.mls = "1"});
    EXPECT_TRUE(moved());
    h.town.wait_until(as_of + 1h);
    EXPECT_FALSE(moved());
}

}  // namespace
}  // namespace dreams::sim
