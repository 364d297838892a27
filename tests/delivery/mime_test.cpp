// What a mail says can be read again, whatever it is; and nothing that is told becomes a header.

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <algorithm>

#include "base/text.h"
#include "delivery/mail.h"
#include "delivery/mime_words.h"
#include "support/mail_read.h"

namespace dreams::delivery {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} +
                         std::chrono::hours{16}};

Letter letter(Message message) {
    return {.from = {"DREAMS", "dreams@example.com"},
            .to = {{"", "ana@example.com"}, {"Ben Cole", "ben@example.com"}},
            .message = std::move(message),
            .date = monday,
            .id = "one"};
}

/// Any text: letters of every width, line breaks, controls, bytes that are no UTF-8.
rc::Gen<std::string> any_text() {
    using Pieces = std::vector<std::string>;
    const auto piece = rc::gen::oneOf(
        rc::gen::string<std::string>(),
        rc::gen::element<std::string>(
            "é", "→", "𝒟", "🏡", "שלום", " ", "\t", "=", "=?UTF-8?B?YQ==?=", "\r\n", "\n", "\r",
            "\r\nBcc: eve@example.com\r\n", ".", "\x80", "\xf0\x9f", std::string(1, '\0'),
            std::string(120, 'x'), "--=_dreams", "--=_dreams--"));
    return rc::gen::map(rc::gen::container<Pieces>(piece), [](const Pieces& pieces) {
        std::string text;
        for (const auto& each : pieces) text += each;
        return text;
    });
}

/// The text as mail carries it: UTF-8, lines ended by \r\n, the last one too.
std::string carried(const std::string& text) {
    std::string result;
    const auto valid = text::valid_utf8(text);
    for (std::size_t i = 0; i < valid.size(); ++i) {
        if (valid[i] == '\r' && i + 1 < valid.size() && valid[i + 1] == '\n') continue;
        result += valid[i] == '\n' || valid[i] == '\r' ? "\r\n" : std::string(1, valid[i]);
    }
    if (!result.empty() && !result.ends_with("\r\n")) result += "\r\n";
    return result;
}

TEST(Mime, IsReadAgainAsItWasWritten) {
    const auto text = mime(letter({.subject = "3 homes changed",
                                   .text = "14 Ridge Rd: $489,000 → $479,000\n",
                                   .html = "<p>14 Ridge Rd</p>",
                                   .link = "https://dreams.example.com/changes"}));
    const auto mail = test::read_mail(text);
    EXPECT_EQ(mail.header("Date"), "Mon, 19 Jan 2026 16:00:00 +0000");
    EXPECT_EQ(mail.header("From"), "DREAMS <dreams@example.com>");
    EXPECT_EQ(mail.header("To"), "ana@example.com, Ben Cole <ben@example.com>");
    EXPECT_EQ(mail.header("Subject"), "3 homes changed");
    EXPECT_EQ(mail.header("Message-ID"), " <one@example.com>");
    EXPECT_EQ(mail.header("MIME-Version"), "1.0");
    EXPECT_EQ(mail.header("Auto-Submitted"), "auto-generated");
    EXPECT_EQ(mail.type, "multipart/alternative");
    EXPECT_EQ(mail.plain,
              "14 Ridge Rd: $489,000 → $479,000\r\n\r\nhttps://dreams.example.com/changes\r\n");
    EXPECT_EQ(mail.html, "<p>14 Ridge Rd</p>\r\n");
}

TEST(Mime, IsPlainTextAloneWhereThereIsNoPage) {
    const auto mail = test::read_mail(mime(
        letter({.text = "Read on at https://d.example.com/", .link = "https://d.example.com/"})));
    EXPECT_EQ(mail.type, "text/plain");
    EXPECT_EQ(mail.plain, "Read on at https://d.example.com/\r\n") << "the link stands there once";
    EXPECT_EQ(mail.header("Subject"), "");
}

TEST(Mime, ASubjectCanAddNoHeader) {
    const auto mail = test::read_mail(
        mime(letter({.subject = "Sold\r\nBcc: eve@example.com\r\n\r\n<script>", .text = "text"})));
    EXPECT_EQ(mail.header("Subject"), "Sold  Bcc: eve@example.com    <script>");
    EXPECT_THAT(mail.all("Bcc"), SizeIs(0));
}

TEST(Mime, ANameIsEncodedWhereMailWouldMisreadIt) {
    auto one = letter({.subject = "s", .text = "t"});
    one.from.name = "Éva, \"the\" Agent <x@y>";
    const auto mail = test::read_mail(mime(one));
    EXPECT_EQ(mail.header("From"), "Éva, \"the\" Agent <x@y> <dreams@example.com>");
    EXPECT_THAT(mime(one), HasSubstr("From: =?UTF-8?B?"));
}

TEST(Mime, EveryTextSurvivesIt) {
    EXPECT_TRUE(rc::check([] {
        const auto subject = *any_text(), plain = *any_text(), html = *any_text();
        const auto mail =
            test::read_mail(mime(letter({.subject = subject, .text = plain, .html = html})));
        RC_ASSERT(mail.header("Subject") == one_line(subject));
        RC_ASSERT(mail.plain == carried(plain));
        RC_ASSERT(mail.html == carried(html));
    }));
}

