#include "store/freshness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/before_calling.h"
#include "store/sync_runs.h"
#include "support/database.h"

namespace dreams::store {
namespace {

using test::monday;
using testing::ElementsAre;
using namespace std::chrono_literals;

void add_run(Db& db, std::string_view source, std::optional<Instant> completed,
             std::optional<std::string> error = std::nullopt) {
    db.run(
        "INSERT INTO sync_log (sync_type, source, direction, started_at, completed_at, "
        "error_message) VALUES ('full', :source, 'import', :started, :completed, :error)",
        {{"source", source}, {"started", monday - 2h}, {"completed", completed}, {"error", error}});
}

TEST(Freshness, OfAnEmptyFileIsThatNothingWasEverRead) {
    Db db = test::database();
    const auto sources = freshness(db);
    ASSERT_EQ(sources.size(), 1u);
    EXPECT_EQ(sources[0].source, "fub");
    EXPECT_EQ(sources[0].last_success, std::nullopt);
    EXPECT_EQ(sources[0].newest_record, std::nullopt);
    EXPECT_TRUE(is_stale(sources[0], monday));
}

TEST(Freshness, CountsOnlyRunsThatEndedWell) {
    Db db = test::database();
    add_run(db, "fub", monday - 30h);
    add_run(db, "fub", monday - 1h, "no network");
    add_run(db, "fub", std::nullopt);
    Lead ana = test::lead("Ana");
    ana.activity.last_activity_at = monday - 40h;
    db.add("leads", ana);

    const auto fub = freshness(db).at(0);
    EXPECT_EQ(fub.last_success, monday - 30h);
    EXPECT_EQ(fub.newest_record, monday - 40h);
    EXPECT_TRUE(is_stale(fub, monday));
    EXPECT_FALSE(is_stale(fub, monday - 5h));
}

TEST(Freshness, KnowsTheOtherSourcesOnceTheyHaveLeftSomething) {
    Db db = test::database();
    db.run("INSERT INTO idx_property_cache (mls_number, last_updated) VALUES ('M1', :at)",
           {{"at", monday}});
    add_run(db, "listings", monday - 1h);

    std::vector<std::string> names;
    for (const auto& source : freshness(db)) names.push_back(source.source);
    EXPECT_THAT(names, ElementsAre("fub", "idx", "listings"));
}

TEST(Sizes, CountWhatGrows) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    db.add("contact_events", test::event(ana, 1));
    db.add("contact_events", test::event(ana, 2));
    db.add("contact_communications", test::communication(ana, 1));

    const auto all = sizes(db);
    EXPECT_EQ(all.leads, 1);
    EXPECT_EQ(all.events, 2);
    EXPECT_EQ(all.communications, 1);
}

TEST(SyncRuns, ComeNewestFirstInPages) {
    Db db = test::database();
    for (int i = 0; i < 5; ++i) add_run(db, "fub", monday);
    const auto first = sync_runs(db, std::nullopt, 3);
    ASSERT_EQ(first.runs.size(), 3u);
    EXPECT_EQ(first.runs[0].id, 5);
    EXPECT_EQ(first.next, 3);
    const auto second = sync_runs(db, first.next, 3);
    ASSERT_EQ(second.runs.size(), 2u);
    EXPECT_EQ(second.runs[0].id, 2);
    EXPECT_EQ(second.next, std::nullopt);
}

TEST(BeforeCalling, TellsWhatStandsBesideTheRowInLeads) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    EXPECT_EQ(before_calling(db, ana.id).reason, std::nullopt);

    db.run("INSERT INTO dreams_lead_scores VALUES (:id, 'house', 'Because.', 'trash')",
           {{"id", ana.id}});
    db.run(
        "INSERT INTO dreams_fub_people (fub_id, stale_since, stale_why, deleted_at) "
        "VALUES (:fub_id, :at, 'no answer', :at)",
        {{"fub_id", ana.person.fub_id}, {"at", monday}});
    const auto known = before_calling(db, ana.id);
    EXPECT_EQ(known.policy, "house");
    EXPECT_EQ(known.reason, "Because.");
    EXPECT_EQ(known.barred, "trash");
    EXPECT_EQ(known.stale_since, monday);
    EXPECT_EQ(known.stale_why, "no answer");
    EXPECT_EQ(known.deleted_at, monday);
    EXPECT_THROW(before_calling(db, LeadId{"nobody"}), Error);
}

}  // namespace
}  // namespace dreams::store
