#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "jobs/rescore.h"
#include "score/policy.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::monday;
using test::WebSite;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

/// Somebody with a bit of everything, judged.
Lead add_ana(WebSite& site) {
    Lead ana = test::lead("Ana Lopez");
    ana.person.assigned_agent = "Joseph Agent";
    ana.person.source = "Website";
    ana.person.tags = JsonText{R"(["cash buyer","A & B"])"};
    ana.workflow = {
        .notes = "Likes views.", .next_action = "Send maps", .next_action_date = "2026-01-15"};
    site.db.add("leads", ana);
    for (int i = 0; i < 4; ++i)
        site.db.add("contact_events", test::event(ana, i, monday - std::chrono::hours{20 * i + 1}));
    site.db.add("contact_communications",
                test::communication(ana, 50, monday - 26h, CommKind::call, Direction::inbound));
    auto inquiry = test::activity(ana, 60, "property_inquiry", monday - 3h);
    inquiry.data = JsonText{R"({"message":"Is it still there?","property":{"street":"9 Oak Rd"}})"};
    site.db.add("lead_activities", inquiry);
    jobs::Progress silence;
    jobs::rescore(site.db, score::house_policy(), monday, site.options.zone, std::nullopt, silence);
    return ana;
}

TEST(PersonPage, ShowsWhoItIsAndWhatTheAgentNoted) {
    WebSite site;
    add_ana(site);
    const auto page = site.body("/people/lead-ana-lopez");
    for (const auto* text : {"<h1>Ana Lopez</h1>",
                             "With Joseph Agent",
                             "from Website",
                             "cash buyer",
                             "A &amp; B",
                             "Likes views.",
                             "Send maps",
                             "2026-01-15",
                             "mailto:ana@example.com",
                             "https://team.followupboss.com/2/people/view/",
                             "12 Elm St, Asheville, NC 28801",
                             "$450,000",
                             "Call from them",
                             "2 min 0 s",
                             "Property inquiry",
                             "9 Oak Rd",
                             "Is it still there?",
                             "Viewed a home",
                             "Monday, January 19",
                             "Sunday, January 18",
                             "10:00 am",
                             "1 home",
                             "nobody else"})
        EXPECT_THAT(page, HasSubstr(text));
    EXPECT_THAT(page, Not(HasSubstr("with what has come in since")));
}

TEST(PersonPage, SaysNoSourceThatFollowUpBossDoesNotKnow) {
    WebSite site;
    add_ana(site);
    site.db.run("UPDATE leads SET source = '<unspecified>'");
    EXPECT_THAT(site.body("/people/lead-ana-lopez"), Not(HasSubstr("unspecified")));
}

TEST(PersonPage, LinksAHomeToItsPageElseToTheListingOnTheTeamsSite) {
    WebSite site;
    add_ana(site);
    site.options.idx_homes_url = "https://team.example/property/";
    site.dashboard = Dashboard(site.options);
    auto page = site.body("/people/lead-ana-lopez");
    EXPECT_THAT(page, HasSubstr("href=\"https://team.example/property/4100001/\""));
    EXPECT_THAT(page, HasSubstr("data-copy=\"4100001\""));
    site.db.run(
        "INSERT INTO properties (id, address, mls_number) VALUES ('h1', '12 Elm St', '4100001')");
    page = site.body("/people/lead-ana-lopez");
    EXPECT_THAT(page, HasSubstr("<a href=\"/properties/h1\">12 Elm St, Asheville"));
    EXPECT_THAT(page, HasSubstr(">Listing</a>"));
}

TEST(PersonPage, WorksForSomebodyWhoWasNeverJudged) {
    WebSite site;
    test::add_lead(site.db, "Ana Lopez");
    site.db.run("UPDATE leads SET score_trend = NULL, heat_score = NULL, last_name = NULL");
    const auto response = site.get("/people/lead-ana-lopez");
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_THAT(response.body, HasSubstr("<h1>Ana</h1>"));
    EXPECT_THAT(response.body, HasSubstr("No home yet."));
    EXPECT_THAT(response.body, HasSubstr("Nothing yet."));
    EXPECT_THAT(response.body, HasSubstr("None is planned."));
}

