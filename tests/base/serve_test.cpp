#include "base/serve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <mutex>
#include <thread>

#include "base/caller.h"
#include "base/json.h"
#include "base/serve_wire.h"

namespace dreams::http {
namespace {

using namespace std::chrono_literals;
using test::Caller;
using test::get;
using test::says;
using test::url;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;
using testing::Pair;
using testing::StartsWith;

// ---- a request and its answer

TEST(Serve, HandsTheRequestToTheHandler) {
    Request seen;
    const Server server({}, [&](const Request& request) {
        seen = request;
        return says("good");
    });
    network()({.method = "POST",
               .url = url(server, "/people/Ren%C3%A9e%2F1?q=a+b%26c&stage=Lead&q=2&empty="),
               .headers = {{"X-Kind", "test"}},
               .body = std::string("a\0b", 3)});
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.path, "/people/Renée/1");
    EXPECT_THAT(seen.query, ElementsAre(Pair("q", "a b&c"), Pair("stage", "Lead"), Pair("q", "2"),
                                        Pair("empty", "")));
    EXPECT_EQ(seen.parameter("q"), "a b&c");
    EXPECT_EQ(seen.parameter("empty"), "");
    EXPECT_EQ(seen.parameter("limit"), std::nullopt);
    EXPECT_EQ(header(seen.headers, "x-kind"), "test");
    EXPECT_EQ(seen.body, std::string("a\0b", 3));
    EXPECT_EQ(seen.peer, "127.0.0.1");
}

TEST(Serve, SendsTheAnswerAsTheHandlerGaveIt) {
    const Server server({}, [](const Request&) -> Response {
        return {.status = 201,
                .headers = {{"Content-Type", "text/plain"}, {"X-A", "1"}, {"X-A", "2"}},
                .body = "made"};
    });
    const auto answer = get(server, "/");
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, "made");
    EXPECT_THAT(answer.headers,
                ElementsAre(Pair("Content-Type", "text/plain"), Pair("X-A", "1"), Pair("X-A", "2"),
                            Pair("Date", MatchesRegex("..., .. ... .... ..:..:.. GMT")),
                            Pair("Content-Length", "4")));
}

TEST(Serve, KeepsFramingToItself) {
    const Server server({}, [](const Request&) -> Response {
        return {.headers = {{"content-length", "9"},
                            {"Transfer-Encoding", "chunked"},
                            {"Connection", "close"}},
                .body = "four"};
    });
    const auto answer = get(server, "/");
    EXPECT_EQ(answer.body, "four");
    EXPECT_EQ(header(answer.headers, "Content-Length"), "4");
    EXPECT_EQ(header(answer.headers, "Transfer-Encoding"), std::nullopt);
}

TEST(Serve, AnswersHeadAsGetWithoutTheBody) {
    const Server server({}, [](const Request& request) { return says(request.method + "!"); });
    const Caller caller(server.port());
    caller.say("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(caller.hear_all(),
                AllOf(HasSubstr("Content-Length: 4\r\n"), testing::EndsWith("\r\n\r\n")));
}

TEST(Serve, AStatusThatHasNoBodyIsSentWithoutOne) {
    for (const int status : {204, 304}) {
        const auto bytes = wire_bytes({.status = status, .body = "stray"}, {});
        EXPECT_THAT(bytes, AllOf(Not(HasSubstr("Content-Length")), Not(HasSubstr("stray"))));
    }
}

TEST(Serve, SendsLargeAnswersWhole) {
    std::string large(5u << 20, 'x');
    large.replace(large.size() - 3, 3, "end");
    const Server server({}, [&](const Request&) { return says(large); });
    EXPECT_EQ(get(server, "/").body, large);
}

TEST(Serve, TakesABodyOfJustTheSizeAllowed) {
    const Server server({.most_body = 1000},
                        [](const Request& r) { return says(std::to_string(r.body.size())); });
    const auto asked = [&](std::size_t size) {
        return network()(
            {.method = "POST", .url = url(server, "/"), .body = std::string(size, 'x')});
    };
    EXPECT_EQ(asked(1000).body, "1000");
    EXPECT_EQ(asked(1001).status, 413);
}

