// The simulated MLS feed answers as such services do: order, pages, limits, and what was withdrawn.

#include <gmock/gmock.h>

#include "base/error.h"
#include "base/json.h"
#include "sim/reso/feed.h"

namespace dreams::sim {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} + 16h};

/// A feed over a town's homes, and somebody who asks it.
struct Mls {
    explicit Mls(ResoOptions options = {}) : feed(town, clock, std::move(options)) {}

    http::Response ask(std::vector<std::pair<std::string, std::string>> query) {
        http::Request request{.method = "GET", .path = "/v2/Property", .query = std::move(query)};
        request.headers = {{"Host", "api.mls.example"},
                           {"Authorization", "Bearer " + token},
                           {"Accept-Encoding", encoding}};
        clock.sleep(pause);
        return feed.answer(request);
    }
    json::Value page(std::vector<std::pair<std::string, std::string>> query) {
        const auto response = ask(std::move(query));
        EXPECT_EQ(response.status, 200) << response.body;
        return json::parse(response.body);
    }
    /// Rows of this feed's own system.
    json::Value rows(const std::string& more = "", const std::string& top = "1000") {
        return page({{"$filter", "OriginatingSystemName eq 'canopy'" + more}, {"$top", top}});
    }
    const Home& listed() {
        for (const auto& home : town.homes())
            if (!home.mls.empty() && home.status == "Active" && !home.for_rent) return home;
        throw Error(Fault::not_found, "no home");
    }

    ManualClock clock{monday};
    Town town{TownSize::of(200), 3, monday};
    ResoFeed feed;
    std::string token = "long-lived-token", encoding = "gzip";
    std::chrono::milliseconds pause{1000};
};

std::vector<std::string> numbers(const json::Value& page) {
    std::vector<std::string> numbers;
    for (const auto& row : *json::array(page, "value"))
        numbers.push_back(json::text(row, "ListingId").value_or(""));
    return numbers;
}

TEST(ResoFeed, GivesItsRowsInTheOrderInWhichTheyWereChanged) {
    Mls mls;
    const auto all = numbers(mls.rows());
    EXPECT_EQ(std::ssize(all), mls.feed.in_view());
    mls.feed.set_price(mls.listed().mls, 1);
    const auto after = numbers(mls.rows());
    EXPECT_EQ(after.back(), "CAR" + mls.listed().mls);
    const auto changed = mls.rows(" and ModificationTimestamp gt 2026-01-19T16:00:00Z");
    EXPECT_EQ(numbers(changed), std::vector{after.back()});
}

TEST(ResoFeed, CutsItsAnswersAndSaysWhereTheyGoOn) {
    Mls mls;
    mls.feed.options().page = 10;
    const auto first = mls.rows();
    EXPECT_EQ(json::array(first, "value")->size(), 10u);
    EXPECT_THAT(json::text(first, "@odata.nextLink").value_or(""),
                HasSubstr("https://api.mls.example/v2/Property?"));
    mls.feed.options().says_next = false;
    EXPECT_FALSE(json::member(mls.rows(), "@odata.nextLink"));
}

TEST(ResoFeed, OfTheGridsKindAsksForCompressionAndOneSystem) {
    Mls mls;
    mls.encoding = "identity";
    EXPECT_THAT(mls.ask({}).body, HasSubstr("COMPRESSION REQUIRED"));
    mls.encoding = "gzip, deflate";
    EXPECT_EQ(mls.ask({}).status, 400) << "no system named";
    EXPECT_EQ(
        mls.ask({{"$filter", "OriginatingSystemName eq 'canopy'"}, {"$orderby", "City"}}).status,
        400);
    EXPECT_EQ(numbers(mls.page({{"$filter", "OriginatingSystemName eq 'other'"}})).size(), 0u);
}

TEST(ResoFeed, TellsSevenDaysLongWhatWasWithdrawn) {
    Mls mls;
    const auto number = mls.listed().mls;
    mls.feed.withdraw(number);
    const auto is_there = [&](const std::string& more = "") {
        return testing::Value(numbers(mls.rows(more)), Contains("CAR" + number));
    };
    EXPECT_TRUE(is_there());
    EXPECT_FALSE(is_there(" and MlgCanView eq true"));
    mls.clock.sleep(6 * 24h);
    EXPECT_TRUE(is_there());
    mls.clock.sleep(25h);
    EXPECT_FALSE(is_there());
}

