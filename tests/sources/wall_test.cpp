#include "sources/wall.h"

#include <gmock/gmock.h>

namespace dreams::sources {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(Wall, IsARefusalWhateverThePageSays) {
    for (const int status : {202, 401, 403, 429})
        EXPECT_THAT(wall_in(status, "<h1>A home</h1>"), HasSubstr(std::to_string(status)));
    for (const int status : {200, 304, 404, 410, 500}) EXPECT_THAT(wall_in(status, ""), IsEmpty());
}

TEST(Wall, IsAPageThatAsksWhetherSomebodyIsThere) {
    for (const auto* body :
         {"<html><title>Access to this page has been denied</title><div id=px-captcha></div>",
          "<html><head></head><body><div class=\"px-captcha-wrapper\"></div></body></html>",
          "<script>window.awsWafCookieDomainList = [];</script><script src=\"/x/challenge.js\">",
          "<TITLE lang=en>\n Just a moment... </TITLE>",
          "<title>Attention Required! | Cloudflare</title>",
          "<p>One more step</p><div class=\"g-recaptcha\"></div>"})
        EXPECT_THAT(wall_in(200, body), HasSubstr("captcha")) << body;
}

TEST(Wall, IsNoPageOfAHomeWhoseFormHasACaptcha) {
    EXPECT_THAT(wall_in(200,
                        "<meta property=\"og:title\" content=\"12 Elm St\">"
                        "<div class=\"g-recaptcha\"></div>"),
                IsEmpty());
    EXPECT_THAT(wall_in(200,
                        "<script type=\"application/ld+json\">{}</script>"
                        "<script src=/cdn-cgi/challenge-platform/x.js></script>"),
                IsEmpty());
    EXPECT_THAT(wall_in(200, std::string(40'000, ' ') + "<div class=\"px-captcha\">"), IsEmpty());
    EXPECT_THAT(wall_in(200, "<title>Sorry, this listing is no longer available</title>"),
                IsEmpty());
}

}  // namespace
}  // namespace dreams::sources
