// The client of the team's listing site, against a simulated one with its traps.

#include "sources/idx.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "sim/idx/site.h"
#include "sources/idx_read.h"
#include "support/folder.h"

namespace dreams::sources {
namespace {

using namespace std::chrono_literals;
using enum IdxOutcome;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} + 16h};

class IdxSiteRead : public testing::Test {
protected:
    IdxSiteRead() {
        for (const auto& home : town.homes()) {
            if (home.status == "Active" && !home.mls.empty() && !for_sale) for_sale = &home;
            if (home.status == "Sold" && !home.mls.empty() && !sold) sold = &home;
        }
        for (const auto& home : town.homes())
            if (home.status == "Active" && home.city != for_sale->city && !home.mls.empty())
                other = &home;
    }
    Fetcher fetcher(std::vector<FetchHost> known = {}) {
        return {{.allow = {"www.team.example"}}, site.network(), clock, std::move(known)};
    }
    IdxAnswer by_number(const std::string& number, IdxDepth depth = IdxDepth::listing) {
        auto guest = fetcher();
        return Idx("https://www.team.example", guest).by_number(number, depth);
    }
    IdxAnswer by_address(const std::string& address) {
        auto guest = fetcher();
        return Idx("https://www.team.example/", guest).by_address(address);
    }
    std::string whole(const sim::Home& home) const {
        return home.street + ", " + home.city + ", NC " + home.code;
    }

    ManualClock clock{monday};
    sim::Town town{sim::TownSize::of(60), 1, monday};
    sim::IdxSite site{town, clock};
    const sim::Home *for_sale = nullptr, *sold = nullptr, *other = nullptr;
};

// ---- found

TEST_F(IdxSiteRead, ANumberIsFoundByTheNewerSearch) {
    const auto answer = by_number(for_sale->mls);
    ASSERT_EQ(answer.outcome, found) << answer.why;
    ASSERT_THAT(answer.homes, SizeIs(1));
    const auto& home = answer.homes[0];
    EXPECT_EQ(home.mls_number, for_sale->mls);
    EXPECT_EQ(home.address, for_sale->street + ", " + for_sale->city + ", NC");
    EXPECT_EQ(home.city, for_sale->city);
    EXPECT_EQ(home.price, for_sale->price);
    EXPECT_EQ(home.status, "Active");
    EXPECT_EQ(home.url, "https://www.team.example/property/" + for_sale->mls + "/");
    EXPECT_EQ(home.board, "5050");
    EXPECT_THAT(site.log(), ElementsAre("/robots.txt", StartsWith("/api/v2/search/metadata/"),
                                        StartsWith("/api/v2/search/?mls_number=")));
}

TEST_F(IdxSiteRead, TheSearchIsTriedForWhatItHearsOnlyOnce) {
    auto guest = fetcher();
    Idx idx("https://www.team.example", guest);
    idx.by_number(for_sale->mls);
    site.forget_log();
    idx.by_number(other->mls);
    EXPECT_THAT(site.log(), SizeIs(1));
}

TEST_F(IdxSiteRead, ThePageAddsPhotoAndBoard) {
    const auto answer = by_number(for_sale->mls, IdxDepth::with_page);
    ASSERT_THAT(answer.homes, SizeIs(1));
    EXPECT_THAT(answer.homes[0].photo_url.value_or(""),
                HasSubstr("/photo/" + for_sale->mls + ".png"));
    EXPECT_EQ(answer.homes[0].board, "Canopy");
}

TEST_F(IdxSiteRead, ANumberIsFoundByTheOlderSearch) {
    site.options().search = sim::IdxOptions::Search::older;
    const auto answer = by_number(for_sale->mls);
    ASSERT_EQ(answer.outcome, found) << answer.why;
    EXPECT_EQ(answer.homes[0].address, whole(*for_sale));
    EXPECT_EQ(answer.homes[0].price, for_sale->price);
    EXPECT_EQ(answer.homes[0].photo_url,
              "https://www.team.example/photo/" + for_sale->mls + ".png");
}

class IdxPage : public IdxSiteRead, public testing::WithParamInterface<sim::IdxOptions::Page> {};

