#include "web/dashboard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "base/assets.h"
#include "web/form.h"
#include "web/routes.h"
#include "web/site.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::HasSubstr;
using testing::Not;

/// An address for each route that can be read, of things that are there.
std::vector<std::string> addresses(WebSite& site) {
    const Lead ana = test::add_lead(site.db, "Ana Lopez");
    site.db.run("INSERT INTO properties (id, address) VALUES ('home_1', '12 Elm St')");
    site.db.run(
        "INSERT INTO dreams_imports (id, file, format, fingerprint, observed_at, started_at) "
        "VALUES (7, 'a.csv', 'csv', 'x', :now, :now)",
        {{"now", test::monday}});
    const auto sent = test::Form().file("b.csv", "address\n9 Oak St\n").sent_to(site, "/imports");
    const auto preview = http::header(sent.headers, "Location").value_or("");
    const std::map<std::string, std::string> values{
        {"{file}", "style.css"},
        {"{upload}", preview.substr(preview.rfind('/') + 1)},
        {"{import}", "7"},
        {"{fub_id}", ana.person.fub_id->text}};
    std::vector<std::string> all;
    for (const auto& route : routes()) {
        std::string address(route.path);
        if (route.method != "GET" || address == "/health/notion") continue;
        for (auto at = address.find('{'); at != std::string::npos; at = address.find('{')) {
            const auto name = address.substr(at, address.find('}') - at + 1);
            const auto value = values.find(name);
            const bool home = address.find("/properties/") != std::string::npos;
            address.replace(at, name.size(),
                            value != values.end() ? value->second
                            : home                ? "home_1"
                                                  : ana.id.text);
        }
        all.push_back(address);
    }
    return all;
}

std::string header(const http::Response& response, std::string_view name) {
    return http::header(response.headers, name).value_or("");
}

TEST(Dashboard, AnswersEveryRoute) {
    WebSite site;
    for (const auto& address : addresses(site)) {
        const auto response = site.get(address);
        EXPECT_EQ(response.status, 200) << address << "\n" << response.body;
        EXPECT_FALSE(response.body.empty()) << address;
    }
    EXPECT_EQ(site.log, "");
}

TEST(Dashboard, AnswersEveryRouteOnAFreshFile) {
    WebSite site;
    for (const auto* page : {"/", "/calls", "/people", "/syncs", "/health", "/metrics",
                             "/api/v1/calls", "/api/v1/people", "/api/v1/syncs"})
        EXPECT_EQ(site.get(page).status, 200) << page;
    EXPECT_THAT(site.body("/calls"), HasSubstr("There are no people yet"));
    EXPECT_THAT(site.body("/people"), HasSubstr("There are no people yet"));
    EXPECT_THAT(site.body("/syncs"), HasSubstr("Nothing was read yet"));
    EXPECT_THAT(site.body("/calls"), HasSubstr("has not been read yet"));
}

TEST(Dashboard, LeadsOnWhoeverTypedASlashTooMany) {
    WebSite site;
    const auto to = [&](const std::string& target) {
        const auto response = site.get(target);
        EXPECT_EQ(response.status, 301) << target;
        return header(response, "Location");
    };
    EXPECT_EQ(to("/people/"), "/people");
    EXPECT_EQ(to("/people/?search=a %26 b&page=2"), "/people?search=a%20%26%20b&page=2");
    EXPECT_EQ(to("/people/lead-1//"), "/people/lead-1");
    for (const auto* nothing : {"/nothing/", "//evil.example/", "/people//x/"})
        EXPECT_EQ(site.get(nothing).status, 404) << nothing;
    EXPECT_EQ(site.ask("POST", "/imports/").status, 404);
}

TEST(Dashboard, LoadsNothingFromElsewhereAndIsStoredNowhere) {
    WebSite site;
    for (const auto& address : addresses(site)) {
        const auto response = site.get(address);
        const auto policy = header(response, "Content-Security-Policy");
        for (const auto* part : {"default-src 'none'", "style-src 'self'", "img-src 'self'",
                                 "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"})
            EXPECT_THAT(policy, HasSubstr(part)) << address;
        EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
        EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(header(response, "Referrer-Policy"), "same-origin");
        const bool personal = !address.starts_with("/static/");
        EXPECT_EQ(header(response, "Cache-Control") == "no-store", personal) << address;
        // One script of ours, which copies MLS numbers, on the pages that have some.
        const bool scripted = response.body.find("<script") != std::string::npos;
        EXPECT_EQ(scripted, address.starts_with("/properties") || address.starts_with("/people/"))
            << address;
        EXPECT_EQ(policy.find("script-src 'self'") != std::string::npos, scripted) << address;
        EXPECT_THAT(response.body, Not(HasSubstr("style=\""))) << address;
        EXPECT_THAT(response.body, Not(HasSubstr(" onclick"))) << address;
    }
    EXPECT_THAT(header(site.get("/nothing"), "Content-Security-Policy"), HasSubstr("'none'"));
}

