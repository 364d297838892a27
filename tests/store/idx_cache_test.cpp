// Which MLS numbers are due on the team's site, and what is kept of its answers.

#include "store/idx_cache.h"

#include <gmock/gmock.h>

#include "store/fetch_hosts.h"
#include "store/idx_validation.h"
#include "support/database.h"

namespace dreams::store {
namespace {

using namespace std::chrono_literals;
using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;

class IdxCache : public testing::Test {
protected:
    void look(const std::string& mls, Instant at = monday - 1h,
              std::optional<std::string> address = std::nullopt) {
        auto event = test::event(ana, ++events, at);
        event.property_mls = mls;
        event.property_address = std::move(address);
        db.add("contact_events", event);
    }
    void home(const std::string& id, const std::string& mls, const std::string& more = "") {
        db.run("INSERT INTO properties (id, mls_number" + std::string(more.empty() ? "" : ", ") +
               more.substr(0, more.find('=')) + ") VALUES ('" + id + "', '" + mls + "'" +
               (more.empty() ? "" : ", " + more.substr(more.find('=') + 1)) + ")");
    }
    std::vector<std::string> due(Instant now = monday, std::int64_t limit = 100) {
        std::vector<std::string> numbers;
        for (const auto& each : numbers_due(db, now, limit)) numbers.push_back(each.mls_number);
        return numbers;
    }
    void visited(const std::string& mls, IdxVerdict verdict, Instant due_at) {
        keep_visit(db, {.key = mls, .verdict = verdict, .asked_at = monday, .due_at = due_at});
    }