TEST(PersonPage, LeadsFromAFubIdToThePerson) {
    WebSite site;
    const Lead ana = add_ana(site);
    const auto page = site.get("/people/" + ana.person.fub_id->text);
    EXPECT_EQ(page.status, 302);
    EXPECT_EQ(http::header(page.headers, "Location"), "/people/lead-ana-lopez");
    EXPECT_EQ(
        http::header(site.get("/api/v1/people/" + ana.person.fub_id->text).headers, "Location"),
        "/api/v1/people/lead-ana-lopez");
}

TEST(PersonPage, SaysThatThereIsNoSuchPerson) {
    WebSite site;
    EXPECT_EQ(site.get("/people/nobody").status, 404);
    EXPECT_THAT(site.body("/people/nobody"), HasSubstr("There is no such person"));
    EXPECT_EQ(site.get("/people/' OR 1=1 --").status, 404);
}

TEST(PersonPage, WarnsOfWhatAnAgentMustKnow) {
    WebSite site;
    const Lead ana = add_ana(site);
    site.db.run("UPDATE dreams_lead_scores SET barred = 'do not call'");
    site.db.run(
        "INSERT INTO dreams_fub_people (fub_id, stale_since, stale_why, deleted_at) "
        "VALUES (:fub_id, :stale, 'Follow Up Boss answered 500', :gone)",
        {{"fub_id", ana.person.fub_id}, {"stale", monday - 2h}, {"gone", monday - 72h}});
    const auto page = site.body("/people/lead-ana-lopez");
    EXPECT_THAT(page, HasSubstr("Never on the call list: do not call."));
    EXPECT_THAT(page, HasSubstr("could not be read since January 19, 9:00 am (Follow Up Boss "
                                "answered 500)"));
    EXPECT_THAT(page, HasSubstr("Deleted in Follow Up Boss: found so 3 days ago."));
}

TEST(PersonPage, SaysWhenItsScoresHaveBeenOvertaken) {
    WebSite site;
    const Lead ana = add_ana(site);
    for (int i = 0; i < 30; ++i)
        site.db.add("contact_events",
                    test::event(ana, 500 + i, monday - 2h, EventKind::property_favorite));
    EXPECT_THAT(site.body("/people/lead-ana-lopez"), HasSubstr("with what has come in since"));
}

TEST(PersonPage, TurnsThePagesOfItsTimeline) {
    WebSite site;
    const Lead ana = test::add_lead(site.db, "Ana Lopez");
    for (int i = 0; i < 60; ++i)
        site.db.add("contact_events", test::event(ana, i, monday - std::chrono::minutes{i}));
    const auto first = site.json("/api/v1/people/lead-ana-lopez").at("timeline");
    EXPECT_EQ(first.at("items").as_array().size(), 50u);
    const std::string next(first.at("next").as_string());
    EXPECT_THAT(site.body("/people/lead-ana-lopez"),
                HasSubstr("?before=" + http::url_encoded(next)));

    const auto second = site.json("/api/v1/people/lead-ana-lopez?before=" + next).at("timeline");
    EXPECT_EQ(second.at("items").as_array().size(), 10u);
    EXPECT_TRUE(second.at("next").is_null());
    EXPECT_EQ(site.get("/people/lead-ana-lopez?before=x").status, 400);
}

TEST(PersonPage, ShowsTwelveHomesAndAllOfThemWhenAsked) {
    WebSite site;
    const Lead ana = test::add_lead(site.db, "Ana Lopez");
    for (int i = 0; i < 15; ++i) {
        auto event = test::event(ana, i);
        event.property_mls = "M" + std::to_string(i);
        site.db.add("contact_events", event);
    }
    const auto page = site.body("/people/lead-ana-lopez");
    EXPECT_THAT(page, HasSubstr("12 of 15 homes"));
    EXPECT_THAT(page, HasSubstr("href=\"/people/lead-ana-lopez?homes=500\""));
    const auto all = site.body("/people/lead-ana-lopez?homes=500");
    EXPECT_THAT(all, HasSubstr(">15 homes<"));
    EXPECT_THAT(all, Not(HasSubstr("All homes")));
    EXPECT_EQ(site.get("/people/lead-ana-lopez?homes=0").status, 400);
}

