#include "base/pace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <set>

#include "base/error.h"

namespace dreams::http {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Lt;
using testing::Not;
using Ticks = std::chrono::steady_clock::duration;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026}};

const Ask people{.url = "https://key:secret@api.example.com/v1/people?next=secret"};

Answer status(int status, Headers headers = {}) {
    return {.status = status, .headers = std::move(headers)};
}

/// A service that gives prepared answers (a 200 when they are used up; status 0 is no answer at
/// all), takes no time, and remembers when it was asked.
class Script {
public:
    explicit Script(std::vector<Answer> answers) : answers_(answers.begin(), answers.end()) {}

    Network network() {
        return [this](const Ask&) {
            asked_at.push_back(clock.ticks());
            if (answers_.empty()) return status(200);
            const Answer answer = answers_.front();
            answers_.pop_front();
            if (answer.status == 0)
                throw Error(Fault::unavailable, "api.example.com did not answer within 30 s");
            return answer;
        };
    }
    Pace pace(Patience patience = {}, int limit = 100) {
        return {network(), clock, {{"global", {limit, 10s}}}, patience};
    }
    /// The pauses between the requests.
    std::vector<Ticks> pauses() const {
        std::vector<Ticks> result;
        for (std::size_t i = 1; i < asked_at.size(); ++i)
            result.push_back(asked_at[i] - asked_at[i - 1]);
        return result;
    }

    ManualClock clock{monday};
    std::vector<Ticks> asked_at;

private:
    std::deque<Answer> answers_;
};

std::string sentence_of(Pace& pace, const Ask& ask = people) {
    try {
        pace.ask("global", ask);
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::unavailable);
        return error.what();
    }
    return "no error";
}

// ---- what is asked again, and what is not

class FinalAnswer : public testing::TestWithParam<int> {};

TEST_P(FinalAnswer, IsReturnedAtOnce) {
    Script service({status(GetParam())});
    EXPECT_EQ(service.pace().ask("global", people).status, GetParam());
    EXPECT_EQ(service.asked_at.size(), 1u);
    EXPECT_EQ(service.clock.ticks(), 0s);
}
INSTANTIATE_TEST_SUITE_P(Pace, FinalAnswer,
                         testing::Values(200, 201, 204, 302, 400, 401, 403, 404, 409, 422));

TEST(Pace, AsksAgainAfterAServerError) {
    Script service({status(500), status(503), status(200)});
    auto pace = service.pace();
    EXPECT_EQ(pace.ask("global", people).status, 200);
    EXPECT_EQ(pace.requests(), 3);
}

TEST(Pace, AsksAgainWhenNobodyAnswers) {
    Script service({status(0), status(200)});
    EXPECT_EQ(service.pace().ask("global", people).status, 200);
    EXPECT_EQ(service.asked_at.size(), 2u);
}

TEST(Pace, PausesDoubleWithLessThanASecondOfJitter) {
    Script service({status(500), status(0), status(502), status(504)});
    service.pace().ask("global", people);
    EXPECT_THAT(service.pauses(), ElementsAre(AllOf(Ge(1s), Lt(2s)), AllOf(Ge(2s), Lt(3s)),
                                              AllOf(Ge(4s), Lt(5s)), AllOf(Ge(8s), Lt(9s))));
}

TEST(Pace, TheSeedDecidesTheJitter) {
    const auto pauses = [](std::uint64_t seed) {
        Script service({status(500), status(500), status(500)});
        service.pace({.seed = seed}).ask("global", people);
        return service.pauses();
    };
    EXPECT_EQ(pauses(7), pauses(7));
    EXPECT_NE(pauses(7), pauses(8));
}

TEST(Pace, GivesUpAfterItsTriesAndSaysWhy) {
    Script service(std::vector<Answer>(9, status(503)));
    auto pace = service.pace({.tries = 3});
    EXPECT_EQ(sentence_of(pace), "api.example.com answered with status 503, after 3 tries");
    EXPECT_EQ(pace.requests(), 3);
}

