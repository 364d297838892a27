// Pages as listing sites and portals shape them, and pages that nobody ought to send.

#include "sources/listing_page.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include "base/error.h"
#include "support/folder.h"

namespace dreams::sources {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string fixture(const std::string& name) {
    return test::read_file(std::string(DREAMS_FIXTURES "/pages/") + name);
}

ListingPage read(const std::string& html, const PageOrigin& origin = {}) {
    return read_listing_page(html, origin);
}

/// `489000 (structured data, 95)`; `nothing`: the field was not read.
std::string how(const ListingPage& page, std::string_view name) {
    for (const auto& field : page.fields)
        if (field.name == name)
            return field.value + " (" + std::string(word(field.from)) + ", " +
                   std::to_string(field.confidence) + ")";
    return "nothing";
}

std::string sentence(const std::string& html) {
    try {
        read(html);
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::invalid);
        return error.what();
    }
    return "no error";
}

// ---- structured data

TEST(ListingPage, StructuredDataGoBeforeEverythingElse) {
    const auto page = read(fixture("structured.html"));
    EXPECT_EQ(page.url, "https://homes.example/property/4100001/");
    const auto& home = page.said.listing;
    EXPECT_EQ(home.address, "14 Example Ridge Rd");
    EXPECT_EQ(home.city, "Testville");
    EXPECT_EQ(home.state, "NC");
    EXPECT_EQ(home.zip, "28700");
    EXPECT_EQ(home.mls_number, "4100001");
    EXPECT_EQ(home.price, 489'000);
    EXPECT_EQ(home.beds, 3);
    EXPECT_EQ(home.baths, 2.5) << "two full and a half, not a total that counts a half as one";
    EXPECT_EQ(home.sqft, 2090);
    EXPECT_EQ(home.acreage, 1.25);
    EXPECT_EQ(home.year_built, 1998);
    EXPECT_EQ(home.list_date, "2026-08-14");
    EXPECT_EQ(home.mls_url, page.url);
    EXPECT_EQ(page.said.features.latitude, 35.5);
    EXPECT_EQ(home.primary_photo, "https://photos.example/4100001/1.jpg");
    EXPECT_EQ(
        home.photo_urls->text,
        R"(["https://photos.example/4100001/1.jpg","https://homes.example/photo/2%2Cb.jpg"])");
    EXPECT_EQ(how(page, "price"), "489000 (structured data, 95)");
    EXPECT_EQ(how(page, "status"), "active (structured data, 45)");
    EXPECT_EQ(home.status, std::nullopt) << "being in stock is no status to overwrite one with";
}

TEST(ListingPage, AnotherHomeInTheSameDataIsNotThisOne) {
    const auto page = read(fixture("structured.html"));
    for (const auto& field : page.fields) {
        EXPECT_THAT(field.value,
                    testing::Not(testing::AnyOf(HasSubstr("99 Other"), HasSubstr("1250000"),
                                                HasSubstr("Agents Row"))));
    }
    EXPECT_THAT(page.notices,
                ElementsAre(HasSubstr("a block of structured data was passed over: not readable")));
}

TEST(ListingPage, DataOfTwoHomesThatSayNotWhichAreNotTaken) {
    const auto page = read(fixture("two_homes.html"));
    EXPECT_EQ(how(page, "mls_number"), "4100002 (text, 30)");
    EXPECT_EQ(how(page, "address"), "nothing");
    EXPECT_EQ(how(page, "beds"), "nothing");
    EXPECT_THAT(page.notices, Contains(HasSubstr("speak of 2 homes")));
}

TEST(ListingPage, DataOfOneHomeThatNameNoPageAreTakenWithLessTrust) {
    const auto page = read(
        R"(<script type=application/ld+json>{"@type":"House","address":"9 Elm St, Sylva, NC 28779",
           "floorSize":{"value":100,"unitCode":"MTK"},"lotSize":"0.5 acres"}</script>)");
    EXPECT_EQ(how(page, "address"), "9 Elm St (structured data, 80)");
    EXPECT_EQ(page.said.listing.zip, "28779");
    EXPECT_EQ(page.said.listing.sqft, 1076);
    EXPECT_EQ(page.said.listing.acreage, 0.5);
}

TEST(ListingPage, TheDataOfAPageCountWhenOneAddressGoesOnWithWords) {
    const auto html = [](const std::string& url) {
        return R"(<link rel=canonical href="https://www.site.example/property/41/12-elm-st/">
                  <script type="application/ld+json">{"@type":"House","url":")" +
               url + R"(","address":{"streetAddress":"12 Elm St"}}</script>)";
    };
    EXPECT_THAT(how(read(html("https://site.example/property/41?ref=a")), "address"),
                HasSubstr("95"));
    EXPECT_THAT(sentence(html("https://site.example/property/411")), HasSubstr("no error"));
    EXPECT_EQ(how(read(html("https://site.example/property/411")), "address"), "nothing");
    EXPECT_EQ(how(read(html("https://site.example/property")), "address"), "nothing");
}

