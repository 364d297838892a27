#include <gmock/gmock.h>

#include <thread>

#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;

TEST(Dashboard, AnswersSeveralThreadsAtOnce) {
    WebSite site;
    for (int i = 0; i < 20; ++i) test::add_lead(site.db, "Person" + std::to_string(i), i);
    const auto expected = site.body("/people");
    std::vector<int> right(4, 0);
    {
        std::vector<std::jthread> threads;
        for (auto& count : right)
            threads.emplace_back([&] {
                for (int i = 0; i < 25; ++i) count += site.body("/people") == expected ? 1 : 0;
            });
    }
    EXPECT_THAT(right, testing::Each(25));
}

TEST(Dashboard, AnswersWhileTheFileIsWritten) {
    WebSite site;
    test::add_lead(site.db, "Person0", 0);
    std::vector<int> right(3, 0);
    {
        std::vector<std::jthread> threads;
        for (auto& count : right)
            threads.emplace_back([&] {
                for (int i = 0; i < 25; ++i)
                    count += site.get(i % 2 ? "/people" : "/calls").status == 200 ? 1 : 0;
            });
        for (int i = 1; i < 40; ++i) test::add_lead(site.db, "Person" + std::to_string(i), i);
    }
    EXPECT_THAT(right, testing::Each(25));
    EXPECT_THAT(site.body("/people?search=Person39"), testing::HasSubstr("Person39"));
}

}  // namespace
}  // namespace dreams::web
