// Whatever stands in the file, it is text on a page and never markup: every text column of every
// table that a page reads is filled with what has broken other pages.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "jobs/rescore.h"
#include "score/policy.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> corpus{
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "</textarea></style></script><iframe src=javascript:alert(1)>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{name}{?stage}{{7*7}}${7*7}<%= 7*7 %>",
    "--><!--<script>alert(1)</script>",
    "\xC0\xBCscript\xC0\xBE \xFF\xFE",
    "&lt;script&gt;&#x3C;script>",
};

/// Columns that must stay what they are for the row to be found, or for pages to speak of it.
bool is_kept(const std::string& table, const std::string& column) {
    static const std::vector<std::string> kept{"id",
                                               "lead_id",
                                               "contact_id",
                                               "fub_id",
                                               "occurred_at",
                                               "started_at",
                                               "completed_at",
                                               "comm_type",
                                               "event_type",
                                               "direction",
                                               "last_activity_at",
                                               "created_at",
                                               "last_score_recorded_at",
                                               "score_trend",
                                               "policy",
                                               "communication_id",
                                               "property_mls",
                                               "property_id",
                                               "detected_at",
                                               "mls_number",
                                               "barred",
                                               "deleted_at",
                                               "match_status",
                                               "suggested_at",
                                               "stale_since"};
    return (table == "leads" && column == "external_id") ||
           std::ranges::find(kept, column) != kept.end();
}

/// Writes `text` to every text column of every row, except to those that hold the rows together.
void poison(Db& db, const std::string& text) {
    for (const auto* table :
         {"leads", "contact_events", "contact_communications", "lead_activities", "properties",
          "idx_property_cache", "property_changes", "contact_properties", "sync_log",
          "dreams_lead_scores", "dreams_fub_people", "matches", "dreams_match_buyers"})
        for (const auto& column :
             db.list<std::string>("SELECT name FROM pragma_table_info(:table) WHERE type = 'TEXT'",
                                  {{"table", table}}))
            if (!is_kept(table, column))
                db.run(std::string("UPDATE ") + table + " SET " + column + " = :text",
                       {{"text", text}});
}

void fill(WebSite& site) {
    const Lead ana = test::add_lead(site.db, "Ana Lopez"), bea = test::add_lead(site.db, "Bea B");
    site.db.add("contact_events", test::event(ana, 1));
    site.db.add("contact_events", test::event(bea, 2));
    site.db.add("contact_communications", test::communication(ana, 3));
    site.db.add("lead_activities", test::activity(ana, 4, "property_inquiry"));
    site.db.run(
        "INSERT INTO properties (id, mls_number, latitude, longitude, price) "
        "VALUES ('p', '4100001', 35.4, -83.2, 450000)");
    site.db.run(
        "INSERT INTO property_changes (id, property_id, property_address, change_type, "
        "detected_at) VALUES ('c', 'p', '1 Elm St', 'price', '2026-01-19T15:00:00Z')");
    site.db.run(
        "INSERT INTO contact_properties (id, contact_id, property_id, relationship) "
        "VALUES ('k', '" +
        ana.id.text + "', 'p', 'viewed')");
    site.db.run("INSERT INTO idx_property_cache (mls_number) VALUES ('4100001')");
    site.db.run("INSERT INTO matches (id, lead_id, property_id, total_score) VALUES ('m', '" +
                ana.id.text + "', 'p', 80)");
    site.db.run(
        "INSERT INTO dreams_match_buyers (lead_id, known, looked_at, disagreement) "
        "VALUES ('" +
        ana.id.text + "', 'both', 1, 'x')");
    site.db.run(
        "INSERT INTO sync_log (sync_type, source, direction, started_at) "
        "VALUES ('full', 'x', 'import', '2026-01-19T15:00:00Z')");
    site.db.run(
        "INSERT INTO dreams_fub_people (fub_id, stale_since) "
        "SELECT fub_id, '2026-01-19T15:00:00Z' FROM leads");
    jobs::Progress silence;
    jobs::rescore(site.db, score::house_policy(), test::monday, site.options.zone, std::nullopt,
                  silence);
}

/// An opening tag as a browser reads it.
struct Tag {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes;
};