TEST(ListingPage, ASumInAnotherCurrencyIsNoPrice) {
    const auto page = read(R"(<script type="application/ld+json">{"@type":"Product",
        "address":"9 Elm St","offers":{"price":100000,"priceCurrency":"CAD"}}</script>)");
    EXPECT_EQ(how(page, "price"), "nothing");
}

// ---- the other ways

TEST(ListingPage, AListingSiteWithoutStructuredDataIsReadByItsMarks) {
    const auto page =
        read(fixture("real_geeks.html"), {.url = "https://www.team.example/property/4100001/"});
    EXPECT_EQ(how(page, "price"), "489,000 (marked element, 60)");
    EXPECT_EQ(how(page, "address"), "14 Example Ridge Rd (marked element, 60)");
    EXPECT_EQ(how(page, "city"), "Testville (marked element, 60)");
    EXPECT_EQ(how(page, "status"), "Contingent (marked element, 60)");
    EXPECT_EQ(how(page, "mls_number"), "4100001 (text, 55)");
    EXPECT_EQ(how(page, "year_built"), "1998 (text, 55)");
    EXPECT_EQ(how(page, "acreage"), "1.2 (text, 55)");
    EXPECT_EQ(how(page, "subdivision"), "nothing");
    EXPECT_EQ(how(page, "beds"), "3 (text, 30)");
    EXPECT_EQ(page.said.listing.beds, std::nullopt);
    EXPECT_EQ(page.all.listing.beds, 3);
    EXPECT_EQ(page.all.listing.baths, 2.5);
    EXPECT_EQ(page.all.listing.sqft, 2090);
    EXPECT_EQ(page.said.listing.primary_photo, "https://u.example.media/4100001/1.jpg");
}

TEST(ListingPage, APortalsSavedPageIsReadByItsTitleAndTags) {
    const auto page = read(fixture("portal_meta.html"));
    EXPECT_EQ(page.said.listing.zillow_id, "900000017");
    EXPECT_EQ(how(page, "address"), "14 Example Ridge Rd (title, 60)");
    EXPECT_EQ(how(page, "beds"), "3 (meta tag, 75)");
    EXPECT_EQ(how(page, "price"), "489,000 (description, 40)");
    EXPECT_EQ(page.said.listing.sqft, std::nullopt)
        << "square feet from a description never overwrite";
    EXPECT_EQ(page.all.listing.sqft, 2090);
    EXPECT_EQ(how(page, "status"), "nothing") << "a title says for sale for weeks after";
}

TEST(ListingPage, TagsThatNameTheAddressGoBeforeTheTitle) {
    const auto page = read(fixture("portal_tags.html"));
    EXPECT_EQ(how(page, "address"), "14 Example Ridge Rd (meta tag, 75)");
    EXPECT_EQ(how(page, "zip"), "28700 (meta tag, 75)");
    EXPECT_EQ(page.said.listing.realtor_id, "5123456789");
    EXPECT_EQ(page.said.features.longitude, -83.1);
    EXPECT_EQ(how(page, "sqft"), "nothing");
    EXPECT_EQ(how(page, "primary_photo"), "https://p.example/big.jpg (text, 40)")
        << "an icon is no photo";
}

TEST(ListingPage, LabelsAndValuesAreReadAsPeopleReadThem) {
    const auto page = read(fixture("labels.html"));
    EXPECT_EQ(how(page, "address"), "20 Sage Creek Rd (text, 55)");
    EXPECT_EQ(how(page, "state"), "WY (text, 55)");
    EXPECT_EQ(how(page, "mls_number"), "10012345 (text, 55)");
    EXPECT_EQ(how(page, "price"), "325,000 (text, 55)");
    EXPECT_EQ(how(page, "status"), "Pending (text, 55)");
    EXPECT_EQ(page.said.listing.baths, 1.5);
    EXPECT_EQ(page.said.listing.sqft, 1176);
    EXPECT_EQ(how(page, "property_type"), "nothing");
}

