// A Notion data source read and written: every type, every refusal, against the simulated
// workspace.

#include "sources/notion.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "sim/notion/workspace.h"

namespace dreams::sources {
namespace {

using sim::NotionRefusal;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

constexpr auto database_url =
    "https://www.notion.so/team/Homes-aaaaaaaaaaaa4aaa8aaaaaaaaaaaaaaa?v=11111111111141118111";

struct Team {
    explicit Team(sim::NotionOptions options = {}) : workspace(clock, std::move(options)) {
        workspace.rename_property("Name", "Address");
        for (const auto& [name, type] :
             std::vector<std::pair<std::string, std::string>>{{"DREAMS ID", "rich_text"},
                                                              {"Price", "number"},
                                                              {"Bedrooms", "number"},
                                                              {"Bathrooms", "number"},
                                                              {"Notes", "rich_text"},
                                                              {"MLS#", "rich_text"},
                                                              {"City", "select"},
                                                              {"Status", "select"},
                                                              {"Photos", "files"},
                                                              {"Zillow URL", "url"},
                                                              {"Agent Email", "email"},
                                                              {"List Date", "date"},
                                                              {"Worth a look", "formula"}})
            workspace.add_property(name, type);
    }
    Notion notion(std::string source = database_url) {
        return Notion({.url = "http://notion.example/v1",
                       .token = "ntn_example",
                       .data_source = std::move(source)},
                      workspace.network(), clock);
    }
    /// With its schema read.
    Notion ready() {
        auto client = notion();
        mapping = client.schema({}).mapping;
        return client;
    }
    NotionPage made(Notion& client, NotionValues values) {
        values["id"] = "home_1";
        return client.create(notion_body(values, mapping), "home_1", mapping);
    }

    ManualClock clock{*instant_from("2026-01-19T16:00:42Z")};
    sim::NotionWorkspace workspace;
    NotionMapping mapping;
};

TEST(NotionId, IsFoundInWhateverAPersonPastes) {
    const std::string id = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    EXPECT_EQ(notion_id(id), id);
    EXPECT_EQ(notion_id("AAAAAAAAAAAA4AAA8AAAAAAAAAAAAAAA"), id);
    EXPECT_EQ(notion_id(database_url), id) << "?v= is a view";
    EXPECT_EQ(notion_id("https://www.notion.so/Homes"), "");
    EXPECT_EQ(notion_id(""), "");
}

TEST(Notion, FindsTheSourceOfADatabaseAndSaysWhatIsMissing) {
    Team team;
    auto client = team.notion();
    const auto schema = client.schema({});
    EXPECT_EQ(schema.data_source, sim::NotionOptions{}.data_source);
    std::vector<std::string> columns, missing;
    for (const auto& each : schema.mapping) columns.push_back(each.column);
    for (const auto& each : schema.missing) missing.push_back(each.name);
    EXPECT_THAT(columns, UnorderedElementsAre("id", "address", "price", "beds", "baths", "notes",
                                              "mls_number", "city", "status", "primary_photo",
                                              "zillow_url", "listing_agent_email", "list_date"));
    EXPECT_THAT(missing, Contains("Sqft"));
    EXPECT_EQ(team.notion(sim::NotionOptions{}.data_source).schema({}).data_source,
              schema.data_source);
}

TEST(Notion, NamesTheSourcesOfADatabaseWithSeveral) {
    Team team;
    team.workspace.add_data_source("Rentals");
    try {
        team.notion().schema({});
        FAIL() << "one of them was taken";
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::invalid);
        EXPECT_THAT(error.what(), HasSubstr("Rentals is cccccccc"));
    }
}

TEST(Notion, KeepsAPropertysFieldWhenItIsRenamedAndAddsWhatIsMissing) {
    Team team;
    auto client = team.ready();
    team.workspace.rename_property("Price", "Asking price");
    team.workspace.remove_property("Notes");
    const auto schema = client.schema(team.mapping);
    EXPECT_THAT(schema.mapping, Contains(testing::Field(&NotionMapped::name, "Asking price")));
    EXPECT_THAT(schema.missing, Contains(testing::Field(&NotionMissing::name, "Notes")));
    client.add(schema.missing);
    EXPECT_TRUE(team.workspace.has_property("Notes"));
    EXPECT_THAT(client.schema(team.mapping).missing, IsEmpty());
}

TEST(Notion, LeavesAPropertyOfAnotherTypeAloneAndSaysSo) {
    Team team;
    team.workspace.change_type("Price", "checkbox");
    const auto schema = team.notion().schema({});
    EXPECT_THAT(schema.remarks, ElementsAre(HasSubstr("'Price' is of the type checkbox")));
}

TEST(Notion, WritesAPageAndReadsTheSameBack) {
    Team team;
    auto client = team.ready();
    const NotionValues values{{"address", "14 Example Ridge Rd"},
                              {"price", "489000"},
                              {"beds", "3"},
                              {"baths", "2.5"},
                              {"notes", "two\nlines — “quoted” 🏡"},
                              {"mls_number", "4100001"},
                              {"city", "Sylva, NC"},
                              {"status", "active"},
                              {"primary_photo", "https://img.example/front.jpg"},
                              {"zillow_url", "https://zillow.example/1"},
                              {"listing_agent_email", std::nullopt},
                              {"list_date", "2026-01-02"}};
    const auto page = team.made(client, values);
    EXPECT_EQ(page.values, values);
    EXPECT_EQ(page.own_id, "home_1");
    EXPECT_THAT(page.remarks, IsEmpty());
    EXPECT_EQ(team.workspace.shown(page.id, "Status"), "Active");
    EXPECT_EQ(team.workspace.shown(page.id, "City"), "Sylva‚ NC") << "Notion takes no comma";
    const auto found = client.find("home_1", team.mapping);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, page.id);
    EXPECT_FALSE(client.find("home_2", team.mapping));

