// The client of an MLS's feed, against a simulated one, and rows as services write them.

#include "sources/reso.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "sim/reso/feed.h"
#include "sources/reso_read.h"

namespace dreams::sources {
namespace {

using namespace std::chrono_literals;
using sim::ResoOptions;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} + 16h};

class ResoClient : public testing::Test {
protected:
    ResoSettings settings() const {
        return {.url = "https://api.mls.example/v2/",
                .token = "long-lived-token",
                .system = "canopy",
                .service = "mlsgrid"};
    }
    /// Another program's: a second later, since the pace of the last one is not known to it.
    Reso client(std::optional<ResoSettings> other = {}, AskedBefore before = {}) {
        clock.sleep(1s);
        return Reso(other.value_or(settings()), feed.network(), clock, std::move(before));
    }
    /// Every listing of the feed, page by page.
    std::vector<ResoListing> all(const Reso& reso, ResoQuestion question = {.system = "canopy"}) {
        std::vector<ResoListing> found;
        auto page = reso.page(question);
        while (true) {
            EXPECT_TRUE(page.in_order);
            EXPECT_THAT(page.unreadable, testing::IsEmpty());
            found.insert(found.end(), page.listings.begin(), page.listings.end());
            if (page.next.empty()) return found;
            page = reso.next(question, page.next);
        }
    }
    std::string sentence(auto&& act) {
        try {
            act();
        } catch (const Error& error) {
            return error.what();
        }
        return "no error";
    }
    const sim::Home& some_home() {
        for (const auto& home : town.homes())
            if (!home.mls.empty() && home.status == "Active" && home.beds > 0 && !home.for_rent)
                return home;
        throw Error(Fault::not_found, "no home");
    }
    const ResoListing& of(const std::vector<ResoListing>& all, const std::string& number) {
        for (const auto& each : all)
            if (each.said.listing.mls_number == number) return each;
        throw Error(Fault::not_found, "no listing " + number);
    }

    ManualClock clock{monday};
    sim::Town town{sim::TownSize::of(200), 3, monday};
    sim::ResoFeed feed{town, clock};
};

TEST_F(ResoClient, ReadsTheWholeFeedPageByPageWithinItsPace) {
    feed.options().page = 50;
    const auto reso = client();
    const auto listings = all(reso);
    EXPECT_EQ(std::ssize(listings), feed.in_view());
    EXPECT_GE(reso.requests(), 3);
    EXPECT_FALSE(feed.suspended());
    const auto& home = some_home();
    const auto& read = of(listings, home.mls);
    EXPECT_EQ(read.said.listing.address, home.street);
    EXPECT_EQ(read.said.listing.city, home.city);
    EXPECT_EQ(read.said.listing.price, home.price);
    EXPECT_EQ(read.said.listing.beds, home.beds);
    EXPECT_EQ(read.said.listing.baths, home.half_baths / 2.0) << "half a bath is a half";
    EXPECT_EQ(read.said.listing.sqft, home.sqft);
    EXPECT_EQ(read.said.listing.status, "active");
    EXPECT_EQ(read.said.features.heating, "Heat Pump, Wood Stove");
    EXPECT_EQ(read.listing.number, "CAR" + home.mls) << "stored with its prefix, shown without";
    EXPECT_EQ(read.said.listing.listing_agent_phone, "(828) 555-0142");
}

TEST_F(ResoClient, UnderstandsEnumerationsInAnyStyle) {
    for (const auto words : {ResoOptions::Words::enum_type, ResoOptions::Words::collection,
                             ResoOptions::Words::text}) {
        feed.options().words = words;
        feed.set_status(some_home().mls, "Active Under Contract");
        const auto read = of(all(client()), some_home().mls);
        EXPECT_EQ(read.said.listing.status, "contingent");
        EXPECT_EQ(read.said.features.heating, "Heat Pump, Wood Stove");
    }
}

