#include "jobs/sync.h"

#include <gmock/gmock.h>

#include <ctime>

#include "base/json.h"
#include "store/freshness.h"
#include "store/lease.h"
#include "store/properties.h"
#include "store/sync_log.h"
#include "support/office.h"

namespace dreams::jobs {
namespace {

using sim::FubFault;
using test::Office;
using testing::Contains;
using testing::HasSubstr;
using namespace std::chrono_literals;

std::int64_t count(Db& db, const std::string& table) {
    return db.value<std::int64_t>("SELECT count(*) FROM " + table);
}

const StreamCounts& stream(const SyncReport& report, const std::string& name) {
    for (const auto& each : report.streams)
        if (each.stream == name) return each;
    throw Error(Fault::not_found, "no stream " + name);
}

void expect_sums(const Counts& counts) {
    EXPECT_EQ(counts.processed, counts.created + counts.updated + counts.unchanged + counts.failed);
}

TEST(Sync, BringsTheWholeAccountIn) {
    Office office;
    Db db = test::database();
    const auto report = office.sync(db);
    EXPECT_EQ(report.outcome, Outcome::done)
        << report.error << testing::PrintToString(report.notices);
    EXPECT_EQ(count(db, "leads"), 60);
    EXPECT_EQ(count(db, "contact_events"), office.town.size().events);
    EXPECT_EQ(
        db.value<std::int64_t>("SELECT count(*) FROM contact_communications c WHERE NOT EXISTS "
                               "(SELECT 1 FROM dreams_automated WHERE communication_id = c.id)"),
        office.town.size().communications);
    EXPECT_GT(count(db, "lead_activities"), 0);
    EXPECT_EQ(count(db, "pragma_foreign_key_check"), 0);
    expect_sums(report.counts);
}

TEST(Sync, TheSameAgainChangesNothing) {
    Office office;
    Db db = test::database();
    office.sync(db);
    const auto before = test::synced_rows(db);
    for (const bool full : {false, true}) {
        const auto again = office.sync(db, {.full = full});
        EXPECT_EQ(again.outcome, Outcome::done)
            << again.error << testing::PrintToString(again.notices);
        EXPECT_EQ(again.counts.created, 0);
        EXPECT_EQ(again.counts.updated, 0);
        EXPECT_EQ(test::difference(test::synced_rows(db), before), "");
    }
}

TEST(Sync, WritesALogRowWhoseCountsAddUp) {
    Office office;
    Db db = test::database();
    const auto report = office.sync(db);
    const auto row = db.value<SyncLogEntry>("SELECT * FROM sync_log");
    EXPECT_EQ(row.direction, "import");
    EXPECT_TRUE(row.completed_at);
    EXPECT_EQ(row.error_message, std::nullopt);
    const auto details = json::parse(row.details->text);
    EXPECT_EQ(row.processed,
              row.created + row.updated + row.failed + *json::integer(details, "unchanged"));
    EXPECT_EQ(row.processed, report.counts.processed);
    Counts streams;
    for (const auto& each : report.streams) streams += each.counts;
    EXPECT_EQ(streams, report.counts);
}

TEST(Sync, TellsWhoLooksAtTheHomesOfTheFile) {
    Office office;
    Db db = test::database();
    office.sync(db);
    EXPECT_EQ(count(db, "contact_properties"), 0) << "there are no homes yet";
    const auto most = db.value<ContactEvent>(
        "SELECT * FROM contact_events WHERE event_type = 'property_view' AND property_mls <> '' "
        "GROUP BY property_mls ORDER BY count(*) DESC LIMIT 1");
    Sighting home;
    home.listing.mls_number = most.property_mls;
    auto transaction = db.begin();
    store::keep_property(db, home, {.telling = {"test", test::monday}, .now = test::monday});
    transaction.commit();
    office.sync(db);
    const auto views = [&] {
        return db.value<std::int64_t>("SELECT sum(view_count) FROM contact_properties");
    };
    const auto seen = db.value<std::int64_t>(
        "SELECT count(*) FROM contact_events WHERE event_type = 'property_view' AND property_mls = "
        ":mls",
        {{"mls", most.property_mls}});
    EXPECT_GT(seen, 1);
    EXPECT_EQ(views(), seen);
    db.run("DELETE FROM contact_events WHERE id = :id", {{"id", most.id}});
    db.run("DELETE FROM dreams_cursors WHERE stream = 'events'");
    office.sync(db);
    EXPECT_EQ(views(), seen) << "the event came again";
}

TEST(Sync, NewsArriveInTheNextRun) {
    Office office;
    Db db = test::database();
    office.sync(db);
    office.wait(std::chrono::hours(1));
    const auto person = office.town.people().rows()[5].id;
    const auto event = office.town.add_event(person, "Viewed Property", 3);
    const auto report = office.sync(db);
    EXPECT_EQ(report.outcome, Outcome::done) << report.error;
    EXPECT_EQ(stream(report, "events").counts.created, 1);
    EXPECT_EQ(db.value<std::string>("SELECT contact_id FROM contact_events WHERE id = :id",
                                    {{"id", "evt_" + std::to_string(event)}}),
              std::to_string(person));
}

TEST(Sync, NeverTouchesWhatAnAgentTyped) {
    Office office;
    Db db = test::database();
    office.sync(db);
    const auto person = office.town.people().rows()[5].id;
    db.run(
        "UPDATE leads SET notes = 'likes porches', next_action = 'call', next_action_date = "
        "'2026-02-01', min_price = 300000, preferred_cities = '[\"Sylva\"]' WHERE fub_id = :id",
        {{"id", std::to_string(person)}});
    office.wait(std::chrono::hours(1));
    office.town.edit_person(person, [](sim::Contact& contact) { contact.first = "Renamed"; });
    EXPECT_EQ(office.sync(db, {.full = true}).outcome, Outcome::done);
    const auto lead =
        db.value<Lead>("SELECT * FROM leads WHERE fub_id = :id", {{"id", std::to_string(person)}});
    EXPECT_EQ(lead.person.first_name, "Renamed");
    EXPECT_EQ(lead.workflow.notes, "likes porches");
    EXPECT_EQ(lead.workflow.next_action_date, "2026-02-01");
    EXPECT_EQ(lead.preferences.min_price, 300000);
}

TEST(Sync, AnOlderRowKeepsItsUuid) {
    Office office;
    Db db = test::database();
    const auto fub_id = std::to_string(office.town.people().rows()[7].id);
    db.run(
        "INSERT INTO leads (id, external_id, external_source) VALUES ('a-uuid', :id, "
        "'followupboss')",
        {{"id", fub_id}});
    office.sync(db);
    EXPECT_EQ(db.value<std::string>("SELECT id FROM leads WHERE fub_id = :id", {{"id", fub_id}}),
              "a-uuid");
    EXPECT_EQ(db.value<std::string>("SELECT external_source FROM leads WHERE id = 'a-uuid'"),
              "followupboss");
}

TEST(Sync, MarksWhoWasDeletedAndDropsNothing) {
    Office office;
    Db db = test::database();
    office.sync(db);
    const auto person = office.town.people().rows()[5].id;
    const auto events = count(db, "contact_events");
    office.town.remove_person(person);
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(count(db, "leads"), 60);
    EXPECT_EQ(count(db, "contact_events"), events);
    EXPECT_EQ(
        db.list<std::string>("SELECT fub_id FROM dreams_fub_people WHERE deleted_at IS NOT NULL"),
        std::vector{std::to_string(person)});
}

TEST(Sync, CarriesTrashAndMerges) {
    Office office;
    Db db = test::database();
    office.sync(db);
    office.wait(std::chrono::hours(1));
    const auto& people = office.town.people().rows();
    const auto winner = people[5].id, loser = people[6].id;
    office.town.merge(winner, {loser});
    EXPECT_EQ(office.sync(db, {.full = true}).outcome, Outcome::done);
    EXPECT_EQ(db.value<std::string>("SELECT stage FROM leads WHERE fub_id = :id",
                                    {{"id", std::to_string(loser)}}),
              "Trash");
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) FROM contact_events WHERE contact_id = :id",
                                     {{"id", std::to_string(loser)}}),
              0);
}

