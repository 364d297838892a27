#include "support.h"

// fub-api §17 D: what the data mean.

namespace dreams::sim {
namespace {

using namespace test;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

json::Value person_row(Office& office, std::int64_t id) {
    return office.page("/people/" + std::to_string(id), {{"fields", "allFields"}});
}

struct Pair : Office {
    explicit Pair(FubOptions options = {}) : Office({0, 0, 0}, std::move(options)) {
        ana = town.add_person({.name = "Ana Sample", .first = "Ana", .last = "Sample"});
        bob = town.add_person({.name = "Bob"});
    }
    std::int64_t ana = 0, bob = 0;
};

TEST(FubD18, ChildrenMoveTheCountersAndNotUpdated) {
    Pair office;
    const auto before = person_row(office, office.ana);
    EXPECT_TRUE(before.at("lastText").is_null());
    EXPECT_TRUE(before.at("lastTextId").is_null());
    office.town.wait_until(as_of + 1h);
    const auto text = office.town.add_text({.person = office.ana, .incoming = true});
    const auto call = office.town.add_call({.person = office.ana, .seconds = 30});
    const auto event = office.town.add_event(office.ana, "Viewed Property", 3);
    const auto email = office.town.add_email({.people = {{office.ana, true}}, .incoming = true});
    const auto after = person_row(office, office.ana);
    EXPECT_EQ(after.at("updated"), before.at("updated"));
    EXPECT_EQ(after.at("lastActivity"), "2026-01-19T17:00:00Z");
    EXPECT_EQ(after.at("lastCommunication"), "2026-01-19T17:00:00Z");
    EXPECT_EQ(after.at("lastTextId"), text);
    EXPECT_EQ(after.at("lastReceivedTextId"), text);
    EXPECT_TRUE(after.at("lastSentTextId").is_null());
    EXPECT_EQ(after.at("textsReceived"), 1);
    EXPECT_EQ(after.at("lastOutgoingCallId"), call);
    EXPECT_EQ(after.at("callsDuration"), 30);
    EXPECT_EQ(after.at("lastLeadActivityId"), event);
    EXPECT_EQ(after.at("propertiesViewed"), 1);
    EXPECT_EQ(after.at("lastReceivedEmailId"), email);
    EXPECT_EQ(after.at("emailsReceived"), 1);
}

TEST(FubD18, OwnChangesMoveUpdated) {
    Pair office;
    office.clock.sleep(1h);
    const auto response = office.ask("PUT", "/people/" + std::to_string(office.ana), {},
                                     R"({"price":500000,"stage":"Hot Prospect"})");
    ASSERT_EQ(response.status, 200);
    const auto row = json::parse(response.body);
    EXPECT_EQ(row.at("price"), 500'000);
    EXPECT_EQ(row.at("stage"), "Hot Prospect");
    EXPECT_EQ(row.at("stageId"), 4);
    EXPECT_EQ(row.at("updated"), "2026-01-19T17:00:01Z");
    const auto first = office.page("/people", {{"sort", "-updated"}, {"limit", "1"}});
    EXPECT_EQ(ids(first, "people").front(), office.ana);
}

TEST(FubD19, TrashIsHiddenUnlessAskedFor) {
    Pair office;
    office.town.trash(office.bob);
    EXPECT_THAT(ids(office.page("/people"), "people"), ElementsAre(office.ana));
    EXPECT_EQ(total_of(office.page("/people")), 1);
    EXPECT_THAT(ids(office.page("/people", {{"includeTrash", "true"}}), "people"),
                ElementsAre(office.bob, office.ana));
    EXPECT_EQ(person_row(office, office.bob).at("stage"), "Trash");
}

TEST(FubD19, AMergeMovesTheChildrenAndTrashesTheLoser) {
    Pair office;
    const auto event = office.town.add_event(office.bob, "Saved Property", 3);
    office.town.merge(office.ana, {office.bob});
    EXPECT_EQ(office.page("/events/" + std::to_string(event)).at("personId"), office.ana);
    EXPECT_THAT(ids(office.page("/events", {{"personId", std::to_string(office.bob)}}), "events"),
                IsEmpty());
    EXPECT_EQ(person_row(office, office.bob).at("stage"), "Trash");
}

TEST(FubD20, TheDeletedAreGoneWithAllTheyDid) {
    Pair office;
    const auto event = office.town.add_event(office.bob, "Saved Property", 3);
    const auto note = office.town.add_note({.person = office.bob});
    const auto deleted = office.ask("DELETE", "/people/" + std::to_string(office.bob));
    EXPECT_EQ(deleted.status, 204);
    EXPECT_EQ(deleted.body, "");
    EXPECT_EQ(office.get("/people/" + std::to_string(office.bob)).status, 404);
    EXPECT_EQ(office.get("/events/" + std::to_string(event)).status, 404);
    EXPECT_EQ(office.get("/notes/" + std::to_string(note)).status, 404);
    EXPECT_EQ(total_of(office.page("/events")), 0);
    const auto created = office.ask("POST", "/people", {}, R"({"firstName":"Cy"})");
    EXPECT_GT(*json::integer(json::parse(created.body), "id"), office.bob);
}

TEST(FubD21, AFreshPersonIsNotReadableYet) {
    Pair office({.fresh_for = 30s});
    const auto id = std::to_string(office.ana);
    EXPECT_EQ(office.get("/people/" + id).status, 404);
    EXPECT_EQ(office.get("/events", {{"personId", id}}).status, 404);
    EXPECT_EQ(office.get("/textMessages", {{"personId", id}}).status, 404);
    EXPECT_THAT(ids(office.page("/people"), "people"), Contains(office.ana));
    office.clock.sleep(30s);
    EXPECT_EQ(office.get("/people/" + id).status, 200);
}

http::Response report(Office& office, const std::string& body) {
    return office.ask("POST", "/events", {}, body);
}

TEST(FubD22, AnEventOfAStrangerMakesAPerson) {
    Pair office;
    const auto response = report(office, R"({"source":"Zillow","type":"Inquiry","message":"Hi",
        "person":{"firstName":"Dee","lastName":"Doe","emails":[{"value":"dee@x.org"},{"value":"d2@x.org"}],
                  "phones":[{"value":"828-555-7777"}],"tags":["Cabin"],"stage":"Nurture"},
        "property":{"street":"1 New St","city":"Sylva","state":"NC","code":"28779",
                    "mlsNumber":"NEW1","price":450000,"bedrooms":3,"bathrooms":2.5}})");
    ASSERT_EQ(response.status, 201);
    const auto person = json::parse(response.body);
    EXPECT_EQ(person.at("name"), "Dee Doe") << "the answer is the person, not the event";
    EXPECT_EQ(person.at("source"), "Zillow");
    EXPECT_EQ(person.at("stage"), "Nurture");
    EXPECT_EQ(person.at("emails").at(0).at("isPrimary"), 1);
    EXPECT_EQ(person.at("emails").at(1).at("isPrimary"), 0);
    const auto event = office.page("/events").at("events").at(0);
    EXPECT_EQ(event.at("type"), "Property Inquiry");
    EXPECT_EQ(event.at("message"), "Hi");
    EXPECT_EQ(event.at("property").at("mlsNumber"), "NEW1");
    EXPECT_EQ(event.at("property").at("price"), "450000");
    EXPECT_EQ(event.at("property").at("bathrooms"), "2.5");
}

TEST(FubD22, TheSameEmailOrPhoneAndNameIsTheSamePerson) {
    Pair office;
    office.town.edit_person(office.ana, [](Contact& ana) {
        ana.emails = {{"ana@x.org"}};
        ana.phones = {{"(828) 555-1111"}};
    });
    const auto id_of = [](const http::Response& response) {
        return *json::integer(json::parse(response.body), "id");
    };
    const auto by_mail = report(office, R"({"person":{"emails":[{"value":"ANA@x.org"}]}})");
    EXPECT_EQ(by_mail.status, 200);
    EXPECT_EQ(id_of(by_mail), office.ana);
    const auto by_phone = report(
        office,
        R"({"person":{"firstName":"Ana","lastName":"Sample","phones":[{"value":"+1 828 555 1111"}]}})");
    EXPECT_EQ(by_phone.status, 200);
    EXPECT_EQ(id_of(by_phone), office.ana);
    const auto other_name = report(
        office,
        R"({"person":{"firstName":"Carl","lastName":"Sample","phones":[{"value":"8285551111"}]}})");
    EXPECT_EQ(other_name.status, 201) << "a phone alone does not make two people one";
}

TEST(FubD22, TheAnswersStatusTellsWhatBecameOfIt) {
    Pair office;
    EXPECT_EQ(report(office, R"({"person":{"id":424242}})").status, 404);
    EXPECT_EQ(report(office, R"({"source":"Archived","person":{"firstName":"X"}})").status, 204);
    EXPECT_EQ(report(office, R"({"type":"Registration"})").status, 400);
    EXPECT_EQ(report(office, "{not json").status, 400);
    const auto id = std::to_string(office.ana);
    EXPECT_EQ(report(office, R"({"type":"Inquiry","person":{"id":)" + id + "}}").status, 200);
    EXPECT_EQ(office.page("/events").at("events").at(0).at("type"), "General Inquiry");
}

TEST(FubD22, OccurredAtIsWhenItHappened) {
    Pair office;
    report(office, R"({"type":"Visited Website","occurredAt":"2025-11-02T03:04:05Z",
                       "person":{"id":)" +
                       std::to_string(office.ana) + "}}");
    const auto event = office.page("/events").at("events").at(0);
    EXPECT_EQ(event.at("occurred"), "2025-11-02T03:04:05Z");
    EXPECT_EQ(event.at("created"), "2026-01-19T16:00:01Z");
    EXPECT_EQ(person_row(office, office.ana).at("websiteVisits"), 1);
}

TEST(FubD22, AKnownHomeIsRecognisedByItsNumber) {
    Office office;
    const Home& home = office.town.homes()[5];
    const auto homes = office.town.homes().size();
    report(office, R"({"type":"Viewed Property","person":{"firstName":"Z","lastName":"Y"},
                       "property":{"mlsNumber":")" +
                       home.mls + "\"}}");
    EXPECT_EQ(office.town.homes().size(), homes);
    EXPECT_EQ(office.page("/events").at("events").at(0).at("property").at("street"),
              json::Value(home.street));
}

TEST(FubD23, ListsAreOverwrittenUnlessTagsAreMerged) {
    Pair office;
    office.town.edit_person(office.ana, [](Contact& ana) {
        ana.tags = {"Cabin", "Land"};
        ana.emails = {{"old@x.org"}};
    });
    const auto path = "/people/" + std::to_string(office.ana);
    auto row =
        json::parse(office.ask("PUT", path, {{"mergeTags", "true"}}, R"({"tags":["New"]})").body);
    EXPECT_EQ(row.at("tags"), json::parse(R"(["Cabin","Land","New"])"));
    row = json::parse(
        office.ask("PUT", path, {}, R"({"tags":["Only"],"emails":[{"value":"new@x.org"}]})").body);
    EXPECT_EQ(row.at("tags"), json::parse(R"(["Only"])"));
    EXPECT_THAT(row.at("emails").as_array(), SizeIs(1));
}

TEST(FubD23, NullClearsACustomField) {
    Pair office;
    const auto path = "/people/" + std::to_string(office.ana);
    office.ask("PUT", path, {}, R"({"customLoan":"VA","customBudget":"400000"})");
    EXPECT_EQ(person_row(office, office.ana).at("customLoan"), "VA");
    EXPECT_EQ(total_of(office.page("/people", {{"customLoan", "VA"}})), 1);
    office.ask("PUT", path, {}, R"({"customLoan":null})");
    EXPECT_TRUE(person_row(office, office.ana).at("customLoan").is_null());
    EXPECT_EQ(person_row(office, office.ana).at("customBudget"), "400000");
}

TEST(FubD23, AnUnknownCustomFieldIsRefusedOrIgnored) {
    Pair office;
    const auto path = "/people/" + std::to_string(office.ana);
    const auto refused = office.ask("PUT", path, {}, R"({"customShoeSize":"44","price":3})");
    EXPECT_EQ(refused.status, 400);
    EXPECT_FALSE(office.town.people().find(office.ana)->price) << "nothing of it was taken";
    office.account.options().unknown_custom_refused = false;
    EXPECT_EQ(office.ask("PUT", path, {}, R"({"customShoeSize":"44"})").status, 200);
}

TEST(FubD24, ShapesAreAsOddAsTheRealOnes) {
    Pair office;
    office.town.edit_person(office.bob, [](Contact& bob) {
        bob.social = true;
        bob.tags = {"Cabin"};
    });
    office.town.add_event(office.ana, "Viewed Property", 3);
    EXPECT_TRUE(person_row(office, office.ana).at("socialData").is_array());
    EXPECT_TRUE(person_row(office, office.bob).at("socialData").is_object());
    EXPECT_EQ(person_row(office, office.ana).at("contacted"), 0);
    EXPECT_TRUE(office.page("/events").at("events").at(0).at("property").at("price").is_string());

    office.account.options().tags_as_objects = true;
    EXPECT_EQ(person_row(office, office.bob).at("tags").at(0).at("name"), "Cabin");
    EXPECT_EQ(office.page("/people/" + std::to_string(office.bob)).at("tags").at(0), "Cabin");
    office.account.options().short_rows = true;
    EXPECT_FALSE(
        office.page("/people/" + std::to_string(office.bob)).as_object().contains("dealPrice"));
    office.account.options().strange_keys = true;
    EXPECT_TRUE(person_row(office, office.bob).as_object().contains("zzFuture"));
    office.account.options().numbers_as_text = true;
    EXPECT_EQ(person_row(office, office.bob).at("id"), json::Value(std::to_string(office.bob)));
}

TEST(FubD24, BodiesAndRecordingsCanBeHidden) {
    Pair office;
    office.town.add_text({.person = office.ana, .message = "secret"});
    office.town.add_call({.person = office.ana, .recording = "https://x/1"});
    office.account.options().bodies_hidden = office.account.options().recordings_hidden = true;
    const auto id = std::to_string(office.ana);
    const auto text = office.page("/textMessages", {{"personId", id}}).at("textmessages").at(0);
    EXPECT_EQ(text.at("message"), "* Body is hidden for privacy reasons *");
    EXPECT_EQ(office.page("/calls").at("calls").at(0).at("recordingUrl"),
              "* Recording URL is hidden for privacy reasons *");
}

TEST(FubD24, UnknownCallersAndNamelessPeopleHaveNulls) {
    Pair office;
    office.town.add_call({.person = 0, .incoming = true, .from = "2025550199"});
    const auto nameless = office.town.add_person({});
    office.town.add_note({.person = nameless, .body = "<p>Hi & <b>bye</b></p>", .html = true});
    const auto call = office.page("/calls").at("calls").at(0);
    EXPECT_EQ(call.at("personId"), 0);
    EXPECT_TRUE(call.at("name").is_null());
    EXPECT_TRUE(person_row(office, nameless).at("firstName").is_null());
    EXPECT_EQ(office.page("/notes").at("notes").at(0).at("body"), "<p>Hi & <b>bye</b></p>");
}

TEST(FubD25, OutcomesAndDeliveriesComeLate) {
    Pair office;
    const auto call = office.town.add_call({.person = office.ana});
    const auto text = office.town.add_text({.person = office.ana, .delivery = "sent"});
    const auto call_path = "/calls/" + std::to_string(call);
    EXPECT_TRUE(office.page(call_path).at("outcome").is_null());
    office.town.wait_until(as_of + 10min);
    office.town.set_outcome(call, "No Answer");
    office.town.set_delivery(text, "undelivered");
    EXPECT_EQ(office.page(call_path).at("outcome"), "No Answer");
    EXPECT_EQ(office.page(call_path).at("updated"), "2026-01-19T16:10:00Z");
    EXPECT_EQ(office.page("/textMessages/" + std::to_string(text)).at("deliveryStatus"),
              "undelivered");
}

TEST(FubD25, AMailFoundLaterIsNewWithAnOldDate) {
    Pair office;
    office.town.add_email({.people = {{office.ana, true}}, .date = as_of - 240h, .incoming = true});
    const auto row =
        office.page("/emails", {{"personId", std::to_string(office.ana)}}).at("emails").at(0);
    EXPECT_EQ(row.at("created"), "2026-01-19T16:00:00Z");
    EXPECT_EQ(row.at("date"), "2026-01-09T16:00:00Z");
    EXPECT_EQ(person_row(office, office.ana).at("lastReceivedEmail"), "2026-01-09T16:00:00Z");
}

TEST(FubPeople, CreatingMakesDuplicatesUnlessToldNotTo) {
    Pair office;
    const std::string body =
        R"({"firstName":"Eve","emails":["eve@x.org"],"createdAt":"2024-05-06T07:08:09Z"})";
    const auto first = office.ask("POST", "/people", {}, body);
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(json::parse(first.body).at("created"), "2024-05-06T07:08:09Z");
    EXPECT_EQ(office.ask("POST", "/people", {}, body).status, 201);
    const auto twin = office.ask("POST", "/people", {{"deduplicate", "true"}}, body);
    EXPECT_EQ(twin.status, 200);
    EXPECT_EQ(json::parse(twin.body).at("id"), json::parse(first.body).at("id"));
    EXPECT_TRUE(
        office.page("/people/checkDuplicate", {{"email", "eve@x.org"}}).at("found").as_bool());
    EXPECT_FALSE(office.page("/people/checkDuplicate", {{"phone", "1"}}).at("found").as_bool());
}

TEST(FubPeople, UnclaimedOnesAreApart) {
    Pair office;
    office.town.edit_person(office.bob, [](Contact& bob) { bob.claimed = false; });
    EXPECT_THAT(ids(office.page("/people"), "people"), ElementsAre(office.ana));
    EXPECT_THAT(ids(office.page("/people/unclaimed"), "people"), ElementsAre(office.bob));
    EXPECT_EQ(total_of(office.page("/people", {{"includeUnclaimed", "true"}})), 2);
    const auto claim = office.ask("POST", "/people/claim", {},
                                  R"({"personId":)" + std::to_string(office.bob) + "}");
    EXPECT_EQ(claim.status, 200);
    EXPECT_EQ(office.town.people().find(office.bob)->user, 21);
    EXPECT_THAT(ids(office.page("/people/unclaimed"), "people"), IsEmpty());
}

TEST(FubTexts, OnlyRegisteredSystemsMayLogThem) {
    Pair office;
    const auto body = R"({"personId":)" + std::to_string(office.ana) + R"(,"message":"Hi"})";
    EXPECT_EQ(office.ask("POST", "/textMessages", {}, body).status, 201);
    office.system_key = "";
    EXPECT_EQ(office.ask("POST", "/textMessages", {}, body).status, 403);
    EXPECT_EQ(office.town.texts().size(), 1);
}

TEST(FubCalls, AreLoggedAndChanged) {
    Pair office;
    const auto id = std::to_string(office.ana);
    const auto made = office.ask(
        "POST", "/calls", {},
        R"({"personId":)" + id + R"(,"phone":"8285550001","isIncoming":false,"duration":12})");
    ASSERT_EQ(made.status, 201);
    const auto call = std::to_string(*json::integer(json::parse(made.body), "id"));
    EXPECT_EQ(json::parse(made.body).at("toNumber"), "8285550001");
    const auto changed = office.ask("PUT", "/calls/" + call, {}, R"({"outcome":"Busy"})");
    EXPECT_EQ(json::parse(changed.body).at("outcome"), "Busy");
    EXPECT_EQ(office.ask("POST", "/calls", {}, R"({"phone":"1","isIncoming":true})").status, 400);
}

}  // namespace
}  // namespace dreams::sim