TEST(ListingPage, MicrodataAreReadFromTheirAttributes) {
    const auto page = read(fixture("microdata.html"));
    EXPECT_EQ(how(page, "address"), "14 Example Ridge Rd (microdata, 85)");
    EXPECT_EQ(how(page, "city"), "Testville (microdata, 85)");
    EXPECT_EQ(how(page, "price"), "489000 (microdata, 85)");
    EXPECT_EQ(how(page, "beds"), "3 (microdata, 85)");
    EXPECT_EQ(how(page, "mls_number"), "4100001 (marked element, 60)");
}

TEST(ListingPage, IsToldFromATableByItsFirstCharacter) {
    for (const auto* text : {"<!doctype html>", "\xEF\xBB\xBF\r\n <html>", "<!-- saved -->"})
        EXPECT_TRUE(is_page(text)) << text;
    EXPECT_TRUE(is_page(std::string_view("\xFF\xFE<\0h\0", 6)));
    EXPECT_TRUE(is_page(std::string_view("\xFE\xFF\0<\0h", 6)));
    for (const auto* text : {"", "ADDRESS,CITY\n",
                             "\xEF\xBB\xBF"
                             "ADDRESS",
                             "\"<b>\",x"})
        EXPECT_FALSE(is_page(text)) << text;
}

TEST(ListingPage, GoesByTheNameOfItsSite) {
    EXPECT_EQ(page_source(read(fixture("portal_meta.html"))), "zillow");
    EXPECT_EQ(page_source(read(fixture("portal_tags.html"))), "realtor");
    EXPECT_EQ(page_source(read(fixture("labels.html"))), "page");
}

TEST(ListingPage, SaysWhyItIsNone) {
    EXPECT_THAT(sentence(""), HasSubstr("shows no home"));
    EXPECT_THAT(sentence("<h1>About us</h1><p>Call us!</p>"), HasSubstr("shows no home"));
    EXPECT_THAT(sentence("<title>Access to this page has been denied</title>"),
                HasSubstr("asks for a captcha"));
    EXPECT_THAT(sentence("<div class=\"px-captcha-wrapper\"></div>"), HasSubstr("captcha"));
}

// ---- charsets

TEST(ListingPage, IsReadInTheCharsetThatItSaysOrMustHave) {
    const std::string latin = "<p>Address: 1 Caf\xe9 Rd, Sylva, NC</p>";
    const std::string utf8 = "<p>Address: 1 Café Rd, Sylva, NC</p>";
    const auto address = [](const std::string& html, const std::string& type = "") {
        return read(html, {.content_type = type}).said.listing.address.value_or("none");
    };
    EXPECT_EQ(address(utf8), "1 Café Rd");
    EXPECT_EQ(address(latin), "1 Café Rd") << "nobody says: it can be no UTF-8";
    EXPECT_EQ(address(latin, "text/html; charset=\"ISO-8859-1\""), "1 Café Rd");
    EXPECT_EQ(address("<meta charset=windows-1252>" + latin), "1 Café Rd");
    EXPECT_EQ(address("<meta http-equiv=Content-Type content='text/html; charset=latin1'>" + latin),
              "1 Café Rd");
    EXPECT_EQ(address("<meta charset=utf-8>" + latin), "1 Caf\uFFFD Rd");
    EXPECT_EQ(address("\xEF\xBB\xBF" + utf8, "text/html; charset=latin1"), "1 Café Rd")
        << "the mark knows best";
    EXPECT_EQ(address("<meta charset=klingon>" + utf8), "1 Café Rd");
    std::string wide = "\xFF\xFE";
    for (const char c : std::string("<p>Address: 1 Elm Rd, Sylva, NC</p>")) wide += {c, '\0'};
    EXPECT_EQ(address(wide), "1 Elm Rd");
}

// ---- pages that nobody ought to send

