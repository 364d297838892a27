// The fetcher against a web of prepared answers: what it asks for, what it leaves alone, and what
// it remembers.

#include "sources/fetcher.h"

#include <gmock/gmock.h>

#include <map>

#include "base/error.h"
#include "base/text.h"

namespace dreams::sources {
namespace {

using namespace std::chrono_literals;
using enum Fetched::Outcome;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using Ticks = std::chrono::steady_clock::duration;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} + 16h};

/// Answers by address; what is not there is a 404. Remembers what was asked, and when.
class Web {
public:
    void put(const std::string& url, http::Answer answer) { answers_[url] = std::move(answer); }
    void redirect(const std::string& url, const std::string& to) {
        put(url, {.status = 302, .headers = {{"Location", to}}});
    }
    http::Network network() {
        return [this](const http::Ask& ask) {
            asked.push_back(ask.url);
            asks.push_back(ask);
            at.push_back(clock.ticks());
            const auto found = answers_.find(ask.url);
            if (found == answers_.end()) return http::Answer{.status = 404};
            if (found->second.status == 0) throw Error(Fault::unavailable, "it did not answer");
            return found->second;
        };
    }
    Fetcher fetcher(std::vector<std::string> allow = {"site.example"},
                    std::vector<FetchHost> known = {}) {
        return {{.allow = std::move(allow)}, network(), clock, std::move(known)};
    }
    std::vector<Ticks> pauses() const {
        std::vector<Ticks> result;
        for (std::size_t i = 1; i < at.size(); ++i) result.push_back(at[i] - at[i - 1]);
        return result;
    }

    ManualClock clock{monday};
    std::vector<std::string> asked;
    std::vector<http::Ask> asks;
    std::vector<Ticks> at;

private:
    std::map<std::string, http::Answer> answers_;
};

http::Answer answer(const std::string& body, http::Headers headers = {}) {
    return {.status = 200, .headers = std::move(headers), .body = body};
}

const std::string robots = "https://site.example/robots.txt";
const std::string home = "https://site.example/property/1/";

// ---- what is asked

TEST(Fetcher, ReadsRobotsFirstAndThenThePage) {
    Web web;
    web.put(home, answer("a home", {{"ETag", "\"1\""}, {"Content-Type", "text/html"}}));
    const auto got = web.fetcher().get({.url = home});
    EXPECT_EQ(got.outcome, page);
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.body, "a home");
    EXPECT_EQ(got.url, home);
    EXPECT_EQ(got.etag, "\"1\"");
    EXPECT_EQ(got.content_type, "text/html");
    EXPECT_THAT(web.asked, ElementsAre(robots, home));
}

TEST(Fetcher, SaysWhoItIsAndNothingElse) {
    Web web;
    Fetcher fetcher({.allow = {"site.example"}, .contact = "ana@office.example"}, web.network(),
                    web.clock);
    fetcher.get({.url = home});
    for (const auto& ask : web.asks) {
        EXPECT_THAT(http::header(ask.headers, "User-Agent").value_or(""),
                    AllOf(HasSubstr("dreams/"), HasSubstr("(+mailto:ana@office.example)")));
        EXPECT_FALSE(http::header(ask.headers, "Cookie"));
        EXPECT_FALSE(http::header(ask.headers, "Referer"));
        EXPECT_EQ(ask.deadline, 20s);
        EXPECT_EQ(ask.most_bytes, 5u << 20);
    }
}

TEST(Fetcher, AsksOnlyWhetherAPageHasChanged) {
    Web web;
    web.put(home, {.status = 304});
    const auto got =
        web.fetcher().get({.url = home, .etag = "\"1\"", .last_modified = "Mon, 19 Jan"});
    EXPECT_EQ(got.outcome, unchanged);
    EXPECT_EQ(http::header(web.asks.back().headers, "If-None-Match"), "\"1\"");
    EXPECT_EQ(http::header(web.asks.back().headers, "If-Modified-Since"), "Mon, 19 Jan");
    EXPECT_FALSE(http::header(web.asks.front().headers, "If-None-Match"));
}

