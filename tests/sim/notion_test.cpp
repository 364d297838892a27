// The simulated workspace answers as Notion does: shapes, times, limits and refusals.

#include <gmock/gmock.h>

#include "base/error.h"
#include "base/json.h"
#include "sim/notion/workspace.h"
#include "sim/wire/direct.h"

namespace dreams::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A workspace with a table of homes, and somebody who asks it.
struct Notion {
    explicit Notion(NotionOptions options = {}) : workspace(clock, std::move(options)) {
        workspace.rename_property("Name", "Address");
        workspace.add_property("Price", "number");
        workspace.add_property("MLS #", "rich_text");
        workspace.add_property("Status", "status", {"New", "Closed"});
        workspace.add_property("City", "select", {"Sylva"});
        workspace.add_property("Photos", "files");
    }
    http::Response ask(const std::string& method, const std::string& path,
                       const std::string& body = "") {
        http::Request request{.method = method, .path = "/v1/" + path, .body = body};
        request.headers = {{"Authorization", "Bearer " + token}, {"Notion-Version", version}};
        return workspace.answer(request);
    }
    json::Value query(const std::string& body = "{}") {
        const auto response = ask("POST", "data_sources/" + source + "/query", body);
        EXPECT_EQ(response.status, 200) << response.body;
        return json::parse(response.body);
    }
    http::Response create(const std::string& properties) {
        return ask(
            "POST", "pages",
            R"({"parent":{"data_source_id":")" + source + R"("},"properties":)" + properties + "}");
    }
    std::vector<std::string> ids(const json::Value& answer) {
        std::vector<std::string> ids;
        for (const auto& page : *json::array(answer, "results"))
            ids.push_back(json::text(page, "id").value_or(""));
        return ids;
    }

    ManualClock clock{*instant_from("2026-01-19T16:00:42Z")};
    NotionWorkspace workspace;
    std::string source = NotionOptions{}.data_source;
    std::string token = "ntn_example", version = "2025-09-03";
};

std::string code(const http::Response& response) {
    return json::text(json::parse(response.body), "code").value_or("");
}

TEST(NotionWorkspace, TellsADatabasesSourceAndItsSchema) {
    Notion notion;
    const auto database =
        json::parse(notion.ask("GET", "databases/" + NotionOptions{}.database).body);
    EXPECT_EQ(json::text(json::array(database, "data_sources")->at(0), "id"), notion.source);
    const auto schema = json::parse(notion.ask("GET", "data_sources/" + notion.source).body);
    const auto& properties = *json::object(schema, "properties");
    EXPECT_EQ(json::text(properties.at("Address"), "id"), "title");
    EXPECT_EQ(json::text(properties.at("Status"), "type"), "status");
}

TEST(NotionWorkspace, TakesAPageAndTellsItBackWithATimeOfWholeMinutes) {
    Notion notion;
    const auto made = notion.create(R"({"Address":{"title":[{"text":{"content":"1 Elm"}}]},
                                        "Price":{"number":450000},
                                        "City":{"select":{"name":"Dillsboro"}}})");
    ASSERT_EQ(made.status, 200) << made.body;
    const auto page = notion.query();
    ASSERT_EQ(json::array(page, "results")->size(), 1u);
    const auto& only = json::array(page, "results")->at(0);
    EXPECT_EQ(json::text(only, "last_edited_time"), "2026-01-19T16:00:00.000Z");
    const auto id = *json::text(only, "id");
    EXPECT_EQ(notion.workspace.shown(id, "Address"), "1 Elm");
    EXPECT_EQ(notion.workspace.shown(id, "Price"), "450000");
    EXPECT_EQ(notion.workspace.shown(id, "City"), "Dillsboro") << "a new option is made";
    const auto& properties = *json::object(only, "properties");
    EXPECT_EQ(json::text(json::array(properties.at("Address"), "title")->at(0), "plain_text"),
              "1 Elm");
}