TEST(Pace, GivesUpOnSilenceWithTheNetworksOwnSentence) {
    Script service(std::vector<Answer>(9, status(0)));
    auto pace = service.pace({.tries = 2});
    EXPECT_EQ(sentence_of(pace), "api.example.com did not answer within 30 s, after 2 tries");
}

TEST(Pace, DoesNotRepeatAPostThatMayHaveBeenCarriedOut) {
    for (const int answer : {0, 500, 503}) {
        Script service({status(answer)});
        auto pace = service.pace();
        EXPECT_THAT(sentence_of(pace, {.method = "POST", .url = people.url}),
                    Not(HasSubstr("tries")));
        EXPECT_EQ(pace.requests(), 1) << answer;
    }
}

TEST(Pace, RepeatsAPostThatWasRefusedByTheLimit) {
    Script service({status(429, {{"Retry-After", "2"}}), status(201)});
    EXPECT_EQ(service.pace().ask("global", {.method = "POST", .url = people.url}).status, 201);
}

TEST(Pace, PassesOtherErrorsOnAtOnce) {
    ManualClock clock(monday);
    int asked = 0;
    Pace pace(
        [&](const Ask&) -> Answer {
            ++asked;
            throw Error(Fault::invalid, "an address to ask must begin with http:// or https://");
        },
        clock, {});
    EXPECT_THROW(pace.ask("global", people), Error);
    EXPECT_EQ(asked, 1);
}

// ---- Retry-After

struct RetryAfter {
    const char* name;
    Headers headers;
    Ticks least, below;
    friend void PrintTo(const RetryAfter& each, std::ostream* out) { *out << each.name; }
};

class After429 : public testing::TestWithParam<RetryAfter> {};

TEST_P(After429, WaitsAsLongAsItSaysWithinBounds) {
    Script service({status(429, GetParam().headers), status(200)});
    EXPECT_EQ(service.pace().ask("global", people).status, 200);
    EXPECT_THAT(service.pauses(), ElementsAre(AllOf(Ge(GetParam().least), Lt(GetParam().below))));
}
INSTANTIATE_TEST_SUITE_P(
    Pace, After429,
    testing::Values(
        RetryAfter{"Seconds", {{"Retry-After", "5"}}, 5s, 6s},
        RetryAfter{"SecondsWithBlanks", {{"retry-after", " 5 "}}, 5s, 6s},
        RetryAfter{"Zero", {{"Retry-After", "0"}}, 1s, 2s}, RetryAfter{"Absent", {}, 1s, 2s},
        RetryAfter{"Negative", {{"Retry-After", "-3"}}, 1s, 2s},
        RetryAfter{"Words", {{"Retry-After", "soon"}}, 1s, 2s},
        RetryAfter{"Empty", {{"Retry-After", ""}}, 1s, 2s},
        RetryAfter{"Decades", {{"Retry-After", "1000000000"}}, 60s, 61s},
        RetryAfter{"Aeons", {{"Retry-After", "9223372036854775807"}}, 60s, 61s},
        RetryAfter{"NoNumberAtAll", {{"Retry-After", "99999999999999999999999"}}, 1s, 2s},
        RetryAfter{"Date", {{"Retry-After", "Mon, 19 Jan 2026 00:00:07 GMT"}}, 7s, 8s},
        RetryAfter{"PastDate", {{"Retry-After", "Sun, 18 Jan 2026 00:00:00 GMT"}}, 1s, 2s},
        RetryAfter{"FarDate", {{"Retry-After", "Tue, 19 Jan 2027 00:00:00 GMT"}}, 60s, 61s},
        // When the places of others are free again is theirs to say.
        RetryAfter{
            "NothingRemaining",
            {{"Retry-After", "3"}, {"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", "0"}},
            3s,
            4s},
        // Their clock is a year ahead of ours; they still mean nine seconds.
        RetryAfter{"DateOfAnotherClock",
                   {{"Date", "Tue, 19 Jan 2027 00:00:00 GMT"},
                    {"Retry-After", "Tue, 19 Jan 2027 00:00:09 GMT"}},
                   9s,
                   10s}));