TEST(ResoFeed, SuspendsATokenThatAsksTooFastForGood) {
    Mls mls;
    mls.rows();
    mls.pause = 100ms;
    mls.rows();
    EXPECT_EQ(mls.ask({}).status, 429);
    EXPECT_TRUE(mls.feed.suspended());
    mls.clock.sleep(24h);
    EXPECT_EQ(mls.ask({}).status, 429);
    Mls other;
    other.token = "mine";
    EXPECT_EQ(other.ask({}).status, 401);
}

TEST(ResoFeed, WritesEnumerationsInTheStyleOfTheService) {
    Mls mls;
    const auto shown = [&](ResoOptions::Words words, bool odd) {
        mls.feed.options().words = words;
        mls.feed.options().odd = odd;
        return mls.ask({{"$filter", "OriginatingSystemName eq 'canopy'"}, {"$top", "1000"}}).body;
    };
    EXPECT_THAT(shown(ResoOptions::Words::text, true), HasSubstr(R"("Heat Pump,Wood Stove")"));
    EXPECT_THAT(shown(ResoOptions::Words::text, false), HasSubstr(R"(["Heat Pump","Wood Stove"])"));
    EXPECT_THAT(shown(ResoOptions::Words::enum_type, false),
                HasSubstr(R"(["HeatPump","WoodStove"])"));
}

TEST(ResoFeed, GivesWhatWasSelectedAndNothingElse) {
    Mls mls;
    const auto body = mls.ask({{"$filter", "OriginatingSystemName eq 'canopy'"},
                               {"$top", "5"},
                               {"$select", "ListingKey,ListPrice"}})
                          .body;
    EXPECT_THAT(body, HasSubstr("ListPrice"));
    EXPECT_THAT(body, Not(HasSubstr("PrivateRemarks")));
    EXPECT_THAT(mls.ask({{"$filter", "OriginatingSystemName eq 'canopy'"}, {"$top", "5"}}).body,
                HasSubstr("PrivateRemarks"));
}

TEST(ResoFeed, OfBridgeGoesByItsOwnStampAndRefusesWhatIsTooMuch) {
    Mls mls({.kind = ResoOptions::Kind::bridge, .most_skipped = 20});
    const auto status = [&](const std::string& name, const std::string& value) {
        return mls.ask({{name, value}}).status;
    };
    EXPECT_EQ(status("$top", "200"), 200);
    EXPECT_EQ(status("$top", "201"), 400);
    EXPECT_EQ(status("$skip", "19"), 200);
    EXPECT_EQ(status("$skip", "20"), 400);
    EXPECT_EQ(status("$filter", "ModificationTimestamp gt 2026-01-01T00:00:00Z"), 400);
    EXPECT_EQ(status("$filter", "BridgeModificationTimestamp gt 2026-01-01T00:00:00Z"), 200);
    EXPECT_EQ(status("$orderby", "ModificationTimestamp asc"), 400);
    const auto page = mls.page({{"$top", "1"}});
    const auto& row = json::array(page, "value")->front();
    EXPECT_GT(json::text(row, "BridgeModificationTimestamp"),
              json::text(row, "ModificationTimestamp"));
}

TEST(ResoFeed, EndsNeverWhereItWasToldNotTo) {
    using Endless = ResoOptions::Endless;
    Mls mls({.kind = ResoOptions::Kind::other, .endless = Endless::empty_pages});
    const auto empty = mls.page({{"$top", "10"}});
    EXPECT_EQ(json::array(empty, "value")->size(), 0u);
    EXPECT_NE(json::text(empty, "@odata.nextLink"),
              json::text(mls.page({{"$top", "10"}}), "@odata.nextLink"));
    mls.feed.options().endless = Endless::without_skip;
    EXPECT_EQ(numbers(mls.page({{"$top", "10"}, {"$skip", "10"}})),
              numbers(mls.page({{"$top", "10"}})));
    mls.feed.options().endless = Endless::in_a_circle;
    EXPECT_THAT(json::text(mls.page({{"$top", "100000"}}), "@odata.nextLink").value_or(""),
                HasSubstr("$skiptoken=0"));
}

}  // namespace
}  // namespace dreams::sim
