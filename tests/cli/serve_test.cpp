// The commands that go on until they are asked to end.

#include <gmock/gmock.h>

#include "base/http.h"
#include "base/serve.h"
#include "cli/account.h"
#include "sim/idx/site.h"
#include "store/schema.h"
#include "support/database.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

http::Answer get(const std::string& url) {
    static const auto network = http::network();
    return network({.url = url});
}

TEST(Serve, AnswersWhereItSaysAndEndsWhenAsked) {
    for (const int signal : {SIGTERM, SIGINT}) {
        test::Program program;
        ASSERT_EQ(program.run({"init"}).status, 0);
        auto running = program.start({"serve", "--listen", "127.0.0.1:0", "--json"});
        const std::string url(json::parse(running.first_line()).at("url").as_string());
        EXPECT_THAT(url, StartsWith("http://127.0.0.1:"));
        EXPECT_EQ(get(url + "/health").status, 200);
        EXPECT_EQ(get(url + "/").status, 200);
        running.signal(signal);
        const auto ran = running.ended();
        EXPECT_EQ(ran.status, 0);
        EXPECT_THAT(ran.err, IsEmpty());
    }
}

TEST(Serve, EndsAtOnceWhenAskedAgain) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    auto running = program.start({"serve", "--listen", "127.0.0.1:0", "--json"});
    const std::string url(json::parse(running.first_line()).at("url").as_string());
    Db db = store::open_file(program.folder.file("dreams.db"));
    const auto another_writer = db.begin();
    const std::jthread waits_for_it([&] {
        EXPECT_THROW(http::network()({.method = "POST",
                                      .url = url + "/api/v1/properties",
                                      .headers = {{"Content-Type", "application/json"}},
                                      .body = R"({"address":"1 Elm St"})"}),
                     Error);
    });
    std::this_thread::sleep_for(std::chrono::seconds(1));
    for (int i = 0; i < 20; ++i) {
        running.signal(SIGTERM);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    EXPECT_EQ(running.ended().status, 128 + SIGTERM);
}

TEST(Serve, AsksTheListingSiteForAHomeAndSoDoesASync) {
    ManualClock clock(test::monday);
    const sim::Town town(sim::TownSize::of(60), 1, test::monday);
    sim::IdxSite site(town, clock);
    const http::Server server({}, site.handler());
    const auto& home = *std::ranges::find_if(town.homes(), [](const sim::Home& each) {
        return each.status == "Active" && !each.mls.empty();
    });
    test::Program program;
    program.variables = {{"DREAMS_IDX_URL", "http://127.0.0.1:" + std::to_string(server.port())},
                         {"DREAMS_IDX_PACE", "0"}};
    ASSERT_EQ(program.run({"init"}).status, 0);
    auto running = program.start({"serve", "--listen", "127.0.0.1:0", "--json"});
    const std::string url(json::parse(running.first_line()).at("url").as_string());
    const auto post = [&](const std::string& path, const std::string& body) {
        return http::network()({.method = "POST",
                                .url = url + "/api/v1/" + path,
                                .headers = {{"Content-Type", "application/json"}},
                                .body = body});
    };
    const auto captured =
        post("properties", R"({"address":")" + home.street + R"(","city":")" + home.city +
                               R"(","mls_number":")" + home.mls + "\"}");
    ASSERT_EQ(captured.status, 201) << captured.body;
    const std::string id(json::parse(captured.body).at("data").at("id").as_string());
    const auto validated = post("properties/" + id + "/validate-idx", "");
    EXPECT_EQ(validated.status, 200) << validated.body;
    EXPECT_EQ(json::parse(validated.body).at("status"), "validated");
    EXPECT_EQ(json::text(json::parse(validated.body), "idx_mls_number"), home.mls);
    EXPECT_THAT(post("sync/idx-validation", "").body, HasSubstr(R"("validated_count":0)"));
    running.signal(SIGTERM);
    EXPECT_EQ(running.ended().status, 0);

    const auto synced = program.run({"sync", "idx", "--json"});
    EXPECT_EQ(synced.status, 0) << synced.err;
    EXPECT_EQ(json::parse(synced.out).at("runs").at(0).at("source"), "idx");
}