TEST_F(ResoClient, NeverReadsWhatOnlyAgentsMaySee) {
    feed.options().knows_select = false;  // then all of it comes
    const auto reso = client();
    for (const auto& each : all(reso)) {
        const auto home = each.said.listing;
        for (const auto& text : {home.address, home.style, each.said.features.amenities})
            EXPECT_THAT(text.value_or(""), AllOf(Not(HasSubstr("hurry")), Not(HasSubstr("Lock"))));
    }
    const auto row = json::parse(
        R"({"ListingId":"CAR1","PrivateRemarks":"in a hurry","ShowingInstructions":"lock box"})");
    const auto kept = reso_read::raw(row, reso_host(settings()));
    EXPECT_THAT(kept, AllOf(HasSubstr("CAR1"), Not(HasSubstr("hurry")), Not(HasSubstr("lock"))));
    EXPECT_THAT(reso_read::fields(reso_host(settings())),
                Each(AllOf(Not(HasSubstr("Private")), Not(HasSubstr("Showing")),
                           Not(HasSubstr("LockBox")))));
}

TEST_F(ResoClient, SendsItsTokenToNoOtherHost) {
    feed.options().page = 10;
    for (const auto* elsewhere :
         {"https://evil.example/v2/Property?$skiptoken=1", "http://api.mls.example/v2/Property",
          "https://me:you@api.mls.example/v2/Property",
          "https://api.mls.example:8443/v2/Property"}) {
        feed.lead_astray(1, elsewhere);
        const auto reso = client();
        const ResoQuestion question{.system = "canopy"};
        const auto page = reso.page(question);
        EXPECT_EQ(page.next, elsewhere);
        const auto asked = feed.log().size();
        EXPECT_THAT(sentence([&] { reso.next(question, page.next); }),
                    HasSubstr("nothing was sent there"));
        EXPECT_EQ(feed.log().size(), asked);
        clock.sleep(2s);
    }
}

TEST_F(ResoClient, GetsATokenForItsClientIdAndAnotherWhenItExpires) {
    feed.options().client_id = "office";
    feed.options().client_secret = "s3cret";
    feed.options().token_lasts = 120s;
    auto given = settings();
    given.token.clear();
    given.client_id = "office";
    given.client_secret = "s3cret";
    given.token_url = "https://login.mls.example/token";
    const auto reso = client(given);
    reso.page({.system = "canopy"});
    clock.sleep(200s);
    reso.page({.system = "canopy"});
    EXPECT_EQ(std::ranges::count(feed.log(), "/token"), 2);
    given.client_secret = "wrong";
    EXPECT_THAT(sentence([&] { client(given).page({.system = "canopy"}); }),
                HasSubstr("reso.client_secret"));
}

TEST_F(ResoClient, TellsALoginPageFromAnAnswerWithoutAToken) {
    const auto refused_with = [&](const std::string& answer) {
        const auto network = [&](const http::Ask&) {
            return http::Answer{.status = 200, .body = answer};
        };
        auto given = settings();
        given.token.clear();
        given.client_id = given.client_secret = "office";
        given.token_url = "https://login.mls.example/token";
        const Reso reso(given, network, clock, {});
        return sentence([&] { reso.page({.system = "canopy"}); });
    };
    EXPECT_EQ(refused_with("<html>Log in</html>"),
              "reso.token_url answered with a web page instead of data");
    EXPECT_EQ(refused_with(R"({"token":"x"})"), "the answer to reso.token_url holds no token");
}

TEST_F(ResoClient, SaysWhatIsWrongWithTheSettings) {
    const auto with = [&](auto change) {
        auto given = settings();
        change(given);
        return sentence([&] { client(given); });
    };
    EXPECT_THAT(with([](auto& s) { s.url = "canopy"; }), HasSubstr("reso.url"));
    EXPECT_THAT(with([](auto& s) { s.token = ""; }), HasSubstr("reso.token"));
    EXPECT_THAT(with([](auto& s) { s.system = ""; }), HasSubstr("one system at a time"));
    EXPECT_THAT(with([](auto& s) { s.service = "mlsgird"; }), HasSubstr("mlsgrid, bridge"));
}