TEST(Sync, EventsOfUnknownPeopleWaitAndAreAdopted) {
    Office office;
    Db db = test::database();
    office.sync(db);
    const auto next_person = Office().town.add_person({});  // the same town gives the same ids
    const auto event = office.town.add_event(next_person, "Viewed Property", 2);
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(count(db, "dreams_waiting WHERE kind = 'event'"), 1);
    ASSERT_EQ(office.town.add_person({}), next_person);
    office.wait(std::chrono::hours(1));
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(count(db, "dreams_waiting WHERE kind = 'event'"), 0);
    EXPECT_EQ(db.value<std::string>("SELECT contact_id FROM contact_events WHERE id = :id",
                                    {{"id", "evt_" + std::to_string(event)}}),
              std::to_string(next_person));
}

TEST(Sync, AnEventWithoutAPersonIsRefusedOnceAndKept) {
    Office office;
    Db db = test::database();
    office.sync(db);
    const auto event = office.town.add_event(0, "Viewed Property", 2);
    const auto first = office.sync(db);
    EXPECT_EQ(first.outcome, Outcome::partial);
    ASSERT_EQ(first.refused.size(), 1u);
    EXPECT_EQ(first.refused[0].what, "event " + std::to_string(event));
    EXPECT_THAT(first.refused[0].why, HasSubstr("belongs to nobody"));
    EXPECT_EQ(count(db, "dreams_waiting WHERE kind = 'unreadable'"), 1);
    const auto second = office.sync(db);
    EXPECT_EQ(second.outcome, Outcome::done);
    expect_sums(second.counts);
}