TEST(Dashboard, AnswersOnlyForLoopbackNames) {
    WebSite site;
    for (const auto* host : {"localhost", "localhost:8484", "LOCALHOST:1", "127.0.0.1:8484",
                             "127.1.2.3", "[::1]:8484", "[::1]"})
        EXPECT_EQ(site.get("/calls", {{"Host", host}}).status, 200) << host;
    for (const auto* host :
         {"evil.example", "evil.example:8484", "localhost.evil.example", "127.evil.example",
          "192.168.1.5", "[::2]", "", "[", "10.0.0.1:8484"}) {
        const auto response = site.get("/calls", {{"Host", host}});
        EXPECT_EQ(response.status, 421) << host;
        EXPECT_THAT(response.body, HasSubstr("only for localhost")) << host;
    }
}

TEST(Dashboard, SaysThatAnAddressIsNotThere) {
    WebSite site;
    for (const auto* path : {"/nothing", "/people/a/b", "/static/", "/static/nothing", "/api/v1",
                             "/api/v1/people/", "//calls"}) {
        const auto response = site.get(path);
        EXPECT_EQ(response.status, 404) << path;
    }
    EXPECT_THAT(site.body("/nothing"), HasSubstr("<h1>There is nothing here</h1>"));
    EXPECT_EQ(site.body("/api/v1/nothing"), R"({"success":false,"error":{"code":"NOT_FOUND",)"
                                            R"("message":"There is no page at this address."}})");
}

TEST(Routes, AreEachTheOnesThatAnswerAtTheirPath) {
    WebSite site;
    for (const auto& route : routes()) {
        http::Request asked{.method = std::string(route.method), .path = std::string(route.path)};
        for (auto at = asked.path.find('{'); at != std::string::npos; at = asked.path.find('{'))
            asked.path.replace(at, asked.path.find('}') - at + 1, "x");
        Site parts(site.options);
        Request request(asked, parts);
        EXPECT_EQ(find_route(request).route, &route) << route.method << " " << route.path;
    }
}

