// `dreams notify`: a test message through what is set up, and what to set where nothing is.

#include <gmock/gmock.h>

#include <filesystem>

#include "base/serve.h"
#include "cli/program.h"
#include "sim/mail/server.h"
#include "sim/notify/ntfy.h"
#include "sim/notify/slack.h"
#include "support/mail_read.h"

namespace dreams::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Notify : public testing::Test {
protected:
    Notify() { EXPECT_EQ(program.run({"init"}).status, 0); }

    test::Variables mail(const sim::MailServer& server) const {
        return {{"DREAMS_MAIL_URL", "smtp://127.0.0.1:" + std::to_string(server.port())},
                {"DREAMS_MAIL_USER", "dreams"},
                {"DREAMS_MAIL_PASSWORD", "s3cret-word"},
                {"DREAMS_MAIL_FROM", "DREAMS <dreams@example.com>"},
                {"DREAMS_MAIL_TO", "ana@example.com, Ben <ben@example.com>"}};
    }
    const sim::MailServerOptions with_login{.relay = {.user = "dreams", .password = "s3cret-word"}};
    test::Program program;
};

TEST_F(Notify, SaysWhatToSetWhereNothingIs) {
    const auto ran = program.run({"notify"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("set mail.url, mail.from and mail.to"));
    EXPECT_THAT(program.run({"doctor"}).out, HasSubstr("nobody is told of anything"));
}

TEST_F(Notify, SendsATestMessageByMailNtfyAndSlack) {
    const sim::MailServer relay(with_login);
    const auto clock = system_clock();
    sim::NtfyServer ntfy(*clock, {.token = "tk_EXAMPLE"});
    sim::SlackRoom room(*clock);
    const http::Server ntfy_server({}, ntfy.handler()), slack_server({}, room.handler());
    const auto at = [](const http::Server& server, const std::string& path) {
        return "http://127.0.0.1:" + std::to_string(server.port()) + path;
    };
    test::write_file(program.folder.file("token"), "tk_EXAMPLE\n");
    program.variables = mail(relay);
    program.variables["DREAMS_NOTIFY_NTFY_URL"] = at(ntfy_server, "/agent-7f3c");
    program.variables["DREAMS_NOTIFY_NTFY_TOKEN_FILE"] = program.folder.file("token");
    program.variables["DREAMS_NOTIFY_SLACK_URL"] = at(slack_server, sim::SlackRoom::path);
    program.variables["DREAMS_WEB_PUBLIC_URL"] = "https://dreams.example.com/";

    const auto ran = program.run({"notify"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.out,
              "mail took the test message\nntfy took the test message\n"
              "Slack took the test message\n");
    ASSERT_THAT(relay.mails(), SizeIs(1));
    EXPECT_THAT(relay.mails()[0].to, testing::ElementsAre("ana@example.com", "ben@example.com"));
    const auto letter = test::read_mail(relay.mails()[0].text);
    EXPECT_EQ(letter.header("Subject"), "DREAMS: a test message");
    EXPECT_THAT(letter.plain, HasSubstr("https://dreams.example.com/"));
    ASSERT_THAT(ntfy.notes(), SizeIs(1));
    EXPECT_EQ(ntfy.notes()[0].click, "https://dreams.example.com/");
    ASSERT_THAT(room.posts(), SizeIs(1));
    EXPECT_EQ(room.posts()[0].text, "DREAMS: a test message");

    const auto shown = program.run({"config"}).out + program.run({"doctor"}).out;
    EXPECT_THAT(shown, AllOf(Not(HasSubstr("s3cret-word")), Not(HasSubstr("agent-7f3c")),
                             Not(HasSubstr("tk_EXAMPLE")), Not(HasSubstr("T000"))));
    EXPECT_THAT(shown, HasSubstr("set up; `dreams notify` sends a test message"));
}

TEST_F(Notify, TellsWhichChannelFailedAndSendsThroughTheOthers) {
    const sim::MailServer relay(with_login);
    program.variables = mail(relay);
    program.variables["DREAMS_NOTIFY_SLACK_URL"] = "http://hooks.slack.com/services/T000/B000/XXXX";
    const auto ran = program.run({"notify", "--json"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("Slack: notify.slack_url must begin with https://"),
                               Not(HasSubstr("T000"))));
    const auto document = ran.json();
    EXPECT_EQ(document.at("took").at(0), "mail");
    EXPECT_EQ(document.at("not_taken").at(0).at("channel"), "Slack");
    EXPECT_EQ(document.at("not_taken").at(0).at("fault"), "invalid");
    EXPECT_THAT(relay.mails(), SizeIs(1));
    const auto doctor = program.run({"doctor"});
    EXPECT_EQ(doctor.status, 1);
    EXPECT_THAT(doctor.out, HasSubstr("cannot send: notify.slack_url must begin with https://"));
}

TEST_F(Notify, SaysWhatAHalfSetUpMailLacks) {
    program.variables = {{"DREAMS_MAIL_TO", "ana@example.com"},
                         {"DREAMS_NOTIFY_QUIET_HOURS", "nine-seven"}};
    EXPECT_THAT(program.run({"notify"}).err, HasSubstr("mail: not set: mail.url, mail.from"));
    const auto doctor = program.run({"doctor"}).out;
    EXPECT_THAT(doctor, HasSubstr("cannot send: not set: mail.url, mail.from"));
    EXPECT_THAT(doctor, HasSubstr("notify.quiet_hours is two hours of the day"));
}

TEST_F(Notify, AdvisesALongerTopicAtNtfySh) {
    program.variables = {{"DREAMS_NOTIFY_NTFY_URL", "https://ntfy.sh/dreams"}};
    const auto doctor = program.run({"doctor"}).out;
    EXPECT_THAT(doctor, HasSubstr("at ntfy.sh the topic is the only password"));
}

TEST_F(Notify, SendsNothingFromACopyThatNobodyClaimed) {
    const sim::MailServer relay(with_login);
    program.variables = mail(relay);
    std::filesystem::copy_file(program.folder.file("dreams.db"), program.folder.file("copy.db"));
    const auto ran = program.run({"notify", "--database", "copy.db"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("dreams origin --claim"));
    EXPECT_THAT(relay.mails(), IsEmpty());
}

}  // namespace
}  // namespace dreams::cli
