// The homes of the property API, beyond what the extension sends (extension_test.cpp).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/captured.h"

namespace dreams::web {
namespace {

using test::body_of;
using test::capture;
using test::row;
using test::text;
using test::texts;
using test::WebSite;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto path = test::properties_path;

TEST(Capture, WithoutABoardMovesNoNumberToTheBoardThatIsKnown) {
    WebSite site;
    const auto first = capture(site, R"({"address":"70 Two Board Rd","city":"Sylva",
        "zip":"28779","redfin_id":"9","status":"active","price":1,"mls_number":"26040777",
        "mls_source":"Carolina Smokies"})");
    const auto again = capture(site, R"({"address":"70 Two Board Rd","city":"Sylva",
        "zip":"28779","redfin_id":"9","status":"active","price":1,"mls_number":"4200777",
        "source":"redfin","isSearchResult":true})");
    EXPECT_EQ(again.at("id"), first.at("id"));
    EXPECT_THAT(again.at("changes").as_array(), IsEmpty());
    EXPECT_EQ(row(site, first).at("mls_number"), "26040777");
    EXPECT_EQ(site.json(std::string(path) + "/check?mls=4200777").at("id"), first.at("id"));
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM dreams_property_keys WHERE kind = 'mls'"),
              1);
}

TEST(Capture, WithoutAStatusNeverBringsASoldHomeBack) {
    WebSite site;
    capture(site, R"({"address":"1 Elm St","city":"Sylva","status":"Sold","price":400000})");
    const auto again = capture(site, R"({"address":"1 Elm Street","city":"sylva","beds":3})");
    EXPECT_EQ(again.at("created"), false);
    EXPECT_EQ(row(site, again).at("status"), "sold");
    EXPECT_EQ(row(site, again).at("beds"), 3);
}

TEST(Capture, MakesHistoryOfEachPriceAndStatusChange) {
    WebSite site;
    const std::string home = R"({"address":"1 Elm St","city":"Sylva","source":"redfin",)";
    capture(site, home + R"("price":450000,"status":"active"})");
    site.clock.sleep(std::chrono::hours(1));
    const auto data = capture(site, home + R"("price":"$425,000","status":"PENDING"})");
    EXPECT_EQ(json::serialized(data.at("changes")),
              R"([{"change_type":"price","old_value":"450000","new_value":"425000",)"
              R"("change_amount":-25000},{"change_type":"status","old_value":"active",)"
              R"("new_value":"pending","change_amount":null}])");
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM property_changes WHERE source = 'redfin'"),
              2);
    const auto whole = row(site, data);
    EXPECT_EQ(whole.at("price_history").as_array().size(), 2u);
    EXPECT_EQ(whole.at("status_history").as_array().size(), 2u);
    EXPECT_EQ(whole.at("initial_price"), 450'000);
}

TEST(Capture, OfAnotherMlsNumberIsValidatedAgain) {
    WebSite site;
    const std::string home =
        R"({"redfin_id":"7","address":"1 Elm St","mls_source":"Canopy MLS","mls_number":)";
    const auto data = capture(site, home + R"("4100001","status":"sold"})");
    site.db.run(R"sql(UPDATE properties SET idx_validation_status = 'validated',
                             idx_mls_number = '4100001', idx_mls_source = 'Canopy',
                             idx_validated_at = '2026-01-18T00:00:00Z')sql");
    capture(site, home + R"("4100001","status":"sold","beds":3})");
    EXPECT_EQ(row(site, data).at("idx_validation_status"), "validated");
    capture(site, home + R"("4199999","status":"active"})");
    const auto after = row(site, data);
    EXPECT_EQ(after.at("mls_number"), "4199999");
    EXPECT_EQ(after.at("idx_validation_status"), "pending");
    EXPECT_EQ(after.at("original_mls_number"), "4100001");
    EXPECT_TRUE(after.at("idx_mls_number").is_null());
}