TEST(Fetcher, KeepsFiveSecondsAndSomeJitterBetweenRequests) {
    Web web;
    auto fetcher = web.fetcher();
    for (int i = 0; i < 10; ++i) fetcher.get({.url = home});
    ASSERT_EQ(web.pauses().size(), 10u);
    EXPECT_THAT(web.pauses(), Each(AllOf(Ge(Ticks(5s)), Le(Ticks(7600ms)))));
    EXPECT_EQ(fetcher.requests(), 11);
}

TEST(Fetcher, KeepsThePauseAcrossRunsToo) {
    Web web;
    std::vector<FetchHost> known;
    {
        auto first = web.fetcher();
        first.get({.url = home});
        known = first.hosts();
    }
    web.clock.sleep(2s);
    web.fetcher({"site.example"}, known).get({.url = home});
    EXPECT_THAT(web.asked, ElementsAre(robots, home, home)) << "robots.txt is known for a day";
    EXPECT_GE(web.pauses().back(), Ticks(5s) - 1s);
}

TEST(Fetcher, NeverAsksAPublicSiteFasterWhateverTheSettingSays) {
    Web web;
    Fetcher hasty({.allow = {"site.example"}, .pace = 0ms}, web.network(), web.clock);
    hasty.get({.url = home});
    EXPECT_THAT(web.pauses(), Each(Ge(Ticks(5s))));

    Web here;
    Fetcher local({.allow = {"127.0.0.1:81"}, .pace = 0ms}, here.network(), here.clock);
    local.get({.url = "http://127.0.0.1:81/"});
    EXPECT_THAT(here.pauses(), Each(Le(Ticks(100ms))));
}

TEST(Fetcher, WaitsAsLongAsRobotsAsksFor) {
    Web web;
    web.put(robots, answer("User-agent: *\nCrawl-delay: 30\n"));
    auto fetcher = web.fetcher();
    fetcher.get({.url = home});
    fetcher.get({.url = home});
    EXPECT_THAT(web.pauses(), Each(Ge(Ticks(29s))));
}

// ---- what is not

TEST(Fetcher, ReadsNoSiteThatIsNotListed) {
    Web web;
    auto fetcher = web.fetcher();
    const auto got = fetcher.get({.url = "https://other.example/"});
    EXPECT_EQ(got.outcome, forbidden);
    EXPECT_THAT(got.why, AllOf(HasSubstr("other.example"), HasSubstr("fetch.allow_hosts")));
    EXPECT_THAT(fetcher.closed("https://other.example/"), HasSubstr("fetch.allow_hosts"));
    EXPECT_EQ(fetcher.get({.url = "https://site.example:8443/"}).outcome, forbidden);
    EXPECT_EQ(fetcher.get({.url = "https://www.site.example/"}).outcome, forbidden);
    EXPECT_EQ(fetcher.get({.url = "https://user:word@site.example/"}).outcome, forbidden);
    EXPECT_THAT(web.asked, IsEmpty());
    EXPECT_THROW(fetcher.get({.url = "file:///etc/passwd"}), Error);
}

TEST(Fetcher, AnEntryMayBeAnAddressAPortOrAPattern) {
    Web web;
    auto fetcher = web.fetcher({"https://Site.example/search/", "a.example:8080", "*.b.example"});
    EXPECT_EQ(fetcher.closed(home), "");
    EXPECT_EQ(fetcher.closed("http://a.example:8080/x"), "");
    EXPECT_EQ(fetcher.closed("https://photos.b.example/x"), "");
    EXPECT_NE(fetcher.closed("https://b.example/x"), "");
    EXPECT_NE(fetcher.closed("https://notb.example/x"), "");
    EXPECT_NE(fetcher.closed("https://photos.b.example:22/x"), "");
}

TEST(Fetcher, AnEntryMaySayWhoGavePermissionAndWhen) {
    Web web;
    auto fetcher = web.fetcher({"https://Site.example/ = Ana Lopez of Example Realty 2026-03-01"});
    EXPECT_EQ(fetcher.get({.url = home}).outcome, page);
    const auto allowed = allowed_site(" *.example.com =the board by mail of May 2 ");
    EXPECT_EQ(allowed.site, "*.example.com");
    EXPECT_EQ(allowed.note, "the board by mail of May 2");
    EXPECT_EQ(allowed_site("site.example").note, "");
}

