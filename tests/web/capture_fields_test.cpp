// What a capture may say, field by field: what is read, what is refused, what is left out and
// named.

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

TEST(Capture, ReadsNumbersThatAreWrittenAsText) {
    WebSite site;
    const auto home = row(site, capture(site, R"({"address":"1 Elm St","price":"$450,000",
        "baths":"2.5","sqft":"1,176 sq ft","hoa_fee":"N/A","beds":3.0,"lot_acres":"0.74",
        "zip":28779,"garage":2,"cooling":["Central Air","Window"],"heating":true})"));
    EXPECT_EQ(home.at("price"), 450'000);
    EXPECT_EQ(home.at("baths"), 2.5);
    EXPECT_EQ(home.at("sqft"), 1176);
    EXPECT_TRUE(home.at("hoa_fee").is_null());
    EXPECT_EQ(home.at("beds"), 3);
    EXPECT_EQ(home.at("acreage"), 0.74);
    EXPECT_EQ(home.at("zip"), "28779");
    EXPECT_EQ(home.at("garage"), "2");
    EXPECT_EQ(home.at("cooling"), "Central Air, Window");
    EXPECT_EQ(home.at("heating"), "yes");
}

TEST(Capture, RefusesAFieldOfTheWrongTypeByItsName) {
    WebSite site;
    for (const auto* field :
         {R"("price":"call us")", R"("price":true)", R"("price":-1)", R"("price":[1])",
          R"("price":1e300)", R"("beds":"12A")", R"("latitude":91)", R"("longitude":-181)",
          R"("city":{"name":"Sylva"})", R"("photo_urls":{"a":1})", R"("photo_urls":[1])",
          R"("cooling":["a",["b"]])", R"("price":"450.000")", R"("price":"4,50,000")",
          R"("price":"$450,000 - $500,000")", R"("beds":2.5)", R"("stories":"2.5")",
          R"("year_built":"1998-2004")", R"("sqft":"0.25 acres")"}) {
        const auto response =
            site.post(path, std::string(R"({"address":"1 Elm St",)") + field + "}");
        EXPECT_EQ(response.status, 422) << field;
        const auto error = body_of(response).at("error");
        EXPECT_EQ(error.at("code"), "VALIDATION_ERROR") << field;
        const std::string name = std::string(field).substr(1, std::string(field).find('"', 1) - 1);
        EXPECT_EQ(texts(error.at("fields"), "field"), std::vector{name}) << field;
        EXPECT_THAT(text(error.at("message")), testing::StartsWith(name + " is ")) << field;
    }
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM properties"), 0);
}

TEST(Capture, TakesNoListTruthOrNumberForAText) {
    WebSite site;
    for (const auto* field :
         {"address", "city", "state", "county", "status", "style", "property_type", "mls_source",
          "source", "url", "subdivision", "listing_agent_name", "listing_agent_email",
          "listing_brokerage", "added_for", "added_by", "notes", "primary_photo", "scraped_at"})
        for (const auto* value : {R"(["x"])", "7", "true"}) {
            const auto response = site.post(
                path, std::string(R"({"address":"1 Elm St",")") + field + "\":" + value + "}");
            EXPECT_THAT(response.status, testing::AnyOf(400, 422)) << field << value;
            EXPECT_THAT(texts(body_of(response).at("error").at("fields"), "field"),
                        testing::Contains(field))
                << value;
        }
    for (const auto* field : {"zip", "mls_number", "parcel_id", "redfin_id", "zillow_id",
                              "realtor_id", "zpid", "source_id", "listing_agent_phone"}) {
        for (const auto* value : {R"(["1","2"])", "[28779,1]", "true", "1.5", R"({"a":1})"})
            EXPECT_EQ(site.post(path, std::string(R"({"address":"1 Elm St",")") + field +
                                          "\":" + value + "}")
                          .status,
                      422)
                << field << value;
        EXPECT_THAT(
            site.post(path, std::string(R"({"address":"1 Elm St",")") + field + "\":28779}").status,
            testing::AnyOf(200, 201))
            << field;
    }
}

TEST(Capture, ReadsHalvesAndUnits) {
    WebSite site;
    const auto home = row(site, capture(site, R"({"address":"1 Elm St","baths":"2 1/2",
        "lot_acres":"10,890 sq ft","hoa_fee":"$35/mo","beds":"3 beds","zip":28779.0})"));
    EXPECT_EQ(home.at("baths"), 2.5);
    EXPECT_EQ(home.at("acreage"), 0.25);
    EXPECT_EQ(home.at("hoa_fee"), 35);
    EXPECT_EQ(home.at("beds"), 3);
    EXPECT_EQ(home.at("zip"), "28779");
}

TEST(Capture, SaysAllThatIsWrongAtOnce) {
    WebSite site;
    const auto response = site.post(path, R"({"price":"x","beds":"y"})");
    EXPECT_EQ(response.status, 400);
    EXPECT_THAT(texts(body_of(response).at("error").at("fields"), "field"),
                ElementsAre("address", "price", "beds"));
}

TEST(Capture, ReportsKeysThatNobodyReadsAndRefusesNothingForThem) {
    WebSite site;
    const auto data = capture(site, R"({"address":"1 Elm St","walk_score":71,"price; DROP":1})");
    EXPECT_THAT(texts(data.at("unknown_keys"), ""), ElementsAre("walk_score", "price; DROP"));
}

TEST(Capture, NamesValuesThatItLeavesOut) {
    WebSite site;
    capture(site, R"({"address":"1 Elm St","city":"Sylva","status":"active"})");
    const auto data = capture(site, R"({"address":"1 Elm St","city":"Sylva, NC","year_built":3,
        "latitude":35.1,"status":"weird thing"})");
    EXPECT_THAT(texts(data.at("ignored"), "field"),
                ElementsAre("status", "year_built", "latitude"));
    EXPECT_EQ(data.at("created"), false) << "Sylva, NC is Sylva";
    EXPECT_EQ(row(site, data).at("status"), "active");
    EXPECT_EQ(site.json(path).at("count"), 1);
}

