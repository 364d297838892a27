// Who may come in: keys, origins, hosts, and how often.

#include "web/door.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::HasSubstr;
using testing::Not;

constexpr auto api = "/api/v1/people";
const std::string extension = "chrome-extension://abcdefgh";

std::string header(const http::Response& response, std::string_view name) {
    return http::header(response.headers, name).value_or("");
}

/// A site with a key that lets the extension's pages read.
struct Keyed : WebSite {
    Keyed() {
        options.api_key = "k-3f9a";
        options.allowed_origins = {extension};
        dashboard = Dashboard(options);
    }
};

TEST(ApiKey, IsAskedForEverywhereUnderApi) {
    Keyed site;
    for (const auto* path : {"/api/v1/people", "/api/v1/calls", "/api/v1/nothing", "/api/"}) {
        const auto without = site.get(path);
        EXPECT_EQ(without.status, 401) << path;
        EXPECT_EQ(without.body, R"({"success":false,"error":{"code":"UNAUTHORIZED",)"
                                R"("message":"Invalid or missing API key"}})");
        EXPECT_EQ(site.get(path, {{"X-API-Key", "k-3f9b"}}).status, 401) << path;
        EXPECT_NE(site.get(path, {{"x-api-key", "k-3f9a"}}).status, 401) << path;
    }
    EXPECT_EQ(site.get("/people").status, 200);
    EXPECT_EQ(site.get("/health").status, 200);
}

TEST(ApiKey, IsGuessedSlowly) {
    Keyed site;
    for (int i = 0; i < 20; ++i) EXPECT_EQ(site.get(api).status, 401);
    const auto refused = site.get(api);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header(refused, "Retry-After"), "5");
    EXPECT_THAT(refused.body, HasSubstr(R"("code":"RATE_LIMITED")"));
    EXPECT_EQ(site.get(api, {{"X-API-Key", "k-3f9a"}}).status, 200) << "who has it may come in";
    EXPECT_EQ(site.ask("GET", api, {}, "", "127.0.0.9").status, 401) << "another caller";
    site.clock.sleep(std::chrono::seconds(5));
    EXPECT_EQ(site.get(api).status, 401);
    EXPECT_EQ(site.get(api).status, 429);
}

TEST(WithoutAKey, OnlyThisMachinesOwnMayAsk) {
    WebSite site;
    EXPECT_EQ(site.get(api).status, 200);
    EXPECT_EQ(site.get(api, {{"Origin", "http://localhost:8484"}}).status, 200);
    for (const auto* peer : {"192.168.1.7", "10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", ""}) {
        const auto response = site.ask("GET", api, {}, "", peer);
        EXPECT_EQ(response.status, 401) << peer;
        EXPECT_THAT(response.body, HasSubstr("set web.api_key"));
    }
    EXPECT_EQ(site.ask("GET", api, {}, "", "::1").status, 200);
    EXPECT_EQ(site.ask("GET", api, {}, "", "::ffff:127.0.0.1").status, 200);
}

TEST(WithoutAKey, PagesOfOtherOriginsAreRefused) {
    WebSite site;
    for (const auto* origin :
         {"https://evil.example", "http://localhost:3000", "null", "chrome-extension://abcdefgh"}) {
        const auto response = site.get(api, {{"Origin", origin}});
        EXPECT_EQ(response.status, 403) << origin;
        EXPECT_THAT(response.body, HasSubstr("web.allowed_origins")) << origin;
        EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "") << origin;
    }
    site.options.allowed_origins = {extension};
    site.dashboard = Dashboard(site.options);
    EXPECT_EQ(site.get(api, {{"Origin", extension}}).status, 200);
}

TEST(Cors, LetsTheExtensionReadAndNobodyElse) {
    Keyed site;
    for (const auto* path : {api, "/health"}) {
        const auto answer = site.get(path, {{"Origin", extension}, {"X-API-Key", "k-3f9a"}});
        EXPECT_EQ(header(answer, "Access-Control-Allow-Origin"), extension) << path;
        EXPECT_EQ(header(answer, "Vary"), "Origin") << path;
        const auto other =
            site.get(path, {{"Origin", "https://evil.example"}, {"X-API-Key", "k-3f9a"}});
        EXPECT_EQ(header(other, "Access-Control-Allow-Origin"), "") << path;
    }
    const auto refused = site.get(api, {{"Origin", extension}});
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(header(refused, "Access-Control-Allow-Origin"), extension) << "it may read why";
    EXPECT_EQ(header(site.get("/people", {{"Origin", extension}}), "Access-Control-Allow-Origin"),
              "");
}

TEST(Preflight, IsAnsweredWithoutAKey) {
    Keyed site;
    const auto response = site.ask(
        "OPTIONS", api, {{"Origin", extension}, {"Access-Control-Request-Method", "POST"}});
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), extension);
    EXPECT_EQ(header(response, "Access-Control-Allow-Headers"),
              "Content-Type, X-API-Key, Idempotency-Key");
    EXPECT_EQ(header(response, "Access-Control-Allow-Methods"), "GET, HEAD");
    EXPECT_EQ(header(response, "Access-Control-Allow-Private-Network"), "");

    const auto near =
        site.ask("OPTIONS", api,
                 {{"Origin", extension}, {"Access-Control-Request-Private-Network", "true"}});
    EXPECT_EQ(header(near, "Access-Control-Allow-Private-Network"), "true");
    const auto other = site.ask("OPTIONS", api, {{"Origin", "https://evil.example"}});
    EXPECT_EQ(other.status, 204);
    EXPECT_EQ(header(other, "Access-Control-Allow-Methods"), "");
    EXPECT_EQ(site.ask("OPTIONS", "/api/v1/nothing").status, 404);
    EXPECT_EQ(site.ask("OPTIONS", "/health", {{"Origin", extension}}).status, 204);
}

TEST(Forms, OfOtherSitesChangeNothing) {
    WebSite site;
    for (const http::Headers& headers :
         {http::Headers{{"Origin", "https://evil.example"}}, http::Headers{{"Origin", "null"}},
          http::Headers{{"Sec-Fetch-Site", "cross-site"}},
          http::Headers{{"Sec-Fetch-Site", "same-site"}, {"Origin", "http://localhost:8484"}}})
        EXPECT_EQ(site.ask("POST", "/people", headers).status, 403);
    // Ours come as far as to hear that this page takes none.
    EXPECT_EQ(site.ask("POST", "/people", {{"Origin", "http://localhost:8484"}}).status, 405);
    EXPECT_EQ(site.ask("POST", "/people", {{"Sec-Fetch-Site", "same-origin"}}).status, 405);
    EXPECT_EQ(site.ask("POST", "/people").status, 405);
}

TEST(OriginsOf, TakesOriginsAndNoJokers) {
    EXPECT_EQ(origins_of(" chrome-extension://abc , https://office.example:8443"),
              (std::vector<std::string>{"chrome-extension://abc", "https://office.example:8443"}));
    EXPECT_TRUE(origins_of("").empty());
    for (const auto* bad : {"*", "https://*", "https://*.example", "office.example",
                            "https://office.example/", "null", "://x", "https://"}) {
        try {
            origins_of(bad);
            FAIL() << bad;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr("web.allowed_origins"));
        }
    }
}

}  // namespace
}  // namespace dreams::web
