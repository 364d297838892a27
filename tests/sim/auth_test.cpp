#include "support.h"

// fub-api §17 A: routing and auth. Each test bears the number it shows.

namespace dreams::sim {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

constexpr auto who_are_you =
    "Authentication is required. Use Basic HTTP Authentication with API Key as username and blank "
    "password, or use Bearer token authentication.";

void expect_401(const http::Response& response) {
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(error_of(response), who_are_you);
    EXPECT_EQ(http::header(response.headers, "WWW-Authenticate"),
              R"(Basic realm="Follow Up Boss API")");
    EXPECT_FALSE(http::header(response.headers, "X-RateLimit-Limit"));
}

TEST(FubA1, WithoutCredentialsOrWithWrongOnesIs401) {
    Office office;
    for (const auto* authorization : {"", "Basic", "Basic !!!", "Basic ZmthX25vYm9keTo=",
                                      "Basic Og==", "Digest ZmthX293bmVyOg=="}) {
        office.authorization = authorization;
        expect_401(office.get("/people"));
    }
}

TEST(FubA1, KeysGoWithBasicAndTokensWithBearer) {
    Office office({5, 0, 0}, {.tokens = {{"oauth-token", 21}}});
    office.authorization = "Bearer fka_owner";
    expect_401(office.get("/identity"));
    office.authorization = "Bearer oauth-token";
    EXPECT_EQ(office.get("/identity").status, 200);
    office.authorization = "Basic b2F1dGgtdG9rZW46";  // oauth-token:
    expect_401(office.get("/identity"));
    office.authorization = "basic ZmthX293bmVyOndoYXRldmVy";  // fka_owner:whatever
    EXPECT_EQ(office.get("/identity").status, 200) << "any password is tolerated";
}

TEST(FubA2, WebhooksAreTheOwners) {
    Office office;
    EXPECT_EQ(office.get("/webhooks").status, 200);
    for (const auto& other : {as_admin, as_agent}) {
        office.authorization = other;
        const auto response = office.get("/webhooks");
        EXPECT_EQ(response.status, 403);
        EXPECT_EQ(error_of(response), "Only the account owner may access webhooks.");
        EXPECT_EQ(office.get("/webhookEvents/1").status, 403);
    }
}

TEST(FubA2, SomePathsAreForTheirOwnPagesOnly) {
    Office office;
    for (const auto* path :
         {"/timeline", "/inbox/counts", "/threads", "/conversations", "/notifications"}) {
        const auto response = office.get(path);
        EXPECT_EQ(response.status, 403) << path;
        EXPECT_EQ(error_of(response), "You do not have access to this API endpoint");
    }
}

TEST(FubA2, AnUnknownCollectionIsNamed) {
    Office office;
    const auto response = office.get("/Em");
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(error_of(response),
              "Collection name 'Em' in the URL is not valid. Please use a correct collection name, "
              "for example 'people'.");
    EXPECT_EQ(office.get("/people/12345678").status, 404);
    EXPECT_EQ(office.get("/people/notanumber").status, 404);
}

TEST(FubA2, AnExpiredAccountStillTakesLeads) {
    Office office;
    office.account.options().expired = true;
    EXPECT_EQ(office.get("/people").status, 403);
    EXPECT_EQ(office.get("/identity").status, 403);
    EXPECT_EQ(office.get("/events").status, 403);
    EXPECT_EQ(
        office
            .ask(
                "POST", "/events", {},
                R"({"type":"Registration","person":{"firstName":"Lea","emails":[{"value":"lea@x.org"}]}})")
            .status,
        201);
}

TEST(FubA3, EachRoleSeesItsOwn) {
    Office office({.people = 200, .events = 1000, .communications = 200});
    const Parameters all{{"idsOnly", "true"}, {"includeTrash", "true"}};
    const auto seen_by = [&](const std::string& authorization) {
        office.authorization = authorization;
        const auto page = office.page("/people", all);
        std::set<std::int64_t> ids;
        for (const auto& id : *json::array(page, "ids")) ids.insert(id.as_int64());
        return ids;
    };
    const auto owner = seen_by("Basic ZmthX293bmVyOg=="), admin = seen_by(as_admin),
               agent = seen_by(as_agent), lender = seen_by(as_lender);
    EXPECT_EQ(owner.size(), 200u);
    EXPECT_EQ(admin, owner);
    EXPECT_GT(agent.size(), 5u);
    EXPECT_LT(agent.size(), 100u);
    EXPECT_GT(lender.size(), 5u);
    for (const auto id : agent) {
        const Contact& person = *office.town.people().find(id);
        EXPECT_TRUE(person.user == 23 || std::ranges::count(person.collaborators, 23) > 0);
    }
    for (const auto id : lender) EXPECT_EQ(office.town.people().find(id)->lender, 28 + 1);
}

TEST(FubA3, AnAgentSeesTheChildrenOfTheirPeopleOnly) {
    Office office({.people = 200, .events = 1000, .communications = 200});
    office.authorization = as_agent;
    const auto sees = [&](std::int64_t person) {
        const Contact& contact = *office.town.people().find(person);
        return contact.user == 23 || std::ranges::count(contact.collaborators, 23) > 0;
    };
    const auto page = office.page("/events", {{"limit", "100"}});
    EXPECT_GT(total_of(page), 20);
    EXPECT_LT(total_of(page), office.town.events().size());
    for (const auto& row : *json::array(page, "events"))
        EXPECT_TRUE(sees(*json::integer(row, "personId")));
    for (const auto& event : office.town.events().rows())
        if (!sees(event.person)) {
            EXPECT_EQ(office.get("/events/" + std::to_string(event.id)).status, 404);
            EXPECT_EQ(office.get("/people/" + std::to_string(event.person)).status, 404);
            break;
        }
}

TEST(FubA4, AnswersSayWhoseTheyAreAndWhatIsLeft) {
    Office office;
    const auto response = office.get("/people");
    EXPECT_EQ(http::header(response.headers, "FUB-Account-ID"), "1234");
    EXPECT_EQ(http::header(response.headers, "FUB-User-ID"), "21");
    EXPECT_EQ(http::header(response.headers, "Content-Type"), "application/json; charset=UTF-8");
    EXPECT_EQ(http::header(response.headers, "X-RateLimit-Limit"), "250");
    EXPECT_EQ(http::header(response.headers, "X-RateLimit-Remaining"), "249");
    EXPECT_EQ(http::header(response.headers, "X-RateLimit-Window"), "10");
    EXPECT_EQ(http::header(response.headers, "X-RateLimit-Context"), "global");
}

TEST(FubA4, SlashesAreEscapedAsPhpDoesUnlessSwitchedOff) {
    Office office;
    EXPECT_EQ(
        office.get("/textMessages").body,
        R"({"errorMessage":"personId, threadId, phone, toNumber, fromNumber, sharedInboxId, )"
        R"(groupTextId, participants, or id list must be specified for GET \/v1\/textMessages."})");
    const auto escaped = office.page("/events", {{"limit", "100"}});
    office.account.options().slashes_escaped = false;
    EXPECT_THAT(office.get("/emails").body, testing::HasSubstr("GET /v1/emails."));
    EXPECT_EQ(office.page("/events", {{"limit", "100"}}), escaped) << "the same to whoever parses";
}

