// The Notion sync where something is in its way: lost answers, refusals, doubled pages, another
// database.

#include "jobs/sync_notion.h"

#include <gmock/gmock.h>

#include "store/notion_conflicts.h"
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

std::ptrdiff_t requests(Workspace& team, const std::string& kind) {
    return std::ranges::count(team.notion.log(), kind);
}

TEST(SyncNotionFaults, FindsAPageWhoseMakingNobodyHeardTheEndOf) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    for (int i = 1; i <= 6; ++i) team.notion.faults().at("pages", i, sim::WireFault::closed);
    team.notion.refuse("query", 2, sim::NotionRefusal::database_500);
    team.sync();
    team.notion.faults().clear();
    team.wait(hours{1});
    ASSERT_EQ(team.sync().outcome, Outcome::done);
    EXPECT_EQ(team.notion.pages().size(), 1u);
    EXPECT_EQ(team.page_of(home), team.notion.pages()[0]);
}

TEST(SyncNotionFaults, TriesAFailedWriteAgainAfterAGrowingPauseAndShowsIt) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    team.wait(hours{1});
    team.db.run("UPDATE properties SET listing_agent_email = :long WHERE id = :id",
                {{"long", std::string(250, 'x')}, {"id", home}});
    team.sync();
    EXPECT_EQ(team.row(home).notion.sync_status, "error");
    EXPECT_THAT(team.row(home).notion.sync_error.value_or(""), HasSubstr("Agent Email is longer"));
    team.db.run("UPDATE properties SET listing_agent_email = NULL WHERE id = :id", {{"id", home}});
    team.sync();
    EXPECT_EQ(team.row(home).notion.sync_status, "synced");
    EXPECT_EQ(team.row(home).notion.sync_error, std::nullopt);

    team.notion.change_type("Price", "checkbox");  // nobody told us
    team.home("1 Elm St", 1);
    team.sync();
    EXPECT_EQ(team.row(home).notion.sync_status, "error");
    team.notion.forget_log();
    team.sync();
    EXPECT_EQ(requests(team, "PATCH pages"), 0) << "not at once";
    team.wait(minutes{2});
    team.sync();
    EXPECT_EQ(requests(team, "PATCH pages"), 1);
    team.wait(minutes{1});
    team.sync();
    EXPECT_EQ(requests(team, "PATCH pages"), 1) << "the pause grows";
}

TEST(SyncNotionFaults, ReadsAPageAnewWhenSomebodyWasWritingThere) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    const auto page = team.page_of(home);
    team.wait(hours{1});
    team.home("1 Elm St", 430'000);
    const auto asked = static_cast<int>(requests(team, "PATCH pages"));
    team.notion.refuse("pages", 2 + asked, sim::NotionRefusal::conflict_409);
    bool typed = false;
    team.notion.meanwhile([&](const http::Request& request) {
        if (request.method != "PATCH" || typed) return;
        typed = true;
        team.notion.type(page, "Notes", "just now");
    });
    ASSERT_EQ(team.sync().outcome, Outcome::done);
    EXPECT_EQ(team.notion.shown(page, "Price"), "430000");
    EXPECT_EQ(team.notion.shown(page, "Notes"), "just now");
    EXPECT_EQ(team.row(home).workflow.notes, "just now");
}

TEST(SyncNotionFaults, WritesOverNothingThatWasTypedHereMeanwhile) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    const auto page = team.page_of(home);
    team.wait(hours{1});
    team.home("1 Elm St", 430'000);
    const auto asked = static_cast<int>(requests(team, "PATCH pages"));
    team.notion.refuse("pages", 2 + asked, sim::NotionRefusal::conflict_409);
    bool typed = false;
    team.notion.meanwhile([&](const http::Request& request) {
        if (request.method != "PATCH" || typed) return;
        typed = true;
        team.notion.type(page, "Parcel ID", "there");
        team.db.run("UPDATE properties SET parcel_id = 'here'");
    });
    ASSERT_EQ(team.sync().outcome, Outcome::done);
    EXPECT_EQ(team.row(home).listing.parcel_id, "here");
    EXPECT_EQ(store::count_notion_conflicts(team.db), 1);
}

