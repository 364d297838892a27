#include "sim/fub/static_rows.h"

#include <map>

namespace dreams::sim {

const StaticRows* static_rows(std::string_view endpoint) {
    static const std::map<std::string_view, StaticRows> lists{
        {"timeframes",
         {"timeframes",
          {R"({"id":1,"timeframe":"0-3 Months"})", R"({"id":2,"timeframe":"3-6 Months"})",
           R"({"id":3,"timeframe":"6-12 Months"})", R"({"id":4,"timeframe":"12+ Months"})"}}},
        {"pipelines",
         {"pipelines",
          {R"({"id":1,"name":"Buyers","description":"","orderWeight":1000,"stages":[)"
           R"({"id":11,"name":"Offer","color":"#00aa55","description":"","orderWeight":1000,"closedStage":false},)"
           R"({"id":12,"name":"Closed","color":"#333333","description":"","orderWeight":2000,"closedStage":true}]})"}}},
        {"groups",
         {"groups",
          {R"({"id":1,"name":"Everyone","type":"Agent","distribution":"round-robin","defaultUserId":21,)"
           R"("defaultPondId":null,"defaultGroupId":null,"claimWindow":1800,"hideName":false,)"
           R"("hideSource":false,"nextRoundRobinUser":23,"isPrimary":true,"users":[{"id":23,"name":"Pat Hollow"}]})"}}},
        {"teamInboxes",
         {"teamInboxes",
          {R"({"id":34,"name":"Front desk","users":[{"id":21,"name":"Olive Owner"}]})"}}},
        {"sharedInboxes", {"sharedInboxes", {}}},
        {"appointmentTypes",
         {"appointmenttypes", {R"({"id":1,"name":"Showing","orderWeight":1000})"}}},
        {"appointmentOutcomes",
         {"appointmentoutcomes", {R"({"id":1,"name":"Held","orderWeight":1000})"}}},
        {"dealCustomFields",
         {"dealCustomfields",
          {R"({"id":7,"name":"customLoanType","label":"Loan Type","type":"dropdown","choices":["FHA","VA"],)"
           R"("orderWeight":1000,"hideIfEmpty":false,"readOnly":false})"}}},
        {"textMessageTemplates",
         {"textmessagetemplates",
          {R"({"id":19,"name":"Intro","message":"Hi %contact_first_name%","isShared":true,"totalSent":0,)"
           R"("totalReplies":0,"effectivenessScore":null,"categories":[]})"}}},
        {"templates",
         {"templates",
          {R"({"id":21,"name":"Welcome","subject":"Welcome","body":"<p>Hi</p>","isShared":true})"}}},
        {"actionPlans",
         {"actionPlans", {R"({"id":21,"name":"Welcome to the mountains","status":"Active"})"}}},
        {"actionPlansPeople", {"actionPlansPeople", {}}},
        {"automations", {"automations", {R"({"id":4,"name":"New lead","status":"Active"})"}}},
        {"automationsPeople", {"automationsPeople", {}}},
        {"peopleRelationships", {"peoplerelationships", {}}},
        {"tasks", {"tasks", {}}},
        {"appointments", {"appointments", {}}},
        {"emEvents", {"emEvents", {}}},
        {"emCampaigns",
         {"emCampaigns",
          {R"({"id":31,"origin":"Ridgeline News","originId":"c-9","name":"News from the ridge",)"
           R"("subject":"News from the ridge","bodyHtml":"<p>Hi</p>"})"}}},
        {"webhooks", {"webhooks", {}}},
    };
    const auto found = lists.find(endpoint);
    return found == lists.end() ? nullptr : &found->second;
}

}  // namespace dreams::sim
