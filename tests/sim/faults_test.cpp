#include "base/serve.h"
#include "sim/wire/direct.h"
#include "support.h"

// fub-api §17 E: what can go wrong on the way; and the network without sockets.

namespace dreams::sim {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct Faulty : testing::Test {
    Faulty() : network(office.account.network()) {}

    http::Answer ask(const std::string& path = "/events?limit=100",
                     std::chrono::milliseconds deadline = 30s) {
        office.clock.sleep(1s);
        http::Ask ask{.url = "https://api.followupboss.com/v1" + path, .deadline = deadline};
        ask.headers = {{"Authorization", office.authorization}, {"X-System-Key", "system-key"}};
        return network(ask);
    }
    void next_is(FubFault fault) {
        office.account.faults().clear();
        office.account.faults().at("events", ++asked_, fault);
    }
    /// The answer with that fault, then the good one.
    http::Answer with(FubFault fault) {
        next_is(fault);
        const auto answer = ask();
        ++asked_;
        good = ask();
        EXPECT_EQ(good.status, 200) << "a fault strikes once";
        return answer;
    }
    /// The sentence with which that fault ends the request.
    std::string ends(FubFault fault, std::chrono::milliseconds deadline = 30s) {
        next_is(fault);
        try {
            ask("/events?limit=100", deadline);
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), dreams::Fault::unavailable);
            return error.what();
        }
        return "";
    }

    Office office;
    http::Network network;
    http::Answer good;

private:
    int asked_ = 0;
};

TEST_F(Faulty, WithoutFaultsTheNetworkGivesWhatTheAccountAnswers) {
    const auto direct = office.get("/events", {{"type", "Viewed Property"}, {"limit", "3"}});
    const auto answer = ask("/events?type=Viewed%20Property&limit=3");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(json::parse(answer.body).at("events"), json::parse(direct.body).at("events"));
    EXPECT_EQ(http::header(answer.headers, "x-ratelimit-context"), "events");
}

TEST_F(Faulty, ErrorsOfTheServer) {
    auto answer = with(FubFault::error_500);
    EXPECT_EQ(answer.status, 500);
    EXPECT_TRUE(json::text(json::parse(answer.body), "errorMessage"));
    answer = with(FubFault::error_500_html);
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, StartsWith("<!DOCTYPE html>"));
    EXPECT_EQ(with(FubFault::error_503_html).status, 503);
    EXPECT_EQ(with(FubFault::error_504_html).status, 504);
    for (const auto& [fault, status] :
         {std::pair{FubFault::error_503, 503}, {FubFault::error_504, 504}}) {
        answer = with(fault);
        EXPECT_EQ(answer.status, status);
        EXPECT_TRUE(json::text(json::parse(answer.body), "errorMessage"));
    }
    for (const auto& [fault, status] : {std::pair{FubFault::error_500_empty, 500},
                                        {FubFault::error_503_empty, 503},
                                        {FubFault::error_504_empty, 504}}) {
        answer = with(fault);
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.body, "");
    }
}

TEST_F(Faulty, RefusalsOutOfTheBlue) {
    EXPECT_EQ(with(FubFault::unauthorized_401).status, 401);
    EXPECT_EQ(with(FubFault::forbidden_403).status, 403);
    const auto redirect = with(FubFault::redirect_to_login);
    EXPECT_EQ(redirect.status, 302);
    EXPECT_EQ(http::header(redirect.headers, "Location"), "https://app.followupboss.com/login");
    EXPECT_THAT(redirect.body, StartsWith("<!DOCTYPE html>"));
}

TEST_F(Faulty, AnswersThatAreNotWhatTheySay) {
    auto answer = with(FubFault::html_200);
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, StartsWith("<!DOCTYPE html>"));
    EXPECT_EQ(http::header(answer.headers, "Content-Type"), "text/html; charset=UTF-8");
    answer = with(FubFault::wrong_content_type);
    EXPECT_EQ(http::header(answer.headers, "Content-Type"), "text/html; charset=UTF-8");
    EXPECT_EQ(answer.body, good.body);
    EXPECT_EQ(with(FubFault::empty_200).body, "");
}

TEST_F(Faulty, BodiesThatEndTooEarly) {
    EXPECT_THAT(ends(FubFault::truncated_body), HasSubstr("closed"));
    EXPECT_THAT(ends(FubFault::truncated_chunked), HasSubstr("closed"));
}

TEST_F(Faulty, ABodyWithoutAMeasureEndsUnnoticedAndIsNoJson) {
    const auto answer = with(FubFault::truncated_unmeasured);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, good.body.substr(0, answer.body.size()));
    EXPECT_THROW(json::parse(answer.body), Error);
}

TEST_F(Faulty, AConnectionThatCloses) {
    EXPECT_THAT(ends(FubFault::closed), HasSubstr("closed"));
    EXPECT_THAT(ends(FubFault::refused), HasSubstr("refused the connection"));
}

TEST_F(Faulty, StallsOutlastTheDeadlineOrDoNot) {
    office.account.faults().stall = 60s;
    const auto before = office.clock.now();
    EXPECT_THAT(ends(FubFault::stall_before_headers), HasSubstr("time"));
    EXPECT_EQ(office.clock.now() - before, 31s) << "waited as long as allowed";
    EXPECT_THAT(ends(FubFault::stall_mid_body), HasSubstr("time"));
}