TEST(Sync, ALateOutcomeArrives) {
    Office office;
    Db db = test::database();
    const auto person = office.town.people().rows()[5].id;
    const auto call = office.town.add_call({.person = person, .incoming = false, .seconds = 40});
    office.sync(db);
    office.town.set_outcome(call, "Left Message");
    office.sync(db);
    EXPECT_EQ(db.value<std::string>("SELECT status FROM contact_communications WHERE id = :id",
                                    {{"id", "call_" + std::to_string(call)}}),
              "voicemail");
}

TEST(Sync, AMailFoundLateIsFetchedThoughItIsOld) {
    Office office;
    Db db = test::database();
    office.sync(db);
    const auto person = office.town.people().rows()[5].id;
    office.wait(std::chrono::hours(1));
    sim::Email mail{.people = {{person, true}},
                    .date = office.clock.now() - std::chrono::days(20),
                    .incoming = true};
    const auto id = office.town.add_email(mail);
    office.sync(db, {.full = true});
    EXPECT_EQ(count(db, "contact_communications WHERE id = 'email_" + std::to_string(id) + "'"), 1);
}

TEST(Sync, StopsWhenFarFewerPeopleArrive) {
    Office office;
    Db db = test::database();
    office.sync(db);
    office.account.faults().from("people", 1, FubFault::total_dropped);
    const auto report = office.sync(db, {.full = true});
    EXPECT_EQ(report.outcome, Outcome::failed);
    EXPECT_THAT(report.error, HasSubstr("stopped"));
    EXPECT_EQ(count(db, "dreams_fub_people WHERE deleted_at IS NOT NULL"), 0);
}