TEST_F(ResoClient, SendsNoTokenAndNoSecretUnencrypted) {
    auto given = settings();
    given.url = "http://api.mls.example/v2";
    EXPECT_THAT(sentence([&] { client(given); }), AllOf(HasSubstr("reso.url"), HasSubstr("https")));
    given = {.url = "https://api.mls.example/v2",
             .client_id = "office",
             .client_secret = "secret",
             .token_url = "http://api.mls.example/token"};
    EXPECT_THAT(sentence([&] { client(given); }), HasSubstr("reso.token_url"));
    for (const auto* here :
         {"http://127.0.0.1:8080/v2", "http://localhost/v2", "http://[::1]/v2"}) {
        given = settings();
        given.url = here;
        EXPECT_EQ(sentence([&] { client(given); }), "no error");
    }
    given.url = "http://127.0.0.1.evil.example/v2";
    EXPECT_THAT(sentence([&] { client(given); }), HasSubstr("https"));
    EXPECT_THAT(feed.log(), testing::IsEmpty());
}

TEST_F(ResoClient, StopsAtTheFirstRefusalOfMlsGridAndLeavesItAlone) {
    feed.options().a_second = 0;  // whoever asks is suspended
    AskedBefore before;
    before.close = [&](Instant until, const std::string& why) {
        before.closed_until = until;
        before.closed_why = why;
    };
    const auto reso = client({}, before);
    const auto ask = [](const Reso& feed) { feed.page({.system = "canopy"}); };
    EXPECT_THAT(sentence([&] { ask(reso); }),
                AllOf(HasSubstr("token has been suspended"), HasSubstr("left alone until")));
    EXPECT_EQ(reso.requests(), 1);
    const auto next = client({}, before);
    EXPECT_THAT(sentence([&] { ask(next); }), HasSubstr("token has been suspended"));
    EXPECT_EQ(next.requests(), 0);
    EXPECT_THAT(feed.log(), testing::SizeIs(1));
    clock.sleep(1h);
    EXPECT_THAT(sentence([&] { ask(client({}, before)); }), HasSubstr("suspended"));
    EXPECT_THAT(feed.log(), testing::SizeIs(2));
}

TEST_F(ResoClient, TellsAWrongTokenFromARefusedQuestion) {
    auto given = settings();
    given.token = "wrong";
    EXPECT_THAT(sentence([&] { client(given).page({.system = "canopy"}); }),
                HasSubstr("does not accept the token"));
    feed.faults().from("Property", 1, sim::WireFault::error_503_html);
    EXPECT_NE(sentence([&] { client().page({.system = "canopy"}); }), "no error");
}

TEST_F(ResoClient, AsksAServiceThatKnowsLessForLess) {
    feed.options().kind = ResoOptions::Kind::other;
    feed.options().knows_select = feed.options().knows_expand = false;
    auto given = settings();
    given.service = "other";
    const auto reso = client(given);
    EXPECT_GT(reso.page({.system = "canopy"}).rows, 0);
    const auto asked = feed.log().size();
    reso.page({.system = "canopy"});
    EXPECT_EQ(feed.log().size(), asked + 1) << "what it knows is found out once";
}

