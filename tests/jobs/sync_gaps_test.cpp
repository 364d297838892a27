// What a sync may miss although each of its requests is answered: changes behind a walk that was
// interrupted, people who are gone, children that went to another person.

#include <gmock/gmock.h>

#include "jobs/rescore.h"
#include "jobs/sync.h"
#include "score/policy.h"
#include "store/before_calling.h"
#include "support/office.h"

namespace dreams::jobs {
namespace {

using sim::FubFault;
using test::Office;
using testing::HasSubstr;

std::int64_t count(Db& db, const std::string& table) {
    return db.value<std::int64_t>("SELECT count(*) FROM " + table);
}

/// Whom the file holds, as FUB shows them.
std::vector<std::string> people_in(Db& db) {
    return db.list<std::string>(
        "SELECT fub_id || ' ' || stage || ' ' || first_name FROM leads ORDER BY fub_id");
}

TEST(SyncGaps, WhatChangedWhileAWalkWasInterruptedFollowsIt) {
    Office office{sim::TownSize::of(250)};  // three pages
    Db db = test::database();
    office.account.faults().at("people", 3, FubFault::forbidden_403);
    office.sync(db);
    ASSERT_EQ(count(db, "leads"), 200);
    // Of the second page: the first is read once more, for who came in the meantime.
    const auto read_first = office.town.people().rows()[100].id;
    const auto not_yet_read = office.town.people().rows()[0].id;
    office.wait(std::chrono::days(1));
    office.town.trash(read_first);
    office.town.add_text({.person = read_first, .incoming = true});
    office.wait(std::chrono::days(1));
    office.town.edit_person(not_yet_read, [](sim::Contact& contact) { contact.first = "Later"; });
    office.town.add_text({.person = not_yet_read, .incoming = true});
    office.wait(std::chrono::days(1));
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    Db right = test::database();
    office.sync(right);
    EXPECT_EQ(people_in(db), people_in(right));
    EXPECT_EQ(count(db, "contact_communications"), count(right, "contact_communications"));
}

TEST(SyncGaps, WhatChangedDuringALongWalkComesWithTheNextRun) {
    Office office{sim::TownSize::of(250)};
    Db db = test::database();
    const auto read_first = office.town.people().rows()[249].id;
    const auto read_last = office.town.people().rows()[0].id;
    int pages = 0;
    const auto network = [&, real = office.account.network()](const http::Ask& ask) {
        if (ask.url.find("/people") != std::string::npos && ++pages == 3) {  // an hour a page
            office.wait(std::chrono::hours(1));
            office.town.trash(read_first);
            office.wait(std::chrono::hours(1));
            office.town.edit_person(read_last, [](sim::Contact& person) { person.first = "New"; });
        }
        return real(ask);
    };
    Progress silent;
    const sources::Fub fub(office.settings(), network, office.clock);
    sync_fub(db, fub, office.clock, {}, silent);
    office.sync(db);
    Db right = test::database();
    office.sync(right);
    EXPECT_EQ(people_in(db), people_in(right));
}

// ---- Who is gone, where FUB does not list all ids in one answer

struct WithoutIds : testing::Test {
    WithoutIds() {
        office.account.options().ids_only = false;
        office.sync(db);
        office.wait(std::chrono::hours(1));
    }
    std::vector<std::string> gone() {
        return db.list<std::string>(
            "SELECT fub_id FROM dreams_fub_people WHERE deleted_at IS NOT NULL");
    }
    Office office{sim::TownSize::of(250)};
    Db db = test::database();
};

TEST_F(WithoutIds, TheTotalTellsThatSomebodyIsGoneAndASweepWho) {
    const auto person = office.town.people().rows()[5].id;
    office.town.remove_person(person);
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(gone(), std::vector{std::to_string(person)});
    office.wait(std::chrono::hours(1));
    office.account.forget_log();
    office.sync(db);
    EXPECT_LE(office.account.requests_in_all(), 8) << "nobody else is gone: no sweep";
}

TEST_F(WithoutIds, AWalkOfEveryoneIsListEnough) {
    const auto person = office.town.people().rows()[5].id;
    office.town.remove_person(person);
    office.account.forget_log();
    EXPECT_EQ(office.sync(db, {.full = true}).outcome, Outcome::done);
    EXPECT_EQ(gone(), std::vector{std::to_string(person)});
    for (const auto& asked : office.account.log())
        EXPECT_FALSE(
            std::ranges::count(asked.query, std::pair<std::string, std::string>("fields", "id")));
}

TEST_F(WithoutIds, AWalkThatWentOnIsFollowedByASweep) {
    const auto person = office.town.people().rows()[249].id;  // on the first page
    office.account.faults().at("people", office.account.requests()["people"] + 3,
                               FubFault::forbidden_403);
    EXPECT_NE(office.sync(db, {.full = true}).outcome, Outcome::done);
    office.wait(std::chrono::hours(1));
    office.town.remove_person(person);
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(gone(), std::vector{std::to_string(person)});
}

// ---- Whose children went to another person

/// Whose each event, activity, call, text and e-mail is.
std::vector<std::string> whose(Db& db) {
    return db.list<std::string>(R"sql(
        SELECT id || ' ' || contact_id FROM contact_events
        UNION ALL SELECT a.id || ' ' || l.fub_id FROM lead_activities a JOIN leads l ON l.id = a.lead_id
        UNION ALL SELECT c.id || ' ' || l.fub_id FROM contact_communications c JOIN leads l ON l.id = c.contact_id
         WHERE c.id NOT IN (SELECT communication_id FROM dreams_automated)
        ORDER BY 1)sql");
}

TEST(SyncGaps, AMergeIsCarriedThoughItsEventsAreFarBelowTheNewest) {
    Office office;
    const auto& people = office.town.people().rows();
    const auto winner = people[5].id, loser = people[6].id;
    const auto call = office.town.add_call({.person = loser, .incoming = true, .seconds = 60});
    Db db = test::database();
    office.sync(db);
    ASSERT_GT(count(db, "contact_events WHERE contact_id = '" + std::to_string(loser) + "'"), 0);
    office.wait(std::chrono::days(3));  // calls younger than two days are read again in any case
    office.town.merge(winner, {loser});
    for (int n = 0; n < 150; ++n) {
        office.town.add_event(people[8].id, "Viewed Property", 1);
        office.town.add_call({.person = people[8].id, .incoming = true, .seconds = 60});
    }
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    Db right = test::database();
    office.sync(right);
    EXPECT_EQ(whose(db), whose(right));
    EXPECT_EQ(db.value<std::string>("SELECT l.fub_id FROM contact_communications c JOIN leads l "
                                    "ON l.id = c.contact_id WHERE c.id = :id",
                                    {{"id", "call_" + std::to_string(call)}}),
              std::to_string(winner));
    office.account.forget_log();
    office.sync(db);
    EXPECT_LE(office.account.requests_in_all(), 8) << "read again once";
}

TEST(SyncGaps, AMergeWhoseRereadingFailsIsCarriedByTheNextRun) {
    Office office;
    Db db = test::database();
    office.sync(db);
    office.wait(std::chrono::days(3));
    const auto& people = office.town.people().rows();
    office.town.merge(people[5].id, {people[6].id, people[7].id});
    for (int n = 0; n < 150; ++n) office.town.add_event(people[8].id, "Viewed Property", 1);
    // Two pages of news, then the question by ids.
    office.account.faults().at("events", office.account.requests()["events"] + 3,
                               FubFault::forbidden_403);
    EXPECT_EQ(office.sync(db).outcome, Outcome::partial);
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    Db right = test::database();
    office.sync(right);
    EXPECT_EQ(whose(db), whose(right));
}

TEST(SyncGaps, FallingCountersTellOfAMergeToo) {
    Office office;
    const auto& people = office.town.people().rows();
    const auto from = people[6].id, to = people[5].id;
    const auto event = office.town.add_event(from, "Viewed Property", 1);
    const auto text = office.town.add_text({.person = from, .incoming = true});
    for (int n = 0; n < 150; ++n) office.town.add_event(people[8].id, "Viewed Property", 1);
    Db db = test::database();
    office.sync(db);
    office.wait(std::chrono::days(3));
    office.town.repoint_event(event, to);
    office.town.repoint_text(text, to);
    for (const auto person : {from, to}) office.town.edit_person(person, [](sim::Contact&) {});
    for (int n = 0; n < 150; ++n) office.town.add_event(people[8].id, "Viewed Property", 1);
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    Db right = test::database();
    office.sync(right);
    EXPECT_EQ(whose(db), whose(right));
}

// ---- What could not be read lowers no score

struct Failing : testing::Test {
    Failing() {
        office.town.add_text({.person = person, .incoming = true});
        office.sync(db);
        score();
    }
    void score() {
        Progress silent;
        rescore(db, score::house_policy(), office.clock.now(), Zone("America/New_York"), {},
                silent);
    }
    std::vector<std::int64_t> priorities() {
        return db.list<std::int64_t>("SELECT priority_score FROM leads ORDER BY fub_id");
    }
    /// How many have a lower priority than in `before`.
    std::int64_t fallen_since(const std::vector<std::int64_t>& before) {
        const auto now = priorities();
        std::int64_t fallen = 0;
        for (std::size_t i = 0; i < now.size(); ++i) fallen += now[i] < before[i];
        return fallen;
    }
    std::int64_t stale(std::int64_t of) {
        return count(db, "dreams_fub_people WHERE stale_since IS NOT NULL AND fub_id = '" +
                             std::to_string(of) + "'");
    }
    Office office;
    const std::int64_t person = office.town.people().rows()[5].id;
    Db db = test::database();
};

TEST_F(Failing, WhoseTextsAreRefusedById) {
    office.wait(std::chrono::days(10));
    office.town.add_text({.person = person, .incoming = true});
    office.account.faults().from("textMessages", 1, FubFault::forbidden_403);
    EXPECT_EQ(office.sync(db).outcome, Outcome::partial);
    EXPECT_EQ(stale(person), 1);
    office.account.faults().clear();
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(stale(person), 0);
}

TEST_F(Failing, WhoseTextsFailByLine) {
    office.wait(std::chrono::days(10));
    const auto& people = office.town.people().rows();
    for (std::size_t i = 0; i < 50; ++i)
        for (int n = 0; n < 5; ++n)  // more than their last ids tell
            office.town.add_text({.person = people[i].id, .incoming = n % 2 == 0});
    office.account.faults().from("textMessages", 1, FubFault::error_500);
    EXPECT_EQ(office.sync(db).outcome, Outcome::partial);
    EXPECT_EQ(count(db, "dreams_fub_people WHERE stale_since IS NOT NULL"), 50);
}

TEST_F(Failing, EventsOrCallsKeepAllFromFallingUntilTheyAreRead) {
    const auto lead = db.value<LeadId>("SELECT id FROM leads WHERE fub_id = :id",
                                       {{"id", std::to_string(person)}});
    for (const char* list : {"events", "calls"}) {
        const auto before = priorities();
        office.wait(std::chrono::days(20));
        office.account.faults().from(list, 1, FubFault::error_500);
        EXPECT_EQ(office.sync(db).outcome, Outcome::partial);
        score();
        EXPECT_EQ(fallen_since(before), 0) << list;
        EXPECT_EQ(store::before_calling(db, lead).stale_since, office.clock.now());
        office.account.faults().clear();
        EXPECT_EQ(office.sync(db).outcome, Outcome::done);
        EXPECT_FALSE(store::before_calling(db, lead).stale_since);
        score();
        EXPECT_GT(fallen_since(before), 0) << list << ": twenty days without a sign";
    }
}

TEST(SyncGaps, WhatWasATrashedPersonsFollowsThemIntoAnother) {
    Office office;
    Db db = test::database();
    const auto loser = office.town.people().rows()[6].id,
               winner = office.town.people().rows()[5].id;
    office.town.trash(loser);
    office.sync(db);
    ASSERT_GT(count(db, "contact_events WHERE contact_id = '" + std::to_string(loser) + "'"), 0);
    office.wait(std::chrono::hours(1));
    office.town.merge(winner, {loser});
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(count(db, "contact_events WHERE contact_id = '" + std::to_string(loser) + "'"), 0);
}

class SyncDrop : public testing::TestWithParam<const char*> {};

TEST_P(SyncDrop, OfATotalStopsWhatItConcernsUntilItIsAccepted) {
    Office office;
    Db db = test::database();
    office.sync(db);
    office.wait(std::chrono::hours(1));
    office.account.faults().from(GetParam(), 1, FubFault::total_dropped);
    const auto stopped = office.sync(db);
    EXPECT_NE(stopped.outcome, Outcome::done);
    EXPECT_THAT(stopped.error, HasSubstr("Follow Up Boss speaks of"));
    EXPECT_THAT(stopped.error, HasSubstr(" " + std::string(GetParam()) + " where"));
    EXPECT_THAT(stopped.error, HasSubstr("--accept-drop"));
    EXPECT_EQ(count(db, "contact_events"), office.town.size().events) << "nothing is taken away";
    EXPECT_EQ(count(db, "dreams_fub_people WHERE deleted_at IS NOT NULL"), 0);
    EXPECT_EQ(office.sync(db, {.accept_drop = true}).error, "");
}

INSTANTIATE_TEST_SUITE_P(EachTotal, SyncDrop, testing::Values("people", "events", "calls"));

TEST(SyncGaps, ADropOfEventsIsAcceptedOnceForAll) {
    Office office;
    Db db = test::database();
    office.sync(db);
    office.account.faults().from("events", 1, FubFault::total_dropped);
    EXPECT_EQ(office.sync(db, {.accept_drop = true}).error, "");
    EXPECT_EQ(office.sync(db).error, "");
}

}  // namespace
}  // namespace dreams::jobs
