// The way to a mail server, over sockets: what it takes arrives whole, what it refuses is told
// without an address, and nothing goes out in the clear but to this machine.

#include "base/smtp.h"

#include <gmock/gmock.h>

#include "sim/mail/server.h"
#include "sim/wire/base64.h"
#include "support/folder.h"
#include "support/mail_tls.h"

namespace dreams::smtp {
namespace {

using namespace std::chrono_literals;
using sim::MailFault;
using sim::MailServer;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string text = "Subject: test\r\n\r\none\r\n.\r\n..two\r\n.three\r\n";

Envelope envelope(std::vector<std::string> to = {"ana@example.com"}) {
    return {.from = "dreams@example.com", .to = std::move(to), .message = text};
}

Relay relay_at(const MailServer& server) {
    return {.url = "smtp://127.0.0.1:" + std::to_string(server.port()), .deadline = 20s};
}

/// The server under another machine's name: what is said to it must be secret.
Relay far_relay_at(const MailServer& server, const std::string& scheme = "smtp") {
    return {.url = scheme + "://mail.example.com",
            .deadline = 20s,
            .reached_at = "127.0.0.1:" + std::to_string(server.port())};
}

struct Told {
    Fault fault = Fault::internal;
    std::string sentence = "no error";
    bool operator==(const Told&) const = default;
};
void PrintTo(const Told& told, std::ostream* out) {
    *out << static_cast<int>(told.fault) << ": " << told.sentence;
}

/// What sending ends in; the server's port is left out of its sentence.
Told told(const Relay& relay, const Envelope& what = envelope()) {
    try {
        post(relay)(what);
    } catch (const Error& error) {
        std::string sentence = error.what();
        EXPECT_THAT(sentence, AllOf(Not(HasSubstr("example.com>")), Not(HasSubstr("ana@")),
                                    Not(HasSubstr("s3cret"))));
        const auto at = sentence.find("127.0.0.1:");
        if (at != sentence.npos)
            sentence.replace(at, sentence.find_first_not_of("0123456789", at + 10) - at, "HOST");
        return {error.fault(), sentence};
    }
    return {};
}

sim::MailServerOptions with(MailFault fault) {
    return {.relay = {.fault = fault}};
}

TEST(Smtp, BringsAMessageWholeToEveryoneNamed) {
    const MailServer server;
    post(relay_at(server))(envelope({"ana@example.com", "ben@example.com"}));
    ASSERT_THAT(server.mails(), SizeIs(1));
    EXPECT_EQ(server.mails()[0].from, "dreams@example.com");
    EXPECT_THAT(server.mails()[0].to, ElementsAre("ana@example.com", "ben@example.com"));
    EXPECT_EQ(server.mails()[0].text, text);
    EXPECT_EQ(server.heard().front(), "EHLO example.com");
}

TEST(Smtp, KeepsEachMessageInAFileWhereTheSimulatorIsToldTo) {
    const test::Folder folder;
    const MailServer server({.folder = folder.path()});
    post(relay_at(server))(envelope());
    EXPECT_EQ(test::read_file(folder.file("1.eml")), text);
}

TEST(Smtp, LogsInWhereThereIsAUser) {
    const MailServer server({.relay = {.user = "ana", .password = "s3cret"}});
    auto relay = relay_at(server);
    relay.user = "ana";
    relay.password = "s3cret";
    post(relay)(envelope());
    EXPECT_THAT(server.mails(), SizeIs(1));
    relay.password = "wrong";
    EXPECT_EQ(told(relay),
              (Told{Fault::unauthorized, "HOST refuses the user or the password (535)"}));
    relay.user = relay.password = "";
    EXPECT_EQ(told(relay), (Told{Fault::unauthorized, "HOST wants a login (530)"}));
    EXPECT_THAT(server.mails(), SizeIs(1));
}

TEST(Smtp, TellsRefusalsByWhetherAnotherTryIsWorthIt) {
    const auto of = [](MailFault fault) {
        const MailServer server(with(fault));
        return told(relay_at(server));
    };
    EXPECT_EQ(of(MailFault::closed_421),
              (Told{Fault::unavailable, "HOST takes no mail from this machine (421)"}));
    EXPECT_EQ(of(MailFault::sender_550),
              (Told{Fault::invalid, "HOST takes no mail from this sender (550)"}));
    EXPECT_EQ(of(MailFault::busy_451),
              (Told{Fault::unavailable, "HOST does not take the message (451)"}));
    EXPECT_EQ(of(MailFault::too_large_552),
              (Told{Fault::invalid, "HOST does not take the message (552)"}));
}

TEST(Smtp, NamesARefusedRecipientByNumberAndSendsToTheOthers) {
    const MailServer server(
        {.relay = {.refuses = {{"ben@example.com", 550}, {"cleo@example.com", 450}}}});
    const auto relay = relay_at(server);
    EXPECT_EQ(told(relay, envelope({"ben@example.com"})),
              (Told{Fault::invalid, "HOST refuses recipient 1 (550)"}));
    EXPECT_EQ(told(relay, envelope({"cleo@example.com"})),
              (Told{Fault::unavailable, "HOST refuses recipient 1 (450)"}));
    EXPECT_EQ(told(relay, envelope({"ben@example.com", "cleo@example.com"})),
              (Told{Fault::unavailable, "HOST refuses recipients 1 (550), 2 (450)"}));
    EXPECT_THAT(server.mails(), IsEmpty());
    EXPECT_EQ(
        told(relay, envelope({"ana@example.com", "cleo@example.com"})),
        (Told{Fault::invalid, "HOST has the message for 1 of 2: it refuses recipient 2 (450)"}))
        << "trying again would send it to the first one twice";
    ASSERT_THAT(server.mails(), SizeIs(1));
    EXPECT_THAT(server.mails()[0].to, ElementsAre("ana@example.com"));
}

TEST(Smtp, SaysWhenItIsNotKnownWhetherTheMessageArrived) {
    const MailServer in_data(with(MailFault::cut_off_in_data));
    EXPECT_EQ(told(relay_at(in_data)).fault, Fault::unavailable);
    EXPECT_THAT(in_data.mails(), IsEmpty());
    const MailServer after(with(MailFault::cut_off_after_data));
    EXPECT_EQ(told(relay_at(after)),
              (Told{Fault::unavailable,
                    "HOST closed the connection: whether it has the message is "
                    "not known"}));
}

TEST(Smtp, GivesUpOnAServerThatNeverSpeaks) {
    const MailServer server(with(MailFault::silent));
    auto relay = relay_at(server);
    relay.deadline = 300ms;
    EXPECT_EQ(told(relay),
              (Told{Fault::unavailable, "HOST did not take the message within 300 ms"}));
}

TEST(Smtp, SaysThatNobodyIsThere) {
    int port = 0;
    {
        const MailServer gone;
        port = gone.port();
    }
    EXPECT_EQ(told({.url = "smtp://127.0.0.1:" + std::to_string(port)}),
              (Told{Fault::unavailable, "HOST refused the connection, or cannot be reached"}));
}

// ---- secrecy

TEST(Smtp, SendsNothingToAFarServerThatOffersNoTls) {
    const MailServer server({.relay = {.user = "ana", .password = "s3cret"}});
    auto relay = far_relay_at(server);
    relay.user = "ana";
    relay.password = "s3cret";
    EXPECT_EQ(told(relay), (Told{Fault::invalid,
                                 "mail.example.com offers no STARTTLS, so nothing "
                                 "was sent to it"}));
    EXPECT_THAT(server.heard(),
                testing::Each(AllOf(Not(HasSubstr("AUTH")), Not(HasSubstr("MAIL")))));
    EXPECT_THAT(server.in_the_clear(), Not(HasSubstr("Subject")));
    EXPECT_EQ(told(far_relay_at(server, "smtps")).fault, Fault::unavailable);
    EXPECT_THAT(server.in_the_clear(), Not(HasSubstr("s3cret")));
}

/// A server whose certificate is for mail.example.com, and one that trusts it.
struct Tls : testing::Test {
    std::shared_ptr<test::Certificate> certificate =
        std::make_shared<test::Certificate>("mail.example.com");
    test::Folder folder;

