// The commands that go on until they are asked to end.

#include <gmock/gmock.h>

#include "base/http.h"
#include "cli/account.h"

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

    running.signal(SIGINT);
    const auto ran = running.ended();
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.err, IsEmpty());
    EXPECT_THAT(left_behind(program.folder), IsEmpty());
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
