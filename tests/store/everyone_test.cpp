#include "store/everyone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/history.h"
#include "support/database.h"

namespace dreams::store {
namespace {

using namespace std::chrono;
using namespace test;
using ::testing::Optional;

constexpr Instant day_start{sys_days{January / 19 / 2026} + hours{5}};

struct Standings : ::testing::Test {
    Db db = database();
    Lead ana = add_lead(db, "Ana"), ben = add_lead(db, "Ben");

    std::int64_t snapshot(const Lead& who, Instant at, double heat) {
        db.add("contact_scoring_history",
               ScoringSnapshot{.lead = who.id, .recorded_at = at, .heat = heat});
        return db.last_id();
    }
    Standing of(const Lead& who) {
        auto all = everyone(db);
        add_snapshots(db, all, day_start, day_start + days{1});
        for (std::size_t i = 0; i < all.histories.size(); ++i)
            if (all.histories[i].lead == who.id) return all.standings[i];
        throw Error(Fault::not_found, "nobody of that id");
    }
};

TEST_F(Standings, StandBesideTheHistoriesByLeadId) {
    add_lead(db, "Aaron", 77);
    auto all = everyone(db);
    add_snapshots(db, all, day_start, day_start + days{1});
    ASSERT_EQ(all.histories.size(), 3u);
    ASSERT_EQ(all.standings.size(), 3u);
    EXPECT_EQ(all.histories[0].lead.text, "lead-aaron");
    EXPECT_EQ(all.histories[2].lead, ben.id);
    EXPECT_EQ(all.standings[0].scores.priority, 77);
    EXPECT_EQ(all.standings[2].scores.priority, 50);
}

TEST_F(Standings, TellTheHeatOfTheLastEarlierDay) {
    snapshot(ana, day_start - days{2}, 10);
    snapshot(ana, day_start - days{1}, 20);
    snapshot(ana, day_start + hours{1}, 30);
    EXPECT_THAT(of(ana).heat_before, Optional(20));
    EXPECT_EQ(of(ben).heat_before, std::nullopt);
}

TEST_F(Standings, LookFurtherBackForWhomTheLastRunDidNotKnow) {
    snapshot(ana, day_start - days{1}, 20);
    snapshot(ben, day_start - days{9}, 40);
    snapshot(ben, day_start - days{8}, 50);
    EXPECT_THAT(of(ana).heat_before, Optional(20));
    EXPECT_THAT(of(ben).heat_before, Optional(50));
}

TEST_F(Standings, SayNothingOfSnapshotsOlderThanAMonth) {
    snapshot(ana, day_start - days{31}, 20);
    snapshot(ben, day_start - days{1}, 40);
    EXPECT_EQ(of(ana).heat_before, std::nullopt);
}

TEST_F(Standings, KnowTheDaysSnapshotUpToMidnight) {
    snapshot(ana, day_start - seconds{1}, 10);
    const auto first = snapshot(ana, day_start, 20);
    EXPECT_THAT(of(ana).snapshot_today, Optional(first));
    const auto later = snapshot(ana, day_start + days{1} - seconds{1}, 30);
    EXPECT_THAT(of(ana).snapshot_today, Optional(later));
    snapshot(ana, day_start + days{1}, 40);
    EXPECT_THAT(of(ana).snapshot_today, Optional(later));
    EXPECT_EQ(of(ben).snapshot_today, std::nullopt);
}

TEST_F(Standings, KnowWhoIsStaleAndWhosePhoneFails) {
    for (const Lead& who : {ana, ben})
        db.run("INSERT INTO dreams_fub_people (fub_id, phone_works) VALUES (:id, 1)",
               {{"id", who.person.fub_id}});
    db.run("UPDATE dreams_fub_people SET stale_since = :now WHERE fub_id = :id",
           {{"now", monday}, {"id", ana.person.fub_id}});
    db.run("UPDATE dreams_fub_people SET phone_works = 0 WHERE fub_id = :id",
           {{"id", ben.person.fub_id}});
    EXPECT_TRUE(of(ana).stale);
    EXPECT_TRUE(of(ana).phone_works);
    EXPECT_FALSE(of(ben).stale);
    EXPECT_FALSE(of(ben).phone_works);
}

TEST(Histories, OfAllAreThoseOfEach) {
    Db db = database();
    const Lead ana = add_lead(db, "Ana"), ben = add_lead(db, "Ben");
    db.run("INSERT INTO dreams_fub_people (fub_id, last_activity_at) VALUES (:id, :at)",
           {{"id", ana.person.fub_id}, {"at", monday - days{3}}});
    db.add("contact_events", event(ana, 1, monday, EventKind::property_share));
    db.add("contact_events", event(ana, 2, monday - hours{1}));
    db.add("contact_communications", communication(ben, 3, monday, CommKind::email));
    db.add("contact_communications",
           communication(ana, 4, monday, CommKind::text, Direction::outbound));
    db.run("INSERT INTO dreams_automated (communication_id) VALUES ('text_4')");
    db.add("lead_activities", activity(ben, 5, "property_inquiry"));

    const auto everyone = histories(db);
    ASSERT_EQ(everyone.size(), 2u);
    for (const auto& of_all : everyone) {
        const auto alone = history(db, of_all.lead);
        ASSERT_TRUE(alone);
        EXPECT_EQ(of_all.stage, alone->stage);
        EXPECT_EQ(of_all.source, alone->source);
        EXPECT_EQ(of_all.created_at, alone->created_at);
        EXPECT_EQ(of_all.last_activity_elsewhere, alone->last_activity_elsewhere);
        const auto numbers = [](const Trace& trace) {
            return std::tuple{trace.at, trace.act, trace.seconds, trace.price, trace.home};
        };
        std::vector<decltype(numbers(Trace{}))> some, others;
        for (const auto& trace : of_all.traces) some.push_back(numbers(trace));
        for (const auto& trace : alone->traces) others.push_back(numbers(trace));
        EXPECT_THAT(some, ::testing::UnorderedElementsAreArray(others));
        EXPECT_FALSE(some.empty());
    }
    EXPECT_EQ(everyone[0].traces.size() + everyone[1].traces.size(), 5u);
}

}  // namespace
}  // namespace dreams::store
