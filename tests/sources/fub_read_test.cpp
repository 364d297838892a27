#include "sources/fub_read.h"

#include <gmock/gmock.h>

namespace dreams::sources {
namespace {

using fub_read::kept_as;
using testing::ElementsAre;
using testing::HasSubstr;

json::Value person_row() {
    return json::parse(
        R"json({"id":9001,"created":"2026-03-01T15:04:05Z","updated":"2026-03-02T09:00:00Z",
      "lastActivity":"2026-03-02T08:59:58Z","name":"Ada Sample","firstName":"Ada","lastName":"Sample",
      "stage":"Lead","stageId":2,"type":"Buyer","source":"Example.com","assignedTo":"Pat Agent",
      "tags":["Investor","Condo, lake"],
      "emails":[{"value":"old@example.org","status":"Invalid","isPrimary":1},
                {"value":"ada@example.org","status":"Valid","isPrimary":0}],
      "phones":[{"value":"5550100123","status":"Valid","isPrimary":1}],
      "socialData":[],"textsReceived":2,"textsSent":"3","lastText":"2026-03-02T08:00:00Z",
      "lastTextId":88001,"lastReceivedTextId":88001,"lastSentTextId":87000,
      "emailsReceived":1,"emailsSent":null,"lastCommunication":"2026-03-02T08:00:00Z"})json");
}

json::Value event_row(const std::string& type) {
    return json::parse(
        R"json({"id":7002,"created":"2026-03-02T08:59:58Z","occurred":"2026-03-02T08:59:50Z",
      "personId":9001,"message":"hello","type":")json" +
        type + R"json(",
      "property":{"id":501,"street":"12 Elm St","city":"Austin","state":"TX","code":"78704",
                  "mlsNumber":"A123","price":"499950","forRent":0}})json");
}

std::string sentence_of(const std::function<void()>& read) {
    try {
        read();
    } catch (const Error& error) {
        return error.what();
    }
    return "nothing was thrown";
}

TEST(FubPerson, BringsEveryColumnThatFubFills) {
    const auto read = fub_read::person(person_row());
    const Person& person = read.person;
    EXPECT_EQ(read.id, 9001);
    EXPECT_EQ(person.fub_id, FubId{"9001"});
    EXPECT_EQ(person.external_id, "9001");
    EXPECT_EQ(person.first_name, "Ada");
    EXPECT_EQ(person.last_name, "Sample");
    EXPECT_EQ(person.phone, "5550100123");
    EXPECT_EQ(person.stage, "Lead");
    EXPECT_EQ(person.type, "Buyer");
    EXPECT_EQ(person.source, "Example.com");
    EXPECT_EQ(person.assigned_agent, "Pat Agent");
    EXPECT_EQ(person.tags, JsonText{R"(["Investor","Condo, lake"])"});
    EXPECT_EQ(person.lead_type_tags, JsonText{R"(["Buyer"])"});
    EXPECT_EQ(to_text(*read.created), "2026-03-01T15:04:05Z");
    EXPECT_EQ(to_text(*read.last_activity), "2026-03-02T08:59:58Z");
}

TEST(FubPerson, TakesAnAddressThatWorksBeforeThePrimaryOne) {
    EXPECT_EQ(fub_read::person(person_row()).person.email, "ada@example.org");
}

TEST(FubPerson, CountsTextsWhateverTheirNumbersCameAs) {
    const auto read = fub_read::person(person_row());
    EXPECT_EQ(read.texts, 5);
    EXPECT_EQ(read.emails, 1);
    EXPECT_THAT(read.text_ids, ElementsAre(88001, 87000));
}

TEST(FubPerson, KeepsABadPhoneAndKnowsThatItIsOne) {
    auto row = person_row();
    row.at("phones").as_array()[0].as_object()["status"] = "Bad";
    const auto read = fub_read::person(row);
    EXPECT_EQ(read.person.phone, "5550100123");
    EXPECT_FALSE(read.phone_works);
}