TEST(Pace, A429HoldsBackEveryoneWhoAsksInThatContext) {
    Script service({status(429, {{"Retry-After", "30"}})});
    auto impatient = service.pace({.tries = 2, .longest_in_all = 10s});
    EXPECT_EQ(sentence_of(impatient),
              "gave up rather than wait for more than 10 s: api.example.com asked us to wait");
    impatient.ask("events", people);
    EXPECT_EQ(service.clock.ticks(), 0s) << "another context is not held back";
    EXPECT_THAT(sentence_of(impatient), HasSubstr("asked us to wait"));
    EXPECT_EQ(service.asked_at.size(), 2u);
}

TEST(Pace, AStormOf429EndsAfterBoundedWaits) {
    Script service(std::vector<Answer>(100, status(429, {{"Retry-After", "1000000000"}})));
    auto pace = service.pace();
    EXPECT_EQ(sentence_of(pace), "api.example.com takes no more requests for now, after 5 tries");
    EXPECT_EQ(service.clock.ticks(), 4 * 60s);
}

TEST(Pace, AllWaitsOfARequestTogetherAreBounded) {
    Script service(std::vector<Answer>(100, status(429, {{"Retry-After", "50"}})));
    auto pace = service.pace({.tries = 100, .longest_in_all = 200s});
    EXPECT_THAT(sentence_of(pace), HasSubstr("gave up rather than wait for more than 200 s"));
    EXPECT_LE(service.clock.ticks(), 200s);
}

// ---- the limit

TEST(Pace, WaitsWhenTheWindowIsFull) {
    Script service({});
    auto pace = service.pace({}, 2);
    for (int i = 0; i < 5; ++i) pace.ask("global", people);
    EXPECT_THAT(service.pauses(),
                ElementsAre(0s, AllOf(Ge(10s), Lt(11s)), 0s, AllOf(Ge(10s), Lt(11s))));
}

TEST(Pace, ContextsHaveWindowsOfTheirOwn) {
    Script service({});
    Pace pace(service.network(), service.clock, {{"global", {2, 10s}}, {"events", {1, 10s}}});
    pace.ask("global", people);
    pace.ask("events", people);
    pace.ask("global", people);
    EXPECT_EQ(service.clock.ticks(), 0s);
    pace.ask("events", people);
    EXPECT_GE(service.clock.ticks(), 10s);
}

TEST(Pace, TheServicesLimitReplacesTheExpectedOne) {
    Script service({status(200, {{"X-RateLimit-Limit", "3"}, {"X-RateLimit-Window", "4"}})});
    auto pace = service.pace({}, 1);
    for (int i = 0; i < 4; ++i) pace.ask("global", people);
    EXPECT_THAT(service.pauses(), ElementsAre(0s, 0s, AllOf(Ge(4s), Lt(5s))));
}

TEST(Pace, ALimitThatShrinksIsKeptFromThenOn) {
    Script service({status(200), status(200), status(200, {{"X-RateLimit-Limit", "1"}})});
    auto pace = service.pace({}, 5);
    for (int i = 0; i < 5; ++i) pace.ask("global", people);
    EXPECT_THAT(service.pauses(),
                ElementsAre(0s, 0s, AllOf(Ge(10s), Lt(11s)), AllOf(Ge(10s), Lt(11s))));
}

TEST(Pace, NonsenseInTheHeadersChangesNothing) {
    for (const auto* nonsense : {"unlimited", "", "-1", "99999999999999999999", "1e9"}) {
        Script service({status(200, {{"X-RateLimit-Limit", nonsense},
                                     {"X-RateLimit-Window", nonsense},
                                     {"X-RateLimit-Remaining", nonsense}})});
        auto pace = service.pace({}, 2);
        for (int i = 0; i < 3; ++i) pace.ask("global", people);
        EXPECT_THAT(service.pauses(), ElementsAre(0s, AllOf(Ge(10s), Lt(11s)))) << nonsense;
    }
}