    sim::MailServerOptions secure() const {
        return {.relay = {.user = "ana", .password = "s3cret"}, .tls = test::tls_with(certificate)};
    }
    Relay trusting(Relay relay) const {
        test::write_file(folder.file("who.pem"), certificate->pem());
        relay.authorities = folder.file("who.pem");
        relay.user = "ana";
        relay.password = "s3cret";
        return relay;
    }
};

TEST_F(Tls, IsBegunBeforeAnythingIsTold) {
    const MailServer server(secure());
    post(trusting(far_relay_at(server)))(envelope());
    ASSERT_THAT(server.mails(), SizeIs(1));
    EXPECT_EQ(server.mails()[0].text, text);
    const auto clear = server.in_the_clear();
    EXPECT_EQ(clear.substr(0, clear.find("STARTTLS")), "EHLO example.com\r\n");
    EXPECT_THAT(clear,
                AllOf(Not(HasSubstr("AUTH")), Not(HasSubstr("ana@")), Not(HasSubstr("two"))));
}

TEST_F(Tls, IsThereFromTheFirstByteAtSmtps) {
    auto options = secure();
    options.from_the_start = true;
    const MailServer server(options);
    post(trusting(far_relay_at(server, "smtps")))(envelope());
    ASSERT_THAT(server.mails(), SizeIs(1));
    EXPECT_EQ(server.in_the_clear(), "");
}

TEST_F(Tls, IsNotBelievedWithoutACertificateThatHolds) {
    const MailServer server(secure());
    auto relay = trusting(far_relay_at(server));
    relay.authorities = "";
    const Told untrusted{Fault::unavailable,
                         "the certificate of mail.example.com cannot be trusted, so nothing was "
                         "sent to it"};
    EXPECT_EQ(told(relay), untrusted);
    auto other = trusting(far_relay_at(server));
    other.url = "smtp://other.example.com";
    EXPECT_THAT(told(other).sentence, HasSubstr("cannot be trusted")) << "it is for another name";
    EXPECT_THAT(server.mails(), IsEmpty());
    EXPECT_THAT(server.heard(), testing::Each(Not(HasSubstr("AUTH"))));
}

TEST(Smtp, TakesANameThatBeginsLikeThisMachineForAnother) {
    const MailServer server;
    auto relay = far_relay_at(server);
    relay.url = "smtp://127.evil.example";
    EXPECT_THAT(told(relay).sentence, HasSubstr("offers no STARTTLS"));
    relay.url = "smtp://localhost";
    relay.reached_at = "192.0.2.1:25";  // where nothing is: not even a connection is tried
    EXPECT_EQ(told(relay), (Told{Fault::invalid,
                                 "localhost is another machine: mail goes there with "
                                 "TLS, or not at all"}));
    EXPECT_THAT(server.mails(), IsEmpty());
}

// ---- what is refused beforehand

TEST(Smtp, KnowsItsAddresses) {
    for (const char* url : {"", "mail.example.com", "http://mail.example.com", "smtp://",
                            "smtp://mail.example.com/path", "imap://mail.example.com"})
        EXPECT_THROW(post({.url = url}), Error) << url;
    try {
        post({.url = "smtp://ana:s3cret@mail.example.com"});
        ADD_FAILURE() << "it was taken";
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::invalid);
        EXPECT_THAT(error.what(), AllOf(HasSubstr("no password"), Not(HasSubstr("s3cret"))));
    }
}

TEST(Smtp, SpeaksNoCommandThatAnAddressSmugglesIn) {
    const MailServer server;
    const auto relay = relay_at(server);
    EXPECT_EQ(told(relay, envelope({"ana@example.com", "x@y.z>\r\nRCPT TO:<eve@example.com"})),
              (Told{Fault::invalid, "recipient 2 is no e-mail address"}));
    auto from = envelope();
    from.from = "dreams@example.com> SIZE=1\r\nDATA";
    EXPECT_EQ(told(relay, from), (Told{Fault::invalid, "the sender is no e-mail address"}));
    EXPECT_EQ(told(relay, envelope({})), (Told{Fault::invalid, "mail needs a recipient"}));
    EXPECT_THAT(server.heard(), IsEmpty());
}

}  // namespace
}  // namespace dreams::smtp