TEST(Serve, KeepsACaptureForWhoeverHasTheKey) {
    test::Program program;
    program.variables = {{"DREAMS_WEB_API_KEY", "k-3f9a"},
                         {"DREAMS_WEB_ALLOWED_ORIGINS", "chrome-extension://abc"}};
    ASSERT_EQ(program.run({"init"}).status, 0);
    auto running = program.start({"serve", "--listen", "127.0.0.1:0", "--json"});
    const std::string url(json::parse(running.first_line()).at("url").as_string());
    http::Ask capture{.method = "POST",
                      .url = url + "/api/v1/properties",
                      .headers = {{"Content-Type", "application/json"}},
                      .body = R"({"address":"1 Elm St","price":"$450,000"})"};
    EXPECT_EQ(http::network()(capture).status, 401);
    capture.headers.emplace_back("X-API-Key", "k-3f9a");
    capture.headers.emplace_back("Origin", "chrome-extension://abc");
    const auto answer = http::network()(capture);
    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(http::header(answer.headers, "Access-Control-Allow-Origin"),
              "chrome-extension://abc");
    running.signal(SIGTERM);
    EXPECT_EQ(running.ended().status, 0);

    program.variables["DREAMS_WEB_ALLOWED_ORIGINS"] = "*";
    const auto refused = program.run({"serve", "--listen", "127.0.0.1:0"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("web.allowed_origins"));
}

TEST(Serve, NoticesThatAnotherFileWasWrittenOverItsOwnAndLeavesThatAlone) {
    for (const int people : {1, 400}) {  // another of the same layout, and of another
        test::Program program;
        ASSERT_EQ(program.run({"init"}).status, 0);
        const auto file = program.folder.file("dreams.db"), other = program.folder.file("other.db");
        {
            Db db = test::database(program.folder, "other.db");
            for (int i = 0; i < people; ++i) test::add_lead(db, "Person " + std::to_string(i));
            db.query("PRAGMA wal_checkpoint(TRUNCATE)").step();
        }
        auto running = program.start({"serve", "--listen", "127.0.0.1:0", "--json"});
        const std::string url(json::parse(running.first_line()).at("url").as_string());
        const auto captured = http::network()({.method = "POST",
                                               .url = url + "/api/v1/properties",
                                               .headers = {{"Content-Type", "application/json"}},
                                               .body = R"({"address":"1 Elm St"})"});
        ASSERT_EQ(captured.status, 201) << captured.body;  // its -wal holds something
        ASSERT_EQ(get(url + "/people").status, 200);
        const auto came = test::read_file(other);
        test::write_file(file, came);  // in place, as scp does it
        for (const char* page : {"/people", "/health", "/people"}) {
            const auto answer = get(url + page);
            EXPECT_EQ(answer.status, 503) << page;
            EXPECT_THAT(answer.body, HasSubstr("was written over")) << page;
        }
        running.signal(SIGTERM);
        running.ended();
        EXPECT_EQ(test::read_file(file), came) << "ending it brought in what was of the other";
        Db now = store::open_file(file);
        EXPECT_EQ(now.value<int>("SELECT count(*) FROM leads"), people);
        EXPECT_EQ(now.value<std::string>("PRAGMA integrity_check"), "ok");
        EXPECT_TRUE(std::filesystem::exists(file + ".written-over-wal"));
    }
}

TEST(Serve, GoesOnWhenItsFileIsRestored) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    auto running = program.start({"serve", "--listen", "127.0.0.1:0", "--json"});
    const std::string url(json::parse(running.first_line()).at("url").as_string());
    const auto made = program.run({"backup", "--json"});
    ASSERT_EQ(made.status, 0) << made.err;
    const auto restored = program.run({"restore", test::text(made.json().at("file")), "--yes"});
    ASSERT_EQ(restored.status, 0) << restored.err;
    EXPECT_EQ(get(url + "/people").status, 200);
    {
        Db db = store::open_file(program.folder.file("dreams.db"));
        db.query("PRAGMA wal_checkpoint(TRUNCATE)").step();
    }
    EXPECT_EQ(get(url + "/people").status, 200);
    running.signal(SIGTERM);
    EXPECT_EQ(running.ended().status, 0);
}

TEST(Serve, SaysThatThePortIsTaken) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    const http::Server other({}, [](const http::Request&) { return http::Response{}; });
    const auto port = std::to_string(other.port());
    const auto ran = program.run({"serve", "--listen", "127.0.0.1:" + port});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr(port));
}

/// The demo's own folders that stand in `folder`.
std::vector<std::string> left_behind(const test::Folder& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        if (const auto name = entry.path().filename().string(); name.starts_with("dreams-"))
            names.push_back(name);
    return names;
}