TEST(Fetcher, OnlyASiteThatIsNamedMayLieInAPrivateNetwork) {
    Web web;
    auto fetcher = web.fetcher({"site.example", "*.b.example"});
    fetcher.get({.url = home});
    for (const auto& ask : web.asks) EXPECT_EQ(ask.reach, http::Reach::anywhere);
    web.asks.clear();
    fetcher.get({.url = "https://photos.b.example/1.jpg"});
    ASSERT_FALSE(web.asks.empty());
    for (const auto& ask : web.asks) EXPECT_EQ(ask.reach, http::Reach::public_only);
}

TEST(Fetcher, NoSettingOpensAPortal) {
    Web web;
    auto fetcher = web.fetcher({"zillow.com", "www.zillow.com", "*.redfin.com", "www.realtor.com",
                                "homes.com", "www.trulia.com"});
    for (const auto* url :
         {"https://www.zillow.com/homedetails/1_zpid/", "https://zillow.com/",
          "https://ZILLOW.com./", "https://ssl.redfin.com/", "https://www.realtor.com/",
          "https://homes.com/", "https://www.trulia.com/"}) {
        const auto got = fetcher.get({.url = url});
        EXPECT_EQ(got.outcome, forbidden) << url;
        EXPECT_THAT(got.why, HasSubstr("import the file"));
    }
    EXPECT_THAT(web.asked, IsEmpty());
    EXPECT_EQ(web.fetcher({"newhomes.com"}).closed("https://newhomes.com/"), "");
}

TEST(Fetcher, ReadsNothingThatRobotsCloses) {
    Web web;
    web.put(robots, answer("User-agent: dreams\nDisallow: /property/\n"));
    auto fetcher = web.fetcher();
    const auto got = fetcher.get({.url = home});
    EXPECT_EQ(got.outcome, forbidden);
    EXPECT_THAT(got.why, HasSubstr("robots.txt of site.example"));
    EXPECT_EQ(fetcher.get({.url = "https://site.example/about"}).outcome, page);
    EXPECT_THAT(web.asked, ElementsAre(robots, "https://site.example/about"));
}

TEST(Fetcher, ASiteWithoutRobotsMayBeReadOneThatFailsMayNot) {
    for (const int status : {404, 401, 403, 410}) {
        Web web;
        web.put(robots, {.status = status});
        web.put(home, answer("a home"));
        EXPECT_EQ(web.fetcher().get({.url = home}).outcome, page) << status;
    }
    for (const int status : {500, 503, 0}) {
        Web web;
        web.put(robots, {.status = status});
        auto fetcher = web.fetcher();
        EXPECT_THROW(fetcher.get({.url = home}), Error) << status;
        EXPECT_THAT(web.asked, Each(robots));
    }
}

TEST(Fetcher, ACopyOfRobotsServesWhileTheSiteDoesNotGiveIt) {
    Web web;
    web.put(robots, {.status = 500});
    web.put(home, answer("a home"));
    FetchHost known{.site = "site.example",
                    .robots_at = monday - 10 * 24h,
                    .robots = "User-agent: *\nDisallow: /search/\n"};
    auto fetcher = web.fetcher({"site.example"}, {known});
    EXPECT_EQ(fetcher.get({.url = home}).outcome, page);
    EXPECT_EQ(fetcher.get({.url = "https://site.example/search/"}).outcome, forbidden);
    EXPECT_EQ(std::ranges::count(web.asked, robots), 2) << "once, and once more, not each time";
    known.robots_at = monday - 40 * 24h;
    auto later = web.fetcher({"site.example"}, {known});
    EXPECT_THROW(later.get({.url = home}), Error);
}