TEST(Mime, NoTextMakesALongLineAnotherHeaderOrABareLineEnd) {
    EXPECT_TRUE(rc::check([] {
        auto one = letter({.subject = *any_text(),
                           .text = *any_text(),
                           .html = *any_text(),
                           .link = *any_text()});
        one.from.name = *any_text();
        const auto text = mime(one);
        for (const auto& line : test::lines_of(text)) {
            RC_ASSERT(line.size() <= 76u);
            RC_ASSERT(std::ranges::all_of(line, [](char c) { return c >= ' ' || c == '\t'; }));
        }
        std::vector<std::string> names;
        for (const auto& header : test::read_mail(text).headers) names.push_back(header.first);
        if (names.back() == "Content-Transfer-Encoding") names.pop_back();  // there is one part
        RC_ASSERT(
            (names == std::vector<std::string>{"Date", "From", "To", "Message-ID", "Subject",
                                               "Auto-Submitted", "MIME-Version", "Content-Type"}));
    }));
}

TEST(Mime, LongHeadersAreFoldedBetweenCharacters) {
    std::string houses;
    for (int i = 0; i < 40; ++i) houses += "🏡";
    const auto words = header_text(houses);
    std::string unfolded;
    for (const auto& line : test::lines_of(words + "\r\n")) {
        unfolded += line;
        EXPECT_LE(line.size(), 73u);
        const auto begin = line.find("?B?") + 3;
        const auto piece = sim::from_base64(line.substr(begin, line.rfind("?=") - begin));
        EXPECT_EQ(text::valid_utf8(piece.value()), piece.value()) << "a character was torn";
    }
    EXPECT_EQ(test::decoded_words(unfolded), houses);
}

// ---- addresses

TEST(Mailbox, IsAnAddressWithOrWithoutAName) {
    const auto bare = mailbox_from(" ana@example.com ");
    ASSERT_TRUE(bare);
    EXPECT_EQ(bare->name, "");
    EXPECT_EQ(bare->address, "ana@example.com");
    const auto named = mailbox_from("\"Bell, Ana\" <ana@example.com>");
    ASSERT_TRUE(named);
    EXPECT_EQ(named->name, "Bell, Ana");
    EXPECT_EQ(named->address, "ana@example.com");
}

TEST(Mailbox, IsNothingElse) {
    for (const char* text : {"", "ana", "@example.com", "ana@", "a@b@c", "ana@example.com, b@c.d",
                             "Ana <ana@example.com", "<>", "<", "Ana <ana>", "ana bell@example.com",
                             "ana@example.com\r\nBcc: b@c.d", "éva@example.com"})
        EXPECT_FALSE(mailbox_from(text)) << text;
    EXPECT_FALSE(mailbox_from(std::string(250, 'a') + "@b.cd"));
}

// ---- the channel

TEST(Mail, GoesToEveryoneWithADateAndAnIdOfItsOwn) {
    std::vector<smtp::Envelope> posted;
    const ManualClock clock(monday);
    const auto channel = mail(
        {.from = "DREAMS <dreams@example.com>", .to = {"ana@example.com", "Ben <ben@example.com>"}},
        [&](const smtp::Envelope& each) { posted.push_back(each); }, clock);
    EXPECT_EQ(channel.name, "mail");
    channel.send({.subject = "a", .text = "b"});
    channel.send({.subject = "a", .text = "b"});
    ASSERT_THAT(posted, SizeIs(2));
    EXPECT_EQ(posted[0].from, "dreams@example.com");
    EXPECT_THAT(posted[0].to, ElementsAre("ana@example.com", "ben@example.com"));
    const auto first = test::read_mail(posted[0].message),
               second = test::read_mail(posted[1].message);
    EXPECT_EQ(first.header("Date"), "Mon, 19 Jan 2026 16:00:00 +0000");
    EXPECT_NE(first.header("Message-ID"), second.header("Message-ID"));
    EXPECT_THAT(first.header("Message-ID"), HasSubstr("@example.com>"));
}

TEST(Mail, IsRefusedBeforehandWhereAnAddressIsNone) {
    const ManualClock clock(monday);
    const auto why = [&](const MailAddresses& addresses) -> std::string {
        try {
            mail(
                addresses, [](const smtp::Envelope&) {}, clock);
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::invalid);
            return error.what();
        }
        return "no error";
    };
    EXPECT_EQ(why({.to = {"ana@example.com"}}), "mail needs the sender");
    EXPECT_EQ(why({.from = "dreams@example.com"}), "mail needs a recipient");
    EXPECT_THAT(why({.from = "dreams", .to = {"ana@example.com"}}),
                HasSubstr("the sender of mail"));
    EXPECT_THAT(why({.from = "d@example.com", .to = {"ana@example.com", "secret ben"}}),
                AllOf(HasSubstr("a recipient of mail"), Not(HasSubstr("secret ben"))));
}

}  // namespace
}  // namespace dreams::delivery
