#include "base/url.h"

#include <gmock/gmock.h>

namespace dreams::http {
namespace {

std::string site_of(const std::string& text) {
    const auto url = url_from(text);
    return url ? url->site() : "none";
}

std::string from(const std::string& base, const std::string& reference) {
    const auto url = resolved(*url_from(base), reference);
    return url ? url->text() : "none";
}

TEST(Url, IsReadInItsParts) {
    const auto url = url_from("https://WWW.Example.com/property/41/?a=b#top");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "https");
    EXPECT_EQ(url->host, "www.example.com");
    EXPECT_EQ(url->port, 443);
    EXPECT_EQ(url->path, "/property/41/?a=b");
    EXPECT_FALSE(url->has_user);
    EXPECT_EQ(url->text(), "https://www.example.com/property/41/?a=b");
    EXPECT_EQ(url_from("http://example.com")->path, "/");
    EXPECT_TRUE(url_from("http://ana@example.com/")->has_user);
}

TEST(Url, NamesItsSiteWithAPortOnlyWhereThatIsNotTheUsualOne) {
    EXPECT_EQ(site_of("https://example.com:443/"), "example.com");
    EXPECT_EQ(site_of("http://example.com:443/"), "example.com:443");
    EXPECT_EQ(site_of("http://127.0.0.1:8080/x"), "127.0.0.1:8080");
    EXPECT_EQ(site_of("https://example.com./"), "example.com");
    EXPECT_EQ(site_of("http://[::1]:81/"), "[::1]:81");
}

TEST(Url, OfADisguisedAddressShowsTheAddress) {
    EXPECT_EQ(site_of("http://2130706433/"), "127.0.0.1");
    EXPECT_EQ(site_of("http://0x7f.1/"), "127.0.0.1");
    EXPECT_EQ(site_of("http://017700000001/"), "127.0.0.1");
}

TEST(Url, IsNoneForWhatIsNoWebAddress) {
    for (const auto* text : {"", "example.com", "ftp://example.com/", "javascript:alert(1)",
                             "file:///etc/passwd", "http://", "//example.com/", "/path"})
        EXPECT_EQ(site_of(text), "none") << text;
}

TEST(Url, ReferencesLeadOnFromIt) {
    const std::string base = "https://example.com/property/41/?x=1";
    EXPECT_EQ(from(base, "/search/"), "https://example.com/search/");
    EXPECT_EQ(from(base, "photo 1.jpg"), "https://example.com/property/41/photo%201.jpg");
    EXPECT_EQ(from(base, "?page=2"), "https://example.com/property/41/?page=2");
    EXPECT_EQ(from(base, "//other.example/a"), "https://other.example/a");
    EXPECT_EQ(from(base, "http://127.0.0.1:22/"), "http://127.0.0.1:22/");
    EXPECT_EQ(from(base, "javascript:alert(1)"), "none");
    EXPECT_EQ(from("http://127.0.0.1:8080/a", "b"), "http://127.0.0.1:8080/b");
}

}  // namespace
}  // namespace dreams::http