TEST(Sync, AWalkThatGoesOnTakesTheRestForNoDrop) {
    Office office{sim::TownSize::of(250)};  // three pages
    Db db = test::database();
    office.account.faults().at("people", 3, FubFault::forbidden_403);
    EXPECT_NE(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(count(db, "leads"), 200);
    const auto report = office.sync(db);
    EXPECT_EQ(report.outcome, Outcome::done) << report.error;
    EXPECT_EQ(count(db, "leads"), 250);
}

TEST(Sync, TextsNamedByIdThatComeOnlyInPartAreFetchedByPerson) {
    Office office;
    Db db = test::database();
    office.sync(db);
    office.wait(std::chrono::hours(1));
    const auto person = office.town.people().rows()[5].id;
    office.town.add_text({.person = person, .incoming = true});
    office.sync(db);
    office.wait(std::chrono::hours(1));
    const auto before = count(db, "contact_communications");
    office.town.add_text({.person = person, .incoming = true});
    office.town.add_text({.person = person, .incoming = false});
    const auto network = [real = office.account.network()](const http::Ask& ask) {
        auto answer = real(ask);
        if (ask.url.find("textMessages?id=") != std::string::npos) {
            auto page = json::parse(answer.body);
            page.as_object()["textmessages"].as_array().pop_back();
            answer.body = boost::json::serialize(page);
        }
        return answer;
    };
    jobs::Progress silent;
    const sources::Fub fub(office.settings(), network, office.clock);
    EXPECT_EQ(sync_fub(db, fub, office.clock, {}, silent).outcome, Outcome::done);
    EXPECT_EQ(count(db, "contact_communications"), before + 2);
}

TEST(Sync, AFailedStreamLeavesWhatIsThereAndTheOthersGoOn) {
    Office office;
    Db db = test::database();
    office.account.faults().from("events", 1, FubFault::error_500);
    const auto report = office.sync(db);
    EXPECT_EQ(report.outcome, Outcome::partial);
    EXPECT_THAT(report.error, HasSubstr("500"));
    EXPECT_EQ(count(db, "sync_log WHERE error_message LIKE '%500%'"), 1);
    EXPECT_FALSE(store::any_success(db, "fub")) << "what failed makes nothing fresh";
    EXPECT_EQ(count(db, "leads"), 60);
    EXPECT_GT(count(db, "contact_communications"), 0);
    office.account.faults().clear();
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(count(db, "contact_events"), office.town.size().events);
}

TEST(Sync, AKeyTakenBackEndsTheRun) {
    Office office;
    Db db = test::database();
    office.account.faults().from("events", 1, FubFault::unauthorized_401);
    const auto report = office.sync(db);
    EXPECT_EQ(report.outcome, Outcome::failed);
    EXPECT_THAT(report.error, HasSubstr("check fub.api_key"));
    EXPECT_EQ(count(db, "leads"), 60) << "what had come stays";
    EXPECT_EQ(count(db, "contact_communications"), 0) << "nothing more was asked for";
}

TEST(Sync, TheFirstRunsAreFullUntilOneEndsWell) {
    Office office;
    Db db = test::database();
    office.account.faults().at("events", 1, FubFault::forbidden_403);
    for (int run = 0; run < 3; ++run) {
        office.sync(db);
        office.wait(1h);
    }
    EXPECT_THAT(db.list<std::string>("SELECT sync_type FROM sync_log ORDER BY id"),
                testing::ElementsAre("full", "full", "incremental"));
}

TEST(Sync, PeopleWhoseMailsFailAreStaleUntilTheyAreFetched) {
    Office office;
    Db db = test::database();
    office.account.faults().from("emails", 1, FubFault::error_503_html);
    EXPECT_EQ(office.sync(db).outcome, Outcome::partial);
    EXPECT_GT(count(db, "dreams_fub_people WHERE stale_since IS NOT NULL"), 0);
    office.account.faults().clear();
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(count(db, "dreams_fub_people WHERE stale_since IS NOT NULL"), 0);
}

struct Refusal {
    FubFault fault;
    const char* sentence;
};
class SyncRefused : public testing::TestWithParam<Refusal> {};

TEST_P(SyncRefused, EndsInOneClearSentence) {
    Office office;
    Db db = test::database();
    office.account.faults().from("*", 1, GetParam().fault);
    const auto report = office.sync(db);
    EXPECT_EQ(report.outcome, Outcome::failed);
    EXPECT_THAT(report.error, HasSubstr(GetParam().sentence));
    EXPECT_EQ(count(db, "sync_log WHERE error_message IS NOT NULL AND completed_at IS NOT NULL"),
              1);
}

INSTANTIATE_TEST_SUITE_P(EachFault, SyncRefused,
                         testing::Values(Refusal{FubFault::unauthorized_401, "API key"},
                                         Refusal{FubFault::forbidden_403, "expired"},
                                         Refusal{FubFault::html_200, "web page"},
                                         Refusal{FubFault::redirect_to_login, "login page"},
                                         Refusal{FubFault::empty_200, "answer"}));

TEST(Sync, TwoRunsAtOnceTheSecondSaysSo) {
    test::Folder folder;
    Db db = test::database(folder);
    Office office;
    const store::Lease lease(db, "sync fub", office.clock.now());
    Db other = store::open_file(folder.file("dreams.db"));
    try {
        office.sync(other);
        FAIL() << "the second run began";
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::conflict);
        EXPECT_THAT(error.what(), HasSubstr("under way"));
    }
    EXPECT_EQ(office.account.requests_in_all(), 0);
}