TEST_P(IdxPage, TellsOfTheHomeWhereTheSiteHasNoSearch) {
    site.options().search = sim::IdxOptions::Search::none;
    site.options().page = GetParam();
    const auto answer = by_number(for_sale->mls);
    ASSERT_EQ(answer.outcome, found) << answer.why;
    EXPECT_EQ(answer.homes[0].address, whole(*for_sale));
    EXPECT_EQ(answer.homes[0].city, for_sale->city);
    EXPECT_EQ(answer.homes[0].price, for_sale->price);
    EXPECT_EQ(answer.homes[0].status, "Active");
    EXPECT_EQ(answer.homes[0].board, "Canopy");
}

INSTANTIATE_TEST_SUITE_P(Idx, IdxPage,
                         testing::Values(sim::IdxOptions::Page::structured,
                                         sim::IdxOptions::Page::marked));

TEST_F(IdxSiteRead, AnUnchangedHomeIsNotSentAgain) {
    auto guest = fetcher();
    Idx idx("https://www.team.example", guest);
    const auto first = idx.by_number(for_sale->mls);
    ASSERT_TRUE(first.mark);
    const auto second = idx.by_number(for_sale->mls, IdxDepth::listing, first.mark);
    EXPECT_EQ(second.outcome, found);
    EXPECT_TRUE(second.unchanged);
    EXPECT_THAT(second.homes, IsEmpty());
    site.set_price(for_sale->mls, 123'000);
    const auto third = idx.by_number(for_sale->mls, IdxDepth::listing, second.mark);
    EXPECT_FALSE(third.unchanged);
    ASSERT_THAT(third.homes, SizeIs(1));
    EXPECT_EQ(third.homes[0].price, 123'000);
}

// ---- traps

TEST_F(IdxSiteRead, ASearchThatDropsTheNumberIsNotBelieved) {
    site.options().criteria_dropped = true;
    const auto answer = by_number(for_sale->mls);
    ASSERT_EQ(answer.outcome, found) << "by its page";
    EXPECT_EQ(answer.homes[0].address, whole(*for_sale));
    EXPECT_THAT(site.log(), Not(Contains(StartsWith("/api/v2/search/?"))));
}

TEST_F(IdxSiteRead, ASearchThatOnlySaysItHeardTheNumberIsNotBelievedEither) {
    site.options().criteria_dropped = site.options().metadata_lies = true;
    EXPECT_EQ(by_number("9999999").outcome, not_found) << "not the first of all homes";
    const auto answer = by_number(for_sale->mls);
    ASSERT_EQ(answer.outcome, found);
    EXPECT_EQ(answer.homes[0].address, whole(*for_sale));
}

TEST_F(IdxSiteRead, AnOlderSearchThatDropsTheNumberIsNotBelieved) {
    site.options().search = sim::IdxOptions::Search::older;
    site.options().criteria_dropped = true;
    EXPECT_EQ(by_number("9999999").outcome, not_found);
    EXPECT_EQ(by_number(for_sale->mls).homes.at(0).address, whole(*for_sale));
}

TEST_F(IdxSiteRead, APageThatShowsAnotherHomeSaysNothing) {
    site.options().search = sim::IdxOptions::Search::none;
    site.show_another(for_sale->mls, other->mls);
    const auto answer = by_number(for_sale->mls);
    EXPECT_EQ(answer.outcome, unclear);
    EXPECT_THAT(answer.why, AllOf(HasSubstr(for_sale->mls), HasSubstr(other->mls)));
}

TEST_F(IdxSiteRead, APhotoOfAnotherHomeIsNotTaken) {
    site.show_another(for_sale->mls, other->mls);
    const auto answer = by_number(for_sale->mls, IdxDepth::with_page);
    ASSERT_EQ(answer.outcome, found);
    EXPECT_EQ(answer.homes[0].photo_url, std::nullopt);
}

TEST_F(IdxSiteRead, ANumberOfTwoBoardsIsTwoHomes) {
    site.use_twice(for_sale->mls, *other);
    const auto answer = by_number(for_sale->mls);
    EXPECT_EQ(answer.outcome, found);
    ASSERT_THAT(answer.homes, SizeIs(2));
    EXPECT_NE(answer.homes[0].board, answer.homes[1].board);
}

TEST_F(IdxSiteRead, APageWithoutAHomeSaysNothing) {
    site.options().search = sim::IdxOptions::Search::none;
    site.options().page = sim::IdxOptions::Page::bare;
    const auto answer = by_number(for_sale->mls);
    EXPECT_EQ(answer.outcome, unclear) << "the site changed its layout: not that it lost the home";
}

// ---- not found, gone

TEST_F(IdxSiteRead, AnUnknownNumberIsNotFoundHoweverTheSiteSaysSo) {
    using Unknown = sim::IdxOptions::Unknown;
    using Search = sim::IdxOptions::Search;
    for (const auto search : {Search::newer, Search::older, Search::none}) {
        for (const auto way : {Unknown::redirect, Unknown::not_found, Unknown::sorry}) {
            site.options().search = search;
            site.options().unknown = way;
            site.forget_log();
            EXPECT_EQ(by_number("9999999").outcome, not_found);
            EXPECT_THAT(site.log(), Not(Contains("/search/results/?mls_number=9999999")))
                << "where it sends us to is the first of what it has";
        }
    }
}

TEST_F(IdxSiteRead, ASoldHomeIsGoneAndNobodySaysSold) {
    const auto answer = by_number(sold->mls);
    EXPECT_EQ(answer.outcome, gone);
    EXPECT_THAT(answer.homes, IsEmpty());
}

TEST_F(IdxSiteRead, WhatIsNoNumberIsNotAskedFor) {
    for (const auto* number : {"", "  ", "###"}) EXPECT_EQ(by_number(number).outcome, unclear);
    EXPECT_THAT(site.log(), IsEmpty());
}

TEST_F(IdxSiteRead, ANumberIsSentAsOneWord) {
    by_number("41/../admin?x=1&y");
    for (const auto& asked : site.log()) EXPECT_THAT(asked, Not(StartsWith("/admin")));
}

// ---- walls

class IdxShut : public IdxSiteRead, public testing::WithParamInterface<sim::IdxWall> {};

TEST_P(IdxShut, DoorEndsItForADay) {
    auto guest = fetcher();
    Idx idx("https://www.team.example", guest);
    ASSERT_EQ(idx.by_number(for_sale->mls).outcome, found);
    site.wall(GetParam());
    EXPECT_EQ(idx.by_number(other->mls).outcome, blocked);
    EXPECT_FALSE(idx.closed().empty());
    site.forget_log();
    EXPECT_EQ(idx.by_number(other->mls).outcome, blocked);
    EXPECT_EQ(idx.by_address(whole(*other)).outcome, blocked);
    EXPECT_THAT(site.log(), IsEmpty());
}

TEST_P(IdxShut, DoorAtTheFirstRequestIsSeenToo) {
    site.wall(GetParam());
    const auto answer = by_number(for_sale->mls);
    EXPECT_EQ(answer.outcome, blocked);
    EXPECT_THAT(answer.why, HasSubstr("left alone until"));
    EXPECT_THAT(site.log(), SizeIs(2)) << "robots.txt, and one more";
}

INSTANTIATE_TEST_SUITE_P(Idx, IdxShut,
                         testing::Values(sim::IdxWall::challenge_202, sim::IdxWall::refused_403,
                                         sim::IdxWall::too_many_429, sim::IdxWall::captcha_200,
                                         sim::IdxWall::captcha_503));

TEST_F(IdxSiteRead, WhatRobotsClosesIsReadAnotherWayOrNotAtAll) {
    site.options().robots = "User-agent: *\nDisallow: /api/\nDisallow: /search\n";
    const auto by_page = by_number(for_sale->mls);
    EXPECT_EQ(by_page.outcome, found);
    EXPECT_THAT(site.log(), ElementsAre("/robots.txt", "/property/" + for_sale->mls + "/"));
    site.options().robots = "User-agent: *\nDisallow: /\n";
    const auto answer = by_number(for_sale->mls);
    EXPECT_EQ(answer.outcome, unclear);
    EXPECT_THAT(answer.why, HasSubstr("robots.txt"));
}

TEST_F(IdxSiteRead, NoRedirectLeadsIntoThePrivateNetwork) {
    site.options().search = sim::IdxOptions::Search::none;
    site.redirect("/property/" + for_sale->mls + "/", "http://169.254.169.254/property/1/");
    EXPECT_EQ(by_number(for_sale->mls).outcome, unclear);
    site.redirect("/property/" + other->mls + "/", "http://127.0.0.1:22/property/1/");
    EXPECT_EQ(by_number(other->mls).outcome, unclear);
}

TEST_F(IdxSiteRead, AFailureOfTheSiteIsAnError) {
    site.faults().from("api", 2, sim::WireFault::error_500);
    EXPECT_THROW(by_number(for_sale->mls), Error);
}

TEST_F(IdxSiteRead, AHomeWhoseAddressIsWithheldIsNotMissing) {
    const auto asked = [&](int status_of_page, const std::string& page) {
        const auto network = [&](const http::Ask& ask) {
            const auto path = http::url_from(ask.url)->path;
            http::Answer answer{.status = 404, .headers = {{"Content-Type", "text/html"}}};
            if (path.starts_with("/search/results"))
                return http::Answer{
                    .status = 200,
                    .body = R"([{"mls_number":"41","address":"","status":"Active"}])"};
            if (path.starts_with("/property/")) {
                answer.status = status_of_page;
                answer.body = page;
            }
            return answer;
        };
        Fetcher guest({.allow = {"www.team.example"}}, network, clock, {});
        return Idx("https://www.team.example", guest).by_number("41");
    };
    for (const int status : {404, 200}) {
        const auto answer = asked(status, "<h1>A home</h1>");
        EXPECT_EQ(answer.outcome, unclear) << status;
        EXPECT_EQ(answer.why, "the site shows no address for it") << status;
    }
    EXPECT_EQ(asked(200, "<title>Sorry</title><h1>This home has been sold</h1>").outcome, gone);
    EXPECT_EQ(asked(200, "<h1 class=address>14 Elm St, Sylva, NC</h1><p>MLS #: 41</p>").outcome,
              found);
}

// ---- by address

TEST_F(IdxSiteRead, AHomeIsFoundByAnAddressThatIsAlike) {
    const auto answer = by_address(for_sale->street + ", " + for_sale->city);
    ASSERT_EQ(answer.outcome, found) << answer.why;
    ASSERT_THAT(answer.homes, SizeIs(1));
    EXPECT_EQ(answer.homes[0].mls_number, for_sale->mls);
    EXPECT_TRUE(answer.homes[0].photo_url);
}

TEST_F(IdxSiteRead, AnAddressThatIsMerelyNearIsNotFound) {
    auto street = for_sale->street;
    street = "99999" + street.substr(street.find(' '));
    EXPECT_EQ(by_address(street).outcome, not_found);
    EXPECT_EQ(by_address("nonsense").outcome, not_found);
}

/// A site whose search finds these homes: number and address. It has a page of each.
http::Network site_of(const std::vector<std::pair<std::string, std::string>>& homes) {
    return [homes](const http::Ask& ask) {
        http::Answer answer{.status = 404, .headers = {{"Content-Type", "text/html"}}};
        const auto path = http::url_from(ask.url)->path;
        for (const auto& [number, address] : homes) {
            const auto page = "/property/" + number + "/";
            if (path == page)
                answer.body = "<title>" + address + "</title><h1 class=address>" + address +
                              "</h1><p class=price>$389,000</p><p>MLS #: " + number + "</p>";
            else if (path.starts_with("/search/?q="))
                answer.body += "<a href='" + page + "'>" + address + "</a>";
        }
        if (!answer.body.empty()) answer.status = 200;
        return answer;
    };
}

TEST_F(IdxSiteRead, TheSameStreetInAnotherTownIsAnotherHome) {
    const auto asked = [&](const std::vector<std::pair<std::string, std::string>>& homes) {
        Fetcher guest({.allow = {"www.team.example"}}, site_of(homes), clock, {});
        return Idx("https://www.team.example/", guest).by_address("100 Main St, Sylva, NC 28779");
    };
    EXPECT_EQ(asked({{"222", "100 Main St, Franklin, NC 28734"}}).outcome, not_found);
    const auto both = asked(
        {{"222", "100 Main St, Dillsboro, NC 28779"}, {"333", "100 Main Street, Sylva, NC 28779"}});
    ASSERT_EQ(both.outcome, found) << both.why;
    EXPECT_EQ(both.homes.at(0).mls_number, "333") << "the one in the town that was asked for";
    const auto rural = asked({{"222", "100 Main St, Dillsboro, NC 28779"}});
    ASSERT_EQ(rural.outcome, found) << rural.why;
    EXPECT_EQ(rural.homes.at(0).mls_number, "222");
}

TEST_F(IdxSiteRead, ASearchForAnAddressThatIsNoneSaysNothing) {
    using Results = sim::IdxOptions::Results;
    const auto address = for_sale->street + ", " + for_sale->city;
    for (const auto results : {Results::none, Results::by_script}) {
        site.options().results = results;
        const auto answer = by_address(address);
        EXPECT_EQ(answer.outcome, unclear) << "not that the home is not there";
        EXPECT_THAT(answer.why, HasSubstr("search for an address"));
    }
    site.options().results = Results::deaf;
    EXPECT_EQ(by_address(address).outcome, not_found) << "it says so itself";
}

TEST_F(IdxSiteRead, ACandidateThatCannotBeReadIsNoHomeThatIsMissing) {
    site.show_another(for_sale->mls, other->mls);
    site.options().search = sim::IdxOptions::Search::none;
    EXPECT_EQ(by_address(for_sale->street + ", " + for_sale->city).outcome, unclear);
}

TEST_F(IdxSiteRead, ASiteThatIsNoneIsRefused) {
    auto guest = fetcher();
    EXPECT_THROW(Idx("www.team.example", guest), Error);
}

// ---- the shapes as they were written down elsewhere

/// `samples/realgeeks` in a folder beside this tree; empty: there is none.
std::filesystem::path samples() {
    std::error_code unreadable;
    for (const auto& folder : std::filesystem::directory_iterator(DREAMS_ROOT "/..", unreadable)) {
        const auto found = folder.path() / "samples" / "realgeeks";
        if (std::filesystem::is_directory(found, unreadable)) return found;
    }
    return {};
}

TEST(IdxSamples, AreReadWhereTheyAre) {
    if (samples().empty()) GTEST_SKIP() << "the samples are not beside the tree";
    const auto site = *http::url_from("https://www.team.example/");
    const auto file = [&](const char* name) { return test::read_file(samples() / name); };
    const auto newer = idx_hits(file("api_v2_search.response.json"), "4100001", site);
    ASSERT_TRUE(newer);
    ASSERT_THAT(newer->homes, SizeIs(1));
    EXPECT_EQ(newer->homes[0].price, 489'000);
    EXPECT_TRUE(idx_hits(file("api_v2_search_empty.response.json"), "1", site)->homes.empty());
    EXPECT_TRUE(heard_number(file("api_v2_search_metadata.response.json"), "4100001"));
    const auto older = idx_hits(file("search_results_format_json.response.json"), "4100001", site);
    ASSERT_THAT(older->homes, SizeIs(1));
    EXPECT_EQ(older->homes[0].address, "14 Example Ridge Rd, Testville, NC 28700");
    EXPECT_EQ(older->homes[0].photo_url, "https://u.realgeeks.media/example/1.jpg");
    EXPECT_EQ(idx_page({.status = 200, .body = file("not_found_page.html")}, "1").outcome, gone);
}

TEST(IdxRead, OddAnswersAreNoHits) {
    const auto site = *http::url_from("https://www.team.example/");
    for (const auto* body : {"", "<html>", "{}", "[1]", "[[]]", "null", "\"x\"", "[{]"})
        EXPECT_FALSE(idx_hits(body, "41", site)) << body;
    const auto odd = idx_hits(
        R"([{"fields":{"mls_number":41,"address":null}},{"fields":[]},{"fields":{"mls_number":{"raw":41},
            "address":{"data":"1 Elm St"},"list_price":{"data":"POA","raw":0},"url":{"data":"javascript:x"}}}])",
        "41", site);
    ASSERT_TRUE(odd);
    EXPECT_TRUE(odd->foreign);
    ASSERT_THAT(odd->homes, SizeIs(1));
    EXPECT_EQ(odd->homes[0].price, std::nullopt);
    EXPECT_EQ(odd->homes[0].url, std::nullopt);
}

TEST(IdxRead, OnlyAPageThatSaysSoFoundNothing) {
    const auto links = [](const std::string& body) {
        return idx_links({.status = 200, .url = "https://www.team.example/search/", .body = body},
                         "14 Elm St");
    };
    EXPECT_THAT(links("<p>No results match your search</p>"), testing::Optional(IsEmpty()));
    EXPECT_THAT(links("<p>0 homes found</p>"), testing::Optional(IsEmpty()));
    EXPECT_FALSE(links("<p>120 homes found</p><div id=app></div>"));
    EXPECT_FALSE(links("<a href=/property/>All</a>"));
    EXPECT_THAT(links("<a href=/property/41/>14 Elm St</a>"), testing::Optional(ElementsAre("41")));
}

TEST(IdxRead, NumbersAreOneHoweverTheyAreWritten) {
    EXPECT_TRUE(is_same_number("AB-4100001", "ab4100001"));
    EXPECT_FALSE(is_same_number("4100001", "41000011"));
    EXPECT_FALSE(is_same_number("", ""));
    EXPECT_FALSE(is_same_number("-", "--"));
}

}  // namespace
}  // namespace dreams::sources
