#include "jobs/rescore.h"

#include <gmock/gmock.h>

#include "score/policy.h"
#include "support/office.h"

namespace dreams::jobs {
namespace {

using test::monday;

const Zone new_york("America/New_York");

RescoreReport rescored(Db& db, Instant as_of) {
    Progress silent;
    return rescore(db, score::house_policy(), as_of, new_york, {}, silent);
}

Scores scores_of(Db& db, const Lead& lead) {
    return db.value<Lead>("SELECT * FROM leads WHERE id = :id", {{"id", lead.id}}).scores;
}

TEST(Rescore, CountsAndJudgesEveryone) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana", 0), bo = test::add_lead(db, "Bo", 0);
    for (int i = 0; i < 5; ++i)
        db.add("contact_events", test::event(ana, i + 1, monday - std::chrono::hours(i)));
    db.add("contact_communications", test::communication(ana, 1));
    EXPECT_EQ(rescored(db, monday).people, 2);
    const auto lead = db.value<Lead>("SELECT * FROM leads WHERE id = :id", {{"id", ana.id}});
    EXPECT_EQ(lead.activity.properties_viewed, 5);
    EXPECT_EQ(lead.activity.calls_inbound, 1);
    EXPECT_EQ(lead.activity.total_events, 5);
    EXPECT_EQ(lead.activity.last_activity_at, monday);
    EXPECT_GT(lead.scores.priority, scores_of(db, bo).priority);
    EXPECT_EQ(lead.scores.recorded_at, monday);
}

TEST(Rescore, OfOlderPeopleWhoseIdIsNoFubIdFindsTheirEvents) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana", 0);
    ASSERT_NE(ana.id.text, ana.person.fub_id->text);
    db.add("contact_events", test::event(ana, 1));
    rescored(db, monday);
    EXPECT_GT(scores_of(db, ana).heat, 0);
}

TEST(Rescore, TheDaysLastRunWinsAndTheBusinessDayDecides) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana", 0);
    rescored(db, monday);
    db.add("contact_events", test::event(ana, 1, monday));
    rescored(db, monday + std::chrono::hours(12));  // 23:00 in New York, already Tuesday in UTC
    const auto rows = db.list<ScoringSnapshot>("SELECT * FROM contact_scoring_history");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_GT(rows[0].heat, 0);
    EXPECT_EQ(rows[0].heat_delta, std::nullopt);
    rescored(db, monday + std::chrono::hours(14));  // past midnight there
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) FROM contact_scoring_history"), 2);
    EXPECT_TRUE(db.value<std::optional<double>>(
        "SELECT heat_delta FROM contact_scoring_history ORDER BY recorded_at DESC LIMIT 1"));
}

TEST(Rescore, StalePeopleDoNotFall) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana", 80);
    db.run("INSERT INTO dreams_fub_people (fub_id, stale_since) VALUES (:id, :now)",
           {{"id", ana.person.fub_id}, {"now", monday}});
    rescored(db, monday);
    EXPECT_EQ(scores_of(db, ana).priority, 80);
    db.run("UPDATE dreams_fub_people SET stale_since = NULL");
    rescored(db, monday);
    EXPECT_LT(scores_of(db, ana).priority, 80);
}

TEST(Rescore, TouchesNothingThatIsTheAgents) {
    Db db = test::database();
    Lead ana = test::lead("Ana", 0);
    ana.workflow = {"porch", "call", "2026-02-01"};
    ana.preferences.max_price = 500'000;
    db.add("leads", ana);
    rescored(db, monday);
    const auto after = db.value<Lead>("SELECT * FROM leads");
    EXPECT_EQ(after.workflow.notes, "porch");
    EXPECT_EQ(after.workflow.next_action_date, "2026-02-01");
    EXPECT_EQ(after.preferences.max_price, 500'000);
    EXPECT_EQ(after.person.first_name, "Ana");
}

TEST(Rescore, WarnsOfStagesItDoesNotKnow) {
    Db db = test::database();
    Lead ana = test::lead("Ana");
    ana.person.stage = "Quantum Prospect";
    db.add("leads", ana);
    EXPECT_THAT(rescored(db, monday).unknown_stages, testing::ElementsAre("Quantum Prospect"));
}

TEST(Rescore, RunTwiceIsRunOnce) {
    test::Office office;
    Db db = test::database();
    office.sync(db);
    rescored(db, monday);
    const auto once = test::dump(db);
    rescored(db, monday);
    EXPECT_EQ(test::difference(test::dump(db), once), "");
}

TEST(Explain, SumsToWhatIsStored) {
    test::Office office;
    Db db = test::database();
    office.sync(db);
    rescored(db, monday);
    for (const auto& lead : db.list<Lead>("SELECT * FROM leads")) {
        const auto [history, judgement] = explain(db, lead.id, score::house_policy(), monday);
        EXPECT_EQ(judgement.scores.priority, lead.scores.priority) << lead.id.text;
        for (const auto* part :
             {&judgement.heat, &judgement.value, &judgement.relationship, &judgement.priority}) {
            double sum = 0;
            for (const auto& contribution : part->contributions) sum += contribution.points;
            EXPECT_NEAR(sum, part->raw, 1e-9);
        }
    }
}

}  // namespace
}  // namespace dreams::jobs
