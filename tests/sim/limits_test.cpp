#include <rapidcheck.h>

#include "sim/fub/limits.h"
#include "support.h"

// fub-api §17 B: rate limits.

namespace dreams::sim {
namespace {

using namespace test;
using namespace std::chrono;

int allowed_at_once(Office& office, const std::string& path) {
    office.pause = 0ms;
    for (int count = 0;; ++count)
        if (office.get(path).status == 429) return count;
}

TEST(FubB6, EachContextHasItsOwnLimit) {
    for (const auto& [path, registered, without] :
         {std::tuple{"/people", 250, 125}, {"/events", 20, 10}, {"/notes", 10, 10}}) {
        Office with_key, without_key;
        without_key.system_key = "";
        EXPECT_EQ(allowed_at_once(with_key, path), registered) << path;
        EXPECT_EQ(allowed_at_once(without_key, path), without) << path;
        EXPECT_EQ(with_key.get("/identity").status, path == std::string("/people") ? 429 : 200);
    }
}

TEST(FubB6, AnUnknownSystemKeyIsNone) {
    Office office;
    office.system_key = "made-up";
    EXPECT_EQ(http::header(office.get("/people").headers, "X-RateLimit-Limit"), "125");
}

TEST(FubB6, ChangingPeopleIsAContextOfItsOwn) {
    Office office;
    office.pause = 0ms;
    const auto id = std::to_string(office.town.people()[0].id);
    int allowed = 0;
    while (office.ask("PUT", "/people/" + id, {}, R"({"price":1})").status == 200) ++allowed;
    EXPECT_EQ(allowed, 25);
    EXPECT_EQ(office.get("/people/" + id).status, 200);
}

TEST(FubB6, TheWindowSlides) {
    Office office;
    office.pause = 0ms;
    for (int i = 0; i < 10; ++i) EXPECT_EQ(office.get("/notes").status, i < 10 ? 200 : 429);
    office.clock.sleep(9999ms);
    EXPECT_EQ(office.get("/notes").status, 429);
    office.clock.sleep(1ms);
    EXPECT_EQ(office.get("/notes").status, 200);
}

TEST(FubB6, NeverMoreThanTheLimitInAnyTenSeconds) {
    EXPECT_TRUE(rc::check([] {
        RateLimits limits;
        milliseconds now{0};
        std::vector<milliseconds> allowed;
        const auto pauses = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1500));
        for (const int pause : pauses) {
            now += milliseconds{pause};
            const auto verdict = limits.ask("notes", true, now);
            const auto recent = std::ranges::count_if(
                allowed, [&](auto when) { return when > now - RateLimits::window; });
            RC_ASSERT(verdict.allowed == (recent < 10));
            if (verdict.allowed) {
                RC_ASSERT(verdict.remaining == 9 - recent);
                allowed.push_back(now);
            }
        }
    }));
}

TEST(FubB7, ARefusalSaysHowLongToWaitAndCountsForNothing) {
    Office office;
    allowed_at_once(office, "/events");
    const auto refused = office.get("/events");
    EXPECT_EQ(error_of(refused), "Rate limit exceeded");
    EXPECT_EQ(http::header(refused.headers, "Retry-After"), "10");
    EXPECT_EQ(http::header(refused.headers, "X-RateLimit-Remaining"), "0");
    office.clock.sleep(6500ms);
    EXPECT_EQ(http::header(office.get("/events").headers, "Retry-After"), "4");
    office.clock.sleep(3500ms);
    EXPECT_EQ(office.get("/events").status, 200) << "the refused ones were not counted";
}

TEST(FubB7, ARefusedRequestHasNoEffect) {
    Office office;
    office.account.set_limit("PUT.people", 0);
    const auto id = office.town.people()[0].id;
    const auto price = office.town.people()[0].price;
    EXPECT_EQ(office.ask("PUT", "/people/" + std::to_string(id), {}, R"({"price":77})").status,
              429);
    EXPECT_EQ(office.town.people().find(id)->price, price);
}

TEST(FubB8, OthersMayEatTheBudgetAndTheLimitMayShrink) {
    Office office;
    office.account.spend("events", 15);
    EXPECT_EQ(allowed_at_once(office, "/events"), 5);
    office.account.set_limit("global", 3);
    EXPECT_EQ(allowed_at_once(office, "/people"), 3);
    EXPECT_EQ(http::header(office.get("/people").headers, "X-RateLimit-Limit"), "3");
}

TEST(FubB8, A429MayComeThoughSomethingWasLeftOrSayNothingOfWaiting) {
    Office office;
    office.account.faults().at("people", 1, FubFault::too_many_429);
    office.account.faults().at("people", 2, FubFault::too_many_429_silent);
    const auto first = office.get("/people");
    EXPECT_EQ(first.status, 429);
    EXPECT_EQ(http::header(first.headers, "X-RateLimit-Remaining"), "249");
    EXPECT_EQ(http::header(first.headers, "Retry-After"), "2");
    const auto second = office.get("/people");
    EXPECT_EQ(second.status, 429);
    EXPECT_FALSE(http::header(second.headers, "Retry-After"));
    EXPECT_EQ(office.get("/people").status, 200);
}

TEST(FubRateLimit, IsToldToRegisteredSystemsOnly) {
    Office office;
    EXPECT_EQ(office.get("/rateLimit/limits").status, 200);
    office.system_key = "";
    const auto refused = office.get("/rateLimit/limits");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.body, R"({"error":"Only registered systems can use this endpoint."})");
}

}  // namespace
}  // namespace dreams::sim
