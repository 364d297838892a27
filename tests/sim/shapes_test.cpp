#include "support.h"

// Rows compared whole, against JSON written from fub-api §5–§13; and the order of their keys.

namespace dreams::sim {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::ElementsAreArray;

std::vector<std::string> keys(const json::Value& row) {
    std::vector<std::string> result;
    for (const auto& [key, value] : row.as_object()) result.emplace_back(key);
    return result;
}

const std::vector<std::string> usual_keys_of_people{"id",
                                                    "created",
                                                    "updated",
                                                    "createdVia",
                                                    "lastActivity",
                                                    "name",
                                                    "firstName",
                                                    "lastName",
                                                    "stage",
                                                    "stageId",
                                                    "type",
                                                    "source",
                                                    "sourceId",
                                                    "sourceUrl",
                                                    "leadFlowId",
                                                    "delayed",
                                                    "contacted",
                                                    "price",
                                                    "assignedLenderId",
                                                    "assignedLenderName",
                                                    "assignedUserId",
                                                    "assignedPondId",
                                                    "assignedTo",
                                                    "tags",
                                                    "emails",
                                                    "phones",
                                                    "addresses",
                                                    "picture",
                                                    "socialData",
                                                    "websiteVisits",
                                                    "timeframeId",
                                                    "timeframeUpdated",
                                                    "timeframeStatus",
                                                    "timeframeDateRange",
                                                    "claimed",
                                                    "dealStatus",
                                                    "dealStage",
                                                    "dealName",
                                                    "dealCloseDate",
                                                    "dealPrice",
                                                    "firstToClaimOffer",
                                                    "collaborators",
                                                    "teamLeaders",
                                                    "pondMembers"};

struct Shapes : testing::Test {
    Shapes() : office({0, 0, 0}) {
        ana = office.town.add_person({.created_via = "API",
                                      .name = "Ada Sample",
                                      .first = "Ada",
                                      .last = "Sample",
                                      .source = 21,
                                      .price = 450'000,
                                      .user = 23,
                                      .lender = 29,
                                      .tags = {"Investor"},
                                      .emails = {{"ada@example.org"}},
                                      .phones = {{"(828) 555-0123", "mobile"}},
                                      .addresses = {{"1 Test St", "Sylva", "NC", "28779"}},
                                      .timeframe = 1});
        home = office.town.add_home({.mls = "A123",
                                     .street = "12 Elm St",
                                     .city = "Sylva",
                                     .state = "NC",
                                     .code = "28779",
                                     .type = "Condo",
                                     .price = 499'950,
                                     .first_price = 499'950,
                                     .beds = 3,
                                     .half_baths = 5,
                                     .sqft = 1800,
                                     .lat_e6 = 35'373'700,
                                     .lng_e6 = -83'226'005});
    }
    Office office;
    std::int64_t ana = 0;
    std::int32_t home = 0;
};

TEST_F(Shapes, APersonHas44KeysInTheOrderOfLiveAnswers) {
    const auto row = office.page("/people").at("people").at(0);
    EXPECT_EQ(usual_keys_of_people.size(), 44u);
    EXPECT_THAT(keys(row), ElementsAreArray(usual_keys_of_people));
    EXPECT_EQ(row, json::parse(R"({
        "id":1001,"created":"2026-01-19T16:00:00Z","updated":"2026-01-19T16:00:00Z","createdVia":"API",
        "lastActivity":"2026-01-19T16:00:00Z","name":"Ada Sample","firstName":"Ada","lastName":"Sample",
        "stage":"Lead","stageId":2,"type":"Buyer","source":"Zillow","sourceId":21,"sourceUrl":"",
        "leadFlowId":null,"delayed":false,"contacted":0,"price":450000,
        "assignedLenderId":29,"assignedLenderName":"Lena Lender","assignedUserId":23,
        "assignedPondId":null,"assignedTo":"Pat Hollow","tags":["Investor"],
        "emails":[{"value":"ada@example.org","type":"home","status":"Valid","isPrimary":1}],
        "phones":[{"value":"(828) 555-0123","type":"mobile","status":"Valid","isPrimary":1,
                   "normalized":"8285550123","isLandline":false,"isOnboardingNumber":false}],
        "addresses":[{"type":"home","street":"1 Test St","city":"Sylva","state":"NC","code":"28779","country":"US"}],
        "picture":null,"socialData":[],"websiteVisits":0,"timeframeId":1,
        "timeframeUpdated":"2026-01-19T16:00:00Z","timeframeStatus":"Current",
        "timeframeDateRange":"0-3 Months","claimed":true,"dealStatus":null,"dealStage":null,
        "dealName":null,"dealCloseDate":null,"dealPrice":null,"firstToClaimOffer":false,
        "collaborators":[{"id":23,"name":"Pat Hollow","assigned":true,"role":"Agent"}],
        "teamLeaders":[],"pondMembers":[]})"));
}

TEST_F(Shapes, AllFieldsAddsTheCountersAndCustomFields) {
    const auto row = office.page("/people", {{"fields", "allFields"}}).at("people").at(0);
    const auto all = keys(row);
    EXPECT_THAT(std::vector(all.begin(), all.begin() + 44), ElementsAreArray(usual_keys_of_people));
    for (const auto* key : {"background",
                            "relationships",
                            "customLoan",
                            "lastCommunication",
                            "lastEmail",
                            "lastEmailId",
                            "lastReceivedEmail",
                            "lastSentEmailId",
                            "emailsReceived",
                            "firstCall",
                            "lastCallId",
                            "lastIncomingCall",
                            "callsDuration",
                            "lastText",
                            "lastReceivedTextId",
                            "textsSent",
                            "lastLeadActivity",
                            "lastIdxVisit",
                            "propertiesViewed",
                            "pagesViewed",
                            "nextTask",
                            "lastSentActionPlanEmail",
                            "lastDeliveredMarketingCampaign"})
        EXPECT_TRUE(row.as_object().contains(key)) << key;
}

TEST_F(Shapes, NamedFieldsComeAloneWithTheId) {
    EXPECT_THAT(keys(office.page("/people", {{"fields", "name,lastText"}}).at("people").at(0)),
                ElementsAre("id", "name", "lastText"));
    EXPECT_THAT(keys(office.page("/people", {{"fields", "id"}}).at("people").at(0)),
                ElementsAre("id"));
    EXPECT_EQ(keys(office.page("/people", {{"fields", "allCustom"}}).at("people").at(0)).size(),
              44u + 4u);
}

TEST_F(Shapes, AnEventOnAHome) {
    office.town.add_event({.person = ana,
                           .type = "Viewed Property",
                           .home = home,
                           .occurred = as_of - 10s,
                           .source = 21});
    EXPECT_EQ(
        office.page("/events").at("events").at(0),
        json::parse(
            R"({
        "id":700001,"created":"2026-01-19T16:00:00Z","updated":"2026-01-19T16:00:00Z",
        "occurred":"2026-01-19T15:59:50Z","personId":1001,"message":"","description":"","noteId":null,
        "source":"Zillow","type":"Viewed Property","additional":[],
        "property":{"id":)" +
            std::to_string(501 + home) +
            R"(,"street":"12 Elm St","city":"Sylva","state":"NC","code":"28779","mlsNumber":"A123",
          "price":"499950","forRent":0,"url":"https://homes.ridgeline.example/property/A123",
          "type":"Condo","bedrooms":"3","bathrooms":"2.5","area":"1800","lot":null,
          "lat":35.3737,"lng":-83.226005},
        "propertySearch":null,"pageTitle":null,"pageUrl":null,"pageDuration":null})"));
}

