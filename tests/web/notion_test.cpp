// The page of Notion: what stands where, what was changed on both sides, what went wrong.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/notion_conflicts.h"
#include "store/notion_seen.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A home with a page, one whose page is gone, and a conflict.
class NotionPage : public testing::Test {
protected:
    NotionPage() {
        site.db.run(R"sql(INSERT INTO properties (id, address, sync_status, sync_error)
                          VALUES ('1', '1 Elm St', 'error', 'Photos is no web address'),
                                 ('2', '2 Elm St', 'synced', NULL))sql");
        store::keep_notion_seen(site.db, {.home = {"1"},
                                          .page_id = "p1",
                                          .agreed = {R"({"notes":"a"})"},
                                          .theirs = {R"({"notes":"c"})"}});
        store::keep_notion_seen(site.db, {.home = {"2"}, .state = store::NotionState::gone});
        store::keep_notion_mapping(site.db, {{"notes", "n1", "Remarks", NotionType::rich_text}});
        store::list_notion_conflict(site.db, {.home = {"1"},
                                              .column = "notes",
                                              .agreed = "a",
                                              .ours = "<b>",
                                              .theirs = "c",
                                              .found_at = test::monday});
    }
    void set_up() {
        site.options.orders.push_to_notion = [this] { return ++runs; };
        site.options.orders.preview_notion = [] {
            return NotionPreview{.lines = {{.home = "1",
                                            .address = "1 Elm St",
                                            .where = "notion",
                                            .field = "Price",
                                            .to = "450000"}},
                                 .missing = {{"beds", "Bedrooms", NotionType::number}},
                                 .remarks = {"'City' is a formula, which nobody writes"}};
        };
        site.options.orders.add_to_notion = [this] {
            added = true;
            return std::vector<std::string>{"Bedrooms"};
        };
        site.dashboard = Dashboard(site.options);
    }
    WebSite site;
    std::int64_t runs = 0;
    bool added = false;
};

TEST_F(NotionPage, ShowsBothValuesTheErrorsAndWhatStandsWhere) {
    const auto page = site.body("/notion");
    EXPECT_THAT(page, AllOf(HasSubstr("Notion is not set up"), HasSubstr("&lt;b&gt;"),
                            HasSubstr("Photos is no web address"), HasSubstr("Remarks"),
                            HasSubstr("/notion/conflicts/1?side=ours"),
                            HasSubstr("/notion/homes/2/page"), HasSubstr("1 home with a page")));
    EXPECT_THAT(site.body("/api/v1/notion"),
                HasSubstr(R"("column_name":"notes","agreed":"a","ours":"<b>","theirs":"c")"));
}

TEST_F(NotionPage, TakesAChoiceOnce) {
    EXPECT_EQ(site.ask("POST", "/notion/conflicts/1?side=both").status, 400);
    EXPECT_EQ(site.ask("POST", "/notion/conflicts/1?side=ours").status, 303);
    EXPECT_EQ(site.ask("POST", "/notion/conflicts/1?side=ours").status, 409);
    EXPECT_EQ(site.ask("POST", "/notion/conflicts/9?side=ours").status, 404);
    EXPECT_EQ(store::notion_seen(site.db, {"1"})->agreed.text, R"({"notes":"c"})");
    EXPECT_THAT(site.body("/notion"), AllOf(HasSubstr("what stood here was kept"),
                                            Not(HasSubstr("/notion/conflicts/1?side=ours"))));
}

TEST_F(NotionPage, LetsAHomeHaveANewPage) {
    EXPECT_EQ(site.ask("POST", "/notion/homes/1/page").status, 404) << "it has one";
    EXPECT_EQ(site.ask("POST", "/notion/homes/2/page").status, 303);
    EXPECT_FALSE(store::notion_seen(site.db, {"2"}));
}

TEST_F(NotionPage, RunsAndShowsWhatARunWouldDo) {
    EXPECT_EQ(site.ask("POST", "/notion/sync").status, 503);
    EXPECT_EQ(site.ask("POST", "/notion/preview").status, 503);
    set_up();
    EXPECT_THAT(site.ask("POST", "/notion/preview").body,
                AllOf(HasSubstr("What a sync would change"), HasSubstr("450000"),
                      HasSubstr("no property for: Bedrooms."), HasSubstr("which nobody writes.")));
    EXPECT_EQ(runs, 0);
    EXPECT_EQ(site.ask("POST", "/notion/sync").status, 303);
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(site.ask("POST", "/notion/properties").status, 303);
    EXPECT_TRUE(added);
}

}  // namespace
}  // namespace dreams::web
