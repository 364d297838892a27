// Homes that may fit buyers: found on three pages, and decided there by people.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/match.h"
#include "store/matches.h"
#include "web/form.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class MatchPages : public testing::Test {
protected:
    MatchPages() {
        ana.person.assigned_agent = "Lee Stone";
        for (const auto& lead : {ana, bo}) site.db.add("leads", lead);
        site.db.run(
            "INSERT INTO properties (id, address, city, price, beds, status) VALUES "
            "('h1', '12 Elm St', 'Sylva', 395000, 3, 'active'), "
            "('h2', '14 Oak St', 'Canton', 405000, 4, 'active')");
    }

    MatchId suggest(const Lead& lead, const std::string& home, double total) {
        Match match{.id = match_id(lead.id, {home}), .lead = lead.id, .property = {home}};
        match.scores.total = total;
        match.scores.breakdown = JsonText{
            R"json({"known":"looks","confidence":0.8,"different":false,"why":"3 beds & a <view>",)json"
            R"json("contributions":[{"name":"price","points":27.5,"of":28,"why":"within"},)json"
            R"json({"name":"price_drop","points":2,"of":5,"why":"fell"}]})json"};
        match.decision.status = MatchStatus::suggested;
        match.suggested_at = test::monday;
        site.db.add("matches", match);
        return match.id;
    }
    std::string status_of(const MatchId& id) {
        return std::string(word(*store::match(site.db, id).decision.status));
    }
    http::Response say(const MatchId& id, const std::string& to, const std::string& from = "list") {
        return site.ask("POST", "/matches/" + id.text + "/status?to=" + to + "&from=" + from);
    }

    WebSite site;
    Lead ana = test::lead("Ana Lopez"), bo = test::lead("Bo Frady");
};

TEST_F(MatchPages, ListTheBestFirstWithWhyAndPointByPoint) {
    suggest(ana, "h1", 81.3);
    suggest(bo, "h2", 90.5);
    const auto page = site.body("/matches");
    EXPECT_THAT(page,
                AllOf(HasSubstr("2 matches"), HasSubstr(">91<"), HasSubstr("12 Elm St"),
                      HasSubstr("3 beds &amp; a &lt;view&gt;"), HasSubstr("Price drop"),
                      HasSubstr("rests on 80 % of what is compared"), HasSubstr("with Lee Stone")));
    EXPECT_LT(page.find("14 Oak St"), page.find("12 Elm St"));
    const auto answer = site.json("/api/v1/matches");
    EXPECT_EQ(answer.at("total").as_int64(), 2);
    const auto& first = answer.at("matches").at(0);
    EXPECT_EQ(first.at("total_score").as_double(), 90.5);
    EXPECT_EQ(first.at("score_breakdown").at("why").as_string(), "3 beds & a <view>");
    EXPECT_EQ(answer.at("agents").at(0).as_string(), "Lee Stone");
}

TEST_F(MatchPages, AreFilteredByAgentAndByWhatBecameOfThem) {
    suggest(ana, "h1", 81.3);
    const auto sent = suggest(bo, "h2", 90.5);
    say(sent, "sent");
    EXPECT_THAT(site.body("/matches"), AllOf(HasSubstr("1 match<"), Not(HasSubstr("14 Oak St"))));
    EXPECT_THAT(site.body("/matches?status=sent"), HasSubstr("14 Oak St"));
    EXPECT_THAT(site.body("/matches?status=any"),
                AllOf(HasSubstr("14 Oak St"), HasSubstr("12 Elm St")));
    EXPECT_THAT(site.body("/matches?agent=Nobody"), HasSubstr("No match is of this kind"));
    EXPECT_EQ(site.get("/matches?status=maybe").status, 400);
    EXPECT_EQ(site.get("/matches?page=9").status, 404);
}

TEST_F(MatchPages, SayWhatToDoWhenThereIsNothing) {
    EXPECT_THAT(site.body("/matches"), HasSubstr("Homes have not been sought yet"));
    site.db.run(
        "INSERT INTO dreams_match_buyers (lead_id, known, looked_at, none_because) VALUES "
        "('" +
        ana.id.text + "', 'nothing', 0, 'Nothing is known of what they want.')");
    EXPECT_THAT(site.body("/matches"), HasSubstr("fits anybody well enough"));
    EXPECT_THAT(
        site.body("/people/" + ana.id.text),
        AllOf(HasSubstr("Homes that fit"), HasSubstr("Nothing is known of what they want.")));
    EXPECT_THAT(site.body("/people/" + bo.id.text), HasSubstr("No home has been sought"));
    site.db.run("UPDATE properties SET status = 'sold'");
    EXPECT_THAT(site.body("/matches"), HasSubstr("No home is on the market"));
    EXPECT_THAT(site.body("/properties/h1"), HasSubstr("It is not for sale"));
}