    Db db = test::database();
    Lead ana = test::add_lead(db, "Ana Lopez");
    std::int64_t events = 0;
};

TEST_F(IdxCache, WantsTheNumbersOfEventsAndHomesOnceEach) {
    look("100");
    look("100");
    look("");
    home("oak", "200");
    home("elm", "100");
    home("none", "");
    EXPECT_THAT(due(), ElementsAre("100", "200"));
    EXPECT_EQ(count_numbers_due(db, monday), 2);
    EXPECT_THAT(due(monday, 1), ElementsAre("100"));
}

TEST_F(IdxCache, AsksForWhatWasNeverAskedForFirstThenForWhatIsLookedAtMost) {
    for (const auto* mls : {"1", "2", "2", "3", "3", "3"}) look(mls);
    for (const auto* mls : {"4", "4", "4", "4"}) look(mls, monday - 40 * 24h);
    for (const auto* mls : {"1", "3", "4"}) {
        keep_found(db, {.mls_number = mls, .address = "1 Oak Rd", .last_updated = monday});
        visited(mls, IdxVerdict::found, monday - 1h);
    }
    EXPECT_THAT(due(), ElementsAre("2", "3", "1", "4"));
    EXPECT_EQ(numbers_due(db, monday, 4)[1].looks, 3);
}

TEST_F(IdxCache, LeavesWhatIsFreshAlone) {
    look("1");
    keep_found(db, {.mls_number = "1", .address = "1 Oak Rd", .last_updated = monday});
    visited("1", IdxVerdict::found, monday + 20h);
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_THAT(due(monday + 20h), ElementsAre("1"));
}

TEST_F(IdxCache, AsksAgainForWhatAnOlderProgramGaveUpOrLetAge) {
    for (const auto* mls : {"lost", "old", "new"}) look(mls);
    db.run(
        "INSERT INTO idx_property_cache (mls_number, address, last_updated) VALUES "
        "('lost', '[Not found on IDX]', '2026-01-19T00:00:00Z'), "
        "('old', '1 Oak Rd', '2026-01-01T00:00:00Z'), ('new', '2 Oak Rd', '2026-01-18T00:00:00Z')");
    EXPECT_THAT(due(), testing::UnorderedElementsAre("lost", "old"));
}

TEST_F(IdxCache, KeepsWhatTheSiteDoesNotTellThisTime) {
    EXPECT_EQ(keep_found(db, {.mls_number = "1",
                              .address = "1 Oak Rd",
                              .price = 400'000,
                              .photo_url = "https://photos.example/1.jpg",
                              .last_updated = monday}),
              Kept::created);
    EXPECT_EQ(keep_found(db, {.mls_number = "1",
                              .address = "1 Oak Rd",
                              .price = 390'000,
                              .last_updated = monday + 24h}),
              Kept::updated);
    const auto kept = idx_listing(db, "1").value();
    EXPECT_EQ(kept.price, 390'000);
    EXPECT_EQ(kept.photo_url, "https://photos.example/1.jpg");
    EXPECT_EQ(
        keep_found(db, {.mls_number = "1", .address = "1 Oak Rd", .last_updated = monday + 48h}),
        Kept::unchanged);
    EXPECT_EQ(idx_listing(db, "1")->last_updated, monday + 48h)
        << "it was looked after all the same";
}

TEST_F(IdxCache, MarksWhatWasNeverThereAndKeepsWhatOnceWas) {
    keep_found(db, {.mls_number = "1", .address = "1 Oak Rd", .price = 5, .status = "Active"});
    keep_missing(db, "1", IdxVerdict::not_found, monday);
    EXPECT_EQ(idx_listing(db, "1")->address, "1 Oak Rd");
    EXPECT_EQ(idx_listing(db, "1")->price, 5);
    EXPECT_EQ(idx_listing(db, "1")->status, "Unknown") << "gone is not sold";
    EXPECT_EQ(keep_missing(db, "2", IdxVerdict::not_found, monday), Kept::created);
    EXPECT_EQ(idx_listing(db, "2")->address, not_found_on_idx);
    EXPECT_EQ(idx_listing(db, "2")->status, std::nullopt);
    keep_missing(db, "3", IdxVerdict::gone, monday);
    EXPECT_EQ(idx_listing(db, "3")->status, "Unknown");
}

TEST_F(IdxCache, AHomeThatIsFoundAgainIsNotUnknownAnyMore) {
    keep_found(db, {.mls_number = "1", .address = "1 Elm St", .price = 1, .status = "Active"});
    keep_missing(db, "1", IdxVerdict::gone, monday);
    keep_found(db, {.mls_number = "1", .address = "1 Elm St"});
    EXPECT_EQ(idx_listing(db, "1")->status, std::nullopt) << "the site does not tell";
    EXPECT_EQ(idx_listing(db, "1")->price, 1);
    EXPECT_TRUE(is_shown(*idx_listing(db, "1")));
}

TEST_F(IdxCache, GivesEventsTheAddressesThatTheyLack) {
    look("1");
    look("1", monday, "");
    look("1", monday, "1 Oak Road as FUB says");
    look("2");
    look("3", monday, std::string(not_found_on_idx));
    keep_found(db, {.mls_number = "1", .address = "1 Oak Rd"});
    keep_found(db, {.mls_number = "3", .address = "3 Oak Rd"});
    keep_missing(db, "2", IdxVerdict::not_found, monday);
    EXPECT_EQ(give_events_addresses(db), 3);
    EXPECT_EQ(give_events_addresses(db), 0);
    EXPECT_THAT(
        db.list<std::string>("SELECT coalesce(property_address, 'none') FROM contact_events "
                             "ORDER BY CAST(fub_event_id AS INTEGER)"),
        ElementsAre("1 Oak Rd", "1 Oak Rd", "1 Oak Road as FUB says", "none", "3 Oak Rd"));
}

TEST_F(IdxCache, KnowsTheAddressesThatANumberHasInTheFile) {
    look("1", monday, "1 Oak Rd");
    look("1", monday, "1 Oak Rd");
    look("1", monday, std::string(not_found_on_idx));
    db.run(
        "INSERT INTO properties (id, mls_number, address, city) VALUES "
        "('a', '1', '2 Elm St', 'Sylva'), ('b', '1', NULL, NULL)");
    EXPECT_THAT(addresses_of_number(db, "1"), ElementsAre("1 Oak Rd", "2 Elm St, Sylva"));
}

TEST_F(IdxCache, RemembersSites) {
    keep_fetch_hosts(db,
                     {{.site = "www.a.example", .asked_at = monday, .robots = "User-agent: *"}});
    keep_fetch_hosts(db, {{.site = "www.a.example",
                           .asked_at = monday + 1h,
                           .closed_until = monday + 25h,
                           .closed_why = "answered with status 403"}});
    const auto hosts = fetch_hosts(db);
    ASSERT_EQ(hosts.size(), 1u);
    EXPECT_EQ(hosts[0].closed_until, monday + 25h);
    EXPECT_EQ(hosts[0].robots, std::nullopt);
}

// ---- Validation

TEST_F(IdxCache, HomesToValidateArePendingOrWereNotFoundAMonthAgo) {
    for (const auto* row :
         {"('pending', 'pending', NULL)", "('none', NULL, NULL)", "('error', 'error', NULL)",
          "('found', 'validated', '2025-01-01T00:00:00Z')",
          "('lately', 'not_found', '2026-01-10T00:00:00Z')",
          "('long ago', 'not_found', '2025-12-01T00:00:00Z')", "('later', 'pending', NULL)"})
        db.run("INSERT INTO properties (id, idx_validation_status, idx_validated_at) VALUES " +
               std::string(row));
    keep_visit(db, {.kind = IdxQuestion::home, .key = "later", .due_at = monday + 1h});
    std::vector<std::string> ids;
    for (const auto& each : homes_to_validate(db, monday, 100)) ids.push_back(each.id.text);
    EXPECT_THAT(ids, testing::UnorderedElementsAre("pending", "none", "error", "long ago"));
}

TEST_F(IdxCache, AValidationTouchesItsOwnColumnsAndNotionHearsOfNews) {
    db.run(
        "INSERT INTO properties (id, mls_number, address, notes, sync_status, updated_at) VALUES "
        "('oak', '1', '1 Oak Rd', 'typed', 'synced', '2026-01-01T00:00:00Z')");
    IdxCheck check{.idx_mls_number = "1",
                   .original_mls_number = "1",
                   .idx_validation_status = "validated",
                   .idx_validated_at = monday};
    EXPECT_EQ(keep_idx_check(db, {"oak"}, check, monday), Kept::updated);
    const auto status = [&] {
        return db.value<std::string>("SELECT sync_status FROM properties WHERE id = 'oak'");
    };
    EXPECT_EQ(status(), "pending");
    db.run("UPDATE properties SET sync_status = 'synced'");
    check.idx_validated_at = monday + 24h;
    EXPECT_EQ(keep_idx_check(db, {"oak"}, check, monday + 24h), Kept::unchanged);
    EXPECT_EQ(status(), "synced") << "the same again is no news";
    EXPECT_EQ(db.value<std::string>("SELECT notes FROM properties WHERE id = 'oak'"), "typed");
}

}  // namespace
}  // namespace dreams::store