TEST_F(ResoClient, CountsItsRequestsAcrossRestartsAndStopsAtTheLimit) {
    std::vector<AskedMinute> kept;
    AskedBefore before{.add = [&](const AskedMinute& asked) { kept.push_back(asked); }};
    client({}, before).page({.system = "canopy"});
    std::int64_t requests = 0, bytes = 0;
    for (const auto& each : kept) {
        requests += each.requests;
        bytes += each.bytes;
    }
    EXPECT_EQ(requests, 1);
    EXPECT_GT(bytes, 1000);
    before.minutes = {{.minute = monday - 30min, .requests = 7'150}};
    const auto asked = feed.log().size();
    EXPECT_THAT(sentence([&] { client({}, before).page({.system = "canopy"}); }),
                AllOf(HasSubstr("used up"), HasSubstr("go on after 2026-01-19T16:31:")));
    EXPECT_EQ(feed.log().size(), asked);
}

TEST_F(ResoClient, AsksForListingsByName) {
    const auto before = all(client());
    std::vector<MlsListing> asked{before[0].listing, before[1].listing};
    asked.push_back({.key = "none", .number = "CAR999"});
    feed.withdraw(*before[1].said.listing.mls_number);
    const auto page = client().named("canopy", asked);
    ASSERT_EQ(page.listings.size(), 2u);
    EXPECT_EQ(
        std::ranges::count_if(
            page.listings, [](const auto& each) { return each.listing.out_of_view.has_value(); }),
        1);
}

// ---- Rows

ResoListing read(const std::string& row, const std::string& service = "mlsgrid") {
    return reso_read::listing(
        json::parse(row), reso_host({.url = "https://a.example", .service = service}), "canopy");
}

TEST(ResoRow, IsReadWithAlmostNothingInIt) {
    const auto home = read(R"({"ListingId":"CAR4100001"})");
    EXPECT_EQ(home.said.listing.mls_number, "4100001");
    EXPECT_EQ(home.said.listing.price, std::nullopt);
    EXPECT_THROW(read("{}"), Error);
}

TEST(ResoRow, TakesNumbersAndDatesAsTheyCome) {
    const auto home = read(
        R"({"ListingId":"CAR1","ListPrice":"450000.00","BedroomsTotal":3.0,"LivingArea":"1,640",
            "ModificationTimestamp":"2026-01-05T10:00:00.123","YearBuilt":9999,"CloseDate":"TBD",
            "Latitude":0,"Longitude":0,"StandardStatus":"Active"})");
    EXPECT_EQ(home.said.listing.price, 450'000);
    EXPECT_EQ(home.said.listing.beds, 3);
    EXPECT_EQ(home.said.listing.sqft, 1640);
    EXPECT_EQ(home.said.features.latitude, std::nullopt);
    EXPECT_EQ(home.said.sold_on, std::nullopt);
    EXPECT_EQ(to_text(home.listing.modified_at.value()), "2026-01-05T10:00:00Z");
}

TEST(ResoRow, SaysWhyItMayNotBeShown) {
    for (const auto& [field, why] : std::vector<std::pair<std::string, std::string>>{
             {R"("MlgCanView":false)", "withdrawn"},
             {R"("MlgCanUse":[])", "nothing"},
             {R"("InternetEntireListingDisplayYN":false)", "off the internet"},
             {R"("StandardStatus":"Incomplete")", "not complete"},
             {R"("PropertyType":"ResidentialLease")", "rent"}})
        EXPECT_THAT(read(R"({"ListingId":"CAR1",)" + field + "}").listing.out_of_view.value_or(""),
                    HasSubstr(why));
}

TEST(ResoRow, ShowsNoAddressWhereItsSellerWantsNone) {
    const auto home = read(R"({"ListingId":"CAR1","UnparsedAddress":"1 Oak Rd","City":"Sylva",
        "Latitude":35.1,"Longitude":-83.2,"InternetAddressDisplayYN":false})");
    EXPECT_EQ(home.said.listing.address, std::nullopt);
    EXPECT_EQ(home.said.features.latitude, std::nullopt);
    EXPECT_EQ(home.said.listing.city, "Sylva");
}

TEST(ResoRow, MakesAMonthOfAFeeOnlyWhereItSaysHowOften) {
    const auto fee = [](const std::string& often) {
        return read(R"({"ListingId":"CAR1","AssociationFee":1200)" +
                    (often.empty() ? "" : R"(,"AssociationFeeFrequency":")" + often + "\"") + "}")
            .said.features.hoa_fee;
    };
    EXPECT_EQ(fee("Annually"), 100);
    EXPECT_EQ(fee("Monthly"), 1200);
    EXPECT_EQ(fee(""), std::nullopt);
    EXPECT_EQ(fee("One Time"), std::nullopt);
}

TEST(ResoRow, PutsPhotosInOrderOfTheirNumbers) {
    const auto home = read(R"j({"ListingId":"1","Media":[
        {"MediaURL":"https://m.example/2.jpg","Order":"2"},
        {"MediaURL":"https://m.example/10.jpg","Order":"10"},
        {"MediaURL":"javascript:alert(1)","Order":"0"},
        {"MediaURL":"https://m.example/1.jpg","Order":1}]})j",
                           "bridge");
    EXPECT_EQ(home.said.listing.primary_photo, "https://m.example/1.jpg");
    EXPECT_EQ(
        home.said.listing.photo_urls->text,
        R"(["https://m.example/1.jpg","https://m.example/2.jpg","https://m.example/10.jpg"])");
    EXPECT_EQ(read(R"({"ListingId":"CAR1","Media":[{"MediaURL":"https://m.example/1.jpg"}]})")
                  .said.listing.primary_photo,
              std::nullopt)
        << "MLS Grid's addresses are good for an hour";
}

}  // namespace
}  // namespace dreams::sources