TEST(FubPerson, ReadsTagsThatCameAsObjects) {
    auto row = person_row();
    row.as_object()["tags"] = json::parse(R"([{"id":1,"name":"VIP"}])");
    EXPECT_EQ(fub_read::person(row).person.tags, JsonText{R"(["VIP"])"});
}

TEST(FubPerson, UsesTheWholeNameWhereThePartsAreMissing) {
    auto row = person_row();
    row.as_object()["firstName"] = nullptr;
    row.as_object()["lastName"] = nullptr;
    EXPECT_EQ(fub_read::person(row).person.first_name, "Ada Sample");
}

TEST(FubEvent, IsOneOfTheFourActsOrAnActivity) {
    const auto view = fub_read::event(event_row("Viewed Property"), {});
    const auto& event = std::get<ContactEvent>(view.record);
    EXPECT_EQ(event.id, EventId{"evt_7002"});
    EXPECT_EQ(event.person, FubId{"9001"});
    EXPECT_EQ(event.kind, EventKind::property_view);
    EXPECT_EQ(to_text(event.occurred_at), "2026-03-02T08:59:50Z");
    EXPECT_EQ(event.property_address, "12 Elm St, Austin, TX 78704");
    EXPECT_EQ(event.property_price, 499950);
    EXPECT_EQ(event.property_mls, "A123");

    const auto inquiry = fub_read::event(event_row("Property Inquiry"), {});
    const auto& activity = std::get<LeadActivity>(inquiry.record);
    EXPECT_EQ(activity.type, "property_inquiry");
    EXPECT_EQ(activity.source, "fub");
    EXPECT_THAT(activity.data->text, HasSubstr("\"message\":\"hello\""));
}

TEST(FubEvent, ASavedSearchIsNoShare) {
    EXPECT_EQ(kept_as("Saved Property Search", {}), "saved_property_search");
    EXPECT_EQ(kept_as("Shared Property", {}), "property_share");
    EXPECT_EQ(kept_as("Property Share", {}), "property_share");
    EXPECT_EQ(kept_as("Saved Property", {}), "property_favorite");
}

TEST(FubEvent, AnOfficeMayMapATypeOtherwise) {
    EXPECT_EQ(kept_as("Saved Property Search", {{"saved property search", "property_share"}}),
              "property_share");
}

TEST(FubEvent, WithoutAPersonIsRefusedWithASentence) {
    auto row = event_row("Viewed Property");
    row.as_object()["personId"] = nullptr;
    EXPECT_EQ(sentence_of([&] { fub_read::event(row, {}); }), "event 7002 belongs to nobody");
}

TEST(FubCommunication, WithoutAPersonIsRefusedWithASentence) {
    const auto row = [](const std::string& person) {
        return json::parse(R"({"id":5,"created":"2026-03-02T11:00:00Z","isIncoming":true)" +
                           person + "}");
    };
    for (const auto* nobody : {"", R"(,"personId":null)", R"(,"personId":-1)"}) {
        EXPECT_EQ(sentence_of([&] { fub_read::call(row(nobody)); }), "call 5 belongs to nobody");
        EXPECT_EQ(sentence_of([&] { fub_read::text_message(row(nobody)); }),
                  "text 5 belongs to nobody");
        EXPECT_EQ(fub_read::email(row(nobody), {"9001"}).person, FubId{"9001"})
            << "whom we asked for";
    }
    EXPECT_EQ(fub_read::call(row(R"(,"personId":0)")).person, FubId{"0"}) << "an unknown caller";
}

TEST(FubEvent, OddPricesAreNoPrices) {
    for (const auto* price : {R"("POA")", "null", R"("")", "-1", "1e309", "[]"}) {
        auto row = event_row("Viewed Property");
        row.at("property").as_object()["price"] = json::parse(price);
        EXPECT_EQ(std::get<ContactEvent>(fub_read::event(row, {}).record).property_price,
                  std::nullopt)
            << price;
    }
    auto row = event_row("Viewed Property");
    row.at("property").as_object()["price"] = "1,200,000";
    EXPECT_EQ(std::get<ContactEvent>(fub_read::event(row, {}).record).property_price, 1'200'000);
}