TEST(Fetcher, RobotsThatCannotBeHadAreAskedForOnceARun) {
    Web web;
    web.put(robots, {.status = 500});
    auto fetcher = web.fetcher({"site.example"});
    for (int page = 0; page < 3; ++page) EXPECT_THROW(fetcher.get({.url = home}), Error);
    EXPECT_EQ(std::ranges::count(web.asked, robots), 2) << "once, and once more, not each time";
}

TEST(Fetcher, RobotsAreReadAnewAfterADay) {
    Web web;
    auto fetcher = web.fetcher();
    fetcher.get({.url = home});
    web.put(robots, answer("User-agent: *\nDisallow: /\n"));
    EXPECT_EQ(fetcher.get({.url = home}).outcome, page);
    web.clock.sleep(25h);
    EXPECT_EQ(fetcher.get({.url = home}).outcome, forbidden);
}

// ---- redirects

TEST(Fetcher, FollowsRedirectsWithinTheRules) {
    Web web;
    web.redirect(home, "/property/1-elm-street/");
    web.put("https://site.example/property/1-elm-street/", answer("a home"));
    const auto got = web.fetcher().get({.url = home, .etag = "\"1\""});
    EXPECT_EQ(got.body, "a home");
    EXPECT_EQ(got.url, "https://site.example/property/1-elm-street/");
    EXPECT_FALSE(http::header(web.asks.back().headers, "If-None-Match")) << "another page";
}

TEST(Fetcher, NoRedirectLeadsOutOfTheRules) {
    for (const auto* to :
         {"https://other.example/", "http://127.0.0.1/", "http://169.254.169.254/latest/",
          "https://www.zillow.com/", "https://site.example:22/", "file:///etc/passwd",
          "http://site.example/property/1/", "gopher://site.example/", ""}) {
        Web web;
        web.redirect(home, to);
        const auto got = web.fetcher().get({.url = home});
        EXPECT_EQ(got.outcome, forbidden) << to;
        EXPECT_THAT(web.asked, ElementsAre(robots, home)) << to;
    }
}

TEST(Fetcher, ARedirectIntoWhatRobotsClosesIsNotFollowed) {
    Web web;
    web.put(robots, answer("User-agent: *\nDisallow: /search/\n"));
    web.redirect(home, "/search/?q=1");
    EXPECT_EQ(web.fetcher().get({.url = home}).outcome, forbidden);
    EXPECT_THAT(web.asked, ElementsAre(robots, home));
}

TEST(Fetcher, WhoAsksMayDeclineARedirect) {
    Web web;
    web.redirect(home, "/search/?mls=1");
    const auto got = web.fetcher().get({.url = home, .follows = [](const http::Url& to) {
                                            return !to.path.starts_with("/search");
                                        }});
    EXPECT_EQ(got.outcome, elsewhere);
    EXPECT_EQ(got.url, "https://site.example/search/?mls=1");
    EXPECT_THAT(web.asked, ElementsAre(robots, home));
}

TEST(Fetcher, RedirectsThatNeverEndAreLeftAfterFive) {
    Web web;
    web.redirect(home, home);
    auto fetcher = web.fetcher();
    EXPECT_THROW(fetcher.get({.url = home}), Error);
    EXPECT_EQ(web.asked.size(), 7u) << "robots.txt, the page and five more";
}

// ---- shut doors

class Refusal : public testing::TestWithParam<int> {};

TEST_P(Refusal, EndsItForADay) {
    Web web;
    web.put(home, {.status = GetParam()});
    auto fetcher = web.fetcher();
    const auto got = fetcher.get({.url = home});
    EXPECT_EQ(got.outcome, blocked);
    EXPECT_THAT(got.why, AllOf(HasSubstr("status " + std::to_string(GetParam())),
                               HasSubstr("left alone until 2026-01-20")));
    EXPECT_EQ(fetcher.get({.url = "https://site.example/other"}).outcome, blocked);
    EXPECT_THAT(web.asked, ElementsAre(robots, home)) << "once, and nothing after it";
}

INSTANTIATE_TEST_SUITE_P(Fetcher, Refusal, testing::Values(202, 401, 403, 429));