TEST(FubA4, UnicodeCanBeEscapedToo) {
    Office office;
    office.town.add_person({.name = "Mia 🌲é"});
    const auto plain = office.page("/people");
    EXPECT_THAT(office.get("/people").body, testing::HasSubstr("Mia 🌲é"));
    office.account.options().unicode_escaped = true;
    EXPECT_THAT(office.get("/people").body, testing::HasSubstr(R"(Mia \ud83c\udf32\u00e9)"));
    EXPECT_EQ(office.page("/people"), plain);
}

TEST(FubA5, NextLinkLeadsBackToWhoeverWasAsked) {
    Office office;
    const auto link = [&] {
        const auto page = office.page("/events", {{"limit", "25"}, {"type", "Viewed Property"}});
        return *json::text(*json::member(page, "_metadata"), "nextLink");
    };
    EXPECT_THAT(link(),
                testing::StartsWith(
                    "http://sim.test:8080/v1/events?limit=25&type=Viewed%20Property&&next="));
    office.account.options().real_host = true;
    EXPECT_THAT(link(), testing::StartsWith("https://api.followupboss.com/v1/events?limit=25&"));
}

TEST(FubIdentity, NamesTheAccountAndTheUser) {
    Office office;
    office.authorization = as_agent;
    const auto expected = json::parse(R"({
        "account":{"id":1234,"domain":"ridgeline","name":"Ridgeline Realty",
                   "owner":{"name":"Olive Owner","email":"olive.21@ridgeline.example"}},
        "user":{"id":23,"name":"Pat Hollow","email":"pat.23@ridgeline.example",
                "fuid":"fau_10000000023","role":"Agent","isOwner":false,"isAdmin":false,"isLender":false}})");
    EXPECT_EQ(office.page("/identity"), expected);
}

}  // namespace
}  // namespace dreams::sim