TEST(Dashboard, IsAskedOnlyAsItsRoutesSay) {
    WebSite site;
    for (const auto* method : {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
        const auto response = site.ask(method, "/people");
        EXPECT_EQ(response.status, 405) << method;
        EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
    }
}

TEST(Dashboard, ChangesNothingInTheFile) {
    WebSite site;
    auto all = addresses(site);
    for (const auto* more : {"/people?search=ana&stage=Lead&min_heat=1&sort=name", "/calls?limit=7",
                             "/people?page=2", "/people?sort=nothing", "/nothing"})
        all.emplace_back(more);
    const auto before = test::dump(site.db);
    site.db.script("PRAGMA wal_checkpoint(TRUNCATE)");
    const auto bytes = test::read_file(site.folder.file("dreams.db"));
    for (const auto& address : all) site.get(address);

    EXPECT_EQ(test::dump(site.db), before);
    EXPECT_EQ(test::read_file(site.folder.file("dreams.db")), bytes);
    EXPECT_EQ(test::read_file(site.folder.file("dreams.db-wal")), "");
}

TEST(Dashboard, SaysThatTheFileIsNotThere) {
    WebSite site;
    std::filesystem::remove(site.folder.file("dreams.db"));
    const auto response = site.get("/calls");
    EXPECT_EQ(response.status, 503);
    EXPECT_THAT(response.body, HasSubstr("The database file is not there."));
    EXPECT_THAT(response.body, Not(HasSubstr(site.folder.path().string())));
    const auto json = site.get("/api/v1/calls");
    EXPECT_EQ(json.status, 503);
    EXPECT_THAT(json.body, HasSubstr(R"("code":"unavailable")"));
    EXPECT_EQ(site.get("/health").status, 503);
    EXPECT_EQ(site.get("/static/style.css").status, 200);
}

TEST(Dashboard, SaysThatTheFileIsNoDatabaseOrOneOfAnotherTime) {
    const std::string good = [] {
        WebSite site;
        site.db.script("PRAGMA wal_checkpoint(TRUNCATE)");
        return test::read_file(site.folder.file("dreams.db"));
    }();
    WebSite site;
    const auto file = site.folder.file("other.db");
    site.options.database = file;
    site.dashboard = Dashboard(site.options);

    test::write_file(file, "this is no database, but it is long enough to be looked at as one");
    auto response = site.get("/calls");
    EXPECT_EQ(response.status, 503);
    EXPECT_THAT(response.body, HasSubstr("the database is not a database"));

    std::filesystem::remove(file);
    test::write_file(file, good);
    Db::open(file).script("PRAGMA user_version = 99");
    response = site.get("/calls");
    EXPECT_EQ(response.status, 503);
    EXPECT_THAT(response.body, HasSubstr("newer DREAMS"));
    EXPECT_THAT(response.body, Not(HasSubstr(site.folder.path().string())));
}

TEST(Dashboard, ReadsTheFileThatTookTheOldOnesPlace) {
    WebSite site;
    test::add_lead(site.db, "Ana Before");
    EXPECT_THAT(site.body("/people"), HasSubstr("Ana Before"));

    store::init_file(site.folder.file("new.db"));
    {
        Db other = store::open_file(site.folder.file("new.db"));
        test::add_lead(other, "Bea After");
    }
    site.db = Db::open(":memory:", Db::Mode::create);
    // As every restore must: a log left behind would be taken for the new file's.
    for (const auto* log : {"dreams.db-wal", "dreams.db-shm"})
        std::filesystem::remove(site.folder.file(log));
    std::filesystem::rename(site.folder.file("new.db"), site.folder.file("dreams.db"));
    const auto page = site.body("/people");
    EXPECT_THAT(page, HasSubstr("Bea After"));
    EXPECT_THAT(page, Not(HasSubstr("Ana Before")));
}

TEST(Dashboard, ShowsWhatWasCommittedAndNotWhatIsUnderWay) {
    WebSite site;
    EXPECT_THAT(site.body("/people"), Not(HasSubstr("Ana Lopez")));
    auto transaction = site.db.begin();
    test::add_lead(site.db, "Ana Lopez");
    EXPECT_THAT(site.body("/people"), Not(HasSubstr("Ana Lopez")));
    transaction.commit();
    EXPECT_THAT(site.body("/people"), HasSubstr("Ana Lopez"));
}

TEST(Dashboard, TellsTheLogWhatItDoesNotTellTheCaller) {
    WebSite site;
    site.db.script("DROP TABLE sync_log");
    const auto response = site.get("/syncs");
    EXPECT_EQ(response.status, 500);
    EXPECT_THAT(response.body, Not(HasSubstr("sync_log")));
    EXPECT_THAT(response.body, Not(HasSubstr("SELECT")));
    EXPECT_THAT(site.log, HasSubstr("sync_log"));
    const auto mark = site.log.substr(0, 8);
    EXPECT_THAT(response.body, HasSubstr(mark));
}

TEST(Dashboard, SaysWhenTheClockStandsStill) {
    WebSite site;
    EXPECT_THAT(site.body("/calls"), Not(HasSubstr("The clock stands still")));
    site.options.fixed_now = test::monday;
    site.dashboard = Dashboard(site.options);
    EXPECT_THAT(site.body("/calls"), HasSubstr("The clock stands still at 2026-01-19 11:00"));
}

TEST(StaticFiles, MayBeKeptForGoodWhenAskedForByVersion) {
    WebSite site;
    const auto version = std::string(static_file("style.css")->version());
    EXPECT_THAT(site.body("/calls"), HasSubstr("/static/style.css?v=" + version));

    const auto response = site.get("/static/style.css?v=" + version);
    EXPECT_EQ(header(response, "Content-Type"), "text/css; charset=utf-8");
    EXPECT_THAT(header(response, "Cache-Control"), HasSubstr("immutable"));
    EXPECT_EQ(response.body, static_file("style.css")->bytes);
    EXPECT_THAT(header(site.get("/static/style.css?v=older"), "Cache-Control"),
                HasSubstr("no-cache"));
}

TEST(StaticFiles, AreNotSentAgainToWhoeverHasThem) {
    WebSite site;
    const auto etag = header(site.get("/static/style.css"), "ETag");
    EXPECT_FALSE(etag.empty());
    const auto again = site.get("/static/style.css", {{"If-None-Match", etag}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(site.get("/static/style.css", {{"If-None-Match", "\"other\""}}).status, 200);
}

TEST(ListenAddress, IsAnAddressAndAPortOnLoopback) {
    using Pair = std::pair<std::string, int>;
    EXPECT_EQ(listen_address("127.0.0.1:8484"), Pair("127.0.0.1", 8484));
    EXPECT_EQ(listen_address("localhost:0"), Pair("127.0.0.1", 0));
    EXPECT_EQ(listen_address("[::1]:80"), Pair("::1", 80));
    EXPECT_EQ(listen_address("127.0.0.2:80"), Pair("127.0.0.2", 80));
    for (const auto* bad : {"0.0.0.0:8484", "[::]:8484", "192.168.1.5:8484", "example.com:80",
                            "127.0.0.1", ":8484", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:70000",
                            "", "127.0.0.1:-1", "127.evil.example:80"}) {
        try {
            listen_address(bad);
            FAIL() << bad;
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::invalid);
            EXPECT_THAT(error.what(), HasSubstr("web.listen"));
        }
    }
}

}  // namespace
}  // namespace dreams::web