TEST(Capture, ThatWasQueuedForDaysOnlyFillsGaps) {
    WebSite site;
    const std::string home = R"({"address":"1 Elm St","city":"Sylva",)";
    const auto data =
        capture(site, home + R"("price":425000,"scraped_at":"2026-01-19T15:00:00.000Z"})");
    const auto late =
        capture(site, home + R"("price":450000,"beds":3,"scraped_at":"2026-01-12T15:00:00.000Z"})");
    EXPECT_THAT(late.at("changes").as_array(), IsEmpty());
    EXPECT_EQ(row(site, data).at("price"), 425'000);
    EXPECT_EQ(row(site, data).at("beds"), 3);
}

TEST(PropertyCheck, FindsNoHomeAtAnotherAddressByItsNumber) {
    WebSite site;
    const auto one = capture(
        site,
        R"({"address":"1 Elm St","city":"Sylva","price":1,"mls_number":"41","mls_source":"Canopy"})");
    const auto two = capture(site, R"({"address":"9 Oak Rd","city":"Sylva","price":1})");
    const std::string check = "/api/v1/properties/check?mls=41";
    EXPECT_EQ(site.json(check).at("id"), one.at("id"));
    EXPECT_EQ(site.json(check + "&address=1 ELM Street&city=Sylva").at("id"), one.at("id"));
    EXPECT_EQ(site.json(check + "&address=9 Oak Rd&city=Sylva").at("id"), two.at("id"));
    EXPECT_EQ(site.json(check + "&address=7 Birch Ln&city=Sylva").at("exists"), false);
}

TEST(Capture, TakesWhatTheAgentSaysAndKeepsItWhenNothingIsSaid) {
    WebSite site;
    const std::string home = R"({"address":"1 Elm St","city":"Sylva","price":1,)";
    const auto data =
        capture(site, home + R"("added_for":"Lena","added_by":"Joseph","notes":"view"})");
    site.db.run("UPDATE properties SET sync_status = 'synced'");
    auto again = capture(site, home + R"("added_for":"","added_by":null})");
    EXPECT_EQ(again.at("sync_status"), "synced") << "nothing is new: Notion need not hear of it";
    again = capture(site, home + R"("added_for":"Marco"})");
    EXPECT_EQ(again.at("sync_status"), "pending");
    const auto whole = row(site, data);
    EXPECT_EQ(whole.at("added_for"), "Lena, Marco") << "it is for both";
    EXPECT_EQ(whole.at("added_by"), "Joseph");
    EXPECT_EQ(whole.at("captured_by"), "Joseph");
    EXPECT_EQ(whole.at("notes"), "view");
    capture(site, home + R"("added_for":"marco, Len","notes":"steep drive"})");
    capture(site, home + R"("added_for":"Lena","notes":"view"})");
    EXPECT_EQ(row(site, data).at("added_for"), "Lena, Marco, Len");
    EXPECT_EQ(row(site, data).at("notes"), "view\nsteep drive");
}

TEST(Capture, NamesTheHomesThatItMayBe) {
    WebSite site;
    const auto first =
        capture(site, R"({"address":"1 Elm St","city":"Sylva","zip":"28779","parcel_id":"7"})");
    const auto second =
        capture(site, R"({"address":"1 Elm St","city":"Sylva","zip":"28779","parcel_id":"8"})");
    EXPECT_EQ(second.at("created"), true);
    EXPECT_EQ(texts(second.at("doubtful"), "id"), texts(json::Array{first.at("id")}, ""));
}

TEST(Capture, IsReadOnlyAsJsonAndOnlyUpToASize) {
    WebSite site;
    const std::string good = R"({"address":"1 Elm St"})";
    for (const auto* type : {"text/plain", "application/x-www-form-urlencoded", "", "text/json"}) {
        const auto response = site.post(path, good, {{"Content-Type", type}});
        EXPECT_EQ(response.status, 415) << type;
        EXPECT_EQ(body_of(response).at("error").at("code"), "UNSUPPORTED_MEDIA_TYPE");
    }
    EXPECT_EQ(site.post(path, good, {{"Content-Type", "Application/JSON; charset=utf-8"}}).status,
              201);
    const auto large = site.post(path, R"({"notes":")" + std::string(600'000, 'x') + "\"}");
    EXPECT_EQ(large.status, 413);
    EXPECT_EQ(body_of(large).at("error").at("code"), "TOO_LARGE");
    for (const auto* wrong : {"", "{", "[]", "7", "null", R"({"address":"1)", "\xff\xfe",
                              "{\"address\":\"1 Elm\xff St\"}"}) {
        const auto response = site.post(path, wrong);
        EXPECT_EQ(response.status, 400) << wrong;
        EXPECT_EQ(body_of(response).at("error").at("code"), "INVALID_JSON") << wrong;
    }
    const std::string deep =
        R"({"address":)" + std::string(10'000, '[') + std::string(10'000, ']') + "}";
    EXPECT_EQ(site.post(path, deep).status, 400);
}

