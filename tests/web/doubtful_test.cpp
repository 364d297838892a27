// Two rows that may be one home stand side by side until a person says what they are.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/homes.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class DoubtfulPage : public testing::Test {
protected:
    DoubtfulPage() {
        auto first = test::sighting("7", "12 Oak St", "4100001");
        auto second = test::sighting("8", "12 Oak St", "4100002");
        second.listing.price = 440'000;
        a = test::keep(site.db, first).id.text;
        b = test::keep(site.db, second).id.text;
    }
    http::Response decide(const std::string& target) { return site.ask("POST", target); }
    std::string rows() {
        return site.db.value<std::string>(
            "SELECT group_concat(id || address || price || mls_number || redfin_id || created_at) "
            "FROM (SELECT * FROM properties ORDER BY id)");
    }
    std::int64_t homes() { return test::homes_in(site.db); }

    WebSite site;
    std::string a, b;
};

TEST_F(DoubtfulPage, ShowsBothSideBySideAndMarksWhatDiffers) {
    const auto page = site.body("/doubtful");
    EXPECT_THAT(page, AllOf(HasSubstr("1 pair"), HasSubstr("one address, but two Redfin ids"),
                            HasSubstr("$450,000"), HasSubstr("$440,000"), HasSubstr("4100002")));
    EXPECT_THAT(page, HasSubstr("<tr class=\"differs\"><th scope=\"row\">Price</th>"));
    EXPECT_THAT(page, HasSubstr("<tr ><th scope=\"row\">Address</th>"));
    EXPECT_THAT(page, HasSubstr("<tr ><th scope=\"row\">Shown by</th>")) << "no contradiction";
    for (const auto& id : {a, b})
        EXPECT_THAT(page, HasSubstr("<a href=\"/properties/" + id + "\">12 Oak St</a>"));
    EXPECT_THAT(page, HasSubstr("no fact is lost"));
    EXPECT_THAT(page, HasSubstr("As much is known of one as of the other"));
    EXPECT_THAT(site.body("/imports"), HasSubstr("1 pair of homes may be one"));
}

TEST_F(DoubtfulPage, RecommendsTheOneOfWhichMoreIsKnown) {
    site.db.run("UPDATE properties SET year_built = 1990 WHERE id = :id", {{"id", b}});
    EXPECT_THAT(site.body("/doubtful"),
                AllOf(HasSubstr("keep the second. More is known of it"),
                      HasSubstr("<button class=\"button\" type=\"submit\">Keep the second"),
                      HasSubstr("<button class=\"button plain\" type=\"submit\">Keep the first")));
}

TEST_F(DoubtfulPage, JoinsTwoRowsAndTakesTheJoinBack) {
    const auto before = rows();
    const auto joined = decide("/doubtful/join?kept=" + a + "&gone=" + b);
    EXPECT_EQ(joined.status, 303);
    EXPECT_EQ(http::header(joined.headers, "Location"), "/doubtful?did=joined");
    EXPECT_EQ(homes(), 1);
    EXPECT_THAT(site.body("/doubtful"),
                AllOf(HasSubstr("No two homes are in doubt"), HasSubstr("Went into it"),
                      HasSubstr("data-label=\"With\">12 Oak St</td>"),
                      HasSubstr("/doubtful/joins/1/undo")));
    EXPECT_THAT(site.body("/doubtful?did=joined"), HasSubstr("The two are one home now."));
    EXPECT_EQ(http::header(site.get("/properties/" + b).headers, "Location"), "/properties/" + a);
    const auto undone = decide("/doubtful/joins/1/undo");
    EXPECT_EQ(http::header(undone.headers, "Location"), "/doubtful?did=parted");
    EXPECT_EQ(homes(), 2);
    EXPECT_EQ(rows(), before);
    EXPECT_THAT(site.body("/doubtful"),
                AllOf(HasSubstr("undone"), HasSubstr("1 pair"), HasSubstr("two Redfin ids"),
                      Not(HasSubstr("/doubtful/joins/1/undo"))));
    EXPECT_EQ(site.get("/properties/" + b).status, 200);
    EXPECT_EQ(decide("/doubtful/joins/1/undo").status, 409);
}

TEST_F(DoubtfulPage, KeepsThemApartUntilSomebodyTakesThatBack) {
    EXPECT_EQ(decide("/doubtful/apart?first=" + a + "&second=" + b).status, 303);
    EXPECT_EQ(homes(), 2);
    EXPECT_THAT(site.body("/doubtful"), HasSubstr("No two homes are in doubt"));
    test::keep(site.db, test::sighting("8", "12 Oak St", "4100002"));
    EXPECT_THAT(site.body("/doubtful?did=apart"),
                AllOf(HasSubstr("No two homes are in doubt"), HasSubstr("They stay two homes."),
                      HasSubstr("<h2>Two homes</h2>")));
    const auto pair = "?first=" + a + "&second=" + b;
    const auto reopened = decide("/doubtful/apart/undo" + pair);
    EXPECT_EQ(http::header(reopened.headers, "Location"), "/doubtful?did=reopened");
    EXPECT_THAT(site.body("/doubtful"),
                AllOf(HasSubstr("1 pair"), Not(HasSubstr("<h2>Two homes</h2>"))));
    EXPECT_EQ(decide("/doubtful/apart/undo" + pair).status, 404);
    EXPECT_EQ(site.get("/doubtful?did=nothing").status, 400);
}

TEST_F(DoubtfulPage, RefusesWhatNamesNoHomes) {
    for (const auto& wrong : {"/doubtful/join?kept=" + a, "/doubtful/join?kept=" + a + "&gone=" + a,
                              "/doubtful/apart?second=" + b})
        EXPECT_EQ(decide(wrong).status, 400) << wrong;
    EXPECT_EQ(decide("/doubtful/join?kept=" + a + "&gone=nobody").status, 404);
    EXPECT_EQ(decide("/doubtful/joins/7/undo").status, 404);
    EXPECT_EQ(decide("/doubtful/joins/x/undo").status, 404);
    EXPECT_EQ(homes(), 2);
}

TEST_F(DoubtfulPage, IsThereAsJson) {
    decide("/doubtful/join?kept=" + a + "&gone=" + b);
    const auto joined = site.json("/api/v1/doubtful");
    EXPECT_EQ(joined.at("count").as_int64(), 0);
    EXPECT_EQ(joined.at("joins").as_array().at(0).at("gone_address").as_string(), "12 Oak St");
    decide("/doubtful/joins/1/undo");
    EXPECT_EQ(site.get("/api/v1/doubtful").status, 200);
}

}  // namespace
}  // namespace dreams::web
