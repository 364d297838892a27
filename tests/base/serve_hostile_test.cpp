#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <thread>

#include "base/caller.h"
#include "base/serve.h"

// What strangers send: requests that must not reach a handler, and callers who hold on.

namespace dreams::http {
namespace {

using namespace std::chrono_literals;
using test::Caller;
using test::get;
using test::says;
using test::url;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
    return found;
}

// ---- what is refused before any handler sees it

struct Refused {
    const char* name;
    int status;  ///< 0: closed without a word is right too
    std::string request;
    friend void PrintTo(const Refused& each, std::ostream* out) { *out << each.name; }
};

class Refusal : public testing::TestWithParam<Refused> {};

/// One answer at most, and then the end: what follows is never taken for another request.
TEST_P(Refusal, IsToldAndEndsTheConnection) {
    std::atomic<int> handled = 0;
    const Server server({.most_body = 1u << 20}, [&](const Request&) {
        ++handled;
        return says("");
    });
    const Caller caller(server.port());
    caller.say(GetParam().request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto heard = caller.hear_all();
    EXPECT_EQ(handled, 0);
    EXPECT_LE(count(heard, "HTTP/1.1 "), 1u) << heard;
    EXPECT_THAT(heard, StartsWith("HTTP/1.1 " + std::to_string(GetParam().status)));
    EXPECT_THAT(heard, HasSubstr("Connection: close"));
}

std::string post(const std::string& headers, const std::string& body = "") {
    return "POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n" + body;
}

INSTANTIATE_TEST_SUITE_P(
    Serve, Refusal,
    testing::Values(
        Refused{"Chunked", 411, post("Transfer-Encoding: chunked", "1\r\nx\r\n0\r\n\r\n")},
        Refused{"ChunkedWithTrailers", 411,
                post("Transfer-Encoding: chunked", "0\r\nAuthorization: x\r\n\r\n")},
        Refused{"UnknownCoding", 411, post("Transfer-Encoding: xchunked", "0\r\n\r\n")},
        Refused{"ChunkedNotLast", 411, post("Transfer-Encoding: chunked, identity")},
        Refused{"Identity", 411, post("Transfer-Encoding: identity")},
        Refused{"ChunkedInHttp10", 411,
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        Refused{"LengthAndCoding", 400, post("Content-Length: 5\r\nTransfer-Encoding: chunked")},
        Refused{"CodingAndLength", 400, post("Transfer-Encoding: chunked\r\nContent-Length: 5")},
        Refused{"TwoLengths", 400, post("Content-Length: 0\r\nContent-Length: 5", "hello")},
        Refused{"SignedLength", 400, post("Content-Length: +5", "hello")},
        Refused{"NegativeLength", 400, post("Content-Length: -5", "hello")},
        Refused{"BlankBeforeColon", 400, post("Content-Length : 5", "hello")},
        Refused{"FoldedHeader", 400, post(std::string("X-A: 1\r\n\x01: 2"))},
        Refused{"BareLineFeed", 400, "GET / HTTP/1.1\nHost: a\n\n"},
        Refused{"NoHost", 400, "GET / HTTP/1.1\r\n\r\n"},
        Refused{"TwoHosts", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
        Refused{"NoHttp", 400, "hello there\r\n\r\n"},
        Refused{"FutureHttp", 400, "GET / HTTP/3.0\r\nHost: a\r\n\r\n"},
        Refused{"Tls", 400, "\x16\x03\x01\x02"},
        Refused{"BadPercent", 400, "GET /100% HTTP/1.1\r\nHost: a\r\n\r\n"},
        Refused{"NulInPath", 400, "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n"},
        Refused{"NoPath", 400, "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"},
        Refused{"TooLarge", 413, post("Content-Length: 1048577")},
        Refused{"FarTooLarge", 413, post("Content-Length: 18446744073709551615")},
        Refused{"LongHeader", 431, post("X-A: " + std::string(20'000, 'x'))},
        Refused{"ManyHeaders", 431,
                [] {
                    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
                    for (int i = 0; i < 3000; ++i) many += "X-A: x\r\n";
                    return many + "\r\n";
                }()},
        Refused{"LongTarget", 431,
                "GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n"}));

TEST(Serve, ACallerWhoSendsAllOfATooLargeBodyStillHearsWhy) {
    const Server server({.most_body = 1000}, [](const Request&) { return says(""); });
    const Caller caller(server.port());
    caller.say(post("Content-Length: 4000000", std::string(4'000'000, 'x')));
    EXPECT_THAT(caller.hear_all(), AllOf(StartsWith("HTTP/1.1 413 "), HasSubstr("1000 bytes")));
}

TEST(Serve, AsksItsOwnerAboutABodyThatIsYetToCome) {
    std::atomic<int> handled = 0;
    const auto look = [](const Request& head, std::uint64_t bytes) -> std::optional<Response> {
        if (bytes <= 10) return std::nullopt;
        return Response{.status = 413, .body = head.method + " " + head.path + " " + head.peer};
    };
    const Server server({.most_body = 5, .before_body = look}, [&](const Request& request) {
        ++handled;
        return says(request.body);
    });
    const Caller caller(server.port());
    caller.say(post("Content-Length: 10", "0123456789"));
    EXPECT_THAT(caller.hear("0123456789"), StartsWith("HTTP/1.1 200 "));
    caller.say(post("Content-Length: 4000000", std::string(4'000'000, 'x')));
    EXPECT_THAT(caller.hear_all(),
                AllOf(StartsWith("HTTP/1.1 413 "), HasSubstr("POST / 127.0.0.1")));
    EXPECT_EQ(handled, 1);
}

TEST(Serve, HasRoomForSoManyBytesOfAllBodiesAtOnce) {
    const Server server({.most_bodies = 1000}, [](const Request&) { return says("ok"); });
    const auto status = [&](std::size_t bytes) {
        const Caller caller(server.port());
        caller.say(post("Connection: close\r\nContent-Length: " + std::to_string(bytes),
                        std::string(bytes, 'x')));
        return caller.hear_all().substr(0, 12);
    };
    {
        const Caller slow(server.port());
        slow.say(post("Content-Length: 900", "the rest never comes"));
        while (status(200) != "HTTP/1.1 503") std::this_thread::yield();  // until slow is seen
        EXPECT_EQ(status(100), "HTTP/1.1 200");
    }
    while (status(900) != "HTTP/1.1 200") std::this_thread::yield();  // until slow is gone
    for (int i = 0; i < 3; ++i) EXPECT_EQ(status(900), "HTTP/1.1 200");
}

// ---- slow, silent and many callers

TEST(Serve, ClosesOnACallerWhoNeverEndsTheHeaders) {
    const Server server({.header_deadline = 100ms}, [](const Request&) { return says(""); });
    const Caller caller(server.port());
    caller.say("GET / HTTP/1.1\r\n");
    int dripped = 0;  // each byte comes in time; all of them together do not
    while (dripped < 400 && caller.say("X")) {
        ++dripped;
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_LT(dripped, 400);
}

TEST(Serve, ClosesOnSilenceAndOnABodyThatStops) {
    const Server server({.idle_deadline = 400ms}, [](const Request&) { return says("ok"); });
    const Caller silent(server.port()), stopped(server.port()), kept(server.port());
    stopped.say(post("Content-Length: 10", "half"));
    kept.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(silent.hear_all(), "");
    EXPECT_EQ(stopped.hear_all(), "");
    EXPECT_THAT(kept.hear_all(), testing::EndsWith("ok"));
}

TEST(Serve, ClosesOnACallerWhoDoesNotReadTheAnswer) {
    const std::string large(64u << 20, 'x');  // more than the sockets' buffers hold
    const Server server({.write_deadline = 50ms}, [&](const Request&) { return says(large); });
    const Caller caller(server.port());
    caller.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(500ms);
    EXPECT_LT(caller.hear_all().size(), large.size());
}

TEST(Serve, AnswersWhileHundredsHoldTheirConnectionsOpen) {
    const Server server({}, [](const Request&) { return says("quick"); });
    std::vector<std::unique_ptr<Caller>> idle;
    for (int i = 0; i < 300; ++i) {
        idle.push_back(std::make_unique<Caller>(server.port()));
        if (i % 2) idle.back()->say("GET / HT");
    }
    EXPECT_EQ(get(server, "/").body, "quick");
}

TEST(Serve, AnswersOthersWhileAHandlerIsAtWork) {
    std::latch release(1);
    const Server server({.workers = 2}, [&](const Request& request) {
        if (request.path == "/slow") release.wait();
        return says(request.path);
    });
    auto slow = std::async(std::launch::async, [&] { return get(server, "/slow").body; });
    EXPECT_EQ(get(server, "/quick").body, "/quick");
    release.count_down();
    EXPECT_EQ(slow.get(), "/slow");
}

TEST(Serve, GivesEachOfManyCallersTheirOwnAnswer) {
    const Server server({.workers = 4}, [](const Request& r) { return says(r.path + r.body); });
    const auto shared = network();
    std::atomic<int> right = 0;
    std::vector<std::jthread> callers;
    for (int i = 0; i < 8; ++i)
        callers.emplace_back([&, i] {
            for (int n = 0; n < 50; ++n) {
                const auto path = "/" + std::to_string(i) + "/" + std::to_string(n);
                const std::string body(static_cast<std::size_t>(n) * 100, 'x');
                const auto answer =
                    shared({.method = "POST", .url = url(server, path), .body = body});
                if (answer.body == path + body) ++right;
            }
        });
    callers.clear();
    EXPECT_EQ(right, 400);
}

}  // namespace
}  // namespace dreams::http
