// The morning page: what stands on it on a Monday at eleven, and that it goes out once a day.

#include "jobs/brief.h"

#include <gmock/gmock.h>

#include "base/json.h"
#include "delivery/brief.h"
#include "store/briefs.h"
#include "store/contact_homes.h"
#include "store/lease.h"
#include "store/timetable.h"
#include "support/database.h"
#include "support/homes.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;
using test::monday;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// When the business day of `monday` and the one before it began in New York.
constexpr Instant today_began = monday - 11h, yesterday_began = today_began - 24h;

class BriefOf : public testing::Test {
protected:
    Lead add(const std::string& name, std::int64_t score, Instant came = monday - 90 * 24h) {
        auto lead = test::lead(name, score);
        lead.stamps.created_at = came;
        db.add("leads", lead);
        return lead;
    }
    PropertyId see(const std::string& address, std::int64_t price, Instant at,
                   const std::string& status = "active") {
        return test::see(db, {address, price, at, status});
    }
    PropertyId watched(const std::string& address, const Lead& by) {
        const auto id = see(address, 450'000, monday - 30 * 24h);
        store::keep_contact_home(db, by.id, id, {}, monday - 20 * 24h);
        return id;
    }
    void came(const Lead& who, std::int64_t number, Instant at, CommKind kind = CommKind::text,
              Direction direction = Direction::inbound) {
        db.add("contact_communications", test::communication(who, number, at, kind, direction));
    }
    Brief gather(Instant now = monday) { return gather_brief(db, zone, now, {}); }
    BriefSent send(Instant now = monday, Resend resend = Resend::no) {
        return send_brief(db, gather(now), ways, zone, now, resend);
    }
    std::vector<std::string> changed(const Brief& brief) {
        std::vector<std::string> lines;
        for (const auto& home : brief.news)
            for (const auto& move : home.moves)
                lines.push_back(home.address + " " + move.type + " " + move.from + " " + move.to);
        return lines;
    }
    template <class T>
    std::vector<std::string> names(const std::vector<T>& people) {
        std::vector<std::string> names;
        for (const auto& person : people) names.push_back(person.name);
        return names;
    }

    Db db = test::database();
    Zone zone{"America/New_York"};
    std::vector<delivery::Message> sent;
    WaysOut ways{.channels = {{"mail", [this](const delivery::Message& m) { sent.push_back(m); }}},
                 .environment = "dev",
                 .dashboard = "https://dreams.example"};
};

TEST_F(BriefOf, AnEmptyFileHasAPageThatSaysSo) {
    const auto brief = gather();
    EXPECT_EQ(to_text(brief.day), "2026-01-19");
    const auto text = delivery::brief_text(brief, {zone, monday, "", false});
    for (const auto* sentence :
         {"Nobody is to be called today.", "Nobody waits for you.", "No watched home changed",
          "No home was looked at by two people this week.", "Nobody came since yesterday.",
          "No home was suggested to anybody.", "Follow Up Boss has not been read yet."})
        EXPECT_THAT(text, HasSubstr(sentence));
    EXPECT_THAT(text, HasSubstr("0 people to call, 0 homes changed"));
}

TEST_F(BriefOf, TenPeopleToCallTheBestFirstWithPhoneAndReason) {
    for (int i = 0; i < 12; ++i) add("Caller " + std::to_string(i), 50 + i);
    db.run(
        "INSERT INTO dreams_lead_scores (lead_id, policy, reason) "
        "VALUES ('lead-caller-11', 'house', 'keeps returning to one home')");
    const auto brief = gather();
    ASSERT_EQ(brief.calls.size(), 10u);
    EXPECT_EQ(brief.calls.front().name, "Caller 11");
    EXPECT_EQ(brief.calls.front().reason, "keeps returning to one home");
    EXPECT_EQ(brief.calls.front().phone, "(828) 555-0100");
}

TEST_F(BriefOf, WhoWroteAndHadNoAnswerWaitsTheLongestFirst) {
    const auto ana = add("Ana Lopez", 50), ben = add("Ben Ray", 40), cem = add("Cem Dag", 40),
               dot = add("Dot Orr", 30);
    came(ana, 1, monday - 3h);
    came(ben, 2, monday - 5h, CommKind::email);
    came(cem, 3, monday - 9h);
    came(cem, 4, monday - 8h, CommKind::call, Direction::outbound);
    came(dot, 5, monday - 20 * 24h);
    const auto brief = gather();
    EXPECT_THAT(names(brief.waiting), ElementsAre("Ben Ray", "Ana Lopez"));
    EXPECT_EQ(brief.waiting.front().since, monday - 5h);
}

TEST_F(BriefOf, WhomNoCallReachesIsWrittenTo) {
    const auto bad = add("Bad Phone", 50), none = add("No Way", 40), trash = add("In Trash", 40);
    db.run("UPDATE leads SET email = 'bad@example.com' WHERE id = :id", {{"id", bad.id}});
    db.run("UPDATE leads SET email = '', phone = '' WHERE id = :id", {{"id", none.id}});
    const auto bar = [&](const Lead& who, const std::string& why) {
        db.run(
            "INSERT INTO dreams_lead_scores (lead_id, policy, reason, barred) "
            "VALUES (:id, 'house', '', :why)",
            {{"id", who.id}, {"why", why}});
    };
    bar(bad, "bad phone");
    bar(trash, "trash");
    came(bad, 1, monday - 3h);
    came(none, 2, monday - 2h);
    came(trash, 3, monday - 1h);
    const auto brief = gather();
    EXPECT_THAT(names(brief.waiting), ElementsAre("Bad Phone", "No Way"));
    EXPECT_EQ(brief.waiting[0].phone, std::nullopt) << "it would be dialled in vain";
    EXPECT_THAT(delivery::brief_text(brief, {zone, monday, "", false}),
                testing::AllOf(HasSubstr("write to bad@example.com"),
                               HasSubstr("no number that works, and no e-mail")));
}

TEST_F(BriefOf, NewPeopleAreThoseOfTheLastCompleteDayAndThisMorning) {
    add("Before Yesterday", 1, yesterday_began - 1s);
    add("Early Yesterday", 1, yesterday_began);
    add("Late Yesterday", 1, today_began - 1s);
    add("This Morning", 1, monday - 1h);
    const auto brief = gather();
    EXPECT_THAT(names(brief.newcomers),
                ElementsAre("This Morning", "Late Yesterday", "Early Yesterday"));
    EXPECT_EQ(brief.people_since, yesterday_began);
    // At six in the morning, when a mail that asked for the UTC day would have nobody.
    EXPECT_EQ(gather(today_began + 6h).newcomer_count, 2);
}

TEST_F(BriefOf, TheFirstPageTellsOfChangesSinceTheDayBeforeBegan) {
    const auto ana = add("Ana Lopez", 50);
    const auto id = watched("12 Elm St", ana);
    watched("14 Elm St", ana);
    see("99 Far Away Rd", 1, monday - 5h);
    see("12 Elm St", 435'000, yesterday_began + 1h);
    see("14 Elm St", 400'000, yesterday_began - 1h);
    const auto brief = gather();
    EXPECT_THAT(changed(brief), ElementsAre("12 Elm St price 450000 435000"));
    EXPECT_EQ(brief.news.front().home, id);
    EXPECT_THAT(brief.news.front().clients, ElementsAre(Client{ana.id, "Ana Lopez"}));
}

TEST_F(BriefOf, ALaterPageTellsOfWhatNoEarlierOneToldHoweverLateItWasHeardOf) {
    const auto ana = add("Ana Lopez", 50);
    watched("12 Elm St", ana);
    watched("14 Elm St", ana);
    see("12 Elm St", 435'000, monday - 3h);
    send();
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_THAT(changed(gather(monday + 1h)), ElementsAre("12 Elm St price 450000 435000"))
        << "it is on today's page all day long";
    const auto tomorrow = monday + 20h;
    see("12 Elm St", 430'000, monday + 5h);
    see("14 Elm St", 440'000, monday - 30h);  // from a file of Saturday, imported today
    EXPECT_THAT(changed(gather(tomorrow)),
                testing::UnorderedElementsAre("12 Elm St price 435000 430000",
                                              "14 Elm St price 450000 440000"));
}

TEST_F(BriefOf, WhatWasToldByMailYesterdayIsStillOnThePage) {
    const auto ana = add("Ana Lopez", 50);
    watched("12 Elm St", ana);
    see("12 Elm St", 435'000, monday - 3h);
    EXPECT_EQ(tell(db, ways, zone, monday).homes, 1);
    EXPECT_EQ(gather().news.size(), 1u) << "the page does not ask who was told";
}

TEST_F(BriefOf, HotHomesAreThoseThatSeveralPeopleLookAtThisWeek) {
    const auto ana = add("Ana Lopez", 50), ben = add("Ben Ray", 40);
    const auto hot = see("12 Elm St", 450'000, monday - 30 * 24h);
    const auto cold = see("14 Elm St", 450'000, monday - 30 * 24h);
    const auto sold = see("16 Elm St", 450'000, monday - 30 * 24h, "sold");
    for (const auto& who : {ana, ben}) {
        store::keep_contact_home(db, who.id, hot, {}, monday - 24h);
        store::keep_contact_home(db, who.id, sold, {}, monday - 24h);
        store::keep_contact_home(db, who.id, cold, {}, monday - 9 * 24h);
    }
    const auto cem = add("Cem Dag", 90);
    store::keep_contact_home(db, cem.id, hot, {}, monday - 20 * 24h);
    const auto brief = gather();
    ASSERT_EQ(brief.hot.size(), 1u);
    EXPECT_EQ(brief.hot.front().home, hot);
    EXPECT_EQ(brief.hot.front().people, 2);
    EXPECT_THAT(names(brief.hot.front().clients), ElementsAre("Ana Lopez", "Ben Ray"))
        << "those of this week, as they are counted";
}

TEST_F(BriefOf, HotHomesMayHaveNoMoreThanAnMlsNumber) {
    const auto ana = add("Ana Lopez", 50), ben = add("Ben Ray", 40), cem = add("Cem Dag", 30);
    db.run("UPDATE leads SET last_activity_at = :at", {{"at", monday - 1h}});
    std::int64_t number = 0;
    const auto look = [&](const Lead& who, const std::string& mls, const std::string& address,
                          Instant at = monday - 2h) {
        auto event = test::event(who, ++number, at);
        event.property_mls = mls;
        event.property_address = address;
        db.add("contact_events", event);
    };
    const auto kept = see("12 Elm St", 450'000, monday - 30 * 24h);
    db.run("UPDATE properties SET mls_number = '100' WHERE id = :id", {{"id", kept}});
    db.run(
        "INSERT INTO dreams_property_keys (kind, key, property_id) VALUES ('number', '100', :id)",
        {{"id", kept}});
    for (const auto& who : {ana, ben}) {
        look(who, "100", "12 Elm St");
        look(who, "200", "[Not found on IDX]");
        look(who, "300", "3 Oak St");
        look(who, "400", "4 Oak St", monday - 9 * 24h);
    }
    look(cem, "200", "");
    look(ana, "500", "5 Oak St");
    db.script(
        "INSERT INTO idx_property_cache (mls_number, address, price, status, last_updated) VALUES "
        "('200', '2 Oak St', 300000, 'Active', '2026-01-19T00:00:00Z'),"
        "('300', '3 Oak St', 300000, 'Sold', '2026-01-19T00:00:00Z');"
        "INSERT INTO dreams_idx_visits (kind, key, verdict, asked_at, due_at, page) VALUES "
        "('number', '200', 'found', '2026-01-19T00:00:00Z', '2026-01-20T00:00:00Z', "
        "'https://site.example/200')");
    const auto brief = gather();
    ASSERT_EQ(brief.hot.size(), 1u) << "one is in the file, one sold, one old, one Ana's alone";
    const auto& home = brief.hot.front();
    EXPECT_EQ(home.home, std::nullopt);
    EXPECT_EQ(home.address, "2 Oak St");
    EXPECT_EQ(home.people, 3);
    EXPECT_THAT(names(home.clients),
                testing::UnorderedElementsAre("Ana Lopez", "Ben Ray", "Cem Dag"));
    EXPECT_THAT(
        delivery::brief_content(brief, {zone, monday, ""}).str(),
        testing::AllOf(HasSubstr("href=\"https://site.example/200\""), HasSubstr("MLS 200")));
}

TEST_F(BriefOf, NewSuggestionsTheBestFirst) {
    const auto ana = add("Ana Lopez", 50);
    const auto one = see("12 Elm St", 450'000, monday - 30 * 24h);
    const auto two = see("14 Elm St", 450'000, monday - 30 * 24h);
    const auto suggest = [&](const PropertyId& home, double score, const char* status, Instant at) {
        db.run(
            "INSERT INTO matches (id, lead_id, property_id, total_score, match_status, "
            "suggested_at) VALUES (:id, :lead, :home, :score, :status, :at)",
            {{"id", "match_" + home.text},
             {"lead", ana.id},
             {"home", home},
             {"score", score},
             {"status", std::string(status)},
             {"at", at}});
    };
    suggest(one, 71, "suggested", monday - 2h);
    suggest(two, 88, "suggested", monday - 3h);
    const auto three = see("16 Elm St", 450'000, monday - 30 * 24h);
    suggest(three, 99, "rejected", monday - 3h);
    const auto brief = gather();
    ASSERT_EQ(brief.suggestions.size(), 2u);
    EXPECT_EQ(brief.suggestions.front().address, "14 Elm St");
    EXPECT_EQ(brief.suggestions.front().name, "Ana Lopez");
    EXPECT_EQ(brief.suggestion_count, 2);
}

TEST_F(BriefOf, WhatFailedAndWhatIsStaleIsSaidInSentences) {
    store::keep_timed_job(db, {.name = "idx",
                               .schedule = "30 6 * * *",
                               .started_at = monday - 3h,
                               .ended_at = monday - 3h,
                               .outcome = JobEnd::failed,
                               .sentence = "the site is down"});
    store::keep_timed_job(db, {.name = "backup", .schedule = "", .why_off = "jobs.backup is off"});
    const auto worries =
        gather_brief(db, zone, monday, "The newest proved backup is 3 days old.").worries;
    EXPECT_THAT(worries, Contains("The newest proved backup is 3 days old."));
    EXPECT_THAT(worries, Contains("The job `idx` failed 3 hours ago: the site is down"));
    EXPECT_THAT(worries, Contains("No backup is made: jobs.backup is off."));
    EXPECT_THAT(worries, Contains("Follow Up Boss has not been read yet."));
}

TEST_F(BriefOf, ItGoesOutOnceADayUnlessItIsAskedForAgain) {
    add("Ana Lopez", 50);
    EXPECT_THAT(send().sentence(zone), HasSubstr("went out by mail"));
    const auto second = send(monday + 2h);
    EXPECT_THAT(second.sentence(zone), HasSubstr("was sent today at 11:00 am"));
    EXPECT_EQ(sent.size(), 1u);
    EXPECT_FALSE(send(monday + 2h, Resend::yes).before);
    EXPECT_EQ(sent.size(), 2u);
    send(monday + 24h);
    EXPECT_EQ(sent.size(), 3u);
    EXPECT_EQ(store::sent_brief(db, zone.date_of(monday))->sent_at, monday + 2h);
}

TEST_F(BriefOf, TheMailNamesPeopleAndItsSubjectDoesNot) {
    add("Ana <Lopez>", 50);
    send();
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(sent[0].subject, "Monday, January 19: 1 person to call, 0 homes changed");
    EXPECT_THAT(sent[0].text, HasSubstr("Ana <Lopez>"));
    EXPECT_THAT(sent[0].html, HasSubstr("Ana &lt;Lopez&gt;"));
    EXPECT_THAT(sent[0].html, HasSubstr("https://dreams.example/people/"));
    EXPECT_THAT(sent[0].html, testing::StartsWith("<!doctype html>"));
    EXPECT_EQ(sent[0].link, "https://dreams.example/brief");
}

TEST_F(BriefOf, WithoutAWayOutItIsNotSentAndSaysWhatToSet) {
    ways.channels.clear();
    const auto result = send();
    EXPECT_EQ(result.unsaid, Unsaid::no_channel);
    EXPECT_THAT(result.sentence(zone), HasSubstr("mail.url"));
    EXPECT_FALSE(store::sent_brief(db, zone.date_of(monday)));
}

TEST_F(BriefOf, WhatNoChannelTookIsNotRemembered) {
    ways.channels = {{"mail", [](const delivery::Message&) {
                          throw Error(Fault::unavailable, "the mail server is away");
                      }}};
    EXPECT_THAT(send().sentence(zone), HasSubstr("the mail server is away"));
    EXPECT_FALSE(store::sent_brief(db, zone.date_of(monday)));
}

TEST_F(BriefOf, AChannelThatFailedGetsItLaterAlone) {
    bool down = true;
    int rung = 0;
    ways.channels.push_back({"ntfy", [&](const delivery::Message&) {
                                 if (down) throw Error(Fault::unavailable, "ntfy is away");
                                 ++rung;
                             }});
    EXPECT_THAT(send().sentence(zone), HasSubstr("went out by mail, and later by the rest"));
    send(monday + 10min);
    down = false;
    EXPECT_THAT(send(monday + 20min).sentence(zone), HasSubstr("went out by ntfy"));
    send(monday + 30min);
    EXPECT_EQ(rung, 1);
    EXPECT_EQ(sent.size(), 1u) << "mail had it";
}

TEST_F(BriefOf, InQuietHoursItGoesByMailAlone) {
    int rung = 0;
    ways.channels.push_back({"ntfy", [&](const delivery::Message&) { ++rung; }});
    ways.quiet = delivery::QuietHours::from("10-12").value();
    EXPECT_THAT(send().notified.took, ElementsAre("mail"));
    EXPECT_EQ(rung, 0);
    ways.channels.erase(ways.channels.begin());
    EXPECT_EQ(send(monday, Resend::yes).unsaid, Unsaid::quiet_hours);
}

TEST_F(BriefOf, TwoProgramsNeverSendTogether) {
    const store::Lease held(db, "brief", monday);
    EXPECT_THROW(send(), store::LeaseHeld);
}

}  // namespace
}  // namespace dreams::jobs
