// ntfy and Slack: what arrives, what never leaves, and what their refusals are told as.

#include <gmock/gmock.h>

#include "delivery/ntfy.h"
#include "delivery/push.h"
#include "delivery/slack.h"
#include "sim/notify/ntfy.h"
#include "sim/notify/slack.h"

namespace dreams::delivery {
namespace {

using namespace std::chrono_literals;
using sim::WireFault;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} + 16h};
const Message drop{.subject = "14 Ridge Rd: $489,000 → $479,000 & <sold?>",
                   .text = "For Pat and Sam Doe",
                   .html = "<p>For Pat and Sam Doe</p>",
                   .link = "https://dreams.example.com/homes/1?a=1&b=2"};

struct Told {
    Fault fault = Fault::internal;
    std::string sentence = "no error";
    bool operator==(const Told&) const = default;
};
void PrintTo(const Told& told, std::ostream* out) {
    *out << static_cast<int>(told.fault) << ": " << told.sentence;
}

Told told(const std::function<void()>& what) {
    try {
        what();
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), AllOf(Not(HasSubstr("T000")), Not(HasSubstr("agent-7f3c")),
                                        Not(HasSubstr("tk_")), Not(HasSubstr("Ridge"))));
        return {error.fault(), error.what()};
    }
    return {};
}

/// A network where everybody answers alike, and remembers what was asked.
struct Alike {
    http::Answer answer;
    std::vector<http::Ask> asked;
    http::Network network() {
        return [this](const http::Ask& ask) {
            asked.push_back(ask);
            return answer;
        };
    }
};

class Push : public testing::Test {
protected:
    ManualClock clock{monday};
    sim::NtfyServer server{clock, {.token = "tk_EXAMPLE"}};
    sim::SlackRoom room{clock};

    Channel ntfy_channel(NtfySettings settings = {.url = "https://ntfy.example.com/agent-7f3c",
                                                  .token = "tk_EXAMPLE"}) {
        return ntfy(std::move(settings), server.network(), clock);
    }
    Channel slack_channel(const std::string& path = sim::SlackRoom::path) {
        return slack("https://hooks.slack.example.com" + path, room.network(), clock);
    }
};

// ---- ntfy

TEST_F(Push, NtfyShowsSubjectAndLinkAndNobodysName) {
    ntfy_channel().send(drop);
    ASSERT_THAT(server.notes(), SizeIs(1));
    const auto note = server.notes()[0];
    EXPECT_EQ(note.topic, "agent-7f3c");
    EXPECT_EQ(note.title, "DREAMS");
    EXPECT_EQ(note.text, drop.subject);
    EXPECT_EQ(note.click, drop.link);
}

TEST_F(Push, NtfyIsCutToWhatAPhoneShowsAndSaysWhereToReadOn) {
    std::string houses;
    for (int i = 0; i < 2000; ++i) houses += "🏡";
    ntfy_channel().send({.subject = houses, .link = drop.link});
    ASSERT_THAT(server.notes(), SizeIs(1));
    const auto note = server.notes()[0];
    EXPECT_FALSE(note.as_file);
    EXPECT_GT(note.text.size(), 4000u);
    EXPECT_THAT(note.text, EndsWith("🏡… read on at " + drop.link));
}

TEST_F(Push, NtfyCarriesNoLinkThatIsNone) {
    ntfy_channel().send({.subject = "a\nb", .link = "javascript:alert(1)"});
    ASSERT_THAT(server.notes(), SizeIs(1));
    EXPECT_EQ(server.notes()[0].click, "");
    EXPECT_EQ(server.notes()[0].text, "a b");
}

TEST_F(Push, NtfysRefusalsSayWhatToDo) {
    const auto with_token = [&](const std::string& token) {
        return told([&] {
            ntfy_channel({.url = "https://ntfy.example.com/agent-7f3c", .token = token}).send(drop);
        });
    };
    EXPECT_EQ(with_token("tk_other"),
              (Told{Fault::unauthorized,
                    "ntfy.example.com lets nobody write there with this (401): "
                    "look at notify.ntfy_url"}));
    EXPECT_EQ(with_token("").fault, Fault::unauthorized);
    EXPECT_THAT(server.notes(), IsEmpty());
}

TEST_F(Push, NtfysLimitIsWorthAnotherTry) {
    const auto channel = ntfy_channel();
    for (int i = 0; i < 60; ++i) channel.send(drop);
    EXPECT_EQ(told([&] { channel.send(drop); }),
              (Told{Fault::unavailable, "ntfy.example.com takes no more for now (429)"}));
    clock.sleep(60s);
    channel.send(drop);
    EXPECT_THAT(server.notes(), SizeIs(61));
}

TEST_F(Push, WhatIsNoReceiptIsNotTaken) {
    const auto channel = ntfy_channel();
    server.faults().at("ntfy", 1, WireFault::html_200);
    server.faults().at("ntfy", 2, WireFault::empty_200);
    server.faults().at("ntfy", 3, WireFault::error_503_html);
    server.faults().at("ntfy", 4, WireFault::closed);
    server.faults().at("ntfy", 5, WireFault::redirect_to_login);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(told([&] { channel.send(drop); }),
                  (Told{Fault::unavailable, "ntfy.example.com gave an answer that is not ntfy's"}));
    EXPECT_EQ(told([&] { channel.send(drop); }),
              (Told{Fault::unavailable, "ntfy.example.com could not take the notice (503)"}));
    EXPECT_EQ(told([&] { channel.send(drop); }).fault, Fault::unavailable);
    EXPECT_EQ(told([&] { channel.send(drop); }).fault, Fault::invalid);
    EXPECT_EQ(told([&] { channel.send(drop); }).sentence, "no error");
}

