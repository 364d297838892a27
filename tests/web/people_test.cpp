#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::monday;
using test::WebSite;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

void add(WebSite& site, const std::string& name, const std::string& stage, std::int64_t heat) {
    Lead lead = test::lead(name, heat);
    lead.person.stage = stage;
    site.db.add("leads", lead);
}

std::vector<std::string> names(const json::Value& answer) {
    std::vector<std::string> names;
    for (const auto& person : answer.at("people").as_array())
        names.emplace_back(person.at("name").as_string());
    return names;
}

TEST(PeoplePage, ShowsPeopleAndTheFormThatFindsThem) {
    WebSite site;
    add(site, "Ana Lopez", "Hot Prospect", 71);
    const auto page = site.body("/people");
    EXPECT_THAT(page, HasSubstr("1 person"));
    EXPECT_THAT(page,
                HasSubstr(R"(href="/people/lead-ana-lopez" title="Ana Lopez">Ana Lopez</a>)"));
    EXPECT_THAT(page, HasSubstr("ana@example.com"));
    EXPECT_THAT(page, HasSubstr("<option value=\"Hot Prospect\">Hot Prospect (1)</option>"));
    EXPECT_THAT(page, HasSubstr("aria-sort=\"descending\""));
}

TEST(PeoplePage, KeepsWhatWasAskedForInTheFormAndTheLinks) {
    WebSite site;
    for (int i = 0; i < 5; ++i) add(site, "Ana" + std::to_string(i), "A & B", 60 + i);
    const auto page =
        site.body("/people?search=ana&stage=A %26 B&min_heat=10&sort=name&page=2&page_size=2");
    EXPECT_THAT(page, HasSubstr("value=\"ana\""));
    EXPECT_THAT(page, HasSubstr("<option value=\"A &amp; B\" selected>A &amp; B (5)</option>"));
    EXPECT_THAT(page, HasSubstr("value=\"10\""));
    EXPECT_THAT(page, HasSubstr("3–4 of 5"));
    EXPECT_THAT(page, HasSubstr("href=\"/people?search=ana&amp;stage=A%20%26%20B&amp;min_heat=10"
                                "&amp;sort=name&amp;page=3&amp;page_size=2\""));
    // The sorted column's head turns the order round, and begins at the first page.
    EXPECT_THAT(page, HasSubstr("href=\"/people?search=ana&amp;stage=A%20%26%20B&amp;min_heat=10"
                                "&amp;sort=name&amp;direction=desc&amp;page_size=2\""));
}

TEST(PeoplePage, SaysThatNobodyFits) {
    WebSite site;
    add(site, "Ana Lopez", "Lead", 71);
    const auto page = site.body("/people?search=zzz&stage=Gone");
    EXPECT_THAT(page, HasSubstr("Nobody fits."));
    EXPECT_THAT(page, HasSubstr("<option value=\"Gone\" selected>Gone (0)</option>"));
}

TEST(PeoplePage, ShowsDeletedPeopleOnlyWhenAsked) {
    WebSite site;
    add(site, "Ana Lopez", "Lead", 71);
    site.db.run("INSERT INTO dreams_fub_people (fub_id, deleted_at) SELECT fub_id, :at FROM leads",
                {{"at", monday}});
    EXPECT_THAT(site.body("/people"), Not(HasSubstr("Ana Lopez")));
    EXPECT_THAT(site.body("/people?deleted=1"), HasSubstr(">deleted</span>"));
}

TEST(PeopleJson, HasTheKeysOfTheContract) {
    WebSite site;
    add(site, "Ana Lopez", "Lead", 71);
    const auto answer = site.json("/api/v1/people");
    EXPECT_EQ(answer.at("total"), 1);
    EXPECT_EQ(answer.at("page"), 1);
    EXPECT_EQ(answer.at("pages"), 1);
    EXPECT_EQ(answer.at("stages").at(0).at("stage"), "Lead");
    std::vector<std::string> keys;
    for (const auto& [key, value] : answer.at("people").at(0).get_object()) keys.emplace_back(key);
    EXPECT_THAT(keys, testing::IsSupersetOf({"lead_id", "fub_id", "name", "phone", "stage",
                                             "priority_score", "heat_score", "value_score",
                                             "relationship_score", "score_trend", "email",
                                             "last_activity_at"}));
}

TEST(PeoplePage, TellsALongNameWholeWhereItIsCutShort) {
    WebSite site;
    Lead nameless = test::lead("Ana Lopez");
    nameless.person.first_name = nameless.person.last_name = std::nullopt;
    nameless.person.email = "a.very.long.address.of.somebody@an-equally-long-domain.example.org";
    site.db.add("leads", nameless);
    EXPECT_THAT(site.body("/people"),
                HasSubstr("class=\"name\" href=\"/people/lead-ana-lopez\" title=\"" +
                          *nameless.person.email + "\""));
}

TEST(PeopleJson, SearchesFiltersAndSorts) {
    WebSite site;
    add(site, "Ana Lopez", "Lead", 30);
    add(site, "Bea Lopez", "Lead", 60);
    add(site, "Cleo Smith", "Nurture", 90);
    EXPECT_THAT(names(site.json("/api/v1/people?search=lopez")),
                ElementsAre("Bea Lopez", "Ana Lopez"));
    EXPECT_THAT(names(site.json("/api/v1/people?stage=Lead&min_heat=50")),
                ElementsAre("Bea Lopez"));
    EXPECT_THAT(names(site.json("/api/v1/people?sort=heat&direction=asc")),
                ElementsAre("Ana Lopez", "Bea Lopez", "Cleo Smith"));
    EXPECT_THAT(names(site.json("/api/v1/people?page=2&page_size=2")), ElementsAre("Ana Lopez"));
}

TEST(PeopleJson, RefusesWhatMakesNoSense) {
    WebSite site;
    for (const auto* query :
         {"page=0", "page=x", "page_size=0", "page_size=201", "min_heat=-1", "min_heat=101",
          "sort=phone", "sort=heat;DROP TABLE leads", "direction=up", "deleted=yes"}) {
        const auto response = site.get(std::string("/api/v1/people?") + query);
        EXPECT_EQ(response.status, 400) << query;
        EXPECT_THAT(response.body, HasSubstr(R"("code":"invalid")")) << query;
    }
    EXPECT_THAT(site.body("/api/v1/people?sort=phone"),
                HasSubstr("'sort' is one of name, stage, priority, heat, value, relationship, "
                          "last_activity, not 'phone'"));
    const auto beyond = site.get("/people?page=2");
    EXPECT_EQ(beyond.status, 404);
    EXPECT_THAT(beyond.body, HasSubstr("there is no page 2; the last one is 1"));
}

}  // namespace
}  // namespace dreams::web
