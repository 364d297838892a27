// What the browser extension sends, page type by page type, over a real socket.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/http.h"
#include "store/properties.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string origin = "chrome-extension://pgkdreams";

/// The server that the extension's settings name, and the extension.
class Extension : public testing::Test {
protected:
    Extension() {
        site.options.api_key = "k-3f9a";
        site.options.allowed_origins = {origin};
        site.dashboard = Dashboard(site.options);
        server.emplace(http::ServerOptions{}, site.dashboard.handler());
    }

    http::Answer ask(const std::string& method, const std::string& path, http::Headers headers,
                     const std::string& body = "") {
        headers.emplace_back("Origin", origin);
        return network({.method = method,
                        .url = "http://127.0.0.1:" + std::to_string(server->port()) + path,
                        .headers = std::move(headers),
                        .body = body});
    }

    /// As its service worker saves a page: preflight, then the payload.
    json::Value save(const std::string& body) {
        const auto leave = ask("OPTIONS", "/api/v1/properties",
                               {{"Access-Control-Request-Method", "POST"},
                                {"Access-Control-Request-Headers", "content-type,x-api-key"}});
        EXPECT_EQ(leave.status, 204);
        const auto answer =
            ask("POST", "/api/v1/properties",
                {{"Content-Type", "application/json"}, {"X-API-Key", "k-3f9a"}}, body);
        status = answer.status;
        EXPECT_EQ(http::header(answer.headers, "Access-Control-Allow-Origin"), origin);
        return json::parse(answer.body);
    }

    static std::string page(const std::string& name) {
        return test::read_file(DREAMS_FIXTURES "/extension/" + name + ".json");
    }

    Property saved(const std::string& name) {
        const auto answer = save(page(name));
        EXPECT_EQ(status, 201) << json::serialized(answer);
        EXPECT_EQ(answer.at("success"), true);
        const auto& data = answer.at("data");
        EXPECT_EQ(data.at("created"), true);
        EXPECT_EQ(data.at("sync_status"), "pending");
        EXPECT_EQ(data.at("updated_at"), "2026-01-19T16:00:00Z");
        EXPECT_THAT(data.at("unknown_keys").as_array(), IsEmpty());
        EXPECT_THAT(data.at("ignored").as_array(), IsEmpty());
        return *store::property(site.db, PropertyId{std::string(data.at("id").as_string())});
    }

    test::WebSite site;
    std::optional<http::Server> server;
    http::Network network = http::network();
    int status = 0;
};

TEST_F(Extension, SeesThatTheServerIsThere) {
    EXPECT_EQ(ask("GET", "/health", {}).status, 200);
}

TEST_F(Extension, SavesARedfinPage) {
    const auto home = saved("redfin_page");
    EXPECT_EQ(home.listing.redfin_id, "103994211");
    EXPECT_EQ(home.listing.mls_number, "4101877");
    EXPECT_EQ(home.listing.price, 489'000);
    EXPECT_EQ(home.listing.acreage, 1.32);
    EXPECT_EQ(home.listing.status, "active");
    EXPECT_EQ(home.listing.redfin_url,
              "https://www.redfin.com/NC/Sylva/218-Laurel-Hollow-Rd-28779/home/103994211");
    EXPECT_EQ(home.listing.primary_photo, "https://photos.example/103994211/card.jpg");
    EXPECT_EQ(
        home.listing.photo_urls->text,
        R"(["https://photos.example/103994211/a.jpg","https://photos.example/103994211/b.jpg"])");
    EXPECT_EQ(home.features.garage, "2 spaces, attached");
    EXPECT_EQ(home.engagement.page_views, 1234);
    EXPECT_EQ(home.workflow.added_for, "Lena Ortiz");
    EXPECT_EQ(home.workflow.added_by, "Joseph");
    EXPECT_EQ(home.workflow.captured_by, "Joseph");
    EXPECT_EQ(home.idx.idx_validation_status, "pending");
    EXPECT_EQ(store::sources_of(site.db, home.id).at(0).last_at,
              instant_from("2026-01-19T15:41:07Z"));
}

TEST_F(Extension, SavesAZillowPageUnderItsZillowId) {
    const auto home = saved("zillow_page");
    EXPECT_EQ(home.listing.zillow_id, "88412907");
    EXPECT_EQ(home.listing.status, "active") << "FOR_SALE as the file says it";
    EXPECT_EQ(home.features.zestimate, 309'800);
    EXPECT_EQ(home.features.sewer, "Septic Tank");
    EXPECT_EQ(home.workflow.added_for, std::nullopt) << "an empty text is not said";
    EXPECT_TRUE(home.listing.zillow_url);
}

TEST_F(Extension, SavesARealtorPage) {
    const auto home = saved("realtor_page");
    EXPECT_EQ(home.listing.zillow_id, std::nullopt);
    EXPECT_EQ(home.listing.status, "pending");
    EXPECT_EQ(home.features.hoa_fee, 210);
    EXPECT_EQ(home.listing.photo_urls, std::nullopt);
    EXPECT_TRUE(home.listing.realtor_url);
}

TEST_F(Extension, SavesSearchResults) {
    EXPECT_EQ(saved("redfin_search_json").listing.status, "coming soon");
    EXPECT_EQ(saved("redfin_search_card").listing.beds, std::nullopt);
    const auto home = saved("zillow_search");
    EXPECT_EQ(home.listing.zillow_id, "88530016");
    EXPECT_EQ(home.listing.status, "active") << "its search lists what is for sale";
}

TEST_F(Extension, SavesTheSameAgainAsOneHome) {
    for (const auto* name : {"redfin_page", "zillow_page", "realtor_page", "redfin_search_json",
                             "redfin_search_card", "zillow_search"}) {
        const auto first = saved(name);
        const auto answer = save(page(name));
        EXPECT_EQ(status, 200) << name;
        EXPECT_EQ(answer.at("data").at("created"), false) << name;
        EXPECT_EQ(answer.at("data").at("id").as_string(), first.id.text.c_str()) << name;
        EXPECT_THAT(answer.at("data").at("changes").as_array(), IsEmpty()) << name;
    }
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM properties"), 6);
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM property_changes"), 0);
}

TEST_F(Extension, ReadsWhyACaptureWasRefused) {
    const auto answer = ask("POST", "/api/v1/properties", {{"Content-Type", "application/json"}},
                            page("redfin_page"));
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(json::parse(answer.body).at("error").at("message"), "Invalid or missing API key");
    EXPECT_EQ(save(R"({"price":1})").at("error").at("message"), "address is required");
    EXPECT_EQ(status, 400);
}

TEST_F(Extension, ChecksWhetherAHomeIsThere) {
    const auto home = saved("redfin_page");
    for (const auto* question :
         {"redfin_id=103994211&address=&mls=", "redfin_id=none&mls=4101877",
          "address=218%20laurel%20hollow%20road", "address=218+Laurel+Hollow+Rd,+Sylva"}) {
        const auto answer = ask("GET", std::string("/api/v1/properties/check?") + question,
                                {{"X-API-Key", "k-3f9a"}});
        EXPECT_EQ(answer.body, R"({"success":true,"exists":true,"id":")" + home.id.text + "\"}")
            << question;
    }
    const auto none = ask("GET", "/api/v1/properties/check?mls=777", {{"X-API-Key", "k-3f9a"}});
    EXPECT_EQ(none.body, R"({"success":true,"exists":false,"id":null})");
}

}  // namespace
}  // namespace dreams::web
