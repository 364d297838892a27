#include <atomic>
#include <thread>

#include "sim/support.h"

namespace dreams::sim {
namespace {

using namespace test;

TEST(FubAccount, AnswersSeveralThreadsWhileTheTownLivesOn) {
    Town town({.people = 60, .events = 600, .communications = 60}, 7, as_of);
    const auto clock = system_clock();
    FubAccount account(town, *clock);
    account.set_limit("global", 100'000);
    account.set_limit("events", 100'000);
    std::atomic<int> good = 0;
    const auto ask = [&](const std::string& path) {
        http::Request request{.method = "GET", .path = "/v1" + path, .query = {{"limit", "100"}}};
        request.headers = {{"Authorization", "Basic ZmthX293bmVyOg=="}};
        const auto response = account.answer(request);
        const auto page = json::parse(response.body);
        good += response.status == 200 && json::object(page, "_metadata") ? 1 : 0;
    };
    constexpr int each = 40;
    {
        std::vector<std::jthread> threads;
        for (const auto* path : {"/people", "/events", "/calls"})
            threads.emplace_back([&, path] {
                for (int i = 0; i < each; ++i) ask(path);
            });
        threads.emplace_back([&] {
            for (int i = 1; i <= each; ++i) {
                town.advance(as_of + std::chrono::hours{i});
                town.add_event(town.people()[0].id, "Viewed Property", 1);
            }
        });
    }
    EXPECT_EQ(good, 3 * each);
    EXPECT_EQ(account.requests_in_all(), 3 * each);
    EXPECT_EQ(account.requests().at("events"), each);
}

}  // namespace
}  // namespace dreams::sim
