// Homes here and pages there become the same: both ways, field by field.

#include "jobs/sync_notion.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <set>

#include "store/doubtful_homes.h"
#include "store/notion_conflicts.h"
#include "store/notion_seen.h"
#include "support/workspace.h"

namespace dreams::jobs {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::Workspace;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(SyncNotion, MakesAPageOfAHomeAndAHomeOfAPage) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    const auto page = team.notion.add_page({{"Address", "2 Oak Rd"},
                                            {"City", "Sylva"},
                                            {"Price", "380000"},
                                            {"Notes", "ask about the well"}});
    const auto report = team.sync();
    ASSERT_EQ(report.outcome, Outcome::done) << report.error;

    ASSERT_EQ(team.notion.pages().size(), 2u);
    const auto made = team.page_of(home);
    EXPECT_EQ(team.notion.shown(made, "Address"), "1 Elm St");
    EXPECT_EQ(team.notion.shown(made, "Price"), "450000");
    EXPECT_EQ(team.notion.shown(made, "Status"), "");
    EXPECT_EQ(team.notion.shown(made, "Source"), "Redfin");
    EXPECT_EQ(team.notion.shown(made, "Monitoring Active"), "yes");
    EXPECT_EQ(team.notion.shown(made, "Date Saved"), "2026-01-19T11:00:00-05:00")
        << "in the office's zone";
    EXPECT_EQ(team.notion.shown(made, "DREAMS ID"), home);

    const auto other = team.notion.shown(page, "DREAMS ID");
    const auto row = team.row(other);
    EXPECT_EQ(row.listing.address, "2 Oak Rd");
    EXPECT_EQ(row.listing.price, 380000);
    EXPECT_EQ(row.workflow.notes, "ask about the well");
    for (const auto& id : {home, other}) {
        EXPECT_EQ(team.row(id).notion.sync_status, "synced");
        EXPECT_TRUE(team.row(id).notion.notion_synced_at);
    }
}

TEST(SyncNotion, CopiesWhatOneSideChangedAndLeavesTheRestOfTheRow) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    const auto page = team.page_of(home);
    team.wait(hours{1});
    team.notion.type(page, "Price", "440000");
    team.notion.type(page, "Notes", "wants a fence");
    team.notion.type(page, "Status", "Pending");
    team.note(home, "");
    team.db.run("UPDATE properties SET beds = 3 WHERE id = :id", {{"id", home}});
    ASSERT_EQ(team.sync().outcome, Outcome::done);
    const auto row = team.row(home);
    EXPECT_EQ(row.listing.price, 440000);
    EXPECT_EQ(row.listing.status, "pending");
    EXPECT_EQ(row.workflow.notes, "wants a fence");
    EXPECT_EQ(team.notion.shown(page, "Bedrooms"), "3");
    EXPECT_EQ(row.notion.sync_status, "synced");

    const auto changes = store::changes_of(team.db, {home});
    ASSERT_FALSE(changes.empty());
    EXPECT_THAT(changes[0].notion_url.value_or(""), HasSubstr("https://www.notion.so/"));

    team.wait(hours{1});
    team.notion.type(page, "Notes", "");
    team.sync();
    EXPECT_EQ(team.row(home).workflow.notes, std::nullopt) << "what is emptied there is emptied";
}

TEST(SyncNotion, NeverPutsBackWhatAnAgentTurnedOff) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    const auto page = team.page_of(home);
    team.notion.type(page, "Monitoring Active", "");
    team.wait(hours{1});
    team.home("1 Elm St", 430'000);
    team.sync();
    EXPECT_EQ(team.notion.shown(page, "Price"), "430000");
    EXPECT_EQ(team.notion.shown(page, "Monitoring Active"), "");
}