TEST_F(Shapes, AnEventWithTexts) {
    office.town.add_event({.person = ana,
                           .type = "Property Search",
                           .more = {.message = "Tell me more",
                                    .page_title = "Search",
                                    .page_url = "https://example.com/s",
                                    .page_seconds = 42,
                                    .search_json = R"({"type":"Condo","minPrice":300000})"}});
    const auto row = office.page("/events").at("events").at(0);
    EXPECT_EQ(row.at("message"), "Tell me more");
    EXPECT_EQ(row.at("pageDuration"), 42);
    EXPECT_EQ(row.at("propertySearch"), json::parse(R"({"type":"Condo","minPrice":300000})"));
    EXPECT_TRUE(row.at("property").is_null());
}

TEST_F(Shapes, ACall) {
    office.town.add_call({.person = ana,
                          .user = 23,
                          .incoming = true,
                          .seconds = 187,
                          .ring_seconds = 8,
                          .from = "8285550123",
                          .to = "8285550102"});
    EXPECT_EQ(office.page("/calls").at("calls").at(0), json::parse(R"({
        "id":350001,"relationshipId":null,"created":"2026-01-19T16:00:00Z","updated":"2026-01-19T16:00:00Z",
        "createdById":-1,"updatedById":-1,"personId":1001,"name":"Ada Sample","firstName":"Ada",
        "lastName":"Sample","userId":23,"userName":"Pat Hollow","phone":"8285550123",
        "fromNumber":"8285550123","toNumber":"8285550102","forwardNumber":null,"note":"","outcome":null,
        "isIncoming":true,"duration":187,"recordingUrl":null,"sharedInboxId":null,"conferenceCallId":null,
        "systemId":1,"ringDuration":8,"startedAt":"2026-01-19T16:00:08Z"})"));
}