TEST(Sync, AnAccountWithoutMailsIsToldOfAndNothingGoesStale) {
    sim::FubOptions options;
    options.emails = false;
    Office office(test::small_town(), 1, options);
    Db db = test::database();
    const auto report = office.sync(db);
    EXPECT_EQ(report.outcome, Outcome::done) << "every day anew it would be no news";
    EXPECT_THAT(report.notices, Contains(HasSubstr("refuses access")));
    EXPECT_EQ(count(db, "dreams_fub_people WHERE stale_since IS NOT NULL"), 0);
}

TEST(Sync, AnAccountThatTakesItsMailsBackLacksThem) {
    Office office;
    Db db = test::database();
    office.sync(db);
    ASSERT_GT(count(db, "contact_communications WHERE comm_type = 'email'"), 0);
    office.account.options().emails = false;
    office.wait(1h);
    const auto report = office.sync(db, {.full = true});
    EXPECT_EQ(report.outcome, Outcome::partial);
    EXPECT_THAT(report.error, HasSubstr("refuses access"));
    EXPECT_GT(count(db, "dreams_fub_people WHERE stale_since IS NOT NULL"), 0);
}

TEST(Sync, WhoeverIsWaitedForIsNoNewsTheNextTime) {
    Office office;
    Db db = test::database();
    office.town.add_event({.person = 999'999, .type = "Viewed Property"});
    office.sync(db);
    office.wait(1h);
    const auto again = office.sync(db, {.full = true});
    EXPECT_EQ(again.counts.created, 0);
    EXPECT_EQ(again.counts.updated, 0);
}

/// A network that carries no answer of more than a 3,000th of what was asked for.
http::Network narrow(http::Network real, int& too_large) {
    return [real = std::move(real), &too_large](const http::Ask& ask) {
        auto answer = real(ask);
        if (answer.body.size() <= ask.most_bytes / 3'000) return answer;
        ++too_large;
        throw http::TooLarge("the answer is too large");
    };
}

TEST(Sync, RowsThatAreTooLargeForOneAnswerComeInSeveral) {
    Office plain, office;
    for (auto* each : {&plain, &office}) {
        const auto person = each->town.people().rows()[5].id;
        each->town.edit_person(
            person, [](sim::Contact& contact) { contact.last = std::string(30'000, 'x'); });
        for (int i = 0; i < 30; ++i) each->town.add_text({.person = person, .incoming = true});
    }
    Db expected = test::database(), db = test::database();
    plain.sync(expected);
    int too_large = 0;
    Progress silent;
    const sources::Fub fub(office.settings(), narrow(office.account.network(), too_large),
                           office.clock);
    const auto report = sync_fub(db, fub, office.clock, {}, silent);
    EXPECT_EQ(report.outcome, Outcome::done) << report.error;
    EXPECT_GT(too_large, 2);
    EXPECT_EQ(test::difference(test::synced_rows(db), test::synced_rows(expected)), "");
}

/// The account's answers, dated so much before our clock.
http::Network dated(http::Network network, const Clock& clock, std::chrono::seconds earlier) {
    return [network = std::move(network), &clock, earlier](const http::Ask& ask) {
        auto answer = network(ask);
        const std::time_t date = (clock.now() - earlier).time_since_epoch().count();
        char text[64];
        std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&date));
        answer.headers.emplace_back("Date", text);
        return answer;
    };
}

TEST(Sync, TellsThatOurClockIsNotFollowUpBosss) {
    Office office;
    Db db = test::database();
    EXPECT_EQ(store::clock_ahead(db, "fub"), std::nullopt);
    auto settings = office.settings();
    settings.clocks = sources::Clocks::compared;
    Progress silent;
    const auto told = [&](std::chrono::seconds ahead) {
        const sources::Fub fub(settings, dated(office.account.network(), office.clock, ahead),
                               office.clock);
        const auto report = sync_fub(db, fub, office.clock, {}, silent);
        EXPECT_EQ(report.clock_ahead, ahead);
        const auto kept = store::clock_ahead(db, "fub");
        EXPECT_EQ(kept ? std::optional(kept->ahead) : std::nullopt, ahead);
        return testing::PrintToString(report.notices);
    };
    EXPECT_THAT(told(40s), testing::Not(HasSubstr("clock")));
    EXPECT_THAT(told(7min),
                HasSubstr("this machine's clock was 7 minutes ahead of Follow Up Boss's"));
    EXPECT_THAT(told(-3min), HasSubstr("3 minutes behind"));
    settings.clocks = sources::Clocks::not_compared;
    const sources::Fub fub(settings, dated(office.account.network(), office.clock, 7min),
                           office.clock);
    EXPECT_EQ(sync_fub(db, fub, office.clock, {}, silent).clock_ahead, std::nullopt);
}

TEST(Sync, AnEventTypeThatIsWantedOtherwiseMovesWhatIsThere) {
    Office office;
    Db db = test::database();
    office.sync(db);
    const auto before = test::synced_rows(db);
    const auto inquiries = count(db, "lead_activities WHERE activity_type = 'property_inquiry'");
    const auto events = count(db, "contact_events"), activities = count(db, "lead_activities");
    ASSERT_GT(inquiries, 0);
    auto otherwise = office.settings();
    otherwise.event_types = {{"Property Inquiry", "property_favorite"}};
    Progress silent;
    EXPECT_EQ(sync_fub(db, office.fub(otherwise), office.clock, {}, silent).outcome, Outcome::done);
    EXPECT_EQ(count(db, "contact_events"), events + inquiries);
    EXPECT_EQ(count(db, "lead_activities"), activities - inquiries);
    EXPECT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_EQ(test::difference(test::synced_rows(db), before), "");
}

TEST(Sync, EachQuirkOfTheShapeIsTaken) {
    sim::FubOptions odd;
    odd.slashes_escaped = false;
    odd.unicode_escaped = true;
    odd.real_host = true;
    odd.last_page = sim::LastPage::one_empty;
    odd.totals_as_text = odd.ids_only = odd.tags_as_objects = odd.short_rows = odd.strange_keys =
        true;
    odd.ids_only = false;
    odd.numbers_as_text = odd.bodies_hidden = true;
    Office plain, quirky(test::small_town(), 1, odd);
    Db a = test::database(), b = test::database();
    EXPECT_EQ(plain.sync(a).outcome, Outcome::done);
    const auto report = quirky.sync(b);
    EXPECT_EQ(report.outcome, Outcome::done)
        << report.error << testing::PrintToString(report.notices);
    for (const auto* table : {"leads", "contact_events", "contact_communications"})
        EXPECT_EQ(count(a, table), count(b, table)) << table;
}

}  // namespace
}  // namespace dreams::jobs
