// The people of the property API, and what each has to do with homes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/leads.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto path = "/api/v1/contacts";

json::Value body_of(const http::Response& response) {
    return json::parse(response.body);
}

std::vector<std::string> texts(const json::Value& list, const char* key) {
    std::vector<std::string> found;
    for (const auto& each : list.as_array())
        found.emplace_back(each.is_string() ? each.as_string() : each.at(key).as_string());
    return found;
}

TEST(Contacts, AreListedByPriority) {
    WebSite site;
    test::add_lead(site.db, "Ana", 30);
    Lead bea = test::lead("Bea", 80);
    bea.person.stage = "Nurture";
    site.db.add("leads", bea);
    const Lead gone = test::add_lead(site.db, "Gone", 99);
    site.db.run("INSERT INTO dreams_fub_people (fub_id, deleted_at) VALUES (:id, :at)",
                {{"id", gone.person.fub_id}, {"at", test::monday}});
    const auto names = [&](const std::string& query) {
        const auto answer = site.json(path + query);
        EXPECT_EQ(answer.at("success"), true);
        EXPECT_EQ(answer.at("count"), std::ssize(answer.at("contacts").as_array()));
        return texts(answer.at("contacts"), "first_name");
    };
    EXPECT_THAT(names(""), ElementsAre("Bea", "Ana"));
    EXPECT_THAT(names("?min_priority=31"), ElementsAre("Bea"));
    EXPECT_THAT(names("?min_heat=31&limit=1"), ElementsAre("Bea"));
    EXPECT_THAT(names("?stage=Lead"), ElementsAre("Ana"));
    EXPECT_THAT(names("/hot"), ElementsAre("Bea"));
    EXPECT_THAT(names("/hot?min_heat=0"), ElementsAre("Bea", "Ana"));
    EXPECT_EQ(site.json(path).at("contacts").at(0).as_object().size(), 57u);
    EXPECT_EQ(site.get("/api/v1/contacts?min_heat=warm").status, 400);
}

TEST(Contacts, AreCounted) {
    WebSite site;
    EXPECT_EQ(site.json("/api/v1/contacts/stats").at("stats").at("total"), 0);
    for (int i = 0; i < 3; ++i) {
        Lead lead = test::lead("P" + std::to_string(i), 70 + 5 * i);
        lead.scores.value = 59 + i;
        lead.intent.signal_count = 2 + i;
        lead.activity.last_activity_at = test::monday - std::chrono::days(3 * i + 2);
        site.db.add("leads", lead);
    }
    const auto stats = site.json("/api/v1/contacts/stats").at("stats");
    EXPECT_EQ(json::serialized(stats), R"({"total":3,"hot":2,"high_value":2,"active_week":2,)"
                                       R"("avg_priority":75,"high_intent":1})");
}

TEST(Contact, IsFoundByEitherOfItsIds) {
    WebSite site;
    const Lead ana = test::add_lead(site.db, "Ana");
    for (const auto& one :
         {"/" + ana.id.text, "/" + ana.person.fub_id->text, "/fub/" + ana.person.fub_id->text})
        EXPECT_EQ(site.json(path + one).at("contact").at("first_name"), "Ana") << one;
    for (const auto* none : {"/nobody", "/fub/nobody", "/Ana"}) {
        const auto response = site.get(path + std::string(none));
        EXPECT_EQ(response.status, 404) << none;
        EXPECT_EQ(body_of(response).at("error").at("code"), "NOT_FOUND");
    }
}