TEST(Demo, ServesASyncedAccountAndLeavesNothingBehind) {
    test::Program program;
    program.variables = {{"TMPDIR", program.folder.path().string()}};
    auto running = program.start({"demo", "--leads", "40", "--port", "0", "--json"});
    const auto document = json::parse(running.first_line());
    const std::string url = test::text(document.at("url"));
    EXPECT_THAT(left_behind(program.folder), testing::SizeIs(1));

    const auto people = json::parse(get(url + "/api/v1/people").body);
    EXPECT_EQ(people.at("total"), 40);
    // The account that it plays can be synced into another file.
    ASSERT_EQ(program.run({"init"}).status, 0);
    const auto synced =
        program.run({"sync", "--quiet"}, {{"DREAMS_FUB_URL", test::text(document.at("fub_url"))},
                                          {"DREAMS_FUB_API_KEY", "fka_owner"}});
    EXPECT_EQ(synced.status, 0) << synced.err;
    // Its file may send, and what is mailed lands where it says.
    const auto mailed = program.run({"notify", "--database", test::text(document.at("database"))},
                                    {{"DREAMS_MAIL_URL", test::text(document.at("mail_url"))},
                                     {"DREAMS_MAIL_FROM", "dreams@office.example"},
                                     {"DREAMS_MAIL_TO", "agent@office.example"}});
    EXPECT_EQ(mailed.status, 0) << mailed.err;
    EXPECT_THAT(test::read_file(test::text(document.at("mail_folder")) + "/1.eml"),
                HasSubstr("Subject: DREAMS: a test message"));

    running.signal(SIGINT);
    const auto ran = running.ended();
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.err, IsEmpty());
    EXPECT_THAT(left_behind(program.folder), IsEmpty());
}

/// What came of a job of the demo's timetable that was asked for; waits a minute for it.
json::Value asked_for(const std::string& url, const std::string& job) {
    http::network()({.method = "POST", .url = url + "/timetable/" + job + "/run"});
    for (int i = 0; i < 600; ++i) {
        const auto told = json::parse(get(url + "/api/v1/timetable").body);
        for (const auto& each : told.at("jobs").as_array())
            if (test::text(each.at("name")) == job &&
                (!each.at("outcome").is_null() || each.at("state") == "off"))
                return each;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    throw std::runtime_error("nobody did the job " + job);
}

TEST(Demo, DoesItsJobsByTheClockAndNoneOfTheUsersOwn) {
    test::Program program;
    program.variables = {{"DREAMS_NOTION_TOKEN", "secret"},
                         {"DREAMS_NOTION_DATA_SOURCE", "0123456789abcdef0123456789abcdef"}};
    auto running = program.start({"demo", "--leads", "40", "--port", "0", "--json"});
    const auto url = test::text(json::parse(running.first_line()).at("url"));
    EXPECT_EQ(asked_for(url, "fub").at("outcome"), "done");
    EXPECT_EQ(asked_for(url, "backup").at("outcome"), "done");
    EXPECT_EQ(json::parse(get(url + "/api/v1/file").body).at("others").as_array().size(), 2u)
        << "all of the last day are kept";
    EXPECT_EQ(asked_for(url, "notion").at("outcome"), "done") << "its own workspace";
    const auto listings = asked_for(url, "listings");
    EXPECT_EQ(listings.at("why_off"), "your MLS's feed is not set up (reso.url)");
}

TEST(Demo, TheSameSeedTellsTheSame) {
    std::string calls[2];
    for (auto& each : calls) {
        test::Program program;
        auto running = program.start({"demo", "--leads", "40", "--seed", "7", "--port", "0",
                                      "--json", "--now", "2026-01-19T16:00:00Z"});
        const std::string url(json::parse(running.first_line()).at("url").as_string());
        each = get(url + "/api/v1/calls").body;
    }
    EXPECT_EQ(calls[0], calls[1]);
    EXPECT_THAT(calls[0], HasSubstr("lead_id"));
}

TEST(Demo, EndsAtOnceWhileItIsStillFilling) {
    test::Program program;
    program.variables = {{"TMPDIR", program.folder.path().string()}};
    auto running = program.start({"demo", "--leads", "100000", "--port", "0"});
    for (int i = 0; i < 3000 && left_behind(program.folder).empty(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ASSERT_THAT(left_behind(program.folder), testing::SizeIs(1));
    running.signal(SIGTERM);
    EXPECT_EQ(running.ended().status, 128 + SIGTERM);
    EXPECT_THAT(left_behind(program.folder), IsEmpty());
}

}  // namespace
}  // namespace dreams::cli