TEST_F(MatchPages, LetAPersonDecideAndTakeItBackWhereTheyAre) {
    const auto id = suggest(ana, "h1", 81.3);
    auto answer = say(id, "sent", "person");
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(http::header(answer.headers, "Location"), "/people/" + ana.id.text + "#fits");
    EXPECT_EQ(status_of(id), "sent");
    EXPECT_EQ(store::match(site.db, id).decision.sent_at, test::monday);
    EXPECT_THAT(site.body("/people/" + ana.id.text),
                AllOf(HasSubstr("sent, just now"), HasSubstr("Undo"), HasSubstr("They like it")));
    answer = say(id, "accepted", "home");
    EXPECT_EQ(http::header(answer.headers, "Location"), "/properties/h1#buyers");
    EXPECT_EQ(store::match(site.db, id).decision.response_at, test::monday);
    EXPECT_THAT(site.body("/properties/h1"),
                AllOf(HasSubstr("Buyers it fits"), HasSubstr("they like it, just now"),
                      Not(HasSubstr("?to=accepted"))));
    EXPECT_EQ(http::header(say(id, "suggested").headers, "Location"), "/matches?kept=" + id.text);
    EXPECT_FALSE(store::is_touched(store::match(site.db, id)));
    EXPECT_EQ(site.db.value<std::int64_t>("SELECT count(*) FROM contact_properties"), 0);
}

TEST_F(MatchPages, LetItBeUndoneInTheListWhereItStood) {
    suggest(ana, "h2", 70);
    const auto id = suggest(ana, "h1", 81.3);
    const auto answer = site.ask(
        "POST", "/matches/" + id.text + "/status?to=sent&from=list&agent=Lee Stone&page=3");
    const auto to = http::header(answer.headers, "Location").value_or("");
    EXPECT_EQ(to, "/matches?agent=Lee%20Stone&kept=" + id.text);  // there is no page 3 any more
    const auto page = site.body("/matches?agent=Lee Stone&kept=" + id.text);
    EXPECT_THAT(page, AllOf(HasSubstr("Marked as sent: 12 Elm St for Ana Lopez"),
                            HasSubstr("?to=suggested&amp;from=list&amp;status=suggested"),
                            HasSubstr("14 Oak St")));
    say(id, "suggested");
    EXPECT_THAT(site.body("/matches?kept=" + id.text), Not(HasSubstr("Marked as sent:")));
    EXPECT_EQ(site.get("/matches?kept=nothing").status, 200);
}

TEST_F(MatchPages, StandUnderTheNameOfEachBuyer) {
    suggest(ana, "h1", 81.3);
    suggest(bo, "h1", 75);
    suggest(ana, "h2", 70);
    const auto page = site.body("/matches");
    const auto at = page.find(">Ana Lopez</a>");
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(page.find(">Ana Lopez</a>", at + 1), std::string::npos);
    EXPECT_LT(page.find("14 Oak St"), page.find(">Bo Frady</a>"));
}

TEST_F(MatchPages, KeepNotesAndWhatThePersonSaid) {
    const auto id = suggest(ana, "h1", 81.3);
    const auto answer = test::Form()
                            .field("notes", "ask about\nthe well")
                            .field("feedback", "<too steep>")
                            .sent_to(site, "/matches/" + id.text + "/notes?from=person");
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(store::match(site.db, id).decision.agent_notes, "ask about\nthe well");
    EXPECT_THAT(site.body("/people/" + ana.id.text), HasSubstr("&lt;too steep&gt;"));
    test::Form()
        .field("notes", "")
        .field("feedback", "")
        .sent_to(site, "/matches/" + id.text + "/notes");
    EXPECT_FALSE(store::is_touched(store::match(site.db, id)));
}

TEST_F(MatchPages, RefuseWhatMakesNoSenseAndWhoComesFromElsewhere) {
    const auto id = suggest(ana, "h1", 81.3);
    EXPECT_EQ(say(id, "").status, 400);
    EXPECT_EQ(say(id, "bought").status, 400);
    EXPECT_EQ(say({"match_nobody_nowhere"}, "sent").status, 404);
    EXPECT_EQ(site.ask("POST", "/matches/" + id.text + "/status?to=sent",
                       {{"Origin", "https://evil.example"}})
                  .status,
              403);
    EXPECT_EQ(status_of(id), "suggested");
}

TEST_F(MatchPages, ShowNoHomeThatMayNotBeShownAndNobodyDeleted) {
    suggest(ana, "h1", 81.3);
    site.db.run("UPDATE properties SET source = 'reso' WHERE id = 'h1'");
    site.db.run(
        "INSERT INTO dreams_hidden_homes (property_id, why, since) VALUES ('h1', 'withdrawn', "
        "'2026-01-01T00:00:00Z')");
    EXPECT_THAT(site.body("/matches?status=any"), Not(HasSubstr("12 Elm St")));
    suggest(bo, "h2", 60);
    site.db.run("INSERT INTO dreams_fub_people (fub_id, deleted_at) VALUES (:id, :now)",
                {{"id", bo.person.fub_id}, {"now", test::monday}});
    EXPECT_THAT(site.body("/matches?status=any"), Not(HasSubstr("14 Oak St")));
}

}  // namespace
}  // namespace dreams::web
