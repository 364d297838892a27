// Listing files as they really come: three generations of Redfin's header, HomeHarvest's Python in
// cells, and tables of anybody's.

#include "sources/listing_file.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "support/folder.h"

namespace dreams::sources {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Read {
    std::string format;
    std::vector<Sighting> homes;
    std::vector<std::string> notices, refused, unread;
};

Read read(const std::string& text, const ListingMapping& wanted = {}) {
    ListingReader reader(text, wanted);
    Read all{.format = std::string(reader.format())};
    while (const auto line = reader.next()) {
        if (const auto* home = std::get_if<Sighting>(&line->what)) all.homes.push_back(*home);
        if (const auto* notice = std::get_if<ListingNotice>(&line->what))
            all.notices.push_back(notice->text);
        if (const auto* refused = std::get_if<ListingRefused>(&line->what))
            all.refused.push_back(std::to_string(line->line) + ": " + refused->why);
        for (const auto& cell : line->unread) all.unread.push_back(cell);
    }
    return all;
}

std::string fixture(const std::string& name) {
    return test::read_file(std::string(DREAMS_FIXTURES "/listings/") + name);
}

std::string sentence(const std::string& text, const ListingMapping& wanted = {}) {
    try {
        read(text, wanted);
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

std::vector<std::string> addresses(const std::string& text, const ListingMapping& wanted = {}) {
    std::vector<std::string> all;
    for (const auto& home : read(text, wanted).homes)
        all.push_back(home.listing.address.value_or("none"));
    return all;
}

TEST(StreetParts, MakeTheAddress) {
    EXPECT_THAT(addresses("Street #,Dir,Street,Suffix,City\n12,N,Oak,St,Sylva\n99,,Oak,St,Sylva\n"),
                ElementsAre("12 N Oak St", "99 Oak St"));
    EXPECT_THAT(addresses("House Number,Street,City\n12,Oak St,Sylva\n99.0,Oak St,Sylva\n"),
                ElementsAre("12 Oak St", "99 Oak St"));
    EXPECT_THAT(addresses("Number,Street\n12,Oak St\n"), ElementsAre("12 Oak St"));
    EXPECT_THAT(addresses("MLS#,StreetNumber,StreetName,StreetSuffix,StreetDirSuffix,UnitNumber\n"
                          "4100001,12,Oak,St,W,3\n"),
                ElementsAre("12 Oak St W #3"));
    EXPECT_THAT(addresses("StreetNumber,StreetName,StreetSuffix\n12,Oak,St\n"),
                ElementsAre("12 Oak St"));
}

TEST(StreetParts, GiveWayToAWholeAddress) {
    EXPECT_THAT(addresses("Address,Street Number,Street Name\n12 Oak St,12,Oak\n,14,Elm\n"),
                ElementsAre("12 Oak St", "14 Elm"));
    EXPECT_THAT(addresses("House #,Address\n12,Oak St\n"), ElementsAre("12 Oak St"));
    EXPECT_THAT(addresses("Street,City\n12 Oak St,Sylva\n"), ElementsAre("12 Oak St"));
}

TEST(StreetParts, CanBeSaidByHand) {
    EXPECT_THAT(addresses("Hausnr,Strasse,City\n12,Oak St,Sylva\n",
                          {{"Hausnr", "street_number"}, {"Strasse", "street_name"}}),
                ElementsAre("12 Oak St"));
}

TEST(AnyTable, MayComeOutOfASpreadsheet) {
    const auto all = read(
        "sep=;\nAddress;MLS #;Baths\n12 Elm St;\"=\"\"0041\"\"\";2 full / 1 half\n"
        "14 Elm St;'0042;\n");
    ASSERT_THAT(all.homes, SizeIs(2));
    EXPECT_EQ(all.homes[0].listing.mls_number, "0041");
    EXPECT_EQ(all.homes[0].listing.baths, 2.5);
    EXPECT_EQ(all.homes[1].listing.mls_number, "0042");
    EXPECT_THAT(all.unread, IsEmpty());
}

TEST(AnyTable, MayHoldWholeAddresses) {
    const auto all = read("Address,Price\n\"12 Elm St, Sylva, NC 28779\",1\n");
    ASSERT_THAT(all.homes, SizeIs(1));
    EXPECT_EQ(all.homes[0].listing.address, "12 Elm St");
    EXPECT_EQ(all.homes[0].listing.city, "Sylva");
    EXPECT_EQ(all.homes[0].listing.zip, "28779");
}

TEST(Redfin, IsReadInTheHeaderOf2018) {
    const auto all = read(fixture("redfin_2018.csv"));
    EXPECT_EQ(all.format, "redfin");
    ASSERT_THAT(all.homes, SizeIs(1));
    const auto& [home, what, counted, sold_on] = all.homes[0];
    EXPECT_EQ(home.redfin_id, "900000001");
    EXPECT_EQ(home.redfin_url,
              "http://www.redfin.com/NC/Sylva/18-Laurel-Knob-Rd-28779/home/900000001");
    EXPECT_EQ(home.address, "18 Laurel Knob Rd");
    EXPECT_EQ(home.state, "NC");
    EXPECT_EQ(home.zip, "28779");
    EXPECT_EQ(home.price, 389'000);
    EXPECT_EQ(home.baths, 2.0);
    EXPECT_EQ(home.sqft, 1'640) << "not the price of a square foot";
    EXPECT_EQ(home.acreage, 1.0);
    EXPECT_EQ(home.mls_source, "CANOPYMLS");
    EXPECT_EQ(home.mls_number, "3300001");
    EXPECT_EQ(home.status, "Active");
    EXPECT_EQ(home.days_on_market, 12);
    EXPECT_EQ(what.subdivision, "Laurel Ridge");
    EXPECT_EQ(what.hoa_fee, std::nullopt);
    EXPECT_EQ(what.latitude, 35.3701);
    EXPECT_EQ(sold_on, std::nullopt);
}

TEST(Redfin, SaysWhatIsMissingInNoticesAndNotInHomes) {
    const auto all = read(fixture("redfin_2024.csv"));
    EXPECT_THAT(all.notices,
                ElementsAre("In accordance with local MLS rules, some MLS listings are not "
                            "included in the download",
                            "Over 500 results. Try zooming in or modifying your search options."));
    EXPECT_THAT(all.homes, SizeIs(5));
    EXPECT_THAT(all.refused, IsEmpty());
}

TEST(Redfin, WritesANoticeUnquotedToo) {
    auto text = fixture("redfin_2024.csv");
    text.erase(text.find("\"In acc"), 1);
    text.erase(text.find("download\"") + 8, 1);
    EXPECT_THAT(read(text).notices[0], HasSubstr("MLS rules, some MLS listings"));
}

TEST(Redfin, PricesStatusesAndSalesAreUnderstood) {
    const auto homes = read(fixture("redfin_2024.csv")).homes;
    EXPECT_EQ(homes[0].listing.price, 379'000);
    EXPECT_EQ(homes[0].features.hoa_fee, 25);
    EXPECT_EQ(homes[1].listing.address, "7 Depot St Unit 2G");
    EXPECT_EQ(homes[2].listing.status, "Sold");
    EXPECT_EQ(to_text(homes[2].sold_on.value()), "2024-07-21");
    EXPECT_EQ(homes[3].listing.status, "sold") << "a public record: PAST SALE and no status";
    EXPECT_EQ(homes[3].listing.mls_number, std::nullopt);
    EXPECT_EQ(homes[4].listing.redfin_id, "900000005") << "no address, but an id";
}

TEST(Redfin, TellsOfACellThatIsNotUnderstoodAndKeepsTheRest) {
    const auto all = read(fixture("redfin_2024.csv"));
    EXPECT_THAT(all.unread, ElementsAre("PRICE 'call us' was not understood"));
    EXPECT_EQ(all.homes[4].listing.price, std::nullopt);
    EXPECT_EQ(all.homes[4].listing.beds, 4);
}

TEST(Redfin, ReadsTheSameWithEveryLineEndAndBom) {
    const auto crlf = fixture("redfin_2024.csv");
    std::string lf, cr;
    for (const char c : crlf) {
        if (c != '\r') lf += c;
        if (c != '\n') cr += c;
    }
    for (const auto& text : {lf, cr, "\xEF\xBB\xBF" + crlf}) {
        EXPECT_THAT(read(text).homes, SizeIs(5));
        EXPECT_EQ(listing_fingerprint(text), listing_fingerprint(crlf));
    }
    EXPECT_NE(listing_fingerprint(fixture("redfin_2018.csv")), listing_fingerprint(crlf));
}

TEST(HomeHarvest, IsReadWithItsPythonAndItsTraps) {
    const auto all = read(fixture("realtor_homeharvest.csv"));
    EXPECT_EQ(all.format, "realtor");
    ASSERT_THAT(all.homes, SizeIs(2));
    const Listing& home = all.homes[0].listing;
    EXPECT_EQ(home.realtor_id, "5000120001");
    EXPECT_EQ(home.mls_source, "CHNC");
    EXPECT_EQ(home.mls_number, "4100021");
    EXPECT_EQ(home.property_type, "Single Family");
    EXPECT_EQ(home.baths, 2.5);
    EXPECT_EQ(home.acreage, 0.5);
    EXPECT_EQ(home.price, 615'000) << "what was paid";
    EXPECT_EQ(to_text(all.homes[0].sold_on.value()), "2023-10-30");
    EXPECT_EQ(home.list_date, std::nullopt) << "it was listed after the sale: another listing";
    EXPECT_EQ(home.listing_agent_name, std::nullopt) << "RateCardRequest is nobody";
    EXPECT_EQ(home.listing_agent_phone, "8285550102") << "the one marked primary";
    EXPECT_EQ(home.listing_brokerage, "Ridge & O'Dell Realty");
    EXPECT_THAT(home.photo_urls->text, HasSubstr("22-ridge-3.jpg"));
    EXPECT_EQ(all.homes[0].features.tax_annual_amount, 3'120);
}

TEST(HomeHarvest, JoinsStreetAndUnitAndLeavesUnknownUnknown) {
    const auto all = read(fixture("realtor_homeharvest.csv"));
    const Listing& home = all.homes[1].listing;
    EXPECT_EQ(home.address, "9 Mill St Apt 3");
    EXPECT_EQ(home.property_type, "Condos");
    EXPECT_EQ(home.baths, 1.0) << "an empty half_baths means none";
    EXPECT_EQ(home.sqft, std::nullopt);
    EXPECT_EQ(home.mls_number, std::nullopt);
    EXPECT_EQ(home.list_date, "2023-05-01");
    EXPECT_THAT(all.unread, ElementsAre(HasSubstr("agent_phones")));
}

TEST(AnyTable, IsReadByTheNamesOfItsColumns) {
    const auto all = read(fixture("sales.csv"));
    EXPECT_EQ(all.format, "csv");
    ASSERT_THAT(all.homes, SizeIs(2));
    EXPECT_EQ(all.homes[0].listing.address, "12 ELM ST");
    EXPECT_EQ(all.homes[0].listing.sqft, 836);
    EXPECT_EQ(all.homes[0].listing.status, "sold");
    EXPECT_EQ(to_text(all.homes[0].sold_on.value()), "2008-05-21");
}

TEST(AnyTable, MayKnowAHomeByItsParcelOnly) {
    const auto all = read(fixture("assessor.csv"), {{"date", "sold_on"}});
    ASSERT_THAT(all.homes, SizeIs(1));
    EXPECT_EQ(all.homes[0].listing.parcel_id, "7129300520");
    EXPECT_EQ(all.homes[0].listing.zip, "98178");
    EXPECT_EQ(all.homes[0].listing.year_built, 1955);
    EXPECT_EQ(to_text(all.homes[0].sold_on.value()), "2014-10-13");
}

TEST(AnyTable, MayBeLatin1AndHaveColumnsOfItsOwn) {
    const auto text = fixture("latin1.csv");
    const ListingReader reader(text);
    EXPECT_THAT(reader.mapping(),
                ElementsAre(std::pair("Address", "address"), std::pair("City", "city"),
                            std::pair("MLS #", "mls_number"), std::pair("Asking Price", "price"),
                            std::pair("Color", "")));
    EXPECT_EQ(read(text).homes[0].listing.city, "Montréal");
    EXPECT_EQ(read(text).homes[0].listing.price, 1'250'000);
}

TEST(AnyTable, IsReadAsItsOwnerSays) {
    const auto all = read(fixture("latin1.csv"), {{"color", "style"}, {"Asking Price", ""}});
    EXPECT_EQ(all.homes[0].listing.style, "red");
    EXPECT_EQ(all.homes[0].listing.price, std::nullopt);
    EXPECT_THAT(sentence(fixture("latin1.csv"), {{"Color", "stile"}}), HasSubstr("mean style?"));
    EXPECT_THAT(sentence(fixture("latin1.csv"), {{"Colour", "style"}}),
                HasSubstr("no column 'Colour'"));
}

TEST(AnyTable, RefusesALineThatHasTooManyCells) {
    EXPECT_THAT(read("address,city\n1 Elm St,Sylva\n1, Elm St,Sylva\n").refused,
                ElementsAre(HasSubstr("3: it has more cells")));
}

TEST(NoTable, IsToldInASentence) {
    EXPECT_EQ(sentence(""), "it is empty");
    EXPECT_THAT(sentence("a,b\n1,2\n"), HasSubstr("its columns are a, b"));
    EXPECT_THAT(sentence(std::string("PK\0\3", 4)),
                HasSubstr("a picture or a file of another program"));
    EXPECT_THAT(sentence("First Name,Stage\nAna,Lead\n"), HasSubstr("list of people"));
    EXPECT_THAT(sentence("address,city\n\"1 Elm St,Sylva\n"), HasSubstr("never closes"));
}

}  // namespace
}  // namespace dreams::sources