/// Reads past a tag that begins at `at`: attributes in quotes, without quotes, without a value.
Tag read_tag(const std::string& html, std::size_t& at) {
    const auto take_until = [&](std::string_view stops) {
        const auto end = std::min(html.find_first_of(stops, at), html.size());
        std::string taken = html.substr(at, end - at);
        at = end;
        return text::lower(taken);
    };
    Tag tag{take_until(" \t\n/>"), {}};
    while (at < html.size() && html[at] != '>') {
        if (std::string_view(" \t\n/").find(html[at]) != std::string_view::npos) {
            ++at;
            continue;
        }
        std::string name = take_until(" \t\n/>="), value;
        if (at < html.size() && html[at] == '=') {
            const char quote = html[++at];
            const bool quoted = quote == '"' || quote == '\'';
            if (quoted) ++at;
            value = take_until(quoted ? std::string_view(&quote, 1) : " \t\n>");
            if (quoted) ++at;
        }
        tag.attributes.emplace_back(std::move(name), std::move(value));
    }
    return tag;
}

std::vector<Tag> tags_in(const std::string& html) {
    std::vector<Tag> tags;
    for (std::size_t at = 0; (at = html.find('<', at)) != std::string::npos;) {
        ++at;
        const char next = at < html.size() ? html[at] : ' ';
        if ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'))
            tags.push_back(read_tag(html, at));
    }
    return tags;
}

void expect_harmless(const std::string& html, const std::string& attack) {
    for (const auto& tag : tags_in(html)) {
        // Our one script (static/copy.js), and no other.
        const bool ours = tag.name == "script" && !tag.attributes.empty() &&
                          tag.attributes[0].second.starts_with("/static/copy.js?v=");
        EXPECT_TRUE(ours || testing::Value(tag.name, Not(testing::AnyOf("script", "iframe", "img",
                                                                        "style", "object"))))
            << attack << ": " << tag.name;
        for (const auto& [name, value] : tag.attributes) {
            EXPECT_FALSE(name.starts_with("on")) << attack << ": " << tag.name << " " << name;
            if (name != "href" && name != "src" && name != "action") continue;
            // A listing's page is elsewhere; everything else is ours, a mail or a call.
            EXPECT_TRUE(value.starts_with("/") || value.starts_with("#") ||
                        value.starts_with("https://") || value.starts_with("mailto:") ||
                        value.starts_with("tel:"))
                << attack << ": " << value;
        }
    }
}

class Escaping : public testing::TestWithParam<std::string> {};

TEST_P(Escaping, MakesTextOfWhateverTheFileHolds) {
    WebSite site;
    fill(site);
    poison(site.db, GetParam());
    std::size_t shown = 0;
    for (const auto* page : {"/calls", "/people", "/people?deleted=1", "/people/lead-ana-lopez",
                             "/syncs", "/matches?status=any", "/properties",
                             "/properties?view=photos", "/properties?view=map", "/properties/p"}) {
        const auto response = site.get(page);
        EXPECT_EQ(response.status, 200) << page << site.log;
        expect_harmless(response.body, GetParam());
        shown += response.body.find("alert(1)") != std::string::npos ? 1 : 0;
    }
    if (GetParam().find("alert(1)") != std::string::npos) {
        EXPECT_GE(shown, 8u);
    }
    for (const auto* api :
         {"/api/v1/calls", "/api/v1/people", "/api/v1/people/lead-ana-lopez", "/api/v1/syncs"})
        EXPECT_NO_THROW(site.json(api)) << api;
}

TEST_P(Escaping, MakesTextOfWhateverIsAskedFor) {
    WebSite site;
    fill(site);
    for (const auto* before :
         {"/people?search=", "/people?stage=", "/people?sort=", "/people?min_heat=",
          "/calls?limit=", "/syncs?before=", "/properties?search=", "/properties?city=",
          "/properties?status=", "/properties?min_price=", "/properties?area=", "/properties/",
          "/people/", "/people/lead-ana-lopez?before=", "/"}) {
        auto text = GetParam();
        std::erase(text, '&');
        const auto response = site.get(before + text);
        EXPECT_THAT(response.status, testing::AnyOf(200, 400, 404)) << before;
        expect_harmless(response.body, GetParam());
    }
}

INSTANTIATE_TEST_SUITE_P(Corpus, Escaping, testing::ValuesIn(corpus),
                         [](const auto& each) { return "Attack" + std::to_string(each.index); });

}  // namespace
}  // namespace dreams::web