TEST(NotionWorkspace, ChangesOnlyWhatIsNamedAndRefusesWhatDoesNotFit) {
    Notion notion;
    const auto page = notion.workspace.add_page({{"Address", "1 Elm"}, {"Price", "450000"}});
    const auto patch = [&](const std::string& properties) {
        return notion.ask("PATCH", "pages/" + page, R"({"properties":)" + properties + "}");
    };
    EXPECT_EQ(patch(R"({"MLS #":{"rich_text":[{"text":{"content":"41"}}]}})").status, 200);
    EXPECT_EQ(notion.workspace.shown(page, "Price"), "450000");
    const std::string long_text(2001, 'x');
    for (const auto& wrong :
         {std::string(R"({"Price":{"number":"$450,000"}})"),
          std::string(R"({"City":{"select":{"name":"a, b"}}})"),
          std::string(R"({"Status":{"status":{"name":"Unheard"}}})"),
          std::string(R"({"Nothing":{"number":1}})"),
          R"({"MLS #":{"rich_text":[{"text":{"content":")" + long_text + R"("}}]}})"}) {
        const auto refused = patch(wrong);
        EXPECT_EQ(refused.status, 400) << wrong;
        EXPECT_EQ(code(refused), "validation_error");
    }
    notion.workspace.trash(page);
    EXPECT_THAT(patch(R"({"Price":{"number":1}})").body, HasSubstr("archived"));
}

TEST(NotionWorkspace, PagesByTheHundredInTheOrderAskedForAndFromAMomentOn) {
    Notion notion;
    std::vector<std::string> made;
    for (int i = 0; i < 150; ++i) {
        made.push_back(notion.workspace.add_page({{"Address", "x"}}));
        notion.clock.sleep(std::chrono::seconds{60});
    }
    const std::string order =
        R"("sorts":[{"timestamp":"last_edited_time","direction":"ascending"}])";
    const auto first = notion.query("{" + order + "}");
    EXPECT_EQ(notion.ids(first), std::vector(made.begin(), made.begin() + 100));
    const auto second = notion.query("{" + order + R"(,"start_cursor":")" +
                                     *json::text(first, "next_cursor") + R"("})");
    EXPECT_EQ(notion.ids(second), std::vector(made.begin() + 100, made.end()));
    EXPECT_EQ(json::truth(second, "has_more"), false);
    const auto late = notion.query(
        "{" + order + R"(,"filter":{"timestamp":"last_edited_time","last_edited_time":)" +
        R"({"on_or_after":"2026-01-19T18:28:00.000Z"}}})");
    EXPECT_THAT(notion.ids(late), ElementsAre(made[148], made[149]));
    notion.workspace.trash(made[149]);
    EXPECT_EQ(notion.ids(notion.query("{" + order + R"(,"in_trash":true})")),
              std::vector{made[149]});
}

TEST(NotionWorkspace, FindsAPageByAText) {
    Notion notion;
    notion.workspace.add_page({{"Address", "1 Elm"}, {"MLS #", "41"}});
    const auto wanted = notion.workspace.add_page({{"Address", "2 Elm"}, {"MLS #", "42"}});
    EXPECT_THAT(
        notion.ids(notion.query(R"({"filter":{"property":"MLS #","rich_text":{"equals":"42"}}})")),
        ElementsAre(wanted));
}

TEST(NotionWorkspace, EndsAQueryAtItsLimitAndSaysSo) {
    Notion notion({.query_limit = 3});
    for (int i = 0; i < 4; ++i) notion.workspace.add_page({{"Address", "x"}});
    const auto answer = notion.query();
    EXPECT_EQ(notion.ids(answer).size(), 3u);
    EXPECT_EQ(json::truth(answer, "has_more"), false);
    EXPECT_EQ(json::text(*json::member(answer, "request_status"), "type"), "incomplete");
}

TEST(NotionWorkspace, RefusesStrangersAndWhatIsNotSharedAndMoreThanItsBudget) {
    Notion notion({.requests_a_minute = 3});
    notion.token = "other";
    EXPECT_EQ(notion.ask("GET", "data_sources/" + notion.source).status, 401);
    notion.token = "ntn_example";
    notion.version = "";
    EXPECT_EQ(code(notion.ask("GET", "data_sources/" + notion.source)), "missing_version");
    notion.version = "2025-09-03";
    notion.workspace.share(false);
    const auto hidden = notion.ask("GET", "data_sources/" + notion.source);
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(code(hidden), "object_not_found");
    const auto limited = notion.ask("GET", "data_sources/" + notion.source);
    EXPECT_EQ(limited.status, 429);
    EXPECT_EQ(http::header(limited.headers, "Retry-After"), "60");
}

TEST(NotionWorkspace, DoesNothingWhenItRefusesAndEverythingWhenOnlyTheAnswerIsLost) {
    Notion notion;
    const auto page = notion.workspace.add_page({{"Address", "1 Elm"}});
    notion.workspace.refuse("pages", 1, NotionRefusal::conflict_409);
    notion.workspace.refuse("pages", 2, NotionRefusal::overload_529);
    const std::string one = R"({"properties":{"Price":{"number":1}}})";
    EXPECT_EQ(code(notion.ask("PATCH", "pages/" + page, one)), "conflict_error");
    EXPECT_EQ(notion.ask("PATCH", "pages/" + page, one).status, 529);
    EXPECT_EQ(notion.workspace.shown(page, "Price"), "");

    notion.workspace.faults().at("pages", 1, WireFault::closed);
    http::Ask ask{.method = "PATCH", .url = "https://notion.example/v1/pages/" + page, .body = one};
    ask.headers = {{"Authorization", "Bearer ntn_example"}, {"Notion-Version", "2025-09-03"}};
    EXPECT_THROW(notion.workspace.network()(ask), Error);
    EXPECT_EQ(notion.workspace.shown(page, "Price"), "1") << "done, though nobody heard of it";
}

TEST(NotionWorkspace, LetsSomebodyEditAtTheMomentOfARequest) {
    Notion notion;
    const auto page = notion.workspace.add_page({{"Address", "1 Elm"}});
    notion.workspace.meanwhile(
        [&](const http::Request&) { notion.workspace.type(page, "Address", "2 Elm"); });
    EXPECT_THAT(notion.ask("GET", "pages/" + page).body, HasSubstr("2 Elm"));
}

TEST(NotionWorkspace, GivesUploadedFilesAnAddressThatExpires) {
    Notion notion;
    const auto page = notion.workspace.add_page({{"Address", "1 Elm"}});
    notion.workspace.upload(page, "Photos", "front.jpg");
    const auto first = notion.ask("GET", "pages/" + page).body;
    EXPECT_THAT(first, HasSubstr("expiry_time\":\"2026-01-19T17:00:42"));
    notion.clock.sleep(std::chrono::seconds{1});
    EXPECT_NE(notion.ask("GET", "pages/" + page).body, first);
}

}  // namespace
}  // namespace dreams::sim