TEST(Batch, KeepsEachForItself) {
    WebSite site;
    capture(site, R"({"address":"2 Oak St","city":"Sylva"})");
    const auto response = site.post("/api/v1/properties/batch", R"({"properties":[
        {"address":"1 Elm St","city":"Sylva","price":100000},
        {"price":1}, 7, {"address":"3 Ash St","price":"much"},
        {"address":"2 Oak St","city":"Sylva","beds":2}, {"address":"---"},
        {"address":"1 Elm Street","city":"Sylva","price":90000}]})");
    EXPECT_EQ(response.status, 200);
    const auto answer = body_of(response);
    EXPECT_EQ(answer.at("success"), false);
    const auto& data = answer.at("data");
    EXPECT_EQ(data.at("created"), 1);
    EXPECT_EQ(data.at("updated"), 2);
    EXPECT_EQ(data.at("failed"), 4);
    EXPECT_THAT(texts(data.at("errors"), "error"),
                ElementsAre("address is required", "a capture is a JSON object",
                            HasSubstr("price is a whole number"), HasSubstr("no address")));
    EXPECT_EQ(data.at("errors").at(1).at("index"), 2);
    EXPECT_EQ(data.at("results").at(2).at("index"), 6);
    EXPECT_EQ(data.at("results").at(2).at("changes").at(0).at("new_value"), "90000")
        << "the second of one home in one batch counts";
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM properties"), 2);
}

TEST(Batch, NamesKeysBesideItsListThatNobodyReads) {
    WebSite site;
    const auto answer =
        body_of(site.post("/api/v1/properties/batch", R"({"properties":[],"source":"redfin"})"));
    EXPECT_THAT(texts(answer.at("data").at("unknown_keys"), ""), ElementsAre("source"));
}

TEST(Batch, SucceedsWhenAllOfItDoes) {
    WebSite site;
    const auto answer = body_of(
        site.post("/api/v1/properties/batch", R"({"properties":[{"address":"1 Elm St"}]})"));
    EXPECT_EQ(answer.at("success"), true);
    EXPECT_THAT(answer.at("data").at("errors").as_array(), IsEmpty());
}

TEST(Batch, IsAListOfAtMostAThousand) {
    WebSite site;
    for (const auto* wrong : {"{}", R"({"properties":{}})", R"({"properties":null})"})
        EXPECT_EQ(site.post("/api/v1/properties/batch", wrong).status, 400) << wrong;
    std::string many;
    for (int i = 0; i < 1001; ++i) many += i ? ",{}" : "{}";
    EXPECT_EQ(site.post("/api/v1/properties/batch", R"({"properties":[)" + many + "]}").status,
              400);
}

TEST(PropertyRows, AreTheLatestActiveOnesUnlessAskedOtherwise) {
    WebSite site;
    const auto add = [&](const std::string& address, const std::string& more) {
        capture(site, R"({"address":")" + address + "\"," + more + "}");
        site.clock.sleep(std::chrono::minutes(1));
    };
    add("1 Elm St", R"("city":"Sylva","price":300000,"status":"FOR_SALE")");
    add("2 Oak St", R"("city":"Cullowhee","price":500000)");
    add("3 Ash St", R"("city":"Sylva","price":400000,"status":"sold")");
    const auto addresses = [&](const std::string& query) {
        const auto answer = site.json(path + query);
        EXPECT_EQ(answer.at("count"), std::ssize(answer.at("data").as_array()));
        return texts(answer.at("data"), "address");
    };
    EXPECT_THAT(addresses(""), ElementsAre("2 Oak St", "1 Elm St"));
    EXPECT_THAT(addresses("?status=sold"), ElementsAre("3 Ash St"));
    EXPECT_THAT(addresses("?status=any&city=sylva"), ElementsAre("3 Ash St", "1 Elm St"));
    EXPECT_THAT(addresses("?min_price=300001"), ElementsAre("2 Oak St"));
    EXPECT_THAT(addresses("?max_price=300000"), ElementsAre("1 Elm St"));
    EXPECT_THAT(addresses("?status=any&limit=1"), ElementsAre("3 Ash St"));
    EXPECT_EQ(site.get("/api/v1/properties?limit=none").status, 400);
}

