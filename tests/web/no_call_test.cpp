// Whoever must not be called, or cannot be, is a link on no page: the law asks for it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

/// Ana may be called, Dora must not be, Bob's number is bad. All have looked at one home, and just
/// wrote to us. Nobody has been scored since their tags came.
class NoCallPages : public testing::Test {
protected:
    NoCallPages() {
        site.db.run(
            "INSERT INTO properties (id, address, city, price, status) "
            "VALUES ('h1', '12 Elm St', 'Sylva', 395000, 'active')");
        dora.person.phone = "(828) 555-0111";
        dora.person.tags = JsonText{R"(["Do Not Call"])"};
        bob.person.phone = "(828) 555-0122";
        for (const auto& lead : {ana, dora, bob}) add(lead);
        site.db.run("INSERT INTO dreams_fub_people (fub_id, phone_works) VALUES (:id, 0)",
                    {{"id", bob.person.fub_id}});
    }
    void add(const Lead& lead) {
        site.db.add("leads", lead);
        site.db.run(
            "INSERT INTO contact_properties (id, contact_id, property_id, view_count) "
            "VALUES (:id, :id, 'h1', 3)",
            {{"id", lead.id}});
        site.db.add("contact_communications",
                    test::communication(lead, next_++, test::monday - 5h, CommKind::text,
                                        Direction::inbound));
    }
    std::vector<std::string> pages() const {
        std::vector<std::string> all{"/",       "/calls",         "/brief",
                                     "/people", "/properties/h1", "/matches"};
        for (const auto& lead : {ana, dora, bob}) all.push_back("/people/" + lead.id.text);
        return all;
    }

    WebSite site;
    Lead ana = test::lead("Ana Lopez"), dora = test::lead("Dora Nocall"),
         bob = test::lead("Bob Badnumber");

private:
    int next_ = 1;
};

TEST_F(NoCallPages, LinkNoNumberThatMustNotBeRung) {
    for (const auto& page : pages()) {
        const auto body = site.body(page);
        EXPECT_THAT(body, Not(HasSubstr("tel:+18285550111"))) << page;
        EXPECT_THAT(body, Not(HasSubstr("tel:+18285550122"))) << page;
    }
    for (const auto* page :
         {"/calls", "/brief", "/people", "/properties/h1", "/people/lead-ana-lopez"})
        EXPECT_THAT(site.body(page), HasSubstr("tel:+18285550100")) << page;
}

TEST_F(NoCallPages, SayItBesideTheName) {
    for (const auto* page : {"/people", "/properties/h1"})
        EXPECT_THAT(site.body(page),
                    AllOf(HasSubstr(R"(<span class="chip is-bad">do not call</span>)"),
                          HasSubstr(R"(<span class="chip is-bad">bad number</span>)"),
                          HasSubstr("(828) 555-0111")))
            << page;
    EXPECT_THAT(
        site.body("/people/lead-dora-nocall"),
        AllOf(HasSubstr("do not call</span>"), HasSubstr("Never on the call list: do not call.")));
    EXPECT_THAT(site.body("/people/lead-bob-badnumber"), HasSubstr("bad number</span>"));
    EXPECT_EQ(site.json("/api/v1/people/lead-dora-nocall").at("person").at("no_call"),
              "do not call");
    EXPECT_TRUE(site.json("/api/v1/people/lead-ana-lopez").at("person").at("no_call").is_null());
}

TEST_F(NoCallPages, LeaveThemOffTheCallListBeforeAnybodyIsScoredAgain) {
    const auto calls = site.json("/api/v1/calls");
    EXPECT_EQ(calls.at("count"), 1);
    const auto page = site.body("/calls");
    EXPECT_THAT(page, AllOf(HasSubstr("do not call <b>1</b>"), HasSubstr("bad number <b>1</b>")));
}

TEST_F(NoCallPages, LinkNoAddressOfWhoWantsNoEMail) {
    Lead eve = test::lead("Eve Nomail", 60);
    eve.person.phone = std::nullopt;
    eve.person.tags = JsonText{R"(["Unsubscribed"])"};
    add(eve);
    for (const auto* page : {"/calls", "/people/lead-eve-nomail"})
        EXPECT_THAT(site.body(page), Not(HasSubstr("mailto:eve@example.com"))) << page;
    EXPECT_THAT(site.body("/people/lead-eve-nomail"), HasSubstr("do not e-mail"));
}

}  // namespace
}  // namespace dreams::web