TEST(SyncNotionFaults, LeavesAHomeThatIsRemovedMeanwhileAndGoesOn) {
    for (const char* at : {"POST", "PATCH"}) {
        Workspace team;
        auto ids = team.homes_on_elm(3, 450'000);
        if (at == std::string("PATCH")) {
            team.sync();
            team.wait(hours{1});
            team.homes_on_elm(3, 430'000);
        }
        bool removed = false;
        team.notion.meanwhile([&](const http::Request& request) {
            const bool writes = request.path.ends_with("/pages") || request.method == "PATCH";
            if (request.method != at || !writes || removed) return;
            removed = true;
            team.db.run("DELETE FROM properties WHERE id = :id", {{"id", ids[0]}});
        });
        const auto report = team.sync();
        EXPECT_TRUE(removed);
        EXPECT_EQ(report.outcome, Outcome::done) << at << report.error;
        for (const auto& id : {ids[1], ids[2]})
            EXPECT_EQ(team.row(id).notion.sync_status, "synced") << at;
    }
}

TEST(SyncNotionFaults, LinksThePredecessorsPagesAndLeavesDoubledOnesAlone) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    const auto page = team.notion.add_page({{"Address", "1 Elm St"}, {"Price", "450000"}});
    team.db.run("UPDATE properties SET notion_page_id = :page, sync_status = 'synced'",
                {{"page", page}});
    const auto second = team.notion.add_page({{"Address", "1 Elm St"}, {"City", "Sylva"}});
    const auto report = team.sync();
    EXPECT_EQ(team.page_of(home), page);
    EXPECT_EQ(team.notion.shown(page, "DREAMS ID"), home);
    EXPECT_THAT(report.notices, Contains(HasSubstr(second + " is about home " + home)));
    EXPECT_EQ(team.notion.pages().size(), 2u);
}

TEST(SyncNotionFaults, MakesTwoHomesOfAPageThatSomebodyCopied) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    const auto copy =
        team.notion.add_page({{"Address", "77 Fox Run"}, {"City", "Sylva"}, {"DREAMS ID", home}});
    team.sync();
    const auto id = team.notion.shown(copy, "DREAMS ID");
    EXPECT_NE(id, home);
    EXPECT_EQ(team.row(id).listing.address, "77 Fox Run");
    EXPECT_EQ(team.row(home).listing.address, "1 Elm St");
}

TEST(SyncNotionFaults, LeavesAPageWithoutAnAddressUntilItHasOne) {
    Workspace team;
    const auto page = team.notion.add_page({{"Notes", "new"}});
    EXPECT_THAT(team.sync().notices, ElementsAre(HasSubstr("nobody's home yet")));
    team.notion.type(page, "Address", "1 Elm St");
    team.sync();
    EXPECT_EQ(team.row(team.notion.shown(page, "DREAMS ID")).workflow.notes, "new");
}

TEST(SyncNotionFaults, ShowsWhatItWouldDoAndDoesNothing) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    team.wait(hours{1});
    team.notion.type(team.page_of(home), "Price", "1");
    team.note(home, "from here");
    team.home("2 Elm St");
    team.notion.add_page({{"Address", "3 Elm St"}});
    const auto before = test::dump(team.db);
    team.notion.forget_log();
    auto client = team.client();
    const auto preview = preview_notion(team.db, client, {});
    std::vector<std::string> told;
    for (const auto& line : preview.lines)
        told.push_back(line.where + " " + line.address + " " + line.field + " " + line.to);
    EXPECT_THAT(told, testing::UnorderedElementsAre("here 1 Elm St Price 1",
                                                    "notion 1 Elm St Notes from here",
                                                    "notion 2 Elm St  ", "here 3 Elm St  "));
    EXPECT_EQ(test::dump(team.db), before);
    EXPECT_EQ(requests(team, "PATCH pages") + requests(team, "POST pages"), 0);
}

TEST(SyncNotionFaults, StartsAnewWithAnotherDatabase) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    sim::NotionOptions names{.database = "eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee",
                             .data_source = "dddddddd-dddd-4ddd-8ddd-dddddddddddd"};
    sim::NotionWorkspace other(team.clock, names);
    other.add_property("DREAMS ID", "rich_text");
    auto settings = team.settings();
    settings.data_source = names.database;
    sources::Notion client(settings, other.network(), team.clock);
    Progress silent;
    ASSERT_EQ(
        sync_notion(team.db, client, team.clock, Zone("America/New_York"), {}, silent).outcome,
        Outcome::done);
    ASSERT_EQ(other.pages().size(), 1u);
    EXPECT_EQ(team.page_of(home), other.pages()[0]);
    EXPECT_EQ(other.shown(other.pages()[0], "Name"), "1 Elm St") << "the title is the address";
}

TEST(SyncNotionFaults, SaysWhatIsWrongAndLeavesTheFileAsItWas) {
    Workspace team;
    const auto home = team.home("1 Elm St");
    team.sync();
    team.notion.share(false);
    team.wait(hours{25});
    const auto report = team.sync();
    EXPECT_EQ(report.outcome, Outcome::failed);
    EXPECT_THAT(report.error, HasSubstr("not shared with the integration"));
    EXPECT_NE(team.page_of(home), "");
}

}  // namespace
}  // namespace dreams::jobs
