// robots.txt as RFC 9309 words it, as sites really write it, and against a slower reading of the
// same rules.

#include "base/robots.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <optional>

namespace dreams::http {
namespace {

using namespace std::chrono_literals;

Robots read(std::string_view text) {
    return Robots::read(text, "dreams");
}

bool allows(std::string_view text, std::string_view path) {
    return read(text).allows(path);
}

TEST(Robots, AllowsEverythingWhenNothingIsSaid) {
    EXPECT_TRUE(allows("", "/"));
    EXPECT_TRUE(allows("<html><body>Page not found</body></html>", "/property/1/"));
    EXPECT_TRUE(allows("Disallow: /", "/")) << "a rule before any user-agent is nobody's";
    EXPECT_TRUE(allows("User-agent: *\nDisallow:\n", "/"));
    EXPECT_TRUE(Robots::everything().allows("/x"));
}

TEST(Robots, ThatCannotBeHadAllowsNothingButItself) {
    EXPECT_FALSE(Robots::nothing().allows("/"));
    EXPECT_FALSE(Robots::nothing().allows("/property/1/?a=b"));
    EXPECT_TRUE(Robots::nothing().allows("/robots.txt"));
}

TEST(Robots, TheGroupThatNamesUsGoesBeforeTheOneOfEverybody) {
    constexpr auto text =
        "User-agent: *\nDisallow: /\n\nUser-agent: Dreams/1.0 (any words)\nAllow: /property/\n"
        "Disallow: /search/\n";
    EXPECT_TRUE(allows(text, "/property/1/"));
    EXPECT_FALSE(allows(text, "/search/?q=a"));
    EXPECT_FALSE(Robots::read(text, "other").allows("/property/1/"));
}

TEST(Robots, SeveralGroupsThatNameUsAreOne) {
    constexpr auto text =
        "User-agent: DREAMS\nDisallow: /a\nUser-agent: other\nDisallow: /b\n"
        "User-agent: dreams\nDisallow: /c\n";
    EXPECT_FALSE(allows(text, "/a"));
    EXPECT_TRUE(allows(text, "/b"));
    EXPECT_FALSE(allows(text, "/c"));
}

TEST(Robots, OneGroupMayNameSeveralWhateverStandsBetweenTheNames) {
    constexpr auto text =
        "User-agent: other\nSitemap: https://x/s.xml\n# a word\n\nUser-agent: dreams\nDisallow: "
        "/\n";
    EXPECT_FALSE(allows(text, "/"));
    EXPECT_FALSE(Robots::read(text, "other").allows("/"));
    EXPECT_TRUE(Robots::read(text, "third").allows("/"));
}

TEST(Robots, ANameThatMerelyBeginsAsOursIsAnothers) {
    EXPECT_TRUE(allows("User-agent: dreamscape\nDisallow: /\n", "/"));
    EXPECT_TRUE(allows("User-agent: dream\nDisallow: /\n", "/"));
}

TEST(Robots, TheLongestRuleWinsAndAllowingBreaksATie) {
    constexpr auto text =
        "user-agent: *\ndisallow: /search\nallow: /search/results/\ndisallow: /page\nallow: "
        "/page\n";
    EXPECT_FALSE(allows(text, "/search/?q=1"));
    EXPECT_TRUE(allows(text, "/search/results/?mls_number=1"));
    EXPECT_TRUE(allows(text, "/page"));
}

// The examples of RFC 9309 §5.1 and §5.2.
TEST(Robots, ReadsTheExamplesOfTheRfc) {
    constexpr auto simple =
        "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
        "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
        "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\n"
        "User-Agent: quxbot\n\nEOF\n";
    const auto foo = Robots::read(simple, "foobot"), baz = Robots::read(simple, "bazbot"),
               qux = Robots::read(simple, "quxbot"), any = Robots::read(simple, "any");
    EXPECT_TRUE(foo.allows("/example/page.html") && foo.allows("/example/allowed.gif"));
    EXPECT_FALSE(foo.allows("/"));
    EXPECT_FALSE(baz.allows("/example/page.html"));
    EXPECT_TRUE(baz.allows("/example/other.html") && qux.allows("/example/"));
    EXPECT_FALSE(any.allows("/a/b.gif"));
    EXPECT_TRUE(any.allows("/a/b.gifs") && any.allows("/publications/"));

    constexpr auto longest =
        "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
    EXPECT_FALSE(Robots::read(longest, "foobot").allows("/example/page/disallowed.gif"));
}

TEST(Robots, AStarIsAnythingAndADollarTheEnd) {
    constexpr auto text =
        "User-agent: *\nDisallow: /*/print$\nDisallow: /*?page=\nDisallow: /a$b\n";
    EXPECT_FALSE(allows(text, "/property/print"));
    EXPECT_TRUE(allows(text, "/property/print/"));
    EXPECT_FALSE(allows(text, "/search/results/?page=2&x"));
    EXPECT_FALSE(allows(text, "/a$b")) << "within a rule a dollar is a dollar";
    EXPECT_TRUE(allows(text, "/a"));
}

// §2.2.2: both sides in one spelling before they are compared.
TEST(Robots, SpellingsOfOneAddressAreOne) {
    constexpr auto text =
        "User-agent: *\nDisallow: /foo/bar/%62%61%7A\nDisallow: /ツ\nDisallow: /q%3fx\n"
        "Disallow: /star-%2A.html\n";
    EXPECT_FALSE(allows(text, "/foo/bar/baz"));
    EXPECT_FALSE(allows(text, "/%E3%83%84"));
    EXPECT_FALSE(allows(text, "/%e3%83%84/x"));
    EXPECT_FALSE(allows(text, "/q%3Fx"));
    EXPECT_TRUE(allows(text, "/q?x")) << "an encoded ? is no ?";
    EXPECT_FALSE(allows(text, "/star-*.html"));
    EXPECT_TRUE(allows(text, "/star-a.html"));
}

TEST(Robots, LinesMayEndInAnyWayAndBeginWithABom) {
    EXPECT_FALSE(allows("\xef\xbb\xbfUser-agent: *\r\nDisallow: /a # why\r\n", "/a"));
    EXPECT_FALSE(allows("User-agent: *\rDisallow: /a\r", "/a"));
    EXPECT_FALSE(allows("  USER-AGENT :*\n\tdisallow : /a\n", "/a"));
    EXPECT_FALSE(allows("User-agent: *\nDisallow: /a", "/a")) << "no end of line at the end";
}

TEST(Robots, TheFragmentOfAnAddressCountsForNothing) {
    EXPECT_FALSE(allows("User-agent: *\nDisallow: /a$\n", "/a#top"));
}

TEST(Robots, ACrawlDelayIsHeardFromTheGroupThatIsOurs) {
    EXPECT_EQ(read("User-agent: *\nCrawl-delay: 10\nDisallow: /x\n").crawl_delay(), 10s);
    EXPECT_EQ(read("User-agent: dreams\nCrawl-delay: 2.5\n").crawl_delay(), 3s);
    EXPECT_EQ(
        read("User-agent: *\nCrawl-delay: 9\nUser-agent: dreams\nDisallow: /x\n").crawl_delay(), 9s)
        << "one group of two names";
    EXPECT_EQ(read("User-agent: *\nCrawl-delay: 1e300\n").crawl_delay(), 3600s);
    for (const auto* none : {"-1", "0", "soon", "nan", ""})
        EXPECT_EQ(read("User-agent: *\nCrawl-delay: " + std::string(none) + "\n").crawl_delay(),
                  std::nullopt)
            << none;
    EXPECT_EQ(read("User-agent: other\nCrawl-delay: 9\n").crawl_delay(), std::nullopt);
}

TEST(Robots, AreReadToHalfAMegabyteAndNoHalfRuleCounts) {
    const std::string head = "User-agent: *\nDisallow: /first\n";
    const std::string filler(512 * 1024 - head.size() - 11, '#');
    EXPECT_FALSE(allows(head + filler + "\nDisallow: /private", "/first"));
    EXPECT_TRUE(allows(head + filler + "\nDisallow: /private", "/p"))
        << "`Disallow: /` is what the cut would leave of the rule";
    EXPECT_FALSE(allows(head + std::string(400'000, '#') + "\nDisallow: /late\n", "/late"));
}

TEST(Robots, AHostileRuleTakesNoTime) {
    std::string rule = "/";
    for (int i = 0; i < 2000; ++i) rule += "*a";
    const auto robots = read("User-agent: *\nDisallow: " + rule + "b\n");
    EXPECT_TRUE(robots.allows("/" + std::string(4000, 'a')));
}

// ---- by property

/// The same question answered slowly: every way in which the stars can be filled is tried.
bool matches_slowly(std::string_view pattern, std::string_view path) {
    if (pattern.empty()) return true;
    if (pattern == "$") return path.empty();
    if (pattern[0] == '*') {
        for (std::size_t n = 0; n <= path.size(); ++n)
            if (matches_slowly(pattern.substr(1), path.substr(n))) return true;
        return false;
    }
    return !path.empty() && pattern[0] == path[0] &&
           matches_slowly(pattern.substr(1), path.substr(1));
}

struct Line {
    bool allows;
    std::string pattern;
};

bool allows_slowly(const std::vector<Line>& lines, std::string_view path) {
    std::optional<std::size_t> longest;
    bool allowed = true;
    for (const auto& line : lines) {
        if (line.pattern.empty() || !matches_slowly(line.pattern, path)) continue;
        if (!longest || line.pattern.size() > *longest) {
            longest = line.pattern.size();
            allowed = line.allows;
        } else if (line.pattern.size() == *longest) {
            allowed = allowed || line.allows;
        }
    }
    return allowed;
}

std::string some(const char* letters, std::size_t most) {
    const auto length = *rc::gen::inRange<std::size_t>(0, most + 1);
    return *rc::gen::container<std::string>(length, rc::gen::elementOf(std::string(letters)));
}

TEST(RobotsByProperty, AnswerAsTheSlowReadingDoes) {
    EXPECT_TRUE(rc::check([] {
        std::vector<Line> lines;
        std::string text = "User-agent: *\n";
        const auto count = *rc::gen::inRange(0, 6);
        for (int i = 0; i < count; ++i) {
            auto pattern = "/" + some("aab/*", 6);
            while (pattern.find("**") != std::string::npos) pattern.erase(pattern.find("**"), 1);
            if (*rc::gen::inRange(0, 4) == 0) pattern += "$";
            lines.push_back({*rc::gen::arbitrary<bool>(), pattern});
            text += (lines.back().allows ? "Allow: " : "Disallow: ") + pattern + "\n";
        }
        const auto path = "/" + some("aab/", 8);
        RC_ASSERT(read(text).allows(path) == allows_slowly(lines, path));
    }));
}

TEST(RobotsByProperty, TheOrderOfRulesChangesNothing) {
    EXPECT_TRUE(rc::check([] {
        std::vector<std::string> lines;
        const auto count = *rc::gen::inRange<std::size_t>(1, 6);
        for (std::size_t i = 0; i < count; ++i)
            lines.push_back((*rc::gen::arbitrary<bool>() ? "Allow: /" : "Disallow: /") +
                            some("ab*$", 5));
        const auto path = "/" + some("ab", 6);
        std::string forwards = "User-agent: *\n", backwards = forwards;
        for (std::size_t i = 0; i < count; ++i) {
            forwards += lines[i] + "\n";
            backwards += lines[count - 1 - i] + "\r\n";
        }
        RC_ASSERT(allows(forwards, path) == allows(backwards, path));
    }));
}

TEST(RobotsByProperty, NoBytesAreTooOdd) {
    EXPECT_TRUE(rc::check([](const std::string& text, const std::string& path) {
        const auto robots = read("User-agent: *\nDisallow: " + text);
        RC_ASSERT(robots.allows("/robots.txt"));
        RC_ASSERT(robots.allows(path) == robots.allows(path));
    }));
}

}  // namespace
}  // namespace dreams::http
