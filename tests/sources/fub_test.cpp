// The client of Follow Up Boss where the simulated account is too small to show it.

#include "sources/fub.h"

#include <gmock/gmock.h>

namespace dreams::sources {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

TEST(FubClient, ReadsListsOfSeveralPagesToTheirEnd) {
    ManualClock clock(Instant{std::chrono::sys_days{std::chrono::January / 19 / 2026}});
    std::vector<std::string> asked;
    const Fub fub(
        {.url = "https://fub.example/v1", .api_key = "k"},
        [&](const http::Ask& ask) {
            asked.push_back(ask.url);
            http::Answer answer{.status = 200};
            answer.headers = {{"Content-Type", "application/json"}};
            answer.body =
                ask.url.find("next=") == std::string::npos
                    ? R"({"_metadata":{"next":"c2"},"stages":[{"id":1,"name":"Lead"}]})"
                    : R"({"_metadata":{"next":null},"stages":[{"id":2,"name":"Past Client"}]})";
            return answer;
        },
        clock);
    EXPECT_THAT(fub.stages(),
                ElementsAre(Field(&FubStage::name, "Lead"), Field(&FubStage::name, "Past Client")));
    EXPECT_THAT(asked, ElementsAre(HasSubstr("/stages?"), HasSubstr("next=c2")));
}

}  // namespace
}  // namespace dreams::sources