TEST_F(Faulty, PatienceIsRewarded) {
    office.account.faults().stall = 5s;
    EXPECT_EQ(with(FubFault::stall_before_headers).body, good.body);
    EXPECT_EQ(with(FubFault::stall_mid_body).body, good.body);
    EXPECT_EQ(with(FubFault::slow_drip).body, good.body);
}

TEST_F(Faulty, OtherEncodingsOfTheSame) {
    EXPECT_EQ(with(FubFault::chunked).body, good.body);
    const auto zipped = with(FubFault::gzip);
    EXPECT_EQ(http::header(zipped.headers, "Content-Encoding"), "gzip");
    EXPECT_EQ(zipped.body, good.body);
}

TEST_F(Faulty, PagesThatMislead) {
    const auto first = ask();
    office.account.faults().at("events", 2, FubFault::repeated_page);
    const auto next = next_of(json::parse(first.body));
    EXPECT_EQ(ask("/events?limit=100&next=" + next).body, first.body);
    office.account.faults().at("events", 3, FubFault::looping_cursor);
    const auto loop = json::parse(ask("/events?limit=100").body);
    EXPECT_EQ(ids(json::parse(ask("/events?limit=100&next=" + next_of(loop)).body), "events"),
              ids(loop, "events"));
    office.account.faults().at("events", 5, FubFault::total_dropped);
    EXPECT_EQ(total_of(json::parse(ask().body)), office.town.events().size() / 10);
}

TEST_F(Faulty, AFaultIsAddressedByEndpointAndNumber) {
    office.account.faults().at("calls", 2, FubFault::error_500);
    EXPECT_EQ(ask("/events").status, 200);
    EXPECT_EQ(ask("/calls").status, 200);
    EXPECT_EQ(ask("/events").status, 200);
    EXPECT_EQ(ask("/calls").status, 500);
    EXPECT_EQ(ask("/calls").status, 200);
    office.account.faults().from("calls", 5, FubFault::error_503_html);
    EXPECT_EQ(ask("/calls").status, 200);
    EXPECT_EQ(ask("/calls").status, 503);
    EXPECT_EQ(ask("/calls").status, 503);
    office.account.faults().at("*", 10, FubFault::error_500);
    EXPECT_EQ(ask("/people").status, 200);
    EXPECT_EQ(ask("/people").status, 500);
}

TEST_F(Faulty, RefusedRequestsDoNotCountForFaults) {
    office.account.faults().at("events", 2, FubFault::error_500);
    EXPECT_EQ(ask().status, 200);
    office.account.set_limit("events", 0);
    EXPECT_EQ(ask().status, 429);
    office.account.set_limit("events", 20);
    EXPECT_EQ(ask().status, 500);
}

TEST_F(Faulty, TheLogTellsWhatBrokeOnTheWire) {
    ends(FubFault::truncated_body);
    ask();
    const auto log = office.account.log();
    ASSERT_EQ(log.size(), 2u);
    EXPECT_EQ(log[0].status, 0);
    EXPECT_EQ(log[1].status, 200);
    EXPECT_EQ(log[1].path, "/v1/events");
}

TEST_F(Faulty, AnswersBeyondTheLimitAreRefused) {
    http::Ask ask{.url = "https://x/v1/events?limit=100", .most_bytes = 1000};
    ask.headers = {{"Authorization", office.authorization}};
    EXPECT_THROW(network(ask), Error);
}

TEST_F(Faulty, TheSameOverARealSocket) {
    const http::Server server({}, office.account.handler());
    const auto real = http::network();
    const auto get = [&] {
        http::Ask ask{.url = "http://127.0.0.1:" + std::to_string(server.port()) +
                             "/v1/events?type=Viewed%20Property&limit=5",
                      .deadline = 5s};
        ask.headers = {{"Authorization", office.authorization}};
        return real(ask);
    };
    const auto good_answer = get();
    EXPECT_EQ(good_answer.status, 200);
    EXPECT_EQ(json::parse(good_answer.body).at("events").as_array().size(), 5u);
    EXPECT_THAT(*json::text(*json::member(json::parse(good_answer.body), "_metadata"), "nextLink"),
                StartsWith("http://127.0.0.1:" + std::to_string(server.port())));
    auto& faults = office.account.faults();
    faults.drip = 1ms;
    faults.at("events", 2, FubFault::truncated_body);
    faults.at("events", 3, FubFault::closed);
    faults.at("events", 4, FubFault::truncated_chunked);
    faults.at("events", 5, FubFault::chunked);
    faults.at("events", 6, FubFault::slow_drip);
    faults.at("events", 7, FubFault::gzip);
    EXPECT_THROW(get(), Error);
    EXPECT_THROW(get(), Error);
    EXPECT_THROW(get(), Error);
    EXPECT_EQ(get().body, good_answer.body);
    EXPECT_EQ(get().body, good_answer.body);
    EXPECT_EQ(get().body, good_answer.body);
}

}  // namespace
}  // namespace dreams::sim