TEST(Capture, OfANewHomeIsActiveOnlyWhereNothingWasSaidOfItsStatus) {
    WebSite site;
    const auto kept = [&](const std::string& status) {
        static int number = 0;
        const auto data = capture(site, R"({"address":")" + std::to_string(++number) +
                                            R"( Elm St","city":"Sylva",)" + status + "}");
        return std::pair(row(site, data).at("status"), texts(data.at("ignored"), "field"));
    };
    for (const auto* silent : {R"("price":1)", R"("status":null)", R"("status":" ")"})
        EXPECT_EQ(kept(silent), std::pair(json::Value("active"), std::vector<std::string>{}))
            << silent;
    for (const auto* unknown : {"OTHER", "unknown", "Incomplete"})
        EXPECT_EQ(kept(std::string(R"("status":")") + unknown + "\""),
                  std::pair(json::Value(nullptr), std::vector<std::string>{"status"}))
            << unknown;
}

TEST(Capture, LeavesOutLinksThatAreNoWebAddresses) {
    WebSite site;
    const auto data = capture(site, R"json({"address":"1 Elm St","source":"redfin",
        "url":"javascript:alert(1)","primary_photo":"data:image/png;base64,AA",
        "photo_urls":["javascript:x","https://photos.example/1.jpg"],"scraped_at":"yesterday"
})json");
    EXPECT_THAT(texts(data.at("ignored"), "field"),
                ElementsAre("photo_urls", "url", "primary_photo", "scraped_at"));
    const auto home = row(site, data);
    EXPECT_TRUE(home.at("redfin_url").is_null());
    EXPECT_EQ(home.at("primary_photo"), "https://photos.example/1.jpg");
    EXPECT_EQ(home.at("photo_urls").as_array().size(), 1u);
}

}  // namespace
}  // namespace dreams::web