TEST(PersonPage, LeadsToAHomeThatIsAmongTheProperties) {
    WebSite site;
    add_ana(site);
    EXPECT_THAT(site.body("/people/lead-ana-lopez"), Not(HasSubstr("/properties/")));
    site.db.run(
        "INSERT INTO properties (id, mls_number) "
        "SELECT 'oak', property_mls FROM contact_events LIMIT 1");
    EXPECT_THAT(site.body("/people/lead-ana-lopez"), HasSubstr(R"(<a href="/properties/oak">)"));
    EXPECT_EQ(site.json("/api/v1/people/lead-ana-lopez").at("homes").at(0).at("property_id"),
              "oak");
}

TEST(PersonPage, NamesWhoElseLooksAtAHome) {
    WebSite site;
    add_ana(site);
    const Lead bea = test::add_lead(site.db, "Bea Smith", 44);
    site.db.add("contact_events", test::event(bea, 900));
    site.db.add("contact_events", test::event(bea, 901));
    const auto page = site.body("/people/lead-ana-lopez");
    EXPECT_THAT(page, HasSubstr(R"(<a href="/people/lead-bea-smith">Bea Smith</a>)"));
    EXPECT_THAT(page, HasSubstr("2×, priority 44"));
}

TEST(PersonPage, ReadsWhatOlderProgramsLeftInJsonColumns) {
    WebSite site;
    add_ana(site);
    site.db.run("UPDATE leads SET tags = 'hot, cash <b>'");
    site.db.run("UPDATE lead_activities SET activity_data = 'not json {'");
    const auto response = site.get("/people/lead-ana-lopez");
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr("hot, cash &lt;b&gt;"));
    EXPECT_EQ(site.get("/api/v1/people/lead-ana-lopez").status, 200);
    EXPECT_EQ(site.json("/api/v1/people/lead-ana-lopez").at("person").at("tags"), "hot, cash <b>");
}

TEST(PersonJson, ExplainsItsScoresDownToTheEvents) {
    WebSite site;
    add_ana(site);
    const auto answer = site.json("/api/v1/people/lead-ana-lopez");
    EXPECT_EQ(answer.at("person").at("name"), "Ana Lopez");
    EXPECT_EQ(answer.at("person").at("tags").at(0), "cash buyer");
    EXPECT_EQ(answer.at("as_of"), "2026-01-19T16:00:00Z");
    for (const auto* name : {"heat", "value", "relationship", "priority"}) {
        const auto& score = answer.at("scores").at(name);
        double sum = 0;
        for (const auto& part : score.at("contributions").as_array())
            sum += part.at("points").to_number<double>();
        EXPECT_NEAR(sum, score.at("raw").to_number<double>(), 1e-9) << name;
        EXPECT_EQ(score.at("value"), answer.at("person").at(std::string(name) + "_score")) << name;
    }
    const auto heat = json::serialized(answer.at("scores").at("heat"));
    EXPECT_THAT(heat, HasSubstr("\"evt_0\""));
    EXPECT_EQ(answer.at("homes").at(0).at("view_count"), 4);
    EXPECT_EQ(answer.at("homes_total"), 1);
}

TEST(PersonJson, HasEveryColumnOfLeads) {
    WebSite site;
    add_ana(site);
    const auto answer = site.json("/api/v1/people/lead-ana-lopez");
    for (const auto& column :
         site.db.list<std::string>("SELECT name FROM pragma_table_info('leads')"))
        EXPECT_TRUE(answer.at("person").get_object().contains(column)) << column;
}

}  // namespace
}  // namespace dreams::web
