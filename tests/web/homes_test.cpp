// The homes: filtered, in order, as a table, as photos, on a map; and one home.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <regex>

#include "store/contact_homes.h"
#include "store/homes.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

Sighting home(const std::string& redfin_id, const std::string& address, std::int64_t price,
              const std::string& city = "Sylva") {
    auto said = test::sighting(redfin_id, address, "41000" + redfin_id);
    said.listing.price = price;
    said.listing.city = city;
    said.features.latitude = 35.3 + 0.01 * static_cast<double>(redfin_id.back() - '0');
    said.features.longitude = -83.2;
    return said;
}

class HomesPage : public testing::Test {
protected:
    HomesPage() {
        oak = test::keep(site.db, home("01", "12 Oak St", 450'000)).id;
        auto second = home("02", "7 Birch Ln", 300'000, "Cullowhee");
        second.listing.status = "Pending";
        second.listing.beds = 5;
        test::keep(site.db, second);
        auto third = home("03", "99 Elm Rd", 900'000, "cullowhee");
        third.listing.status = "Sold";
        third.features.latitude.reset();
        test::keep(site.db, third);
    }
    std::vector<std::string> addresses(const std::string& query) {
        std::vector<std::string> found;
        const auto answer =
            json::parse(site.get("/properties" + query, {{"Accept", "application/json"}}).body);
        for (const auto& each : answer.at("properties").as_array())
            found.emplace_back(each.at("address").as_string());
        return found;
    }

    WebSite site;
    PropertyId oak;
};

TEST_F(HomesPage, FindsHomesByWhatIsAskedFor) {
    EXPECT_THAT(addresses("?sort=city"), ElementsAre("7 Birch Ln", "99 Elm Rd", "12 Oak St"));
    EXPECT_THAT(addresses("?city=Cullowhee"), UnorderedElementsAre("7 Birch Ln", "99 Elm Rd"));
    EXPECT_THAT(addresses("?status=sold"), ElementsAre("99 Elm Rd"));
    EXPECT_THAT(addresses("?min_price=$400,000&max_price=500k"), ElementsAre("12 Oak St"));
    EXPECT_THAT(addresses("?min_beds=4"), ElementsAre("7 Birch Ln"));
    EXPECT_THAT(addresses("?search=oak sylva"), ElementsAre("12 Oak St"));
    EXPECT_THAT(addresses("?search=4100003"), ElementsAre("99 Elm Rd"));
    EXPECT_THAT(addresses("?area=35.305,-83.3,35.315,-83.1"), ElementsAre("12 Oak St"));
    EXPECT_THAT(addresses("?city=Nowhere"), ElementsAre());
}

TEST_F(HomesPage, PutsThemInOrderAndOnPages) {
    EXPECT_THAT(addresses("?sort=price"), ElementsAre("99 Elm Rd", "12 Oak St", "7 Birch Ln"));
    EXPECT_THAT(addresses("?sort=price&direction=asc"),
                ElementsAre("7 Birch Ln", "12 Oak St", "99 Elm Rd"));
    EXPECT_THAT(addresses("?sort=price&page_size=2&page=2"), ElementsAre("7 Birch Ln"));
    EXPECT_EQ(site.get("/properties?page=9").status, 404);
}

TEST_F(HomesPage, ShowsThemInATableWithTheFormThatFindsThem) {
    const auto page = site.body("/properties?city=cullowhee&sort=price");
    EXPECT_THAT(page, AllOf(HasSubstr("2 homes"), HasSubstr(">7 Birch Ln</a>"),
                            HasSubstr("$300,000"), HasSubstr("5 bd, 2.5 ba"),
                            HasSubstr("data-copy=\"4100002\""), HasSubstr("2 MLS numbers")));
    EXPECT_THAT(page, HasSubstr("<option value=\"Cullowhee\" selected>Cullowhee (2)</option>"));
    EXPECT_THAT(page, Not(HasSubstr("12 Oak St")));
}

TEST_F(HomesPage, SaysWhatToDoWhenThereIsNothing) {
    EXPECT_THAT(site.body("/properties?city=Nowhere"), HasSubstr("No home fits"));
    site.db.run("DELETE FROM properties");
    EXPECT_THAT(site.body("/properties"),
                AllOf(HasSubstr("There are no homes yet"), HasSubstr("/imports")));
    EXPECT_THAT(site.body("/properties?view=map"), HasSubstr("There are no homes yet"));
}

TEST_F(HomesPage, SaysAsOfWhenAnOldFileTells) {
    EXPECT_THAT(site.body("/properties"), Not(HasSubstr("as of ")));
    site.db.run(
        "UPDATE dreams_homes SET observed_at = '2023-11-12T00:00:00Z' WHERE property_id = :id",
        {{"id", oak}});
    EXPECT_THAT(site.body("/properties"), HasSubstr("as of 2 years ago"));
}

TEST_F(HomesPage, ShowsPhotosAndWhereThereAreNone) {
    site.db.run(
        "UPDATE properties SET primary_photo = 'https://photos.example/1.jpg' WHERE id = :id",
        {{"id", oak}});
    site.db.run(
        "INSERT INTO idx_property_cache (mls_number, address, photo_url) "
        "VALUES ('4100002', '7 Birch Lane, Cullowhee, NC 28779', 'https://idx.example/2.jpg')");
    site.db.run(
        "UPDATE properties SET primary_photo = 'javascript:alert(1)' "
        "WHERE address = '99 Elm Rd'");
    const auto response = site.get("/properties?view=photos");
    EXPECT_THAT(response.body, AllOf(HasSubstr("src=\"https://photos.example/1.jpg\""),
                                     HasSubstr("src=\"https://idx.example/2.jpg\""),
                                     HasSubstr("no photo"), Not(HasSubstr("javascript:"))));
    EXPECT_THAT(http::header(response.headers, "Content-Security-Policy").value_or(""),
                HasSubstr("img-src 'self' https: http:"));
    site.db.run("UPDATE idx_property_cache SET address = '5 Far Rd, Cullowhee, NC 28779'");
    EXPECT_THAT(site.body("/properties?view=photos"), Not(HasSubstr("idx.example")))
        << "another board's home of that number";
}

TEST_F(HomesPage, DrawsAMapOfThoseThatHaveCoordinates) {
    const auto page = site.body("/properties?view=map");
    EXPECT_THAT(page, AllOf(HasSubstr("aria-label=\"12 Oak St, $450,000, active\""),
                            HasSubstr("1 home has no coordinates"), HasSubstr(" mi</text>"),
                            HasSubstr("status-pending"), HasSubstr(">Cullowhee</text>")));
    EXPECT_THAT(page, Not(HasSubstr("99 Elm Rd")));
    EXPECT_THAT(site.body("/properties?view=map&status=sold"),
                HasSubstr("None of these homes has coordinates"));
}

TEST_F(HomesPage, GathersManyHomesOfAMapUntilSomebodyLooksCloser) {
    auto insert = site.db.begin();
    for (int i = 0; i < 400; ++i)
        site.db.run(
            "INSERT INTO properties (id, address, latitude, longitude) "
            "VALUES (:id, 'x', :latitude, -83)",
            {{"id", "many-" + std::to_string(i)}, {"latitude", 36 + i / 1000.0}});
    insert.commit();
    const auto map =
        json::parse(site.get("/properties?view=map", {{"Accept", "application/json"}}).body);
    std::int64_t homes = 0;
    for (const auto& spot : map.at("spots").as_array()) homes += spot.at("count").as_int64();
    EXPECT_EQ(homes, 402);
    EXPECT_LT(map.at("spots").as_array().size(), 30u);
    EXPECT_THAT(site.body("/properties?view=map"),
                HasSubstr("href=\"/properties?view=map&amp;area="));
}

/// What a picture of the page draws, as circles and boxes of names.
struct Drawn {
    double x, y, r;
};
std::vector<Drawn> discs_of(const std::string& page, const std::string& picture) {
    const auto begin = page.find("class=\"" + picture + "\"");
    const auto svg = page.substr(begin, page.find("</svg>", begin) - begin);
    const std::regex circle("cx=\"([0-9.]+)\" cy=\"([0-9.]+)\" r=\"([0-9.]+)\"");
    std::vector<Drawn> discs;
    for (auto at = std::sregex_iterator(svg.begin(), svg.end(), circle);
         at != std::sregex_iterator(); ++at)
        discs.push_back({std::stod((*at)[1]), std::stod((*at)[2]), std::stod((*at)[3])});
    return discs;
}

TEST_F(HomesPage, DrawsNoTwoDiscsOverEachOtherOnAnyScreen) {
    auto insert = site.db.begin();
    for (int i = 0; i < 600; ++i)
        site.db.run(
            "INSERT INTO properties (id, address, city, latitude, longitude) "
            "VALUES (:id, 'x', 'Maggie Valley', :latitude, :longitude)",
            {{"id", "many-" + std::to_string(i)},
             {"latitude", 35.2 + (i * 7919 % 1000) / 4000.0},
             {"longitude", -83.4 + (i * 104729 % 1000) / 3000.0}});
    insert.commit();
    const auto page = site.body("/properties?view=map");
    for (const auto& [picture, least] : {std::pair{"map-wide", 10.0}, {"map-tall", 13.0}}) {
        const auto discs = discs_of(page, picture);
        EXPECT_GT(discs.size(), 15u) << picture;
        for (std::size_t i = 0; i < discs.size(); ++i) {
            EXPECT_GE(discs[i].r, least) << picture << ": hard to hit";
            for (std::size_t j = 0; j < i; ++j)
                EXPECT_GE(std::hypot(discs[i].x - discs[j].x, discs[i].y - discs[j].y),
                          discs[i].r + discs[j].r)
                    << picture;
        }
    }
    EXPECT_THAT(page, AllOf(HasSubstr("green: active"), HasSubstr("A disc with a number")));
}

TEST_F(HomesPage, LeadsFromHomesOnOneSpotOfTheMapToTheirTable) {
    site.db.run("UPDATE properties SET latitude = 35.3, longitude = -83.2");
    EXPECT_THAT(site.body("/properties?view=map"),
                AllOf(HasSubstr("aria-label=\"3 homes\""), HasSubstr("href=\"/properties?area=")));
}

TEST_F(HomesPage, RefusesWhatMakesNoSense) {
    for (const auto* wrong : {"view=list", "sort=luck", "min_beds=many", "page=0", "page_size=1000",
                              "area=1,2,3", "area=9,9,1,1", "area=a,b,c,d", "direction=up"})
        EXPECT_EQ(site.get("/properties?" + std::string(wrong)).status, 400) << wrong;
}

TEST_F(HomesPage, SaysBesideItsFieldWhyAPriceIsNone) {
    const auto page = site.get("/properties?status=active&min_price=cheap&max_price=-1");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, AllOf(HasSubstr("1 home<"), HasSubstr("value=\"cheap\""),
                                 HasSubstr("“cheap” is no price in dollars, as 450000 or 450k"),
                                 HasSubstr("aria-describedby=\"max_price_wrong\""),
                                 HasSubstr("<option value=\"active\" selected>")))
        << "the other filters stay";
    EXPECT_THAT(site.body("/properties?min_price=<b>"), Not(HasSubstr("<b>")));
    const auto json = http::Headers{{"Accept", "application/json"}};
    EXPECT_EQ(site.get("/properties?min_price=cheap", json).status, 400);
}

TEST_F(HomesPage, SaysThatTheLimitsOfThePriceAreSwapped) {
    EXPECT_THAT(site.body("/properties?min_price=600k&max_price=100k"),
                AllOf(HasSubstr("No price is from $600,000 to $100,000: swap the two."),
                      HasSubstr("No home fits")));
    EXPECT_THAT(site.body("/properties?min_price=100k&max_price=600k"), Not(HasSubstr("swap")));
}

TEST_F(HomesPage, ShowsNoHomeThatTheMlsHasWithdrawn) {
    site.db.run("UPDATE properties SET source = 'reso' WHERE id = :id", {{"id", oak}});
    site.db.run("DELETE FROM dreams_property_sources WHERE property_id = :id", {{"id", oak}});
    site.db.run(
        "INSERT INTO dreams_hidden_homes (property_id, why, since) "
        "VALUES (:id, 'the MLS withdrew it', '2026-01-19T15:00:00Z')",
        {{"id", oak}});
    EXPECT_THAT(site.body("/properties"), Not(HasSubstr("12 Oak St")));
    EXPECT_EQ(site.get("/properties/" + oak.text).status, 404);
}

TEST_F(HomesPage, NamesANumberBeforeOnlyWhereItWasAnother) {
    const auto checked = [&](const std::string& before) {
        site.db.run(
            "UPDATE properties SET idx_mls_number = '4100001', original_mls_number = :before",
            {{"before", before}});
        return site.body("/properties/" + oak.text);
    };
    EXPECT_THAT(checked("4100001"), Not(HasSubstr("number before")));
    EXPECT_THAT(checked("77"), HasSubstr("number before"));
}

TEST_F(HomesPage, TellsEverythingOfOneHome) {
    site.options.idx_homes_url = "https://team.example/property/";
    const Dashboard dashboard(site.options);
    const Lead ana = test::add_lead(site.db, "Ana Lopez", 71);
    store::keep_contact_home(site.db, ana.id, oak, {.relationship = store::Relationship::saved},
                             test::monday);
    auto cheaper = home("01", "12 Oak St", 435'000);
    cheaper.listing.redfin_url = "https://www.redfin.com/home/1";
    cheaper.listing.year_built = 1987;
    cheaper.listing.list_date = "2025-03-19";
    auto how = test::told("redfin", test::monday + std::chrono::days{2});
    test::keep(site.db, cheaper, how);
    http::Request request;
    request.method = "GET";
    request.path = "/properties/" + oak.text;
    request.headers = {{"Host", "localhost"}};
    request.peer = "127.0.0.1";
    const auto page = dashboard.handler()(request).body;
    EXPECT_THAT(page, AllOf(HasSubstr("<h1>12 Oak St</h1>"), HasSubstr("$435,000"),
                            HasSubstr("−$15,000 since listed"), HasSubstr("$450,000"),
                            HasSubstr(">Ana Lopez</a>"), HasSubstr("saved"), HasSubstr("1987"),
                            HasSubstr("Wednesday, March 19, 2025")));
    EXPECT_THAT(page, AllOf(HasSubstr("href=\"https://team.example/property/4100001/\""),
                            HasSubstr("href=\"https://www.redfin.com/home/1\""),
                            HasSubstr("not looked up yet"), HasSubstr("Redfin")));
    EXPECT_EQ(site.get("/properties/nothing").status, 404);
}

}  // namespace
}  // namespace dreams::web