TEST(HostilePage, CutOffAnywhereIsReadAsFarAsItGoes) {
    std::string big = fixture("structured.html");
    big.insert(big.find("<h1>"), "<p>" + std::string(100'000, 'x') + "</p>");
    for (const auto& whole : {fixture("real_geeks.html"), fixture("portal_meta.html"), big}) {
        const std::size_t step = whole.size() > 50'000 ? 4096 : 7;
        for (std::size_t size = 0; size < whole.size(); size += step) {
            try {
                const auto page = read(whole.substr(0, size));
                EXPECT_FALSE(page.fields.empty());
            } catch (const Error& error) {
                EXPECT_EQ(error.fault(), Fault::invalid);
            }
        }
    }
}

TEST(HostilePage, ABlockOfTwentyMegabytesIsRefusedOrPassedOver) {
    const std::string head = "<p>MLS # 4100001</p><script type=\"application/ld+json\">{\"a\":\"";
    EXPECT_THAT(sentence(head + std::string(20u << 20, 'x') + "\"}</script>"),
                HasSubstr("larger than 6 MB"));
    const auto page =
        read(head + std::string(5u << 20, 'x') + "\"}</script><p>Price: $489,000</p>");
    EXPECT_THAT(page.notices, ElementsAre(HasSubstr("larger than 2 MB")));
    EXPECT_EQ(page.said.listing.price, 489'000) << "what follows it is read";
}

TEST(HostilePage, JsonTenThousandDeepIsPassedOver) {
    for (const auto* open : {"[", "{\"a\":"}) {
        std::string json;
        for (int i = 0; i < 10'000; ++i) json += open;
        const auto page =
            read("<p>MLS # 4100001</p><script type=\"application/ld+json\">" + json + "</script>");
        EXPECT_THAT(page.notices, ElementsAre(HasSubstr("not readable as JSON")));
    }
}

TEST(HostilePage, JsonOfAHundredThousandHomesIsBounded) {
    std::string json = "[";
    for (int i = 0; i < 40'000; ++i) json += R"({"@type":"House","url":"/x/y/z"},)";
    const auto page = read(
        "<link rel=canonical href=https://a.example/x/y/z><p>MLS # 4100001</p>"
        "<script type=\"application/ld+json\">" +
        json + "{}]</script>");
    EXPECT_EQ(how(page, "mls_number"), "4100001 (text, 30)");
}

/// A page of a quarter of a megabyte, of one kind of mischief.
std::string repeated(const std::string& piece, const std::string& after = "") {
    std::string page = "<p>MLS # 4100001</p>";
    while (page.size() < 250'000) page += piece;
    return page + after;
}

TEST(HostilePage, NeitherDepthNorOpenTagsTieTheReaderUp) {
    const auto deep = read(repeated("<div>"));
    EXPECT_THAT(deep.notices, ElementsAre(HasSubstr("nested more deeply")));
    EXPECT_EQ(how(deep, "mls_number"), "4100001 (text, 30)");
    for (const auto* piece :
         {"<b></i>", "<p>", "<ul><li>", "<svg>", "<table><tr><td>", "<!--", "<a href=x>", "</div>",
          "<", "&", "&#x", "<!", "<?", "]]>", "<p class=price>$",
          "<script type=\"application/ld+json\">{}</script>", "<title>", "<select>"})
        EXPECT_EQ(how(read(repeated(piece)), "mls_number"), "4100001 (text, 30)") << piece;
}

TEST(HostilePage, ATagOfThousandsOfAttributesIsCutOut) {
    std::string tag = "<p ";
    for (int i = 0; i < 100'000; ++i) tag += "a" + std::to_string(i) + "=1 ";
    const auto page = read("<p>MLS # 4100001</p>" + tag + "><p>Price: $489,000</p>");
    EXPECT_EQ(page.said.listing.price, 489'000);
    EXPECT_EQ(how(page, "mls_number"), "4100001 (text, 30)");
}

TEST(HostilePage, AnImageWithinATagIsNoMonster) {
    const auto page = read("<img src=\"data:image/png;base64," + std::string(400'000, 'A') +
                           "\" alt='a'><p>Address: 1 Elm Rd, Sylva, NC</p>");
    EXPECT_EQ(page.said.listing.address, "1 Elm Rd");
    EXPECT_EQ(how(page, "primary_photo"), "nothing");
}

TEST(HostilePage, ValuesThatWouldRunSomethingAreNotTaken) {
    const auto page = read(
        "<link rel=canonical href='javascript:alert(1)'>"
        "<meta property='og:image' content='javascript:alert(1)//.jpg'>"
        "<meta property='og:url' content='data:text/html,x'>"
        "<p>Address: 1 Elm Rd, Sylva, NC</p>");
    EXPECT_EQ(page.url, "");
    EXPECT_EQ(how(page, "primary_photo"), "nothing");
}

}  // namespace
}  // namespace dreams::sources
