// What all that is sent to the API has in common: keys that make it once only, and commits.

#include "web/api_write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::HasSubstr;

constexpr auto path = "/api/v1/properties";
const std::string elm = R"({"address":"1 Elm St"})", oak = R"({"address":"2 Oak St"})";

std::string header(const http::Response& response, std::string_view name) {
    return http::header(response.headers, name).value_or("");
}

TEST(IdempotencyKey, GivesTheSameAnswerAndDoesNothingTwice) {
    WebSite site;
    const http::Headers key{{"Idempotency-Key", "a-1"}};
    const auto first = site.post(path, elm, key);
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(header(first, "Idempotent-Replayed"), "");
    site.clock.sleep(std::chrono::hours(23));
    const auto again = site.post(path, elm, key);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(header(again, "Idempotent-Replayed"), "true");
    EXPECT_EQ(site.post(path, elm).status, 200) << "without a key it is done again";
}

TEST(IdempotencyKey, IsOneRequestsOnly) {
    WebSite site;
    const http::Headers key{{"Idempotency-Key", "a-1"}};
    EXPECT_EQ(site.post(path, elm, key).status, 201);
    for (const auto& [where, what] :
         {std::pair<std::string, std::string>{path, oak}, {"/api/v1/contacts", elm}}) {
        const auto other = site.post(where, what, key);
        EXPECT_EQ(other.status, 422);
        EXPECT_THAT(other.body, HasSubstr("IDEMPOTENCY_KEY_REUSED"));
    }
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM properties"), 1);
    EXPECT_EQ(site.post(path, oak, {{"Idempotency-Key", "a-2"}}).status, 201);
}

TEST(IdempotencyKey, IsForgottenAfterADay) {
    WebSite site;
    const http::Headers key{{"Idempotency-Key", "a-1"}};
    site.post(path, elm, key);
    site.clock.sleep(std::chrono::hours(24));
    EXPECT_EQ(site.post(path, oak, key).status, 201);
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM dreams_kept_answers"), 1);
}

TEST(IdempotencyKey, RemembersNoRefusal) {
    WebSite site;
    const http::Headers key{{"Idempotency-Key", "a-1"}};
    EXPECT_EQ(site.post(path, R"({"price":1})", key).status, 400);
    EXPECT_EQ(site.post(path, elm, key).status, 201);
}

TEST(IdempotencyKey, IsShortAndPlain) {
    WebSite site;
    for (const auto& key : {std::string(256, 'k'), std::string("a b"), std::string("\xc3\xa9")})
        EXPECT_EQ(site.post(path, elm, {{"Idempotency-Key", key}}).status, 400) << key;
}

TEST(Write, ThatFailsHalfwayLeavesNothing) {
    WebSite site;
    site.db.script("ALTER TABLE dreams_kept_answers RENAME COLUMN body TO answer");
    const auto response = site.post(path, elm, {{"Idempotency-Key", "a-1"}});
    EXPECT_EQ(response.status, 500);
    EXPECT_THAT(response.body, HasSubstr(R"("code":"SERVER_ERROR")"));
    EXPECT_THAT(response.body, testing::Not(HasSubstr("kept_answers")));
    EXPECT_EQ(site.db.value<int>("SELECT count(*) FROM properties"), 0);
    EXPECT_EQ(site.post(path, elm).status, 201) << "the next one finds an open desk";
}

TEST(Write, WaitsForItsTurnAndGivesUpInASentence) {
    WebSite site;
    const auto sync = site.db.begin();
    const auto response = site.post(path, elm);
    EXPECT_EQ(response.status, 503);
    EXPECT_THAT(response.body, HasSubstr(R"("code":"UNAVAILABLE")"));
}

TEST(Write, GoesToTheFileThatTookTheOldOnesPlace) {
    WebSite site;
    EXPECT_EQ(site.post(path, elm).status, 201);
    site.db = Db::open(":memory:", Db::Mode::create);
    for (const auto* name : {"dreams.db", "dreams.db-wal", "dreams.db-shm"})
        std::filesystem::remove(site.folder.file(name));
    EXPECT_EQ(site.post(path, elm).status, 503);
    store::init_file(site.folder.file("dreams.db"));
    EXPECT_EQ(site.post(path, elm).status, 201);
    EXPECT_EQ(site.json("/api/v1/properties").at("count"), 1);
}

TEST(Writes, AreLimited) {
    WebSite site;
    int refused = 0;
    for (int i = 0; i < 2001; ++i) {
        const auto response = site.post(path, "{");
        if (response.status != 429) continue;
        ++refused;
        EXPECT_EQ(header(response, "Retry-After"), "1");
    }
    EXPECT_EQ(refused, 1);
    EXPECT_EQ(site.get(path).status, 200) << "reading is not";
}

}  // namespace
}  // namespace dreams::web
