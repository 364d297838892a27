// `dreams watch` and `dreams brief` as a shell sees them: a simulated listing site whose prices
// move, and a mail relay that gets the news.

#include <gmock/gmock.h>

#include "base/serve.h"
#include "cli/program.h"
#include "sim/idx/site.h"
#include "sim/mail/server.h"
#include "store/contact_homes.h"
#include "support/database.h"
#include "support/homes.h"
#include "support/mail_read.h"

namespace dreams::cli {
namespace {

using namespace std::chrono_literals;
using test::monday;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class News : public testing::Test {
protected:
    News() {
        EXPECT_EQ(program.run({"init"}).status, 0);
        for (const auto& each : town.homes())
            if (!home && !each.mls.empty() && each.status == "Active") home = &each;
        Db db = store::open_file(program.folder.file("dreams.db"));
        const auto ana = test::add_lead(db, "Ana Lopez", 70);
        Sighting said;
        said.listing.mls_number = home->mls;
        said.listing.city = home->city;
        const auto at = monday - 48h;
        const auto id =
            test::see(db, {home->street, home->price, at, "active", "redfin", std::move(said)});
        store::keep_contact_home(db, ana.id, id, {}, at);
        program.variables = {
            {"DREAMS_IDX_URL", "http://127.0.0.1:" + std::to_string(server.port())},
            {"DREAMS_IDX_PACE", "0"}};
    }

    void set_up_mail(const sim::MailServer& relay) {
        program.variables["DREAMS_MAIL_URL"] = "smtp://127.0.0.1:" + std::to_string(relay.port());
        program.variables["DREAMS_MAIL_FROM"] = "DREAMS <dreams@example.com>";
        program.variables["DREAMS_MAIL_TO"] = "ana@example.com";
    }
    test::Ran at(Instant now, test::Words words) {
        words.insert(words.end(), {"--now", to_text(now)});
        return program.run(words);
    }

    test::Program program;
    ManualClock clock{monday};
    sim::Town town{sim::TownSize::of(60), 1, monday};
    sim::IdxSite site{town, clock};
    http::Server server{{}, site.handler()};
    const sim::Home* home = nullptr;
};

TEST_F(News, AHomeThatSomebodyCaresForIsLookedAtAndItsDropIsMailedOnce) {
    const sim::MailServer relay{{}};
    set_up_mail(relay);
    site.set_price(home->mls, home->price - 10'000);
    const auto first = at(monday, {"watch"});
    EXPECT_EQ(first.status, 0) << first.err;
    EXPECT_THAT(first.out, HasSubstr("watch: done"));
    EXPECT_THAT(first.out, HasSubstr("nothing new to tell")) << "it has yet to settle";

    const auto preview = at(monday + 2h, {"watch", "--dry-run"});
    EXPECT_THAT(preview.out, HasSubstr("no home is to be looked at now")) << preview.err;
    EXPECT_THAT(preview.out, HasSubstr(home->street + ": price"));
    EXPECT_THAT(relay.mails(), IsEmpty());

    const auto second = at(monday + 2h, {"watch", "--json"});
    EXPECT_EQ(second.status, 0) << second.err;
    const auto document = second.json();
    EXPECT_EQ(document.at("run").at("source"), "watch");
    EXPECT_TRUE(document.at("told").at("sent").as_bool());
    EXPECT_EQ(document.at("told").at("homes").as_int64(), 1);
    ASSERT_THAT(relay.mails(), SizeIs(1));
    const auto letter = test::read_mail(relay.mails()[0].text);
    EXPECT_THAT(letter.header("Subject"), HasSubstr(home->street + ": price"));
    EXPECT_THAT(letter.plain, HasSubstr("for Ana Lopez"));
    EXPECT_EQ(at(monday + 3h, {"watch"}).status, 0);
    EXPECT_THAT(relay.mails(), SizeIs(1));
}

TEST_F(News, WithoutASiteWatchingIsTellingAloneAndWithoutAWayOutItSaysSo) {
    program.variables.clear();
    const auto ran = at(monday, {"watch"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("idx.url is not set"));
    EXPECT_THAT(ran.out, HasSubstr("no way out is set up"));
}

TEST_F(News, AMailServerThatIsAwayFailsAndTheNewsWaits) {
    site.set_price(home->mls, home->price - 10'000);
    EXPECT_EQ(at(monday, {"watch"}).status, 0);
    program.variables["DREAMS_MAIL_URL"] = "smtp://127.0.0.1:1";
    program.variables["DREAMS_MAIL_FROM"] = "dreams@example.com";
    program.variables["DREAMS_MAIL_TO"] = "ana@example.com";
    EXPECT_EQ(at(monday + 2h, {"watch"}).status, 1);
    const sim::MailServer relay{{}};
    set_up_mail(relay);
    EXPECT_EQ(at(monday + 3h, {"watch"}).status, 0);
    EXPECT_THAT(relay.mails(), SizeIs(1));
}

TEST_F(News, TheMorningPageIsPrintedAsTextAndAsJson) {
    const auto text = at(monday, {"brief"});
    EXPECT_EQ(text.status, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("Monday, January 19: 1 person to call"));
    EXPECT_THAT(text.out, HasSubstr("- Ana Lopez, (828) 555-0100"));
    const auto document = at(monday, {"brief", "--json"}).json();
    EXPECT_EQ(document.at("day"), "2026-01-19");
    EXPECT_EQ(document.at("calls").at(0).at("name"), "Ana Lopez");
}

TEST_F(News, TheMorningPageIsMailedOnceADay) {
    const sim::MailServer relay{{}};
    set_up_mail(relay);
    EXPECT_THAT(at(monday, {"brief", "--send"}).out, HasSubstr("went out by mail"));
    const auto again = at(monday + 1h, {"brief", "--send"});
    EXPECT_EQ(again.status, 0);
    EXPECT_THAT(again.out, HasSubstr("was sent today at 11:00 am"));
    EXPECT_THAT(relay.mails(), SizeIs(1));
    EXPECT_EQ(at(monday + 1h, {"brief", "--send", "--again"}).status, 0);
    ASSERT_THAT(relay.mails(), SizeIs(2));
    const auto letter = test::read_mail(relay.mails()[0].text);
    EXPECT_THAT(letter.header("Subject"), Not(HasSubstr("Ana")));
    EXPECT_THAT(letter.plain, HasSubstr("Ana Lopez"));
    EXPECT_EQ(program.run({"brief", "--again"}).status, 2) << "again is of --send alone";
}

TEST_F(News, ThePageThatCannotBeSentSaysWhatToSet) {
    const auto ran = at(monday, {"brief", "--send"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("no way out is set up"));
}

TEST_F(News, TheJobsAreOffWithTheirReasonsAndRunWhenAsked) {
    const sim::MailServer relay{{}};
    const auto reason = [&](const std::string& job) {
        program.run({"run", "--once", job, "--now", to_text(monday)});
        Db db = store::open_file(program.folder.file("dreams.db"));
        return db.value<std::string>(
            "SELECT coalesce(why_off, '') FROM dreams_jobs WHERE name = :job", {{"job", job}});
    };
    EXPECT_THAT(reason("brief"), HasSubstr("a way to send it is not set up"));
    EXPECT_THAT(reason("watch"), IsEmpty());
    set_up_mail(relay);
    program.variables["DREAMS_JOBS_BRIEF"] = "30 6 * * *";
    const auto ran = at(monday, {"run", "--once", "brief"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("went out by mail"));
    EXPECT_THAT(relay.mails(), SizeIs(1));
}

TEST_F(News, AMorningThatWasMissedIsNotMadeUpBeforeTodaysPageIsDue) {
    const sim::MailServer relay{{}};
    set_up_mail(relay);
    program.variables["DREAMS_JOBS_BRIEF"] = "30 6 * * *";
    const auto sunday_evening = monday - 17h;  // 18:00 in New York; the page of 6:30 was missed
    {
        Db db = store::open_file(program.folder.file("dreams.db"));
        db.run(
            "INSERT INTO dreams_jobs (name, schedule, due_at) VALUES ('brief', '30 6 * * *', :due)",
            {{"due", monday - 28h - 30min}});
    }
    const auto before_six = monday - 6h;  // 5:00 on Monday
    const auto early = at(before_six, {"run", "--once", "brief"});
    EXPECT_THAT(early.out, HasSubstr("an earlier day's page was missed"));
    EXPECT_THAT(relay.mails(), IsEmpty());
    {
        Db db = store::open_file(program.folder.file("dreams.db"));
        db.run("UPDATE dreams_jobs SET due_at = :due WHERE name = 'brief'",
               {{"due", sunday_evening}});
    }
    EXPECT_THAT(at(monday, {"run", "--once", "brief"}).out, HasSubstr("went out by mail"))
        << "today's time has passed, and it is today's page that goes";
}

}  // namespace
}  // namespace dreams::cli