TEST(SaveContact, WritesTheAgentsColumnsOfAnybody) {
    WebSite site;
    const Lead ana = test::add_lead(site.db, "Ana", 70);
    const auto response = site.post(path, R"({"fub_id":")" + ana.person.fub_id->text +
                                              R"(","notes":"likes creeks","max_price":"$450,000",
        "preferred_cities":["Sylva","Cullowhee"],"next_action_date":"2026-02-01","mood":"good"})");
    EXPECT_EQ(response.status, 200) << response.body;
    const auto answer = body_of(response);
    EXPECT_EQ(answer.at("message"), "Contact saved");
    EXPECT_EQ(answer.at("id").as_string(), ana.id.text.c_str());
    EXPECT_EQ(answer.at("created"), false);
    EXPECT_THAT(texts(answer.at("unknown_keys"), ""), ElementsAre("mood"));
    const auto after = *store::lead(site.db, ana.id);
    EXPECT_EQ(after.workflow.notes, "likes creeks");
    EXPECT_EQ(after.preferences.max_price, 450'000);
    EXPECT_EQ(after.preferences.preferred_cities->text, R"(["Sylva","Cullowhee"])");
    EXPECT_EQ(after.preferences.requirements_updated_at, test::monday);
    EXPECT_EQ(after.scores.heat, 70);
    EXPECT_EQ(after.person.first_name, "Ana");
}

TEST(SaveContact, TakesAValueOutWithNull) {
    WebSite site;
    Lead ana = test::lead("Ana");
    ana.workflow.notes = "old";
    ana.preferences.min_beds = 3;
    site.db.add("leads", ana);
    EXPECT_EQ(site.post(path, R"({"id":"lead-ana","notes":null})").status, 200);
    const auto after = *store::lead(site.db, ana.id);
    EXPECT_EQ(after.workflow.notes, std::nullopt);
    EXPECT_EQ(after.preferences.min_beds, 3) << "what is not said stays";
}

TEST(SaveContact, RefusesWhatBelongsToTheSyncAndTheScores) {
    WebSite site;
    const Lead ana = test::add_lead(site.db, "Ana", 70);
    const auto before = test::dump(site.db);
    for (const auto* field :
         {R"("first_name":"Eve")", R"("stage":"Closed")", R"("fub_id":"1")", R"("heat_score":100)",
          R"("website_visits":7)", R"("intent_sharing":1)",
          R"("last_synced_at":"2026-01-01T00:00:00Z")", R"("email":"")", R"("tags":["x"])"}) {
        const auto response =
            site.post(path, std::string(R"({"id":"lead-ana","notes":"x",)") + field + "}");
        EXPECT_EQ(response.status, 422) << field;
        const std::string name = std::string(field).substr(1, std::string(field).find('"', 1) - 1);
        EXPECT_THAT(texts(body_of(response).at("error").at("fields"), "field"), ElementsAre(name));
    }
    EXPECT_EQ(test::dump(site.db), before);
}

TEST(SaveContact, TakesARowBackAsItWasRead) {
    WebSite site;
    Lead ana = test::lead("Ana", 70);
    ana.person.tags = JsonText{R"(["buyer","vip"])"};
    ana.activity.avg_price_viewed = 450'000;
    site.db.add("leads", ana);
    auto row = site.json("/api/v1/contacts/lead-ana").at("contact").as_object();
    EXPECT_EQ(site.post(path, json::serialized(row)).status, 200);
    row["notes"] = "called";
    const auto response = site.post(path, json::serialized(row));
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(store::lead(site.db, ana.id)->workflow.notes, "called");
}

TEST(SaveContact, MakesAPersonWhomNoSourceKnows) {
    WebSite site;
    const auto answer = body_of(site.post(
        path, R"({"first_name":"Noa","last_name":"Reyes","phone":"828 555 0199","min_beds":"3"})"));
    EXPECT_EQ(answer.at("created"), true);
    const LeadId id{std::string(answer.at("id").as_string())};
    EXPECT_EQ(id.text.size(), 36u);
    EXPECT_EQ(store::lead(site.db, id)->preferences.min_beds, 3);
    EXPECT_THAT(site.body("/people?search=noa"), HasSubstr("Noa Reyes"));
    EXPECT_EQ(site.post(path, R"({"id":")" + id.text + R"(","last_name":"Diaz"})").status, 200);
    EXPECT_THAT(site.body("/people?search=diaz"), HasSubstr("Noa Diaz"));
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM leads"), 1);
}

