#include "base/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/text.h"

namespace dreams::html {
namespace {

enum class Course { up, down };
struct Tag {
    std::string text;
};

}  // namespace
}  // namespace dreams::html

template <>
struct dreams::Words<dreams::html::Course> {
    static constexpr std::array<std::pair<html::Course, std::string_view>, 2> list{
        {{html::Course::up, "up & away"}, {html::Course::down, "down"}}};
};

namespace dreams::html {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view text_template{"<p>{x}</p>"};
constexpr std::string_view title_template{"<title>{x}</title>"};
constexpr std::string_view attribute_template{"<p title=\"{x}\" class='a {x}'></p>"};
constexpr std::string_view link_template{"<a href=\"{x}\"></a>"};
constexpr std::string_view path_template{"<a href=\"/people/{x}/log\"></a>"};
constexpr std::string_view query_template{"<a href=\"/people?q={x}&amp;p=1#{x}\"></a>"};
constexpr std::string_view tel_template{"<a href=\"tel:{x}\"></a>"};
constexpr std::string_view behind_template{"<a href=\"{x}?from={x}\"></a>"};

template <const auto& source, class T>
std::string filled(const T& x) {
    return render<source>(arg<"x">(x)).str();
}

TEST(Html, EscapesTextBetweenTags) {
    EXPECT_EQ(filled<text_template>("<b>\"O'Neil\" & co</b>"),
              "<p>&lt;b&gt;&quot;O&#39;Neil&quot; &amp; co&lt;/b&gt;</p>");
    EXPECT_EQ(filled<title_template>("</title>"), "<title>&lt;/title&gt;</title>");
}

TEST(Html, EscapesAttributes) {
    EXPECT_EQ(filled<attribute_template>("\"'>"),
              "<p title=\"&quot;&#39;&gt;\" class='a &quot;&#39;&gt;'></p>");
}

TEST(Html, ReplacesWhatIsNoUtf8) {
    EXPECT_EQ(filled<text_template>(std::string_view("a\0b\xff", 4)),
              "<p>a\xEF\xBF\xBD"
              "b\xEF\xBF\xBD</p>");
    EXPECT_EQ(filled<text_template>("Zoë 🏠 <"), "<p>Zoë 🏠 &lt;</p>");
    EXPECT_EQ(filled<path_template>("\xff"), "<a href=\"/people/%EF%BF%BD/log\"></a>");
}

TEST(Html, LetsLinksLeadOnlyToHarmlessSchemes) {
    for (const std::string good :
         {"https://a.example/b?c=d", "HTTP://a.example", "mailto:a@b.example", "tel:+18285550100",
          "/people", "people?x=a:b", "#top", "//a.example/b", "a/b:c", ""})
        EXPECT_EQ(filled<link_template>(good), "<a href=\"" + good + "\"></a>");
    for (const std::string bad :
         {"javascript:alert(1)", " javascript:alert(1)", "JaVaScript:alert(1)",
          "java\nscript:alert(1)", "\x01javascript:alert(1)", "javascript\t:alert(1)",
          "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "blob:x", ":x"})
        EXPECT_EQ(filled<link_template>(bad), "<a href=\"#blocked\"></a>") << bad;
}

TEST(Html, PercentEncodesLaterPartsOfALink) {
    EXPECT_EQ(filled<path_template>("../a b?c#d&e%+@:"),
              "<a href=\"/people/..%2Fa%20b%3Fc%23d%26e%25+@%3A/log\"></a>");
    EXPECT_EQ(filled<query_template>("a&b=c+d"),
              "<a href=\"/people?q=a%26b%3Dc%2Bd&amp;p=1#a%26b%3Dc%2Bd\"></a>");
    EXPECT_EQ(filled<tel_template>("+18285550100"), "<a href=\"tel:+18285550100\"></a>");
    EXPECT_EQ(filled<behind_template>("/a?"), "<a href=\"/a??from=%2Fa%3F\"></a>");
}

TEST(Html, WritesEveryKindOfValue) {
    EXPECT_EQ(filled<text_template>(42), "<p>42</p>");
    EXPECT_EQ(filled<text_template>(std::int64_t{-7}), "<p>-7</p>");
    EXPECT_EQ(filled<text_template>(57.31), "<p>57.31</p>");
    EXPECT_EQ(filled<text_template>(std::optional<int>{}), "<p></p>");
    EXPECT_EQ(filled<text_template>(std::optional<std::string>{"<"}), "<p>&lt;</p>");
    EXPECT_EQ(filled<text_template>(Course::up), "<p>up &amp; away</p>");
    EXPECT_EQ(filled<text_template>(Tag{"a&b"}), "<p>a&amp;b</p>");
    const Instant four{std::chrono::sys_days{2026y / 1 / 19} + 16h};
    EXPECT_EQ(filled<text_template>(four), "<p>2026-01-19T16:00:00Z</p>");
    EXPECT_EQ(filled<text_template>(std::optional<Date>{std::chrono::local_days{2026y / 1 / 19}}),
              "<p>2026-01-19</p>");
    EXPECT_EQ(filled<path_template>(Tag{"a/b"}), "<a href=\"/people/a%2Fb/log\"></a>");
}

TEST(Html, NestsMarkupAsItStands) {
    Safe rows;
    append<text_template>(rows, arg<"x">("<"));
    append<text_template>(rows, arg<"x">(2));
    EXPECT_EQ(filled<text_template>(rows), "<p><p>&lt;</p><p>2</p></p>");
    EXPECT_EQ(filled<text_template>(Safe{}), "<p></p>");
    rows += render<text_template>(arg<"x">(3));
    EXPECT_THAT(rows.str(), HasSubstr("<p>2</p><p>3</p>"));
}

constexpr std::string_view card_template{
    "<!-- for readers: {{not sent}} -->\n"
    "<p {?hot}class=\"hot\" {/hot}id=\"a\">{?phone}<a href=\"tel:{phone}\">{phone}</a>{?hot}!{/hot}"
    "{/phone}{!phone}no phone{/phone}</p>"};

std::string card(const std::optional<std::string>& phone, bool hot) {
    return render<card_template>(arg<"phone">(phone), arg<"hot">(hot)).str();
}

TEST(Html, KeepsSectionsWhoseValueIsThere) {
    EXPECT_EQ(card("1", true), "<p class=\"hot\" id=\"a\"><a href=\"tel:1\">1</a>!</p>");
    EXPECT_EQ(card("1", false), "<p id=\"a\"><a href=\"tel:1\">1</a></p>");
    EXPECT_EQ(card(std::nullopt, true), "<p class=\"hot\" id=\"a\">no phone</p>");
    EXPECT_EQ(card("", false), "<p id=\"a\">no phone</p>");
}

constexpr std::string_view option_template{
    "<option value=\"{v}\"{?chosen} selected{/chosen}>{v}</option>"
    "<input type=\"checkbox\" {?chosen}checked{/chosen}>"};

TEST(Html, WritesAttributesThatHaveNoValue) {
    EXPECT_EQ(render<option_template>(arg<"v">(1), arg<"chosen">(true)).str(),
              "<option value=\"1\" selected>1</option><input type=\"checkbox\" checked>");
    EXPECT_EQ(render<option_template>(arg<"v">(1), arg<"chosen">(false)).str(),
              "<option value=\"1\">1</option><input type=\"checkbox\" >");
}

constexpr std::string_view there_template{"{?x}y{/x}{!x}n{/x}"};

TEST(Html, SaysOfEveryKindOfValueWhetherItIsThere) {
    EXPECT_EQ(filled<there_template>(std::optional<int>{0}), "y") << "a number that is known";
    EXPECT_EQ(filled<there_template>(std::optional<int>{}), "n");
    EXPECT_EQ(filled<there_template>(std::optional<bool>{false}), "n");
    EXPECT_EQ(filled<there_template>(std::string_view{}), "n");
    EXPECT_EQ(filled<there_template>(Tag{"1"}), "y");
    EXPECT_EQ(filled<there_template>(Safe{}), "n");
    EXPECT_EQ(filled<there_template>(render<text_template>(arg<"x">(1))), "y");
    EXPECT_EQ(filled<there_template>(std::optional<Instant>{Instant{}}), "y");
}

constexpr std::string_view braces_template{
    "<script>if (a) {{ b }}</script><svg viewBox=\"0 0 1 1\"><rect width=\"{x}\"/></svg>}}"};

TEST(Html, KeepsLiteralBracesScriptsAndDrawings) {
    EXPECT_EQ(filled<braces_template>(1),
              "<script>if (a) { b }</script>"
              "<svg viewBox=\"0 0 1 1\"><rect width=\"1\"/></svg>}");
}

TEST(Html, NamesTheLineOfAProblem) {
    Piece pieces[8];
    const Reading wrong = read("<p>\n\n<a onclick=\"{x}\"></a></p>", pieces);
    EXPECT_EQ(wrong.problem, Problem::value_in_event_handler);
    EXPECT_EQ(wrong.line, 3u);
}

/// Text made of what breaks HTML, more often than chance would have it.
rc::Gen<std::string> hostile() {
    return rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::arbitrary<char>(),
                       rc::gen::elementOf(std::string("<>\"'&=/:;?#%{}` \t\n\0javscript", 29))));
}

RC_GTEST_PROP(Html, NoValueLeavesTheTextOrAttributeItStandsIn, ()) {
    const auto value = *hostile();
    const auto text = filled<text_template>(value);
    RC_ASSERT(std::ranges::count(text, '<') == 2);
    RC_ASSERT(text.find('\0') == std::string::npos);
    RC_ASSERT(text == text::valid_utf8(text));
    const auto attributes = filled<attribute_template>(value);
    RC_ASSERT(std::ranges::count(attributes, '"') == 2);
    RC_ASSERT(std::ranges::count(attributes, '\'') == 2);
    RC_ASSERT(std::ranges::count(attributes, '<') == 2);
}

RC_GTEST_PROP(Html, NoValueGivesALinkAnotherScheme, ()) {
    const auto value = *hostile();
    const auto link = filled<link_template>(value);
    const auto url = link.substr(9, link.size() - 9 - 6);
    const auto end = url.find_first_of(":/?#&");
    if (end != std::string::npos && url[end] == ':') {
        const auto scheme = text::lower(url.substr(0, end));
        RC_ASSERT(scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel");
    }
    const auto path = filled<path_template>(value);
    RC_ASSERT(std::ranges::count(path, '/') == 4);
    RC_ASSERT(std::ranges::count(path, '"') == 2);
    RC_ASSERT(path.find_first_of("?#:") == std::string::npos);
}

}  // namespace
}  // namespace dreams::html