    const auto body = notion_body({{"price", std::nullopt}, {"notes", std::nullopt}}, team.mapping);
    EXPECT_THAT(
        client.update(page.id, body, team.mapping).values,
        testing::AllOf(Contains(Pair("price", std::nullopt)), Contains(Pair("notes", std::nullopt)),
                       Contains(Pair("beds", std::optional<std::string>("3")))));
}

TEST(Notion, SplitsLongTextsBetweenCodePointsAndRefusesEndlessOnes) {
    Team team;
    auto client = team.ready();
    std::string text(1899, 'a');
    for (int i = 0; i < 3000; ++i) text += "🏡";
    const auto page = team.made(client, {{"address", "1 Elm"}, {"notes", text}});
    EXPECT_EQ(page.values.at("notes"), text);
    const auto body = notion_body({{"notes", std::string(200'000, 'x')}}, team.mapping);
    EXPECT_TRUE(body.empty);
    ASSERT_EQ(body.refused.size(), 1u);
    EXPECT_THAT(body.refused[0].why, HasSubstr("190,000 characters"));
}

TEST(Notion, RefusesWhatNotionWouldRefuseAndWritesTheRest) {
    Team team;
    team.workspace.change_type("Status", "status");
    auto client = team.ready();
    const auto body = notion_body({{"price", "1"},
                                   {"status", "contingent"},
                                   {"zillow_url", "no address"},
                                   {"list_date", "lately"},
                                   {"listing_agent_email", std::string(201, 'x')}},
                                  team.mapping);
    std::vector<std::string> refused;
    for (const auto& each : body.refused) refused.push_back(each.column);
    EXPECT_THAT(refused,
                UnorderedElementsAre("status", "zillow_url", "list_date", "listing_agent_email"));
    EXPECT_FALSE(body.empty);
}

TEST(Notion, TakesTheOptionThatMeansTheSame) {
    Team team;
    team.workspace.remove_property("Status");
    team.workspace.add_property("Status", "status", {"For Sale", "Sold"});
    auto client = team.ready();
    const auto page = team.made(client, {{"address", "1 Elm"}, {"status", "active"}});
    EXPECT_EQ(team.workspace.shown(page.id, "Status"), "For Sale");
    EXPECT_EQ(page.values.at("status"), "active");
}

TEST(Notion, LeavesOutWhatDoesNotFitAndSaysSo) {
    Team team;
    const auto page = team.workspace.add_page({{"Address", "1 Elm"}, {"Bedrooms", "2.5"}});
    auto client = team.ready();
    const auto read = client.page(page, team.mapping);
    EXPECT_EQ(read.values.count("beds"), 0u);
    ASSERT_EQ(read.remarks.size(), 1u);
    EXPECT_EQ(read.remarks[0].why, "is '2.5', which is not a whole number");
}

TEST(Notion, NeitherTakesNorOverwritesWhatAPersonUploaded) {
    Team team;
    auto client = team.ready();
    const auto page = team.made(client, {{"address", "1 Elm"}});
    team.workspace.upload(page.id, "Photos", "front.jpg");
    const auto uploaded = client.page(page.id, team.mapping);
    EXPECT_EQ(uploaded.values.count("primary_photo"), 0u) << "its address expires";
    EXPECT_THAT(uploaded.kept, ElementsAre("primary_photo"));
    team.workspace.attach(page.id, "Photos", "https://img.example/a.jpg");
    EXPECT_EQ(client.page(page.id, team.mapping).values.at("primary_photo"),
              "https://img.example/a.jpg");
}

TEST(Notion, ListsPagesByTheHundredFromAMomentOn) {
    Team team;
    auto client = team.ready();
    for (int i = 0; i < 101; ++i) team.workspace.add_page({{"Address", "old"}});
    team.clock.sleep(std::chrono::hours{1});
    team.workspace.add_page({{"Address", "new"}});
    const auto first = client.pages(team.mapping, {}, "");
    EXPECT_EQ(first.pages.size(), 100u);
    EXPECT_EQ(first.at, team.clock.now());
    const auto second = client.pages(team.mapping, {}, first.next);
    EXPECT_EQ(second.pages.size(), 2u);
    EXPECT_EQ(second.next, "");
    EXPECT_TRUE(second.complete);
    EXPECT_EQ(
        client.pages(team.mapping, team.clock.now() - std::chrono::minutes{2}, "").pages.size(),
        1u);
}

TEST(Notion, SaysThatAListIsIncomplete) {
    Team team({.query_limit = 2});
    auto client = team.ready();
    for (int i = 0; i < 3; ++i) team.workspace.add_page({{"Address", "x"}});
    EXPECT_FALSE(client.pages(team.mapping, {}, "").complete);
}

TEST(Notion, FindsManyPagesAtOnceHoweverLongAFilterMayBe) {
    for (const std::size_t limit : {100u, 30u, 1u}) {
        Team team({.filter_limit = limit});
        auto client = team.ready();
        std::vector<std::string> ids, found;
        for (int i = 0; i < 100; ++i) ids.push_back("home_" + std::to_string(i));
        for (const auto& id : ids) team.workspace.add_page({{"DREAMS ID", id}});
        const auto before = client.requests();
        for (const auto& page : client.find(ids, team.mapping)) found.push_back(page.own_id);
        EXPECT_THAT(found, testing::UnorderedElementsAreArray(ids));
        EXPECT_EQ(client.requests() - before == 1, limit == 100);
    }
    Team team;
    auto client = team.ready();
    team.workspace.add_page({{"Address", "1 Elm"}});
    team.workspace.remove_property("DREAMS ID");
    EXPECT_THROW(client.find(std::vector<std::string>{"home_1", "home_2"}, team.mapping), Error);
}

TEST(Notion, AsksThreeTimesASecondAtMost) {
    Team team;
    auto client = team.ready();
    const auto start = team.clock.ticks();
    for (int i = 0; i < 60; ++i) client.pages(team.mapping, {}, "");
    EXPECT_GE(team.clock.ticks() - start, std::chrono::seconds{17});
    EXPECT_EQ(team.workspace.log().size(), static_cast<std::size_t>(client.requests()));
}

TEST(Notion, WaitsWhenAskedToAndTellsAConflict) {
    Team team;
    auto client = team.ready();
    const auto page = team.made(client, {{"address", "1 Elm"}});
    const auto body = notion_body({{"price", "5"}}, team.mapping);
    team.workspace.refuse("pages", 2, NotionRefusal::overload_529);
    team.workspace.refuse("pages", 3, NotionRefusal::limited_429);
    const auto before = team.clock.ticks();
    EXPECT_EQ(client.update(page.id, body, team.mapping).values.at("price"), "5");
    EXPECT_GE(team.clock.ticks() - before, std::chrono::seconds{37});
    team.workspace.refuse("pages", 5, NotionRefusal::conflict_409);
    try {
        client.update(page.id, body, team.mapping);
        FAIL() << "the conflict was not told";
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::conflict);
    }
}

TEST(Notion, LooksForAPageBeforeItMakesItTwice) {
    for (const auto fault : {sim::WireFault::closed, sim::WireFault::truncated_body,
                             sim::WireFault::error_503_html, sim::WireFault::html_200}) {
        Team team;
        auto client = team.ready();
        team.workspace.faults().at("pages", 1, fault);
        const auto page = team.made(client, {{"address", "1 Elm"}});
        EXPECT_THAT(team.workspace.pages(), ElementsAre(page.id));
    }
    Team team;  // refused, so not made: the second try makes it
    auto client = team.ready();
    team.workspace.refuse("pages", 1, NotionRefusal::overload_503);
    EXPECT_THAT(team.workspace.pages(), IsEmpty());
    EXPECT_THAT(team.made(client, {{"address", "1 Elm"}}).own_id, "home_1");
}

TEST(Notion, SaysInASentenceWhyItMayNot) {
    const auto said = [](Team& team, const std::string& token) -> std::string {
        try {
            Notion({.url = "http://n.example/v1", .token = token, .data_source = database_url},
                   team.workspace.network(), team.clock)
                .schema({});
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    };
    Team team;
    EXPECT_THAT(said(team, ""), HasSubstr("set notion.token"));
    EXPECT_THAT(said(team, "wrong"), HasSubstr("check notion.token"));
    team.workspace.share(false);
    EXPECT_THAT(said(team, "ntn_example"), HasSubstr("not shared with the integration"));
    EXPECT_THROW(team.notion("Homes"), Error);
}

}  // namespace
}  // namespace dreams::sources