TEST(Serve, KeepsAConnectionForTheNextRequest) {
    const Server server({}, [](const Request& request) { return says(request.path); });
    const Caller caller(server.port());
    caller.say("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(caller.hear("/1"), Not(HasSubstr("Connection")));
    caller.say(
        "GET /2 HTTP/1.1\r\nHost: a\r\n\r\nPOST /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 5"
        "\r\n\r\nhelloGET /4 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /5 HTTP/1.1");
    const auto heard = caller.hear_all();
    EXPECT_THAT(heard, MatchesRegex("HTTP.*/2HTTP.*/3HTTP.*Connection: close.*/4"));
}

TEST(Serve, SpeaksHttp10) {
    const Server server({}, [](const Request&) { return says("old"); });
    const Caller once(server.port());
    once.say("GET / HTTP/1.0\r\n\r\n");
    EXPECT_THAT(once.hear_all(), testing::EndsWith("old"));
    const Caller again(server.port());
    again.say("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_THAT(again.hear("old"), HasSubstr("Connection: keep-alive"));
}

TEST(Serve, AsksForABodyThatWaitsToBeAskedFor) {
    const Server server({}, [](const Request& request) { return says(request.body); });
    const Caller caller(server.port());
    caller.say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(caller.hear("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    caller.say("body");
    EXPECT_THAT(caller.hear("body"), StartsWith("HTTP/1.1 200"));
}

// ---- targets

TEST(ReadTarget, DecodesPathAndQuery) {
    Request request;
    read_target("/a+b%2b/%E2%82%AC?x=1%2B1+2&&y&=z&x=%3D=", request);
    EXPECT_EQ(request.path, "/a+b+/€");
    EXPECT_THAT(request.query,
                ElementsAre(Pair("x", "1+1 2"), Pair("y", ""), Pair("", "z"), Pair("x", "==")));
}

TEST(ReadTarget, RefusesWhatCannotBeDecoded) {
    for (const auto* target :
         {"", "*", "a", "http://a/", "/%", "/%4", "/%4g", "/%00", "/?q=%", "/?q=%0", "/?%00=1"}) {
        Request request;
        EXPECT_THROW(read_target(target, request), Error) << target;
    }
}

// ---- a handler that fails

TEST(Serve, AnErrorBecomesJsonOfItsStatus) {
    const Server server({}, [](const Request& request) -> Response {
        const auto fault = static_cast<Fault>(std::stoi(request.path.substr(1)));
        throw Error(fault, "there is no \"Ana\\Bo\"\n\x01\xff");
    });
    const std::vector<std::pair<int, std::string>> expected{
        {400, "invalid"},  {401, "unauthorized"}, {404, "not_found"},
        {409, "conflict"}, {503, "unavailable"},
    };
    for (std::size_t fault = 0; fault < expected.size(); ++fault) {
        const auto answer = get(server, "/" + std::to_string(fault));
        EXPECT_EQ(answer.status, expected[fault].first);
        EXPECT_EQ(header(answer.headers, "Content-Type"), "application/json; charset=utf-8");
        EXPECT_EQ(json::parse(answer.body),
                  json::parse(R"({"success":false,"error":{"code":")" + expected[fault].second +
                              R"(","message":"there is no \"Ana\\Bo\"\n\u0001\ufffd"}})"));
    }
}

TEST(Serve, OwnMistakesAreToldToUsAndNotToTheCaller) {
    std::mutex mutex;
    std::vector<std::string> told;
    const Server server({.mishap =
                             [&](const std::string& what) {
                                 const std::lock_guard lock(mutex);
                                 told.push_back(what);
                             }},
                        [](const Request& request) -> Response {
                            if (request.path == "/error") throw Error(Fault::internal, "secret 1");
                            if (request.path == "/status") return {.status = 99};
                            if (request.path == "/header")
                                return {.headers = {{"Location", "/\r\nSet-Cookie: stolen=1"}}};
                            if (request.path == "/name") return {.headers = {{"Bad name", "1"}}};
                            if (request.path == "/int") throw 42;
                            throw std::runtime_error("secret 2\nsecond line");
                        });
    for (const auto* path : {"/error", "/std", "/int", "/status", "/header", "/name", "/a%0Ab"}) {
        const auto answer = get(server, path);
        EXPECT_EQ(answer.status, 500) << path;
        EXPECT_EQ(answer.body, R"({"success":false,"error":{"code":"internal",)"
                               R"("message":"something went wrong on our side"}})");
        EXPECT_EQ(header(answer.headers, "Set-Cookie"), std::nullopt);
    }
    EXPECT_THAT(
        told, ElementsAre("GET /error failed: secret 1", "GET /std failed: secret 2 second line",
                          "GET /int failed: something that is no exception", HasSubstr("status 99"),
                          HasSubstr("'Location'"), HasSubstr("'Bad name'"),
                          StartsWith("GET /a b failed")));
}

TEST(Serve, EveryFaultHasAStatus) {
    EXPECT_EQ(status_of(Fault::invalid), 400);
    EXPECT_EQ(status_of(Fault::unauthorized), 401);
    EXPECT_EQ(status_of(Fault::not_found), 404);
    EXPECT_EQ(status_of(Fault::conflict), 409);
    EXPECT_EQ(status_of(Fault::unavailable), 503);
    EXPECT_EQ(status_of(Fault::internal), 500);
}

// ---- a broken server, played

TEST(Serve, PlaysPiecesAsTheyStand) {
    const Server server({}, [](const Request&) -> Response {
        return {.wire = {{0ms, "no HTTP"}, {10ms, " at"}, {0ms, ""}, {10ms, " all"}}};
    });
    const Caller caller(server.port());
    caller.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(caller.hear_all(), "no HTTP at all");
}

TEST(Serve, CanCloseWithoutAByte) {
    const Server server({}, [](const Request&) -> Response { return {.wire = {{}}}; });
    const Caller caller(server.port());
    caller.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(caller.hear_all(), "");
}

TEST(Serve, APauseHoldsUpNobodyElseNorTheEnd) {
    Server server({.workers = 1, .drain = 1h}, [](const Request& request) -> Response {
        if (request.path == "/stall") return {.wire = {{1h, "never"}}};
        return says("quick");
    });
    const Caller stalled(server.port());
    stalled.say("GET /stall HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(get(server, "/").body, "quick");
    server.stop();
    EXPECT_EQ(stalled.hear_all(), "");
}

// ---- beginning and end

TEST(Serve, StopLetsARequestUnderWayEnd) {
    std::latch begun(1), release(1);
    Server server({.drain = 10s}, [&](const Request&) {
        begun.count_down();
        release.wait();
        return says("whole");
    });
    const Caller caller(server.port()), idle(server.port());
    caller.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    begun.wait();
    auto stopped = std::async(std::launch::async, [&] { server.stop(); });
    EXPECT_EQ(idle.hear_all(), "");  // so the end has begun
    EXPECT_THROW(Caller(server.port()), std::runtime_error);
    release.count_down();
    EXPECT_THAT(caller.hear_all(),
                AllOf(HasSubstr("Connection: close"), testing::EndsWith("whole")));
    stopped.get();
    server.stop();
}

TEST(Serve, StopCutsWhatOutlastsTheDrainAndWaitsForTheHandler) {
    std::latch begun(1), release(1);
    std::atomic<bool> ended = false;
    std::atomic<int> handled = 0;
    Server server({.workers = 1, .drain = 20ms}, [&](const Request&) {
        ++handled;
        begun.count_down();
        release.wait();
        ended = true;
        return says("too late");
    });
    const Caller caller(server.port()), queued(server.port());
    caller.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    begun.wait();
    queued.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    auto stopped = std::async(std::launch::async, [&] { server.stop(); });
    EXPECT_EQ(caller.hear_all(), "");
    EXPECT_EQ(queued.hear_all(), "");
    release.count_down();
    stopped.get();
    EXPECT_TRUE(ended);
    EXPECT_EQ(handled, 1) << "what was still queued is not begun";
}

TEST(Serve, SaysThatAPortIsTaken) {
    const Server server({}, [](const Request&) { return says(""); });
    try {
        const Server second({.port = server.port()}, [](const Request&) { return says(""); });
        FAIL() << "two servers on one port";
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::unavailable);
        EXPECT_EQ(error.what(), "127.0.0.1:" + std::to_string(server.port()) +
                                    " is taken: another program listens there");
    }
}

TEST(Serve, SaysThatAnAddressIsNone) {
    for (const auto& options :
         {ServerOptions{.address = "everywhere"}, ServerOptions{.port = 70'000}}) {
        try {
            const Server server(options, [](const Request&) { return says(""); });
            FAIL();
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::invalid);
            EXPECT_THAT(error.what(), HasSubstr("is no address to listen on"));
        }
    }
}

TEST(Serve, APortIsFreeAgainWhenItsServerHasEnded) {
    int port = 0;
    for (int i = 0; i < 3; ++i) {
        const Server server({.port = port}, [](const Request&) { return says("again"); });
        port = server.port();
        EXPECT_EQ(get(server, "/").body, "again");
    }
}

}  // namespace
}  // namespace dreams::http