TEST(PropertyRows, AreFoundInWhateverSpellingAStatusHas) {
    WebSite site;
    for (const auto* status : {"FOR_SALE", "Active", "active", "Sold", "mystery"})
        site.db.run("INSERT INTO properties (id, address, status) VALUES (:id, '1 Elm', :id)",
                    {{"id", status}});
    for (const auto* asked : {"active", "Active", "for_sale"})
        EXPECT_EQ(site.json(std::string(path) + "?status=" + asked).at("count"), 3) << asked;
    EXPECT_EQ(site.json(std::string(path) + "?status=SOLD").at("count"), 1);
    EXPECT_EQ(site.json(std::string(path) + "?status=mystery").at("count"), 1);
    EXPECT_EQ(site.json(std::string(path) + "?status=pending").at("count"), 0);
}

TEST(PropertyRows, CountTheDaysOnTheMarketOn) {
    WebSite site;
    const auto home = capture(site, R"({"address":"1 Elm St","days_on_market":12})");
    site.clock.sleep(std::chrono::days(30));
    EXPECT_EQ(row(site, home).at("days_on_market"), 42);
    EXPECT_EQ(site.json(path).at("data").at(0).at("days_on_market"), 42);
    EXPECT_THAT(site.body("/properties/" + text(home.at("id"))), HasSubstr(">42<"));
    const auto list = site.get("/properties", {{"Accept", "application/json"}});
    EXPECT_EQ(body_of(list).at("properties").at(0).at("days_on_market"), 42);
    capture(site, R"({"address":"1 Elm St","status":"sold","days_on_market":15})");
    site.clock.sleep(std::chrono::days(30));
    EXPECT_EQ(row(site, home).at("days_on_market"), 15);
}

TEST(PropertyRows, HaveEveryColumnOfTheDictionary) {
    WebSite site;
    const auto home = row(site, capture(site, R"({"address":"1 Elm St"})"));
    const auto names = detail::column_names<Property>();
    EXPECT_EQ(home.as_object().size(), names.size());
    for (const auto name : names) EXPECT_TRUE(home.as_object().contains(name)) << name;
}

TEST(PropertyRows, OfNoHomeAreNotFound) {
    WebSite site;
    for (const auto* one : {"/api/v1/properties/nothing", "/api/v1/properties/nothing/contacts"}) {
        const auto response = site.get(one);
        EXPECT_EQ(response.status, 404);
        EXPECT_EQ(body_of(response).at("error").at("code"), "NOT_FOUND");
    }
}

TEST(PropertyCheck, FindsRowsThatAnOlderProgramWrote) {
    WebSite site;
    site.db.run(
        "INSERT INTO properties (id, address, mls_number) VALUES ('p-1', '1 Elm St', '41')");
    EXPECT_EQ(site.json("/api/v1/properties/check?address=1 ELM Street").at("id"), "p-1");
    EXPECT_EQ(site.json("/api/v1/properties/check?mls=41").at("id"), "p-1");
    capture(site, R"({"address":"7 Ash St","city":"Sylva"})");
    site.db.run("INSERT INTO properties (id, address, city) VALUES ('p-2', '2 Oak St', 'Sylva')");
    EXPECT_EQ(text(capture(site, R"({"address":"2 Oak Street","city":"Sylva"})").at("id")), "p-2")
        << "written between two captures";
    EXPECT_EQ(site.json("/api/v1/properties/check").at("exists"), false);
    EXPECT_EQ(site.json("/api/v1/properties/check?address=1 Elm St&city=Sylva").at("exists"),
              false);
}

}  // namespace
}  // namespace dreams::web
