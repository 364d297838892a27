// The morning page on the dashboard, and as JSON.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/contact_homes.h"
#include "support/homes.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::monday;
using test::WebSite;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

/// Ana, who is to be called and saved a home whose price fell this morning.
void fill(Db& db) {
    const auto ana = test::add_lead(db, "Ana <Lopez>", 70);
    Sighting said;
    said.listing.redfin_url = "https://redfin.example/12-Elm";
    const auto home =
        test::see(db, {"12 Elm St", 450'000, monday - 30 * 24h, "active", "redfin", said});
    test::see(db, {"12 Elm St", 435'000, monday - 2h});
    store::keep_contact_home(db, ana.id, home, {}, monday - 24h);
}

TEST(BriefPage, ShowsWhomToCallAndWhatChanged) {
    WebSite site;
    fill(site.db);
    const auto page = site.body("/brief");
    EXPECT_THAT(page, HasSubstr("<h1>Monday, January 19</h1>"));
    EXPECT_THAT(page, HasSubstr("1 person to call, 1 home changed"));
    EXPECT_THAT(page, HasSubstr("Ana &lt;Lopez&gt;"));
    EXPECT_THAT(page, Not(HasSubstr("Ana <Lopez>")));
    EXPECT_THAT(page, HasSubstr("href=\"tel:+18285550100\""));
    EXPECT_THAT(page, HasSubstr("price $450,000 → $435,000 (−$15,000, −3.3%)"));
    EXPECT_THAT(page, HasSubstr("href=\"/properties/"));
    EXPECT_THAT(page, HasSubstr("https://redfin.example/12-Elm"));
    EXPECT_THAT(page, HasSubstr("<a href=\"/brief\" aria-current=\"page\">Today</a>"));
    EXPECT_THAT(page, HasSubstr("No home was looked at by two people this week."));
}

TEST(BriefPage, OfAnEmptyFileSaysWhatIsNotThere) {
    WebSite site;
    const auto page = site.body("/brief");
    for (const auto* sentence :
         {"Nobody is to be called today.", "Nobody waits for you.", "No watched home changed",
          "Nobody came since yesterday.", "No home was suggested to anybody."})
        EXPECT_THAT(page, HasSubstr(sentence));
}

TEST(BriefPage, AsJsonHasEverySectionAndTheAlarmAmongItsWorries) {
    WebSite site;
    fill(site.db);
    site.options.alarm = [](Db&) { return "There is no proved backup."; };
    site.dashboard = Dashboard(site.options);
    const auto answer = site.json("/api/v1/brief");
    EXPECT_TRUE(answer.at("success").as_bool());
    const auto& brief = answer.at("brief");
    EXPECT_EQ(brief.at("day"), "2026-01-19");
    EXPECT_EQ(brief.at("worries").at(0), "There is no proved backup.");
    EXPECT_EQ(brief.at("calls").at(0).at("name"), "Ana <Lopez>");
    const auto& change = brief.at("changes").at(0);
    EXPECT_EQ(change.at("address"), "12 Elm St");
    EXPECT_EQ(change.at("moves").at(0).at("amount").as_int64(), -15'000);
    EXPECT_EQ(change.at("clients").at(0).at("name"), "Ana <Lopez>");
    EXPECT_TRUE(brief.at("last_sent_at").is_null());
    for (const auto* key : {"waiting", "hot_homes", "new_people", "suggestions"})
        EXPECT_TRUE(brief.at(key).is_array()) << key;
}

}  // namespace
}  // namespace dreams::web
