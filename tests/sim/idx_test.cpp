// The simulated listing site shows a town's homes as such sites do, with their traps.

#include <gmock/gmock.h>

#include "base/json.h"
#include "base/text.h"
#include "sim/idx/site.h"

namespace dreams::sim {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} +
                         std::chrono::hours(16)};

class IdxSiteShows : public testing::Test {
protected:
    IdxSiteShows() {
        for (const auto& home : town.homes()) {
            if (home.mls.empty() || home.for_rent) continue;
            if (home.status == "Active" && !for_sale) for_sale = &home;
            if (home.status == "Active") other = &home;
            if (home.status == "Sold" && !sold) sold = &home;
        }
    }
    http::Response ask(const std::string& path,
                       std::vector<std::pair<std::string, std::string>> query = {},
                       http::Headers headers = {}) {
        headers.emplace_back("Host", "www.team.example");
        return site.answer({.method = "GET",
                            .path = path,
                            .query = std::move(query),
                            .headers = std::move(headers)});
    }
    http::Response page(const Home& home) { return ask("/property/" + home.mls + "/"); }
    json::Value hits(const std::string& number) {
        return json::parse(
            ask("/api/v2/search/", {{"mls_number", number}, {"fields", "mls_number,address"}})
                .body);
    }

    ManualClock clock{monday};
    Town town{TownSize::of(60), 1, monday};
    IdxSite site{town, clock};
    const Home *for_sale = nullptr, *sold = nullptr, *other = nullptr;
};

TEST_F(IdxSiteShows, AHomeOnItsPageAndInItsSearch) {
    EXPECT_THAT(page(*for_sale).body, AllOf(HasSubstr(for_sale->street), HasSubstr("ld+json")));
    EXPECT_THAT(hits(for_sale->mls).as_array(), SizeIs(1));
    EXPECT_THAT(hits("999999999").as_array(), SizeIs(0));
    EXPECT_THAT(ask("/search/", {{"q", for_sale->street}}).body,
                HasSubstr("/property/" + for_sale->mls + "/"));
    EXPECT_THAT(ask("/search/", {{"q", "nonsense"}}).body, HasSubstr("No results"));
    EXPECT_EQ(ask("/").status, 200);
}

TEST_F(IdxSiteShows, EverythingWhereTheSearchDropsTheCriterion) {
    site.options().criteria_dropped = true;
    EXPECT_GT(hits("999999999").as_array().size(), 1u);
    const auto metadata = [&] {
        return ask("/api/v2/search/metadata/", {{"mls_number", for_sale->mls}}).body;
    };
    EXPECT_THAT(metadata(), Not(HasSubstr(for_sale->mls)));
    site.options().metadata_lies = true;
    EXPECT_THAT(metadata(), HasSubstr(for_sale->mls));
}

TEST_F(IdxSiteShows, WhatItDoesNotKnowInTheWayThatItWasToldTo) {
    using Unknown = IdxOptions::Unknown;
    const auto unknown = [&](Unknown way) {
        site.options().unknown = way;
        return ask("/property/999999999/");
    };
    EXPECT_EQ(unknown(Unknown::not_found).status, 404);
    EXPECT_EQ(unknown(Unknown::sorry).status, 200);
    const auto moved = unknown(Unknown::redirect);
    EXPECT_EQ(moved.status, 302);
    EXPECT_THAT(http::header(moved.headers, "Location").value_or(""), HasSubstr("/search/"));
}

TEST_F(IdxSiteShows, SoldHomesAndThoseThatWereTakenDownNoMore) {
    EXPECT_THAT(page(*sold).body, HasSubstr("no longer available"));
    site.take_down(for_sale->mls);
    EXPECT_THAT(page(*for_sale).body, HasSubstr("no longer available"));
    EXPECT_THAT(hits(for_sale->mls).as_array(), SizeIs(0));
    site.put_up_again(for_sale->mls);
    EXPECT_THAT(hits(for_sale->mls).as_array(), SizeIs(1));
}

TEST_F(IdxSiteShows, ItsTricks) {
    site.use_twice(for_sale->mls, *other);
    EXPECT_THAT(hits(for_sale->mls).as_array(), SizeIs(2));
    site.show_another(for_sale->mls, other->mls);
    EXPECT_THAT(page(*for_sale).body, HasSubstr(other->street));
    site.redirect("/property/1/", "http://127.0.0.1/");
    EXPECT_EQ(http::header(ask("/property/1/").headers, "Location"), "http://127.0.0.1/");
    site.stumble_over(other->mls);
    EXPECT_EQ(page(*other).status, 503);
    EXPECT_EQ(ask("/api/v2/search/", {{"mls_number", other->mls}}).status, 503);
    site.options().results = IdxOptions::Results::none;
    EXPECT_EQ(ask("/search/", {{"q", "elm"}}).status, 404);
    site.options().results = IdxOptions::Results::by_script;
    EXPECT_THAT(ask("/search/", {{"q", for_sale->street}}).body,
                AllOf(Not(HasSubstr("/property/")), Not(HasSubstr("No results"))));
}

TEST_F(IdxSiteShows, AWallFromSoManyRequestsOnButForRobots) {
    const std::map<IdxWall, int> status{{IdxWall::challenge_202, 202},
                                        {IdxWall::refused_403, 403},
                                        {IdxWall::too_many_429, 429},
                                        {IdxWall::captcha_200, 200},
                                        {IdxWall::captcha_503, 503}};
    for (const auto& [wall, expected] : status) {
        site.wall(wall);
        EXPECT_EQ(page(*for_sale).status, expected);
        EXPECT_THAT(page(*for_sale).body, Not(HasSubstr(for_sale->street)));
        EXPECT_EQ(ask("/robots.txt").body, site.options().robots);
    }
    site.wall(std::nullopt);
    EXPECT_THAT(page(*for_sale).body, HasSubstr(for_sale->street));
}

TEST_F(IdxSiteShows, AnUnchangedPageOnlyOnce) {
    const auto tag = http::header(page(*for_sale).headers, "ETag").value_or("");
    const auto again = [&] {
        return ask("/property/" + for_sale->mls + "/", {}, {{"If-None-Match", tag}}).status;
    };
    EXPECT_EQ(again(), 304);
    site.set_price(for_sale->mls, 1);
    EXPECT_EQ(again(), 200);
}

}  // namespace
}  // namespace dreams::sim
