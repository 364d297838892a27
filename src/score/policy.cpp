#include "score/policy.h"

namespace dreams::score {

namespace {

// Follow Up Boss's own default stages, those of the account this was built for, and the words
// other accounts use for the same things. Grouped by what a call can still do for the person.
std::vector<StageFactor> house_stages() {
    return {
        {"Lead", 1.0},
        {"New", 1.1},
        {"New Lead", 1.1},
        {"Attempted contact", 1.0},
        {"Contacted", 1.0},
        {"Spoke with customer", 1.1},
        {"Nurture", 0.9},
        {"Long Term Nurture", 0.8},
        {"Cold", 0.7},
        {"Unresponsive", 0.5},
        {"Not Interested", 0.3},
        {"Rejected", 0.3},
        {"Hot Prospect", 1.3},
        {"Hot Lead", 1.3},
        {"Appointment set", 1.3},
        {"Met with customer", 1.25},
        {"Active Client", 1.2},
        {"Active Buyer", 1.2},
        {"Active Seller", 1.2},
        {"Buyer", 1.2},
        {"Seller", 1.2},
        {"Active Listing", 1.2},
        {"Listing Agreement", 1.2},
        {"Showing", 1.2},
        {"Showing homes", 1.2},
        {"Submitting offers", 1.2},
        {"Pending", 0.6},
        {"Under Contract", 0.6},
        {"Past Client", 0.8},
        {"Sphere", 0.8},
        {"Closed", 0.3},
        {"Sale Closed", 0.3},
        {"Agents/Vendors/Lendors", 0.0},
        {"Agents/Vendors/Lenders", 0.0},
        {"Agent", 0.0},
        {"Vendor", 0.0},
        {"Lender", 0.0},
        {"Trash", 0.0},
    };
}

// As the predecessor's code had them, in its spelling: it matched to the letter.
std::vector<StageFactor> january_stages() {
    return {{"Hot Lead", 1.3}, {"Active Buyer", 1.2}, {"Active Seller", 1.2}, {"Nurture", 1.0},
            {"New Lead", 0.9}, {"Cold", 0.7},         {"Closed", 0.0},        {"Trash", 0.0}};
}

}  // namespace

const Policy& house_policy() {
    static const Policy policy{.name = "house", .stages = house_stages()};
    return policy;
}

const Policy& january_policy() {
    static const Policy policy{
        .name = "january",
        .recipe = Recipe::january,
        .priority = {.heat = 0.50, .value = 0.20, .relationship = 0.30, .waiting_points = 0},
        .stages = january_stages()};
    return policy;
}

const Policy* policy_named(std::string_view name) {
    for (const Policy* policy : {&house_policy(), &january_policy()})
        if (policy->name == name) return policy;
    return nullptr;
}

}  // namespace dreams::score