TEST_F(Shapes, AText) {
    office.town.add_text({.person = ana,
                          .updated = as_of + 2s,
                          .user = 23,
                          .message = "Hello Ada",
                          .from = "8285550102",
                          .to = "8285550123"});
    EXPECT_EQ(office.page("/textMessages", {{"personId", "1001"}}).at("textmessages").at(0),
              json::parse(R"({
        "id":88001,"created":"2026-01-19T16:00:00Z","updated":"2026-01-19T16:00:02Z","createdById":23,
        "updatedById":23,"personId":1001,"name":"Ada Sample","firstName":"Ada","lastName":"Sample",
        "picture":null,"userId":23,"userName":"Pat Hollow","status":"Sent","message":"Hello Ada",
        "fromNumber":"8285550102","toNumber":"8285550123","sent":"2026-01-19T16:00:00Z","isIncoming":false,
        "archived":false,"read":false,"sharedInboxId":null,"actionPlanId":null,"groupTextId":null,
        "isExternal":false,"externalUrl":null,"externalLabel":null,"systemId":1,"systemName":null,
        "deliveryStatus":"delivered","media":[]})"));
}

TEST_F(Shapes, AMailByHandAndOneByMachine) {
    const auto bob = office.town.add_person({.name = "Bob"});
    office.town.add_email({.people = {{ana, true}, {bob, false}},
                           .date = as_of - 2s,
                           .user = 23,
                           .incoming = true,
                           .thread = 777,
                           .subject = "Re: Elm St",
                           .body = "Thanks"});
    office.town.add_email({.people = {{ana, false}}, .user = 23, .thread = 778, .action_plan = 21});
    const auto rows = office.page("/emails", {{"personId", "1001"}}).at("emails");
    EXPECT_EQ(rows.at(1), json::parse(R"({
        "id":60001,"created":"2026-01-19T16:00:00Z","date":"2026-01-19T15:59:58Z","status":"Received",
        "threadId":777,"subject":"Re: Elm St","bodyExcerpt":"Thanks","userId":23,"actionPlanId":null,
        "campaignId":null,"relatedPeople":[{"personId":1001,"sentByPerson":true},
                                           {"personId":)" +
                                      std::to_string(bob) + R"(,"sentByPerson":false}]})"));
    EXPECT_EQ(rows.at(0).at("actionPlanId"), 21);
    EXPECT_EQ(rows.at(0).at("status"), "Sent");
    EXPECT_EQ(total_of(office.page("/emails", {{"personId", std::to_string(bob)}})), 1)
        << "a mail stands under each of its people";
}

TEST_F(Shapes, ANote) {
    office.town.add_note({.person = ana, .user = 23, .body = "Called back"});
    EXPECT_EQ(office.page("/notes").at("notes").at(0), json::parse(R"({
        "id":5001,"created":"2026-01-19T16:00:00Z","updated":"2026-01-19T16:00:00Z","createdById":23,
        "updatedById":23,"createdBy":"Pat Hollow","updatedBy":"Pat Hollow","personId":1001,
        "showContent":true,"subject":"","body":"Called back","type":"Note","isHtml":false,
        "actionPlanId":null,"isExternal":false,"systemId":1,"systemName":null,"automationId":null})"));
}

TEST_F(Shapes, AUser) {
    const auto row = office.page("/users", {{"role", "Agent"}}).at("users").at(0);
    EXPECT_EQ(row, json::parse(R"({
        "id":23,"created":"2023-06-06T16:00:00Z","updated":"2023-06-06T16:00:00Z","name":"Pat Hollow",
        "firstName":"Pat","lastName":"Hollow","email":"pat.23@ridgeline.example","phone":"8285550102",
        "role":"Agent","status":"Active","timezone":"America/New_York","beta":false,"picture":{},
        "pauseLeadDistribution":false,"lastSeenIos":null,"lastSeenAndroid":null,"lastSeenFub2":null,
        "canExport":false,"canCreateApiKeys":false,"acceptedShowingtimeConsent":false,
        "acceptedShowingtimeConsentV2":false,"fuid":"fau_10000000023","isOwner":false,
        "groups":[{"id":1,"name":"Everyone"}],"teamIds":[3],"teamLeaderOf":[],
        "leadEmailAddress":"pat@leads.ridgeline.example","mlsMemberships":[]})"));
}

TEST_F(Shapes, TheDepartedAreListedOnRequest) {
    const auto without = total_of(office.page("/users"));
    const auto with = office.page("/users", {{"includeDeleted", "true"}, {"limit", "100"}});
    EXPECT_EQ(total_of(with), without + 1);
    EXPECT_EQ(office.page("/users/23").at("name"), "Pat Hollow");
    EXPECT_EQ(office.get("/users/9999").status, 404);
}

TEST_F(Shapes, StagesCountTheirPeople) {
    office.town.trash(office.town.add_person({.name = "Bob"}));
    const auto rows = office.page("/stages", {{"limit", "100"}}).at("stages");
    std::vector<std::string> names;
    for (const auto& row : rows.as_array()) names.push_back(*json::text(row, "name"));
    EXPECT_THAT(names,
                ElementsAre("Lead", "Nurture", "Hot Prospect", "Active Client", "Past Client",
                            "Unresponsive", "Agents/Vendors/Lendors", "Closed", "Trash"));
    EXPECT_EQ(rows.at(0),
              json::parse(R"({"id":2,"name":"Lead","orderWeight":1000,"isProtected":true,
        "pipelineId":null,"description":"","systems":[],"peopleCount":1})"));
    EXPECT_EQ(rows.at(8).at("peopleCount"), 1);
}

TEST_F(Shapes, TagsTakeALargerLimitAndCountPeople) {
    const auto tags = office.page("/tags", {{"limit", "2000"}});
    EXPECT_EQ(json::integer(*json::member(tags, "_metadata"), "limit"), 2000);
    EXPECT_EQ(tags.at("tags"), json::parse(R"([{"id":9501,"name":"Investor","peopleCount":1,
                                                "trashedPeopleCount":0}])"));
}

}  // namespace
}  // namespace dreams::sim
