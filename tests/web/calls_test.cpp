#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::monday;
using test::WebSite;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

std::vector<std::string> keys(const json::Value& value) {
    std::vector<std::string> keys;
    for (const auto& [key, each] : value.get_object()) keys.emplace_back(key);
    return keys;
}

Lead ana() {
    Lead ana = test::lead("Ana Lopez", 70);
    ana.scores = {
        .heat = 71, .value = 42, .relationship = 33, .priority = 70, .trend = Trend::warming};
    ana.activity.last_activity_at = monday - 49h;
    return ana;
}

TEST(Calls, ShowWhomToCallAndWhy) {
    WebSite site;
    site.db.add("leads", ana());
    site.db.run("INSERT INTO dreams_lead_scores VALUES (:id, 'house', 'Came back & back.', NULL)",
                {{"id", ana().id}});
    for (const auto* address : {"/", "/calls"}) {
        const auto page = site.body(address);
        EXPECT_THAT(page, HasSubstr("Calls for Monday, January 19"));
        EXPECT_THAT(page, HasSubstr("1 person"));
        EXPECT_THAT(page, HasSubstr(R"(<a href="/people/lead-ana-lopez">Ana Lopez</a>)"));
        EXPECT_THAT(page, HasSubstr("href=\"tel:+18285550100\""));
        EXPECT_THAT(page, HasSubstr("Came back &amp; back."));
        EXPECT_THAT(page, HasSubstr("warming"));
        EXPECT_THAT(page, HasSubstr("2 days ago"));
    }
}

TEST(Calls, LikeEveryPageShowAnAlarmWhileThereIsOne) {
    WebSite site;
    EXPECT_THAT(site.body("/calls"), Not(HasSubstr("no proved backup")));
    site.options.alarm = [](Db&) { return "There is no proved backup <yet>."; };
    site.dashboard = Dashboard(site.options);
    EXPECT_THAT(site.body("/calls"), HasSubstr("There is no proved backup &lt;yet&gt;."));
    EXPECT_THAT(site.body("/people"), HasSubstr("There is no proved backup &lt;yet&gt;."));
}

TEST(Calls, SayHowManyWereLeftInPeaceAndWhy) {
    WebSite site;
    Lead bea = test::lead("Bea");
    bea.person.phone = std::nullopt;
    site.db.add("leads", bea);
    const auto page = site.body("/calls");
    EXPECT_THAT(page, HasSubstr("no phone <b>1</b>"));
    EXPECT_THAT(page, HasSubstr("<li><a href=\"/people/lead-bea\">Bea Test</a></li>"));
    EXPECT_THAT(page, HasSubstr("Nobody needs a call right now."));
}

TEST(Calls, SayWhomToWriteToInstead) {
    WebSite site;
    EXPECT_THAT(site.body("/calls"), Not(HasSubstr("write to them")));
    Lead bea = test::lead("Bea <B>", 50);
    bea.person.phone = std::nullopt;
    bea.person.email = "bea@example.org";
    site.db.add("leads", bea);
    const auto page = site.body("/calls");
    EXPECT_THAT(page, HasSubstr("Cannot be called: write to them"));
    EXPECT_THAT(page, HasSubstr("href=\"mailto:bea@example.org\""));
    EXPECT_THAT(page, HasSubstr("Bea &lt;B&gt;"));
    EXPECT_EQ(site.json("/api/v1/calls").at("write_to").at(0).at("why"), "no phone");
}

TEST(Calls, AsJsonHaveTheKeysOfTheContract) {
    WebSite site;
    site.db.add("leads", ana());
    const auto answer = site.json("/api/v1/calls");
    EXPECT_TRUE(answer.at("success").as_bool());
    EXPECT_EQ(answer.at("count").as_int64(), 1);
    const auto& entry = answer.at("calls").at(0);
    EXPECT_THAT(keys(entry),
                ElementsAre("lead_id", "fub_id", "name", "phone", "stage", "priority_score",
                            "heat_score", "value_score", "relationship_score", "score_trend",
                            "reason", "last_activity_at", "next_action", "next_action_date"));
    EXPECT_EQ(entry.at("lead_id"), "lead-ana-lopez");
    EXPECT_EQ(entry.at("priority_score"), 70);
    EXPECT_EQ(entry.at("score_trend"), "warming");
    EXPECT_TRUE(entry.at("reason").is_null());
    EXPECT_EQ(entry.at("last_activity_at"), "2026-01-17T15:00:00Z");
}

TEST(Calls, AreJsonForWhoeverAcceptsJson) {
    WebSite site;
    const auto json = site.get("/calls", {{"Accept", "application/json"}});
    EXPECT_EQ(http::header(json.headers, "Content-Type"), "application/json");
    EXPECT_EQ(json.body, site.body("/api/v1/calls"));
    const auto browser =
        site.get("/calls", {{"Accept", "text/html,application/json;q=0.9,*/*;q=0.8"}});
    EXPECT_EQ(http::header(browser.headers, "Content-Type"), "text/html; charset=utf-8");
}

TEST(Calls, AreAsManyAsAskedFor) {
    WebSite site;
    for (int i = 0; i < 5; ++i) test::add_lead(site.db, "P" + std::to_string(i), 50 + i);
    EXPECT_EQ(site.json("/api/v1/calls?limit=2").at("count"), 2);
    EXPECT_EQ(site.json("/api/v1/calls").at("count"), 5);
}

TEST(Calls, RefuseALimitThatMakesNoSense) {
    WebSite site;
    for (const auto* limit : {"0", "-1", "201", "ten", "1e2", "99999999999999999999"}) {
        const auto response = site.get(std::string("/calls?limit=") + limit);
        EXPECT_EQ(response.status, 400) << limit;
        EXPECT_THAT(response.body, HasSubstr("is a whole number from 1 to 200, not"));
        EXPECT_THAT(response.body, HasSubstr(limit));
    }
    EXPECT_EQ(site.body("/api/v1/calls?limit=x"),
              R"({"success":false,"error":{"code":"invalid",)"
              R"("message":"'limit' is a whole number from 1 to 200, not 'x'"}})");
}

}  // namespace
}  // namespace dreams::web
