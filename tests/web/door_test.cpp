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

const std::string proxy_secret = "0123456789abcdef0123456789abcdef";

/// A site with a proxy before it, as packaging/Caddyfile is.
struct Behind : WebSite {
    Behind() {
        options.hosts = public_hosts("https://dreams.example.com", proxy_secret);
        options.proxy_secret = proxy_secret;
        dashboard = Dashboard(options);
    }
    http::Headers by_proxy() const {
        return {{"Host", "dreams.example.com"},
                {"X-Forwarded-For", "203.0.113.7"},
                {"X-Dreams-Proxy", proxy_secret}};
    }
};

TEST(Proxy, ThatIsNotOursLetsNobodyIn) {
    const WebSite alone;
    const Behind behind;
    for (const auto* site : {&alone, static_cast<const WebSite*>(&behind)})
        for (const auto* path : {"/people", "/metrics", "/static/style.css"}) {
            // nginx and others call us by our own address: their headers tell them.
            for (const auto* sign : {"X-Forwarded-For", "x-forwarded-for", "X-Forwarded-Host",
                                     "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via"}) {
                EXPECT_EQ(site->get(path, {{sign, "127.0.0.1"}}).status, 403) << sign << path;
                EXPECT_EQ(site->get(path, {{sign, ""}}).status, 403) << sign << path;
            }
            EXPECT_EQ(site->get(path, {{"X-Dreams-Proxy", ""}}).status, 403) << path;
            EXPECT_EQ(site->get(path, {{"X-Dreams-Proxy", "guessed"}}).status, 403) << path;
        }
    for (const auto* method : {"GET", "POST"})
        EXPECT_EQ(behind.ask(method, api, {{"X-Forwarded-For", "127.0.0.1"}}).status, 401);
    EXPECT_EQ(behind.ask("POST", "/people", {{"X-Forwarded-For", "127.0.0.1"}}).status, 403);
    EXPECT_EQ(behind.get("/people", {{"Host", "dreams.example.com"}}).status, 403)
        << "its name alone proves nothing";
    EXPECT_EQ(alone.get("/people", behind.by_proxy()).status, 421);
    EXPECT_EQ(behind.get("/people").status, 200) << "this machine's own";
}

TEST(Proxy, ThatIsOursBringsPagesAndForms) {
    const Behind site;
    EXPECT_EQ(site.get("/people", site.by_proxy()).status, 200);
    auto form = site.by_proxy();
    form.emplace_back("Origin", "https://dreams.example.com");
    form.emplace_back("Sec-Fetch-Site", "same-origin");
    EXPECT_EQ(site.ask("POST", "/people", form).status, 405) << "as far as to hear it takes none";
    form = site.by_proxy();
    form.emplace_back("Origin", "https://evil.example");
    EXPECT_EQ(site.ask("POST", "/people", form).status, 403);
    auto elsewhere = site.by_proxy();
    elsewhere[0].second = "evil.example";
    EXPECT_EQ(site.get("/people", elsewhere).status, 421);
}

TEST(Proxy, ThatIsOursBringsNobodyOfThisMachineToTheApi) {
    Behind site;
    const auto refused = site.get(api, site.by_proxy());
    EXPECT_EQ(refused.status, 401);
    EXPECT_THAT(refused.body, HasSubstr("set web.api_key"));
    site.options.api_key = "k-3f9a";
    site.dashboard = Dashboard(site.options);
    EXPECT_EQ(site.get(api, site.by_proxy()).status, 401);
    auto with_key = site.by_proxy();
    with_key.emplace_back("X-API-Key", "k-3f9a");
    EXPECT_EQ(site.get(api, with_key).status, 200);
}

TEST(Proxy, ThatIsNotOursBringsTheApisKeyAndWhoAsksHowWeAre) {
    Behind site;
    site.options.api_key = "k-3f9a";
    site.dashboard = Dashboard(site.options);
    const http::Headers by_another{{"Host", "dreams.example.com"}, {"X-Real-IP", "203.0.113.7"}};
    EXPECT_EQ(site.get("/health", by_another).status, 200);
    EXPECT_EQ(site.get(api, by_another).status, 401);
    auto with_key = by_another;
    with_key.emplace_back("X-API-Key", "k-3f9a");
    EXPECT_EQ(site.get(api, with_key).status, 200);
    EXPECT_EQ(site.get("/people", with_key).status, 403);
}

TEST(PublicHosts, WantAnAddressAndASecretWorthTheName) {
    EXPECT_TRUE(public_hosts("", "").empty());
    EXPECT_EQ(public_hosts("https://dreams.example.com", "").size(), 1);
    EXPECT_TRUE(public_hosts("http://localhost:8484", "").empty());
    EXPECT_EQ(public_hosts("https://Dreams.Example.com", proxy_secret),
              std::vector<std::string>{"dreams.example.com"});
    for (const auto* bad : {"http://dreams.example.com", "dreams.example.com",
                            "https://dreams.example.com/office", "https://ana@example.com"})
        EXPECT_THROW(public_hosts(bad, proxy_secret), Error) << bad;
    for (const auto& bad : {std::string("short"), proxy_secret.substr(1)})
        EXPECT_THROW(public_hosts("https://dreams.example.com", bad), Error) << bad;
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