TEST(FubEvent, AFiftyMegabyteMessageIsCutAtACodePoint) {
    auto row = event_row("General Inquiry");
    std::string note;
    for (int i = 0; i < 50'000'000 / 4; ++i) note += "\xF0\x9F\x8F\xA1";
    row.as_object()["message"] = note;
    const auto event = fub_read::event(row, {});
    const auto& data = std::get<LeadActivity>(event.record).data->text;
    EXPECT_LT(data.size(), 70'000u);
    EXPECT_THAT(data, HasSubstr("(cut)"));
    EXPECT_NO_THROW(json::parse(data));
}

json::Value call_row(const std::string& rest) {
    return json::parse(
        R"({"id":1,"personId":9001,"created":"2026-03-02T10:00:00Z","userName":"Pat Agent",)" +
        rest + "}");
}

TEST(FubCall, SpeaksTheDictionarysWords) {
    using enum CommStatus;
    const auto status = [](const std::string& rest) {
        return fub_read::call(call_row(rest)).record.status;
    };
    EXPECT_EQ(status(R"("isIncoming":true,"duration":187,"outcome":null)"), completed);
    EXPECT_EQ(status(R"("isIncoming":true,"duration":0,"outcome":"No Answer")"), missed);
    EXPECT_EQ(status(R"("isIncoming":true,"duration":23,"outcome":"No Answer")"), voicemail);
    EXPECT_EQ(status(R"("isIncoming":false,"duration":30,"outcome":"Left Message")"), voicemail);
    EXPECT_EQ(status(R"("isIncoming":false,"duration":0,"outcome":"Busy")"), missed);
    EXPECT_EQ(status(R"("isIncoming":0,"duration":300,"outcome":"Interested")"), completed);
    EXPECT_EQ(status(R"("isIncoming":false,"duration":0,"outcome":null)"), missed);
}

TEST(FubCall, WithoutADirectionIsRefused) {
    EXPECT_EQ(sentence_of([] { fub_read::call(call_row(R"("duration":1)")); }),
              "call 1 does not say which way it went");
}

TEST(FubText, KnowsAutomatedOnesAndUndeliveredOnes) {
    const auto text = fub_read::text_message(json::parse(
        R"({"id":5,"personId":9001,"created":"2026-03-02T11:00:00Z","isIncoming":false,"actionPlanId":21,
            "deliveryStatus":"undelivered","userName":"Pat Agent"})"));
    EXPECT_TRUE(text.automated);
    EXPECT_EQ(text.record.id, CommunicationId{"text_5"});
    EXPECT_EQ(text.record.status, CommStatus::missed);
}

TEST(FubEmail, BelongsToWhoWroteIt) {
    const auto email = fub_read::email(
        json::parse(R"({"id":60001,"date":"2026-03-02T11:59:58Z","status":"Received",
        "relatedPeople":[{"personId":9001,"sentByPerson":false},{"personId":9002,"sentByPerson":true}]})"),
        FubId{"9001"});
    EXPECT_EQ(email.person, FubId{"9002"});
    EXPECT_EQ(email.record.direction, Direction::inbound);
    EXPECT_FALSE(email.automated);
}

TEST(FubEmail, TakesThePersonAskedForWhereItNamesNone) {
    const auto email = fub_read::email(
        json::parse(
            R"({"id":1,"createdAt":"2026-03-02T11:59:58Z","status":"Sent","campaignId":31})"),
        FubId{"9001"});
    EXPECT_EQ(email.person, FubId{"9001"});
    EXPECT_EQ(email.record.direction, Direction::outbound);
    EXPECT_TRUE(email.automated);
}

}  // namespace
}  // namespace dreams::sources