TEST(SyncNotion, DecidesByTheFieldsRuleAndKeepsWhatLost) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    const auto page = team.page_of(home);
    team.wait(hours{1});
    team.note(home, "typed here");
    team.notion.type(page, "Notes", "typed there");
    team.notion.type(page, "Price", "400000");
    team.wait(hours{1});
    team.home("1 Elm St", 420'000);  // heard later than the page was edited
    team.sync();
    EXPECT_EQ(team.row(home).workflow.notes, "typed there");
    EXPECT_EQ(team.notion.shown(page, "Price"), "420000");
    const auto decided = store::decided_notion_conflicts(team.db, 10);
    ASSERT_EQ(decided.size(), 2u);
    for (const auto& each : decided)
        EXPECT_EQ(each.column == "notes" ? each.ours : each.theirs,
                  each.column == "notes" ? "typed here" : "400000");
    EXPECT_THAT(store::open_notion_conflicts(team.db), IsEmpty());
}

struct TwoAddresses : Workspace {
    TwoAddresses() : id(home("1 Elm St")) {
        sync();
        page = page_of(id);
        wait(hours{1});
        notion.type(page, "Address", "1 Elm Street");
        db.run("UPDATE properties SET address = '1 Elm Court' WHERE id = :id", {{"id", id}});
        sync();
    }
    std::string id, page;
};

TEST(SyncNotion, ListsWhatNobodyCanDecideAndCarriesOutTheChoice) {
    for (const auto& [side, result] :
         {std::pair{"ours", "1 Elm Court"}, {"theirs", "1 Elm Street"}}) {
        TwoAddresses team;
        const auto open = store::open_notion_conflicts(team.db);
        ASSERT_EQ(open.size(), 1u);
        EXPECT_EQ(open[0].ours, "1 Elm Court");
        EXPECT_EQ(open[0].theirs, "1 Elm Street");
        EXPECT_EQ(open[0].agreed, "1 Elm St");
        team.sync();
        EXPECT_EQ(store::count_notion_conflicts(team.db), 1) << "and only once";

        store::choose_in_notion_conflict(team.db, open[0].id, side, "ana", team.clock.now());
        EXPECT_THROW(
            store::choose_in_notion_conflict(team.db, open[0].id, side, "ana", team.clock.now()),
            Error);
        team.sync();
        EXPECT_EQ(team.row(team.id).listing.address, result);
        EXPECT_EQ(team.notion.shown(team.page, "Address"), result);
    }
}

TEST(SyncNotion, SettlesAConflictThatBothSidesEnded) {
    TwoAddresses team;
    team.wait(hours{1});
    team.notion.type(team.page, "Address", "1 Elm Court");
    team.sync();
    EXPECT_THAT(store::open_notion_conflicts(team.db), IsEmpty());
}

