#include "web/api_orders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::HasSubstr;

TEST(Orders, ThatAreNotSetUpSaySo) {
    WebSite site;
    for (const auto* path : {"/api/v1/properties/home_1/validate-idx",
                             "/api/v1/sync/idx-validation", "/api/v1/sync/notion"}) {
        const auto response = site.ask("POST", path);
        EXPECT_EQ(response.status, 503) << path;
        EXPECT_THAT(response.body, HasSubstr(R"("code":"NOT_CONFIGURED")")) << path;
        EXPECT_THAT(response.body, HasSubstr("setting")) << path;
    }
    const auto notion = site.get("/health/notion");
    EXPECT_EQ(notion.status, 503);
    EXPECT_THAT(notion.body, HasSubstr(R"({"status":"unconfigured","message":")"));
}

TEST(Orders, ThatAreSetUpAreCarriedOut) {
    WebSite site;
    site.options.orders = {.validate_idx =
                               [](const PropertyId& home) {
                                   return IdxCheck{.idx_mls_number = "41" + home.text,
                                                   .idx_validation_status = "validated",
                                                   .idx_mls_source = "Canopy"};
                               },
                           .validate_waiting = [] { return 3; },
                           .push_to_notion = [] { return 4; },
                           .notion_database = "abcdef0123456789"};
    site.dashboard = Dashboard(site.options);
    site.db.run("INSERT INTO properties (id, address) VALUES ('7', '1 Elm St')");
    EXPECT_EQ(site.ask("POST", "/api/v1/properties/7/validate-idx").body,
              R"({"success":true,"status":"validated","idx_mls_number":"417",)"
              R"("idx_mls_source":"Canopy"})");
    EXPECT_EQ(site.ask("POST", "/api/v1/properties/8/validate-idx").status, 404);
    EXPECT_EQ(site.ask("POST", "/api/v1/sync/idx-validation").body,
              R"({"success":true,"data":{"validated_count":3}})");
    EXPECT_EQ(site.ask("POST", "/api/v1/sync/notion").body,
              R"({"success":true,"data":{"synced_count":4}})");
    EXPECT_EQ(site.body("/health/notion"),
              R"({"status":"configured","database_id":"abcdef01..."})");
}

TEST(Root, TellsProgramsWhatRunsHere) {
    WebSite site;
    EXPECT_EQ(site.get("/", {{"Accept", "application/json"}}).body,
              std::string(R"({"name":"DREAMS Property API","version":")") + DREAMS_VERSION +
                  R"(","status":"running"})");
}

}  // namespace
}  // namespace dreams::web
