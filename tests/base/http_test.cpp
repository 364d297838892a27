#include "base/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "base/error.h"
#include "base/serve.h"

namespace dreams::http {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::Pair;

/// A server that answers everything alike.
class Alike {
public:
    explicit Alike(Response response)
        : server_({}, [this, answer = std::move(response)](const Request& request) {
              seen = request;
              return answer;
          }) {}

    std::string place() const { return "127.0.0.1:" + std::to_string(server_.port()); }
    std::string url() const { return "http://" + place() + "/v1/people?key=secret"; }
    Answer answer(Ask ask = {}) const {
        ask.url = url();
        return network()(ask);
    }
    /// The sentence of the Error that asking ends in, the server called HOST.
    std::string sentence(Ask ask = {}) const {
        ask.url = url();
        try {
            network()(ask);
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::unavailable);
            std::string text = error.what();
            EXPECT_THAT(text, Not(HasSubstr("secret")));
            const auto at = text.find(place());
            return at == text.npos ? text : text.replace(at, place().size(), "HOST");
        }
        return "no error";
    }

    Request seen;

private:
    Server server_;
};

Response played(std::vector<Piece> pieces) {
    return {.wire = std::move(pieces)};
}

std::string compressed(const std::string& text, int window_bits) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}
constexpr int as_gzip = 15 + 16, as_deflate = 15;

// ---- words

TEST(Http, HeadersAreFoundWithoutRegardToCase) {
    const Headers headers{{"Content-Type", "a"}, {"content-type", "b"}};
    EXPECT_EQ(header(headers, "CONTENT-TYPE"), "a");
    EXPECT_EQ(header(headers, "Content-Typ"), std::nullopt);
}

TEST(Http, EverythingButUnreservedLettersIsEncoded) {
    EXPECT_EQ(url_encoded("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(url_encoded("a b&c=d/é+%\n"), "a%20b%26c%3Dd%2F%C3%A9%2B%25%0A");
    EXPECT_EQ(url_encoded(std::string("\0\xff", 2)), "%00%FF");
}

TEST(Http, APlaceIsNamedWithoutSecrets) {
    EXPECT_EQ(host_of("https://api.example.com/v1?key=1"), "api.example.com");
    EXPECT_EQ(host_of("http://user:word@127.0.0.1:8080/x@y"), "127.0.0.1:8080");
    EXPECT_EQ(host_of("http://[::1]:81/"), "[::1]:81");
    EXPECT_EQ(host_of("ftp://example.com/"), "");
    EXPECT_EQ(host_of("nonsense"), "");
}

TEST(Http, DatesAreRead) {
    const Instant expected{std::chrono::sys_days{std::chrono::October / 21 / 2026} + 7h + 28min};
    EXPECT_EQ(http_date("Wed, 21 Oct 2026 07:28:00 GMT"), expected);
    EXPECT_EQ(http_date("Wednesday, 21-Oct-26 07:28:00 GMT"), expected);
    EXPECT_EQ(http_date("soon"), std::nullopt);
    EXPECT_EQ(http_date(""), std::nullopt);
}

// ---- questions

TEST(Http, SendsWhatIsAskedAndNothingMore) {
    const Alike server({});
    server.answer({.method = "PUT",
                   .headers = {{"X-A", "1"}, {"X-Empty", ""}, {"Authorization", "Basic eDo="}},
                   .body = "{\"a\":1}"});
    EXPECT_EQ(server.seen.method, "PUT");
    EXPECT_EQ(server.seen.path, "/v1/people");
    EXPECT_EQ(server.seen.body, "{\"a\":1}");
    EXPECT_THAT(
        server.seen.headers,
        testing::UnorderedElementsAre(
            Pair("Host", server.place()), Pair("User-Agent", HasSubstr("dreams/")),
            Pair("Accept", "*/*"), Pair("Accept-Encoding", "gzip, deflate"), Pair("X-A", "1"),
            Pair("X-Empty", ""), Pair("Authorization", "Basic eDo="), Pair("Content-Length", "7")));
}

TEST(Http, AsksInEveryMethod) {
    const Alike server({.body = "found"});
    for (const auto* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
        EXPECT_EQ(server.answer({.method = method}).body, "found") << method;
        EXPECT_EQ(server.seen.method, method);
        EXPECT_EQ(server.seen.body, "");
    }
    const auto head = server.answer({.method = "HEAD"});
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(header(head.headers, "Content-Length"), "5");
}

TEST(Http, SendsLargeBodiesWithoutWaitingToBeAsked) {
    const Alike server({});
    const std::string large(3u << 20, 'x');
    EXPECT_EQ(server.answer({.method = "POST", .body = large}).status, 200);
    EXPECT_EQ(server.seen.body, large);
    EXPECT_EQ(header(server.seen.headers, "Expect"), std::nullopt);
}

TEST(Http, AsksNothingThatIsNoQuestion) {
    const auto fault_of = [](const Ask& ask) {
        try {
            network()(ask);
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), Not(HasSubstr("secret")));
            return error.fault();
        }
        return Fault::internal;
    };
    EXPECT_EQ(fault_of({.url = "file:///etc/passwd"}), Fault::invalid);
    EXPECT_EQ(fault_of({.url = "ftp://user:secret@example.com/"}), Fault::invalid);
    EXPECT_EQ(fault_of({.url = ""}), Fault::invalid);
    EXPECT_EQ(fault_of({.url = "http://127.0.0.1/", .headers = {{"X-A", "1\r\nsecret: 1"}}}),
              Fault::invalid);
}