TEST(SyncNotion, CostsOneRequestWhenNothingHappenedAndOneMoreForEachChangedPage) {
    Workspace team;
    const auto homes = team.homes_on_elm(250, 450'000);
    ASSERT_EQ(team.sync().outcome, Outcome::done);
    ASSERT_EQ(team.notion.pages().size(), 250u);
    // The run after a long one reads what the long one wrote: anybody may have edited meanwhile.
    const auto quiet = [&](std::size_t written) {
        team.wait(hours{1});
        EXPECT_LE(team.sync().requests, static_cast<std::int64_t>((written + 99) / 100));
        team.wait(hours{1});
        EXPECT_EQ(team.sync().requests, 1);
        team.wait(minutes{5});
    };
    quiet(250);
    for (const std::size_t k : {1u, 9u, 100u, 101u, 230u}) {
        team.homes_on_elm(k, 300'000 + static_cast<int>(k));
        EXPECT_LE(team.sync().requests, static_cast<std::int64_t>((k + 99) / 100 + k));
        EXPECT_EQ(team.notion.shown(team.page_of(homes[k - 1]), "Price"),
                  std::to_string(300'000 + k));
        quiet(k);
    }
    team.wait(hours{1});
    for (int i = 0; i < 150; ++i)
        team.notion.type(team.page_of(homes[static_cast<std::size_t>(i)]), "Price", "1000");
    EXPECT_EQ(team.sync().requests, 2) << "what is read costs no more than its pages";
}

/// How many homes a first push is tried with; 5,000 take the better part of a minute.
std::size_t homes_of_a_first_push() {
    const char* const asked = std::getenv("TEST_HOMES");
    return asked ? static_cast<std::size_t>(std::atoi(asked)) : 600;
}

TEST(SyncNotion, PushesManyHomesAndGoesOnWhereItWasStopped) {
    const auto many = homes_of_a_first_push();
    Workspace team;
    team.homes_on_elm(many, 450'000);
    std::size_t makings = 0;
    team.notion.meanwhile([&](const http::Request& request) {
        const bool makes = request.method == "POST" && request.path.ends_with("/pages");
        if (makes && ++makings == many / 2) team.notion.share(false);
    });
    EXPECT_EQ(team.sync().outcome, Outcome::failed);
    EXPECT_EQ(team.notion.pages().size(), many / 2 - 1);

    team.notion.share(true);
    team.wait(hours{1});
    ASSERT_EQ(team.sync().outcome, Outcome::done);
    EXPECT_EQ(team.notion.pages().size(), many);
    EXPECT_EQ(makings, many + 1) << "only the one that was refused is asked for twice";
    std::set<std::string> homes;
    for (const auto& page : team.notion.pages()) homes.insert(team.notion.shown(page, "DREAMS ID"));
    EXPECT_EQ(homes.size(), many);
}

TEST(SyncNotion, FollowsAPropertyThatIsRenamed) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    team.notion.rename_property("Price", "Asking");
    team.wait(hours{1});
    team.notion.type(team.page_of(home), "Asking", "1234567");
    team.sync();
    EXPECT_EQ(team.row(home).listing.price, 1234567);
}

TEST(SyncNotion, TakesAPropertyThatIsGoneAndBackForNothingThatWasEmptied) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    team.notion.remove_property("Price");
    team.wait(hours{30});
    ASSERT_EQ(team.sync().outcome, Outcome::done);
    EXPECT_EQ(team.row(home).listing.price, 450'000);
    team.notion.add_property("Price", "number");
    team.wait(hours{30});
    ASSERT_EQ(team.sync().outcome, Outcome::done);
    EXPECT_EQ(team.row(home).listing.price, 450'000);
    EXPECT_EQ(team.notion.shown(team.page_of(home), "Price"), "450000");
}

TEST(SyncNotion, AsksForThePropertyThatItFindsPagesBy) {
    Workspace team;
    team.notion.remove_property("DREAMS ID");
    team.notion.remove_property("Zip");
    team.home("1 Elm St");
    const auto report = team.sync();
    EXPECT_EQ(report.outcome, Outcome::failed);
    EXPECT_THAT(report.error, HasSubstr("--add-missing"));
    EXPECT_THAT(team.notion.pages(), IsEmpty());
    auto client = team.client();
    EXPECT_THAT(add_notion_properties(team.db, client), ElementsAre("DREAMS ID", "Zip"));
    EXPECT_EQ(team.sync().outcome, Outcome::done);
    EXPECT_EQ(team.notion.pages().size(), 1u);
}

/// A doubtful pair: one address, two parcels. Gives the ids.
std::pair<PropertyId, PropertyId> two_on_oak(Workspace& team) {
    Sighting said;
    said.listing.address = "2 Oak Rd";
    said.listing.city = "Sylva";
    said.listing.price = 300'000;
    said.listing.parcel_id = "111";
    const PropertyId one{team.see(said)};
    said.listing.parcel_id = "222";
    return {one, {team.see(said)}};
}

TEST(SyncNotion, LeavesHomesJoinedOfWhichEachHasAPage) {
    Workspace team;
    const auto [kept, gone] = two_on_oak(team);
    team.sync();
    ASSERT_EQ(team.notion.pages().size(), 2u);
    const auto page = team.page_of(gone.text);
    {
        auto transaction = team.db.begin();
        store::join_homes(team.db, kept, gone, "Joseph", team.clock.now());
        transaction.commit();
    }
    team.wait(hours{25});
    team.notion.type(page, "Price", "310000");
    const auto report = team.sync();
    EXPECT_THAT(report.notices, Contains(HasSubstr("another page")));
    EXPECT_EQ(team.db.value<int>("SELECT count(*) FROM properties"), 1);
    EXPECT_THAT(store::doubtful_homes(team.db, 10), IsEmpty());
    EXPECT_THAT(store::open_notion_conflicts(team.db), IsEmpty());
}

TEST(SyncNotion, GivesAHomeThePageOfTheOneJoinedIntoIt) {
    Workspace team;
    const auto [gone, kept] = two_on_oak(team);
    team.sync();
    const auto page = team.page_of(gone.text);
    team.notion.trash(team.page_of(kept.text));
    team.db.run("DELETE FROM dreams_notion_seen WHERE property_id = :id", {{"id", kept}});
    team.db.run("UPDATE properties SET notion_page_id = NULL WHERE id = :id", {{"id", kept}});
    std::int64_t join = 0;
    {
        auto transaction = team.db.begin();
        join = store::join_homes(team.db, kept, gone, "Joseph", team.clock.now());
        transaction.commit();
    }
    team.wait(hours{1});
    ASSERT_EQ(team.sync().outcome, Outcome::done);
    EXPECT_EQ(team.page_of(kept.text), page);
    EXPECT_EQ(team.notion.shown(page, "Parcel ID"), "222");
    EXPECT_EQ(team.notion.shown(page, "DREAMS ID"), kept.text);
    EXPECT_THAT(store::open_notion_conflicts(team.db), IsEmpty());
    {
        auto transaction = team.db.begin();
        store::undo_join(team.db, join, team.clock.now());
        transaction.commit();
    }
    team.wait(hours{1});
    team.sync();
    EXPECT_EQ(team.page_of(gone.text), page);
    EXPECT_EQ(team.notion.shown(page, "Parcel ID"), "111");
    EXPECT_NE(team.page_of(kept.text), page);
    EXPECT_EQ(team.db.value<int>("SELECT count(*) FROM properties"), 2);
}

TEST(SyncNotion, KeepsTheHomeOfATrashedPageAndMakesNoOther) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.home("2 Elm St");
    team.sync();
    const auto page = team.page_of(home);
    team.notion.trash(page);
    team.wait(hours{25});
    const auto report = team.sync();
    EXPECT_THAT(report.notices, Contains(HasSubstr("lies in Notion's trash")));
    EXPECT_EQ(team.page_of(home), "");
    team.sync();
    EXPECT_EQ(team.notion.pages().size(), 1u);

    team.notion.restore(page);
    team.wait(hours{1});
    team.sync();
    EXPECT_EQ(team.page_of(home), page) << "and knows it again";

    team.notion.trash(page);
    team.wait(hours{25});
    team.sync();
    store::make_notion_page_anew(team.db, {home});
    team.sync();
    EXPECT_EQ(team.notion.pages().size(), 2u);
    EXPECT_NE(team.page_of(home), page);
}

TEST(SyncNotion, TakesNoPageForGoneWhenTheListIsNotWhole) {
    Workspace team(test::database(), {.query_limit = 3});
    std::vector<std::string> homes;
    for (int i = 0; i < 9; ++i) {
        homes.push_back(team.home(std::to_string(i + 1) + " Elm St"));
        team.sync();
        team.wait(minutes{i < 5 ? 2 : 0});  // the last ones in one minute: no list tells them all
    }
    team.notion.trash(team.page_of(homes[0]));
    team.wait(hours{25});
    const auto report = team.sync();
    EXPECT_EQ(report.outcome, Outcome::partial);
    EXPECT_THAT(report.notices, Contains(HasSubstr("did not list all pages")));
    EXPECT_NE(team.page_of(homes[0]), "");
}

TEST(SyncNotion, ReadsPastTheEndOfAQuery) {
    Workspace team(test::database(), {.query_limit = 100});
    for (int i = 0; i < 250; ++i) {
        team.notion.add_page({{"Address", std::to_string(i + 1) + " Elm St"}, {"City", "Sylva"}});
        team.wait(minutes{1});
    }
    ASSERT_EQ(team.sync().outcome, Outcome::done);
    EXPECT_EQ(team.db.value<int>("SELECT count(*) FROM properties"), 250);
}

}  // namespace
}  // namespace dreams::jobs