TEST(SaveContact, RefusesAPersonWhoCannotBe) {
    WebSite site;
    for (const auto* wrong :
         {R"({"notes":"x"})", R"({"first_name":"A","fub_id":"77"})",
          R"({"id":"77","first_name":"A"})", R"({"id":"a b","first_name":"A"})",
          R"({"first_name":"A","external_source":"FollowUpBoss"})",
          R"({"first_name":"A","next_action_date":"soon"})", R"({"first_name":{"a":1}})",
          R"({"first_name":"A","requirements_confidence":2})",
          R"({"first_name":"A","preferred_cities":"Sylva"})",
          R"({"first_name":"A","min_beds":"few"})", R"({"first_name":"A","min_beds":2.5})",
          R"({"first_name":["A"]})", R"({"first_name":true})",
          R"({"first_name":"A","notes":["x"]})", R"({"first_name":"A","max_price":"450.000"})"})
        EXPECT_EQ(site.post(path, wrong).status, 422) << wrong;
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM leads"), 0);
}

TEST(SaveContacts, CountsTheSavedAndTheRefused) {
    WebSite site;
    const auto response =
        site.post("/api/v1/contacts/bulk", R"({"contacts":[{"first_name":"A"},{"notes":"x"},7]})");
    EXPECT_EQ(response.status, 200);
    const auto answer = body_of(response);
    EXPECT_EQ(answer.at("success"), true);
    EXPECT_EQ(answer.at("success_count"), 1);
    EXPECT_EQ(answer.at("error_count"), 2);
    EXPECT_EQ(answer.at("errors").at(1).at("index"), 2);
    EXPECT_EQ(answer.at("results").at(0).at("index"), 0);
    EXPECT_EQ(site.post("/api/v1/contacts/bulk", "{}").status, 400);
}

TEST(SaveContacts, NameKeysThatNobodyReads) {
    WebSite site;
    const auto answer = body_of(site.post(
        "/api/v1/contacts/bulk", R"({"contacts":[{"first_name":"A","mood":"good"}],"team":7})"));
    EXPECT_THAT(texts(answer.at("unknown_keys"), ""), ElementsAre("team"));
    EXPECT_THAT(texts(answer.at("results").at(0).at("unknown_keys"), ""), ElementsAre("mood"));
}

TEST(SaveContact, FindsAPersonByTheirEmailAddress) {
    WebSite site;
    const auto made = body_of(site.post(path, R"({"first_name":"Noa","email":"noa@x.example"})"));
    const auto again =
        body_of(site.post(path, R"({"email":" NOA@X.example","last_name":"Reyes"})"));
    EXPECT_EQ(again.at("created"), false);
    EXPECT_EQ(again.at("id"), made.at("id"));
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM leads"), 1);
    Lead ana = test::lead("Ana");
    ana.person.email = "ana@x.example";
    site.db.add("leads", ana);
    const auto noted =
        body_of(site.post(path, R"({"email":"ANA@x.example","notes":"likes creeks"})"));
    EXPECT_EQ(noted.at("id").as_string(), ana.id.text.c_str());
    EXPECT_EQ(store::lead(site.db, ana.id)->person.email, "ana@x.example");
    EXPECT_EQ(site.post(path, R"({"email":"ana@x.example","first_name":"Eve"})").status, 422);
}

TEST(SaveContact, AsksWhoIsMeantWhereAnEmailAddressIsOfSeveral) {
    WebSite site;
    for (const auto* name : {"Ana", "Ben"}) {
        Lead lead = test::lead(name);
        lead.person.email = "both@x.example";
        site.db.add("leads", lead);
    }
    const auto response = site.post(path, R"({"email":"both@x.example","notes":"x"})");
    EXPECT_EQ(response.status, 409);
    EXPECT_THAT(response.body, HasSubstr("lead-ana, lead-ben"));
    EXPECT_EQ(site.post(path, R"({"id":"third","email":"both@x.example"})").status, 409);
    EXPECT_EQ(site.post(path, R"({"id":"lead-ana","notes":"x"})").status, 200);
}