TEST(Pace, WhatOthersUseOfTheBudgetIsNotOurs) {
    Script service({status(200, {{"X-RateLimit-Limit", "10"}, {"X-RateLimit-Remaining", "2"}})});
    auto pace = service.pace();
    for (int i = 0; i < 4; ++i) pace.ask("global", people);
    EXPECT_THAT(service.pauses(), ElementsAre(0s, 0s, AllOf(Ge(10s), Lt(11s))));
}

TEST(Pace, NothingRemainingIsWaitedOut) {
    Script service({status(200, {{"X-RateLimit-Limit", "250"}, {"X-RateLimit-Remaining", "0"}})});
    auto pace = service.pace();
    pace.ask("global", people);
    pace.ask("global", people);
    EXPECT_THAT(service.pauses(), ElementsAre(AllOf(Ge(10s), Lt(11s))));
}

TEST(Pace, LearnsTheServicesOwnNameOfAContext) {
    const Headers deals{{"X-RateLimit-Context", "deals"}, {"X-RateLimit-Limit", "2"}};
    Script service({status(200, deals), status(200, deals)});
    auto pace = service.pace();
    pace.ask("global", people);
    pace.ask("deals", people);
    EXPECT_EQ(service.clock.ticks(), 0s);
    pace.ask("global", people);  // counted with the other two
    EXPECT_GE(service.clock.ticks(), 10s);
}

TEST(Pace, TellsOfEachWaitOfASecondOrMoreAndWhy) {
    Script service({status(200), status(503), status(429, {{"Retry-After", "3"}})});
    std::vector<std::string> told;
    auto pace =
        service.pace({.longest_wait = 3s,
                      .waits =
                          [&](std::chrono::seconds time, std::string_view why) {
                              told.push_back(std::to_string(time.count()) + " " + std::string(why));
                          }},
                     3);
    for (int i = 0; i < 2; ++i) pace.ask("global", people);
    EXPECT_THAT(
        told, ElementsAre("2 api.example.com answered with status 503",
                          "3 api.example.com asked us to wait",
                          "3 the limit of api.example.com is 3 requests in 10 s",
                          testing::EndsWith("the limit of api.example.com is 3 requests in 10 s")));
}

// ---- limits of our own

TEST(Pace, JitterLengthensEachPauseButNeverShortensIt) {
    Script script({});
    Pace pace(script.network(), script.clock,
              {{"site", {.requests = 1, .window = 5s, .jitter = 2500ms, .ours = true}}});
    for (int i = 0; i < 20; ++i) pace.ask("site", people);
    const auto pauses = script.pauses();
    EXPECT_THAT(pauses, testing::Each(AllOf(Ge(Ticks(5s)), Lt(Ticks(7600ms)))));
    EXPECT_GT(std::set<Ticks>(pauses.begin(), pauses.end()).size(), 10u);
}

TEST(Pace, LimitsOfOurOwnAreNotLoosenedByWhatAnswersSay) {
    const Headers generous{{"X-RateLimit-Limit", "1000"},
                           {"X-RateLimit-Remaining", "999"},
                           {"X-RateLimit-Window", "1"},
                           {"X-RateLimit-Context", "other"}};
    Script script({status(200, generous), status(200, generous), status(200, generous)});
    Pace pace(script.network(), script.clock,
              {{"site", {.requests = 1, .window = 5s, .ours = true}}});
    for (int i = 0; i < 3; ++i) pace.ask("site", people);
    EXPECT_THAT(script.pauses(), testing::Each(Ge(Ticks(5s))));
}

TEST(Pace, GivesRefusalsAndFailuresToWhoWantsToKnowAndTriesTheOthersAgain) {
    Script script({status(429, {{"Retry-After", "30"}}), status(503), status(500), status(200)});
    auto pace = script.pace({.takes = [](const Answer& answer) { return answer.status != 500; }});
    EXPECT_EQ(pace.ask("global", people).status, 429);
    EXPECT_EQ(pace.ask("global", people).status, 503);
    EXPECT_EQ(pace.requests(), 2);
    EXPECT_EQ(pace.ask("global", people).status, 200);
    EXPECT_EQ(pace.requests(), 4);
}

}  // namespace
}  // namespace dreams::http