// ---- answers

TEST(Http, AnyStatusIsAnAnswerAndNoRedirectIsFollowed) {
    for (const int status : {200, 302, 404, 429, 500}) {
        const Alike server({.status = status, .headers = {{"Location", "/login"}}, .body = "b"});
        const auto answer = server.answer();
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.body, "b");
        EXPECT_EQ(server.seen.path, "/v1/people");
    }
}

TEST(Http, InflatesWhatComesCompressed) {
    const std::string text(100'000, 'a');
    const Alike gzip(
        {.headers = {{"Content-Encoding", "gzip"}}, .body = compressed(text, as_gzip)});
    EXPECT_EQ(gzip.answer().body, text);
    const Alike deflated(
        {.headers = {{"Content-Encoding", "deflate"}}, .body = compressed(text, as_deflate)});
    EXPECT_EQ(deflated.answer().body, text);
}

TEST(Http, ReadsChunks) {
    const Alike server(
        played({{0ms, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nab"},
                {5ms, "cd\r\n2\r\nef\r\n0\r\nX-Trailer: 1\r\n\r\n"}}));
    const auto answer = server.answer();
    EXPECT_EQ(answer.body, "abcdef");
    EXPECT_EQ(header(answer.headers, "X-Trailer"), std::nullopt);
}

TEST(Http, KeepsOnlyTheLastAnswersHeaders) {
    const Alike server(played({{0ms,
                                "HTTP/1.1 100 Continue\r\nX-A: early\r\n\r\nHTTP/1.1 200 OK\r\n"
                                "X-A:  1 \r\nX-B:\r\nContent-Length: 0\r\n\r\n"}}));
    EXPECT_THAT(server.answer().headers,
                ElementsAre(Pair("X-A", "1"), Pair("X-B", ""), Pair("Content-Length", "0")));
}

TEST(Http, ABodyWithoutALengthEndsWithTheConnection) {
    const Alike server(played({{0ms, "HTTP/1.1 200 OK\r\n\r\nall of "}, {5ms, "it"}}));
    EXPECT_EQ(server.answer().body, "all of it");
}

TEST(Http, OpensAnewTheConnectionThatTheServerHasClosed) {
    const auto shared = network();
    int port = 0;
    for (int i = 0; i < 3; ++i) {
        const Server server({.port = port},
                            [](const Request&) -> Response { return {.body = "here again"}; });
        port = server.port();
        EXPECT_EQ(shared({.url = "http://127.0.0.1:" + std::to_string(port)}).body, "here again");
    }
}

// ---- what goes wrong, in a sentence each

TEST(Http, ACutOffAnswerIsNone) {
    const std::string length = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
    const std::string chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const auto& cut :
         {length, length + "half", chunks, chunks + "9\r\nhalf", chunks + "4\r\nhalf\r\n"})
        EXPECT_EQ(Alike(played({{0ms, cut}})).sentence(), "the answer of HOST was cut off");
}

TEST(Http, SaysThatNoAnswerCame) {
    EXPECT_EQ(Alike(played({{}})).sentence(), "HOST closed the connection without an answer");
}

TEST(Http, SaysHowLongItWaited) {
    const Alike silent(played({{1h, ""}}));
    EXPECT_EQ(silent.sentence({.deadline = 150ms}), "HOST did not answer within 150 ms");
    const Alike stalled(
        played({{0ms, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"}, {1h, ""}}));
    EXPECT_EQ(stalled.sentence({.deadline = 150ms}),
              "HOST did not finish its answer within 150 ms");
}

TEST(Http, TheDeadlineHoldsForTheWholeAnswer) {
    std::vector<Piece> drip{{0ms, "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"}};
    drip.resize(9000, {5ms, "x"});
    EXPECT_EQ(Alike(played(drip)).sentence({.deadline = 200ms}),
              "HOST did not finish its answer within 200 ms");
}

TEST(Http, SaysThatAnAnswerIsTooLarge) {
    const Alike server({.body = std::string(3u << 20, 'x')});
    EXPECT_EQ(server.sentence({.most_bytes = 1u << 20}), "the answer of HOST is larger than 1 MB");
    EXPECT_EQ(server.sentence({.most_bytes = 1500}),
              "the answer of HOST is larger than 1,500 bytes");
    EXPECT_EQ(server.answer({.most_bytes = 3u << 20}).status, 200);
}

TEST(Http, AGzipBombIsTooLarge) {
    const Alike server({.headers = {{"Content-Encoding", "gzip"}},
                        .body = compressed(std::string(20u << 20, '\0'), as_gzip)});
    EXPECT_EQ(server.sentence({.most_bytes = 1u << 20}), "the answer of HOST is larger than 1 MB");
}

TEST(Http, EndlessHeadersAreNoAnswer) {
    std::string headers = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 20'000; ++i) headers += "X-A: " + std::string(50, 'x') + "\r\n";
    EXPECT_EQ(Alike(played({{0ms, headers}})).sentence(),
              "HOST sent more headers than any answer needs");
}

TEST(Http, SaysThatCompressionIsBroken) {
    const Alike server({.headers = {{"Content-Encoding", "gzip"}}, .body = "no gzip at all"});
    EXPECT_EQ(server.sentence(), "the answer of HOST is compressed in a way that cannot be read");
}

TEST(Http, SaysThatAnAnswerIsNoHttp) {
    EXPECT_EQ(Alike(played({{0ms, "220 mail.example.com ESMTP\r\n"}})).sentence(),
              "HOST gave an answer that is no HTTP");
}

TEST(Http, SaysThatNobodyListens) {
    const int port = Server({}, [](const Request&) { return Response{}; }).port();
    const auto place = "127.0.0.1:" + std::to_string(port);
    try {
        network()({.url = "http://user:secret@" + place + "/?key=secret"});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.what(), place + " refused the connection, or cannot be reached");
    }
}

TEST(Http, SaysThatTlsDidNotComeAbout) {
    const Alike plain({});
    try {
        network()({.url = "https://" + plain.place()});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.what(), "no secure connection to " + plain.place() + " could be made");
    }
}

// ---- who may be asked

TEST(Http, AskedForPublicMachinesOnlyConnectsToNoOther) {
    const Alike server({.body = "secret"});
    EXPECT_THAT(server.sentence({.reach = Reach::public_only}),
                HasSubstr("127.0.0.1 lies in a private network"));
    EXPECT_EQ(server.seen.method, "") << "nothing reached the server";
    EXPECT_EQ(server.answer().body, "secret");
}

TEST(Http, ANameIsJudgedByTheAddressThatIsConnectedTo) {
    const Alike server({.body = "secret"});
    const auto port = server.place().substr(server.place().rfind(':'));
    const Ask ask{.url = "http://localhost" + port + "/", .reach = Reach::public_only};
    EXPECT_THROW(network()(ask), Error);
    EXPECT_EQ(server.seen.method, "");
}

TEST(Http, AConnectionThatWasOpenedUnjudgedServesNoAskThatIsToBeJudged) {
    const Alike server({.body = "secret"});
    const auto net = network();
    const Ask open{.url = server.url()};
    Ask guarded = open;
    guarded.reach = Reach::public_only;
    EXPECT_EQ(net(open).body, "secret");
    EXPECT_THROW(net(guarded), Error);
    EXPECT_EQ(net(open).body, "secret");
}

}  // namespace
}  // namespace dreams::http