TEST(Fetcher, ACaptchaEndsItForADayToo) {
    Web web;
    web.put(home, answer("<html><head><title>Just a moment...</title></head></html>"));
    auto fetcher = web.fetcher();
    EXPECT_EQ(fetcher.get({.url = home}).outcome, blocked);
    EXPECT_THAT(fetcher.closed(home), HasSubstr("captcha"));
}

TEST(Fetcher, ACaptchaThatCallsItselfAFailureIsNotTriedAgain) {
    for (const int status : {500, 503}) {
        Web web;
        web.put(home, {.status = status, .body = "<title>Attention Required!</title>"});
        EXPECT_EQ(web.fetcher().get({.url = home}).outcome, blocked);
        EXPECT_THAT(web.asked, ElementsAre(robots, home));
    }
}

TEST(Fetcher, ACaptchaInThePlaceOfRobotsIsOneOfTheSite) {
    Web web;
    web.put(robots, {.status = 503, .body = "<title>Just a moment...</title>"});
    EXPECT_EQ(web.fetcher().get({.url = home}).outcome, blocked);
    EXPECT_THAT(web.asked, ElementsAre(robots));
}

TEST(Fetcher, RobotsAreNotReadUnencryptedWhereThePageIsNot) {
    Web web;
    web.redirect(robots, "http://site.example/robots.txt");
    EXPECT_THROW(web.fetcher().get({.url = home}), Error);
    EXPECT_THAT(web.asked, ElementsAre(robots));
}

TEST(Fetcher, AShutDoorIsRememberedAcrossRuns) {
    Web web;
    web.put(home, {.status = 403});
    std::vector<FetchHost> known;
    {
        auto first = web.fetcher();
        first.get({.url = home});
        known = first.hosts();
    }
    web.put(home, answer("a home"));
    web.asked.clear();
    web.clock.sleep(23h);
    EXPECT_EQ(web.fetcher({"site.example"}, known).get({.url = home}).outcome, blocked);
    EXPECT_THAT(web.asked, IsEmpty());
    web.clock.sleep(1h + 1min);
    EXPECT_EQ(web.fetcher({"site.example"}, known).get({.url = home}).outcome, page);
}

TEST(Fetcher, RemembersOnlyTheSitesThatItMet) {
    Web web;
    auto fetcher = web.fetcher({"site.example"}, {{.site = "api.mls.example"}});
    fetcher.get({.url = home});
    ASSERT_EQ(fetcher.hosts().size(), 1u) << "another program may know more of the other now";
    EXPECT_EQ(fetcher.hosts()[0].site, "site.example");
}

TEST(Fetcher, ALongerRetryAfterIsObeyedAnEndlessOneNot) {
    for (const auto& [asked, until] :
         std::map<std::string, std::string>{{"60", "2026-01-20T16"},
                                            {"172800", "2026-01-21T16"},
                                            {"99999999999", "2026-01-26T16"},
                                            {"soon", "2026-01-20T16"}}) {
        Web web;
        web.put(home, {.status = 429, .headers = {{"Retry-After", asked}}});
        EXPECT_THAT(web.fetcher().get({.url = home}).why, HasSubstr(until)) << asked;
    }
}

TEST(Fetcher, ARefusalOfRobotsIsOneOfTheSite) {
    Web web;
    web.put(robots, {.status = 429});
    EXPECT_EQ(web.fetcher().get({.url = home}).outcome, blocked);
    EXPECT_THAT(web.asked, ElementsAre(robots));
}

TEST(Fetcher, AFailureOfTheSiteIsNoRefusal) {
    Web web;
    web.put(home, {.status = 503});
    auto fetcher = web.fetcher();
    EXPECT_THROW(fetcher.get({.url = home}), Error);
    EXPECT_EQ(fetcher.closed(home), "");
    EXPECT_THAT(web.asked, ElementsAre(robots, home, home)) << "once more, then it is left";
}

TEST(Fetcher, APageThatIsNotThereIsAnAnswer) {
    Web web;
    const auto got = web.fetcher().get({.url = home});
    EXPECT_EQ(got.outcome, page);
    EXPECT_EQ(got.status, 404);
}

}  // namespace
}  // namespace dreams::sources