struct Linked : WebSite {
    Linked() : ana(test::add_lead(db, "Ana", 60)), bea(test::add_lead(db, "Bea", 90)) {
        db.run(
            "INSERT INTO properties (id, address, city, price, status) "
            "VALUES ('home_1', '1 Elm St', 'Sylva', 300000, 'active')");
    }
    Lead ana, bea;
    const std::string link = "/api/v1/contacts/lead-ana/properties/home_1";
};

TEST(ContactHomes, AreLinkedByAWordOfSomebodys) {
    Linked site;
    const auto saved = site.post(site.link, R"({"notes":"the porch","mood":"good"})");
    EXPECT_EQ(saved.status, 200);
    EXPECT_THAT(texts(body_of(saved).at("unknown_keys"), ""), ElementsAre("mood"));
    EXPECT_EQ(site.post("/api/v1/contacts/" + site.bea.person.fub_id->text + "/properties/home_1",
                        R"({"relationship":"matched","match_score":81.5})")
                  .status,
              200);
    const auto homes = site.json("/api/v1/contacts/lead-ana/properties");
    EXPECT_EQ(homes.at("count"), 1);
    const auto& home = homes.at("properties").at(0);
    EXPECT_EQ(home.at("relationship"), "saved");
    EXPECT_EQ(home.at("saved_at"), "2026-01-19T16:00:00Z");
    EXPECT_EQ(home.at("notes"), "the porch");
    EXPECT_EQ(home.at("view_count"), 0) << "a word is no view";
    EXPECT_EQ(home.at("address"), "1 Elm St");
    EXPECT_EQ(home.at("status"), "active");
    const auto people = site.json("/api/v1/properties/home_1/contacts");
    EXPECT_THAT(texts(people.at("contacts"), "first_name"), ElementsAre("Bea", "Ana"));
    EXPECT_EQ(people.at("contacts").at(0).at("match_score"), 81.5);
    EXPECT_EQ(people.at("contacts").at(0).at("heat_score"), 90);
    EXPECT_EQ(site.json("/api/v1/properties/home_1/contacts?relationship=saved").at("count"), 1);
    EXPECT_EQ(site.get("/api/v1/properties/home_1/contacts?relationship=liked").status, 400);
}

TEST(ContactHomes, KeepTheirNotesAndViewsWhenSaidAgain) {
    Linked site;
    site.post(site.link, R"({"notes":"the porch"})");
    site.db.run("UPDATE contact_properties SET view_count = 4");
    EXPECT_EQ(site.post(site.link, R"({"relationship":"shared"})").status, 200);
    const auto home = site.json("/api/v1/contacts/lead-ana/properties").at("properties").at(0);
    EXPECT_EQ(home.at("relationship"), "shared");
    EXPECT_EQ(home.at("view_count"), 4);
    EXPECT_EQ(home.at("notes"), "the porch");
    EXPECT_EQ(home.at("shared_at"), "2026-01-19T16:00:00Z");
}

TEST(ContactHomes, AreOfPeopleAndHomesThatAreThere) {
    Linked site;
    EXPECT_EQ(site.post("/api/v1/contacts/nobody/properties/home_1", "{}").status, 404);
    EXPECT_EQ(site.post("/api/v1/contacts/lead-ana/properties/nothing", "{}").status, 404);
    EXPECT_EQ(site.get("/api/v1/contacts/nobody/properties").status, 404);
    for (const auto* wrong :
         {R"({"relationship":"liked"})", R"({"match_score":101})", R"({"match_score":"high"})",
          R"({"notes":{"a":1}})", R"({"notes":["a"]})", R"({"relationship":true})"})
        EXPECT_EQ(site.post(site.link, wrong).status, 422) << wrong;
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM contact_properties"), 0);
}

}  // namespace
}  // namespace dreams::web