TEST_F(Push, NtfysAddressIsCheckedBeforehand) {
    for (const char* url :
         {"", "ntfy.sh/topic", "ftp://ntfy.sh/topic", "https://ntfy.sh/", "https://ntfy.sh/to.pic",
          "http://ntfy.sh/agent-7f3c", "http://127.0.0.1.example.com/agent-7f3c",
          "https://ana:tk_x@ntfy.sh/agent-7f3c"})
        EXPECT_EQ(told([&] { ntfy_channel({.url = url}); }).fault, Fault::invalid) << url;
    EXPECT_EQ(told([&] { ntfy_channel({.url = "http://127.0.0.1:8080/agent-7f3c"}); }), Told{});
}

TEST(Ntfy, SaysThatAShortTopicInPublicCanBeGuessed) {
    EXPECT_TRUE(is_guessable({.url = "https://ntfy.sh/dreams"}));
    EXPECT_FALSE(is_guessable({.url = "https://ntfy.sh/x7Qe0pL2vB9sTk4m"}));
    EXPECT_FALSE(is_guessable({.url = "https://ntfy.sh/dreams", .token = "tk_x"}));
    EXPECT_FALSE(is_guessable({.url = "https://ntfy.example.com/dreams"}));
}

// ---- Slack

TEST_F(Push, SlackShowsSubjectAndLinkAndNobodysName) {
    slack_channel().send(drop);
    ASSERT_THAT(room.posts(), SizeIs(1));
    const auto subject = "14 Ridge Rd: $489,000 → $479,000 &amp; &lt;sold?&gt;";
    EXPECT_EQ(room.posts()[0].text, subject);
    EXPECT_EQ(room.posts()[0].markdown,
              std::string("<https://dreams.example.com/homes/1?a=1&amp;b=2|") + subject + ">");
}

TEST_F(Push, SlackTakesTheLongestSubjectAndLink) {
    slack_channel().send({.subject = std::string(5000, '&'),
                          .link = "https://d.example.com/?" + std::string(1900, '&')});
    ASSERT_THAT(room.posts(), SizeIs(1));
    EXPECT_THAT(room.posts()[0].text, EndsWith("&amp;…"));
    EXPECT_EQ(room.posts()[0].markdown, room.posts()[0].text);
}

TEST_F(Push, SlacksRefusalsAreToldInItsOwnWord) {
    EXPECT_EQ(told([&] { slack_channel("/services/T000/B000/gone").send(drop); }),
              (Told{Fault::invalid,
                    "hooks.slack.example.com refuses the notice (404, no_service): "
                    "look at notify.slack_url"}));
    clock.sleep(1s);
    room.archive();
    EXPECT_THAT(told([&] { slack_channel().send(drop); }).sentence,
                HasSubstr("channel_is_archived"));
    EXPECT_THAT(room.posts(), IsEmpty());
}

TEST_F(Push, SlackTellsHowLongToWait) {
    const auto channel = slack_channel();
    channel.send(drop);
    EXPECT_EQ(told([&] { channel.send(drop); }),
              (Told{Fault::unavailable,
                    "hooks.slack.example.com takes no more for now and asks to "
                    "wait 1 s (429, rate_limited)"}));
    clock.sleep(1s);
    channel.send(drop);
    EXPECT_THAT(room.posts(), SizeIs(2));
}

TEST_F(Push, APageInSlacksPlaceTookNothing) {
    room.faults().at("slack", 1, WireFault::html_200);
    EXPECT_EQ(
        told([&] { slack_channel().send(drop); }),
        (Told{Fault::unavailable, "hooks.slack.example.com gave an answer that is not Slack's"}));
}

// ---- both

TEST(PushAnswers, AnyWaitThatIsAskedForIsToldInBounds) {
    ManualClock clock(monday);
    const auto sentence = [&](const std::string& retry_after) {
        Alike service{.answer = {.status = 429, .headers = {{"Retry-After", retry_after}}}};
        const auto channel = slack("https://hooks.example.com/x", service.network(), clock);
        return told([&] { channel.send(drop); }).sentence;
    };
    EXPECT_EQ(sentence("0"), "hooks.example.com takes no more for now (429)");
    EXPECT_EQ(sentence("soon"), "hooks.example.com takes no more for now (429)");
    EXPECT_THAT(sentence("3600"), HasSubstr("wait 3,600 s"));
    EXPECT_THAT(sentence("1000000000"), HasSubstr("wait more than a day"));
    EXPECT_THAT(sentence("Mon, 19 Jan 2026 16:00:30 GMT"), HasSubstr("wait 30 s"));
}

TEST(PushAnswers, AreNotReadForTheirSecrets) {
    ManualClock clock(monday);
    Alike service{.answer = {.status = 400, .body = "you sent T000/B000/XXXX for agent-7f3c"}};
    EXPECT_EQ(
        told([&] {
            slack("https://hooks.example.com/T000/B000/XXXX", service.network(), clock).send(drop);
        }),
        (Told{Fault::invalid,
              "hooks.example.com refuses the notice (400): look at notify.slack_url"}));
    ASSERT_THAT(service.asked, SizeIs(1));
    EXPECT_THAT(service.asked[0].body, Not(HasSubstr("Doe")));
}

}  // namespace
}  // namespace dreams::delivery
