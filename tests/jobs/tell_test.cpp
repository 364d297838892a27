// From property_changes to a message in somebody's hand, once: what is told, what never is, and
// what happens when nobody takes it.

#include "jobs/tell.h"

#include <gmock/gmock.h>

#include <memory>
#include <thread>

#include "store/contact_homes.h"
#include "store/lease.h"
#include "store/properties.h"
#include "support/database.h"
#include "support/homes.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;
using test::monday;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Tell : public testing::Test {
protected:
    PropertyId home(const std::string& address) {
        return see(address, 450'000, "active", monday - 30 * 24h);
    }
    PropertyId see(const std::string& address, std::int64_t price, const std::string& status,
                   Instant at) {
        return test::see(db, {address, price, at, status});
    }
    PropertyId watched(const std::string& address) {
        const auto id = home(address);
        store::keep_contact_home(db, ana.id, id, {}, monday);
        return id;
    }
    Told tell(Instant now = monday) { return jobs::tell(db, ways, zone, now); }
    int untold() {
        return db.value<int>("SELECT count(*) FROM property_changes WHERE notified = 0");
    }

    Db db = test::database();
    Zone zone{"America/New_York"};
    Lead ana = test::add_lead(db, "Ana Lopez");
    std::vector<delivery::Message> sent;
    WaysOut ways{.channels = {{"mail", [this](const delivery::Message& m) { sent.push_back(m); }}},
                 .environment = "dev",
                 .dashboard = "https://dreams.example"};
};

TEST_F(Tell, ADropOfAWatchedHomeIsToldWithEverythingAnAgentAsks) {
    const auto id = watched("12 Elm St");
    see("12 Elm St", 435'000, "active", monday - 2h);
    const auto told = tell();
    EXPECT_EQ(told.unsaid, std::nullopt) << told.sentence();
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(sent[0].subject, "12 Elm St: price $450,000 → $435,000 (−$15,000, −3.3%)");
    EXPECT_THAT(sent[0].text, HasSubstr("for Ana Lopez"));
    EXPECT_THAT(sent[0].text, HasSubstr("seen by Redfin, January 19, 9:00 am"));
    EXPECT_THAT(sent[0].html, HasSubstr("https://dreams.example/properties/" + id.text));
    EXPECT_THAT(sent[0].html, HasSubstr("Ana Lopez"));
    EXPECT_THAT(sent[0].subject, Not(HasSubstr("Ana")));
    EXPECT_EQ(sent[0].link, "https://dreams.example/brief");
    EXPECT_THAT(told.sentence(), HasSubstr("1 home with news, told by mail"));
    EXPECT_EQ(untold(), 0);
    tell(monday + 1h);
    EXPECT_EQ(sent.size(), 1u) << "never twice";
}

TEST(ToldOnce, IsRecordedThoughOthersWriteMeanwhile) {
    const test::Folder folder;
    Db db = test::database(folder);
    db.script("PRAGMA busy_timeout = 1000");
    const Lead ana = test::add_lead(db, "Ana Lopez");
    const auto id = test::see(db, {"12 Elm St", 450'000, monday - 30 * 24h, "active"});
    store::keep_contact_home(db, ana.id, id, {}, monday);
    test::see(db, {"12 Elm St", 435'000, monday - 2h, "active"});
    int sent = 0;
    std::thread other;
    const WaysOut ways{.channels = {{"mail",
                                     [&](const delivery::Message&) {
                                         ++sent;
                                         auto theirs = std::make_shared<Db>(
                                             store::open_file(folder.file("dreams.db")));
                                         theirs->script("BEGIN IMMEDIATE");
                                         other = std::thread([theirs] {
                                             std::this_thread::sleep_for(1300ms);
                                             theirs->script("ROLLBACK");
                                         });
                                     }}},
                       .environment = "dev"};
    const Zone zone("America/New_York");
    EXPECT_EQ(jobs::tell(db, ways, zone, monday).unsaid, std::nullopt);
    other.join();
    EXPECT_EQ(jobs::tell(db, ways, zone, monday + 1h).unsaid, Unsaid::nothing_new);
    EXPECT_EQ(sent, 1);
}

TEST_F(Tell, SeveralHomesAreOneMessage) {
    for (const auto* address : {"12 Elm St", "14 Elm St", "16 Elm St"}) {
        watched(address);
        see(address, 440'000, "pending", monday - 2h);
    }
    tell();
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(sent[0].subject, "3 homes changed, 3 prices down");
    EXPECT_THAT(sent[0].text, HasSubstr("status active → pending"));
}

TEST_F(Tell, APriceThatWentThereAndBackIsNotToldAndItsHistoryIsComplete) {
    const auto id = watched("12 Elm St");
    see("12 Elm St", 435'000, "active", monday - 170min);
    EXPECT_EQ(tell(monday - 160min).waiting, 1);
    see("12 Elm St", 450'000, "active", monday - 130min);
    EXPECT_EQ(tell().unsaid, Unsaid::nothing_new);
    EXPECT_THAT(sent, IsEmpty());
    EXPECT_EQ(untold(), 0);
    EXPECT_EQ(store::changes_of(db, id).size(), 2u);
}

TEST_F(Tell, NobodysHomesAndOldNewsAreDealtWithInSilence) {
    home("12 Elm St");
    see("12 Elm St", 435'000, "active", monday - 2h);
    watched("14 Elm St");
    see("14 Elm St", 400'000, "active", monday - 4 * 24h);
    EXPECT_EQ(tell().passed, 2);
    EXPECT_THAT(sent, IsEmpty());
    EXPECT_EQ(untold(), 0);
}

TEST_F(Tell, WithoutAWayOutEverythingStaysAsItIs) {
    ways.channels.clear();
    watched("12 Elm St");
    see("12 Elm St", 435'000, "active", monday - 2h);
    see("12 Elm St", 430'000, "active", monday - 5min);
    const auto told = tell();
    EXPECT_EQ(told.unsaid, Unsaid::no_channel);
    EXPECT_THAT(told.sentence(), HasSubstr("no way out is set up"));
    EXPECT_EQ(untold(), 2);
}

TEST_F(Tell, AtNightPhonesAreLeftAlone) {
    ways.quiet = delivery::QuietHours::from("10-12").value();  // it is 11:00 in New York
    watched("12 Elm St");
    see("12 Elm St", 435'000, "active", monday - 2h);
    EXPECT_EQ(tell().unsaid, Unsaid::quiet_hours);
    EXPECT_EQ(untold(), 1);
    EXPECT_EQ(tell(monday + 1h).unsaid, std::nullopt);
    EXPECT_EQ(sent.size(), 1u);
}

TEST_F(Tell, WhatNoChannelTookIsTriedAgainAndWhatOneTookIsTold) {
    bool down = true;
    ways.channels = {{"mail",
                      [&](const delivery::Message& m) {
                          if (down) throw Error(Fault::unavailable, "the mail server is away");
                          sent.push_back(m);
                      }},
                     {"ntfy", [&](const delivery::Message&) {
                          throw Error(Fault::unauthorized, "the token is not good");
                      }}};
    watched("12 Elm St");
    see("12 Elm St", 435'000, "active", monday - 2h);
    const auto first = tell();
    EXPECT_EQ(first.unsaid, Unsaid::not_taken);
    EXPECT_THAT(first.sentence(), HasSubstr("the mail server is away"));
    EXPECT_EQ(untold(), 1);
    down = false;
    const auto second = tell();
    EXPECT_THAT(second.notified.took, ElementsAre("mail"));
    EXPECT_EQ(second.notified.not_taken.size(), 1u);
    EXPECT_EQ(untold(), 0);
}

TEST_F(Tell, AChannelThatFailedGetsTheSameLaterAndNobodyElseDoes) {
    bool down = true;
    std::vector<std::string> rung;
    ways.channels.push_back({"ntfy", [&](const delivery::Message& m) {
                                 if (down) throw Error(Fault::unavailable, "ntfy is away");
                                 rung.push_back(m.subject);
                             }});
    watched("12 Elm St");
    see("12 Elm St", 435'000, "active", monday - 2h);
    EXPECT_THAT(tell().sentence(), HasSubstr("told by mail, and later by the rest"));
    EXPECT_TRUE(any_unsent(db, monday));
    EXPECT_THAT(tell(monday + 10min).caught_up.not_taken, testing::SizeIs(1));
    down = false;
    EXPECT_THAT(tell(monday + 20min).caught_up.took, ElementsAre("ntfy"));
    tell(monday + 30min);
    EXPECT_THAT(rung, ElementsAre(sent[0].subject));
    EXPECT_EQ(sent.size(), 1u) << "nothing twice";
    EXPECT_FALSE(any_unsent(db, monday + 30min));
}

TEST_F(Tell, AChannelThatFailsForLongGetsNoOldNews) {
    bool down = true, rung = false;
    ways.channels.push_back({"ntfy", [&](const delivery::Message&) {
                                 if (down) throw Error(Fault::unavailable, "ntfy is away");
                                 rung = true;
                             }});
    watched("12 Elm St");
    see("12 Elm St", 435'000, "active", monday - 2h);
    tell();
    ways.quiet = delivery::QuietHours::from("11-13").value();
    down = false;
    tell(monday + 1h);
    EXPECT_FALSE(rung) << "in quiet hours";
    tell(monday + unsent_for + 1s);
    EXPECT_FALSE(rung) << "hours later";
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM dreams_unsent"), 0);
}

TEST_F(Tell, AProgramKilledBeforeTheMarkTellsOnceMoreAndNotThrice) {
    struct Killed {};
    bool kill = true;
    ways.channels = {{"mail", [&](const delivery::Message& m) {
                          sent.push_back(m);
                          if (kill) throw Killed{};
                      }}};
    watched("12 Elm St");
    see("12 Elm St", 435'000, "active", monday - 2h);
    EXPECT_THROW(tell(), Killed);
    kill = false;
    tell();
    tell();
    EXPECT_EQ(sent.size(), 2u);
}

TEST_F(Tell, TwoProgramsNeverTellTogether) {
    const store::Lease held(db, "tell", monday);
    EXPECT_THROW(tell(), store::LeaseHeld);
}

TEST_F(Tell, ALookAheadSendsAndMarksNothing) {
    watched("12 Elm St");
    see("12 Elm St", 435'000, "active", monday - 2h);
    const auto told = what_to_tell(db, ways, zone, monday);
    EXPECT_THAT(told.message->subject, HasSubstr("12 Elm St"));
    EXPECT_THAT(sent, IsEmpty());
    EXPECT_EQ(untold(), 1);
}

TEST_F(Tell, WhatSomebodyTypedAsTheClientIsNamedInTheMailAlone) {
    const auto id = home("12 Elm St");
    db.run("UPDATE properties SET added_for = 'The <Smiths>' WHERE id = :id", {{"id", id}});
    see("12 Elm St", 435'000, "sold", monday - 2h);
    tell();
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_THAT(sent[0].text, HasSubstr("for The <Smiths>"));
    EXPECT_THAT(sent[0].html, HasSubstr("The &lt;Smiths&gt;"));
    EXPECT_THAT(sent[0].subject, Not(HasSubstr("Smiths")));
}

}  // namespace
}  // namespace dreams::jobs
