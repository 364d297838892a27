// What was done is said on the call list and on a person's page, and can be undone there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/form.h"

namespace dreams::web {
namespace {

using test::Form;
using test::WebSite;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class AgentLogPages : public testing::Test {
protected:
    AgentLogPages() {
        for (const auto& lead : {ana, bea}) site.db.add("leads", lead);
    }
    std::string location(const http::Response& response) {
        EXPECT_EQ(response.status, 303) << response.body;
        return http::header(response.headers, "Location").value_or("");
    }
    /// Where the page that was led to is asked for: without the place on it.
    std::string followed(const std::string& location) {
        return site.body(location.substr(0, location.find('#')));
    }
    std::string undo_on(const std::string& page) {
        const auto at = page.find("/log/agent_");
        if (at == std::string::npos) return "";
        const auto from = page.rfind('"', at) + 1;
        return page.substr(from, page.find('"', at) - from);
    }

    WebSite site;
    Lead ana = test::lead("Ana Lopez", 70), bea = test::lead("Bea <B>", 60);
    std::string done = "/people/lead-ana-lopez/done?what=";
};

TEST_F(AgentLogPages, SayOnTheCallListWhoWasCalled) {
    EXPECT_THAT(site.body("/calls"), AllOf(HasSubstr("2 people"), HasSubstr(">Called<"),
                                           HasSubstr(">Not today<"), Not(HasSubstr("Done today"))));
    const auto to = location(site.ask("POST", done + "agent_called&rank=1"));
    EXPECT_THAT(to, HasSubstr("#rank-1"));
    const auto page = followed(to);
    EXPECT_THAT(page, AllOf(HasSubstr("<p>Called: Ana Lopez</p>"), HasSubstr("1 person"),
                            HasSubstr("Done today <span class=\"count\">1</span>"),
                            HasSubstr("done today <b>1</b>"), HasSubstr("11:00 am")));
    EXPECT_EQ(site.json("/api/v1/calls").at("count"), 1);
    EXPECT_THAT(site.body("/brief"), HasSubstr("1 person to call"));
}

TEST_F(AgentLogPages, UndoItThere) {
    const auto page = followed(location(site.ask("POST", done + "agent_not_today&rank=1")));
    EXPECT_THAT(page, HasSubstr("Put off until tomorrow"));
    EXPECT_EQ(location(site.ask("POST", undo_on(page))), "/calls#call-lead-ana-lopez");
    EXPECT_THAT(site.body("/calls"), AllOf(HasSubstr("2 people"), Not(HasSubstr("Done today"))));
}

TEST_F(AgentLogPages, KeepANoteAndTheNextStepOfAPerson) {
    const auto to = location(Form()
                                 .field("what", "agent_called")
                                 .field("note", "Wants a <porch>.")
                                 .field("next_action", "Send maps")
                                 .field("next_action_date", "2026-01-25")
                                 .sent_to(site, "/people/lead-ana-lopez/log"));
    EXPECT_THAT(to, HasSubstr("#next"));
    const auto page = followed(to);
    EXPECT_THAT(
        page,
        AllOf(HasSubstr("<p>Called: Ana Lopez</p>"), HasSubstr("Wants a &lt;porch&gt;."),
              HasSubstr("next step: Send maps on 2026-01-25"), HasSubstr("value=\"2026-01-25\"")));
    EXPECT_EQ(location(site.ask("POST", undo_on(page))), "/people/lead-ana-lopez#next");
    EXPECT_THAT(site.body("/people/lead-ana-lopez"),
                AllOf(HasSubstr("None is planned."), Not(HasSubstr("porch"))));
}

TEST_F(AgentLogPages, ShowOnTheListWhatWasPlannedForToday) {
    site.db.run("UPDATE leads SET next_action = 'Send maps', next_action_date = '2026-01-19'");
    EXPECT_THAT(site.body("/calls"), HasSubstr("Next step: Send maps, for 2026-01-19"));
}

TEST_F(AgentLogPages, RefuseWhatMakesNoSense) {
    for (const auto* what : {"", "agent_undone", "property_inquiry"})
        EXPECT_EQ(site.ask("POST", done + what).status, 400) << what;
    EXPECT_EQ(site.ask("POST", "/people/nobody/done?what=agent_called").status, 404);
    EXPECT_EQ(site.ask("POST", "/people/lead-ana-lopez/log/evt_1/undo").status, 404);
    EXPECT_EQ(Form().field("what", "agent_note").sent_to(site, "/people/lead-ana-lopez/log").status,
              400);
    EXPECT_EQ(site.get("/calls?kept=no-such-thing").status, 200);
}

}  // namespace
}  // namespace dreams::web
